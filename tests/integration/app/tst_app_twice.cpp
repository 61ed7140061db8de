// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 900
#include "tests/integration/app/profile_check.h"
#include "tests/support/app_run.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// More than one program on one profile: one owner, the others ask it, wait for it, or say whose it is.
class TestAppTwice : public QObject
{
    Q_OBJECT
private slots:
    void aSecondHeadlessEndsAndNamesTheFirst();
    void aSecondWindowRaisesTheFirst();
    void aWindowBesideAHeadlessOneSaysSo();
    void aHeadlessOneBesideAWindowSaysSo();
    void commandLinesWhileTheApplicationComesAndGoesLoseNothing();
    void theSameNameAtOnceIsTakenOnce();
    void aProfilePathOf150CharactersWorks();
    void aSocketOfADeadOwnerIsReplaced();

private:
    static QStringList addWords(const QString &name);
    static bool becomesTheOwner(AppRun &app);
};

QStringList TestAppTwice::addWords(const QString &name)
{
    return {u"devices"_s, u"add"_s,        name,
            u"--host"_s,  u"192.0.2.1"_s,  u"--user"_s,
            u"u"_s,       u"--agent"_s,    u"--interval"_s,
            u"86400"_s,   u"--host-key"_s, QString(u"SHA256:"_s + QString(name).remove(u'-').leftJustified(43, u'A'))};
}

/// On a slow machine the command lines before it may take longer than a start waits.
bool TestAppTwice::becomesTheOwner(AppRun &app)
{
    for (int start = 0; start < 10; ++start) {
        if (app.waitUntilItAnswers())
            return true;
        if (!app.text().contains("in use by"))
            return false;
        app.begin({u"--headless"_s});
    }
    return false;
}

void TestAppTwice::aSecondHeadlessEndsAndNamesTheFirst()
{
    AppRun app;
    QVERIFY2(app.start(), app.text().constData());
    const CtlAnswer second = AppRun::end(*app.beginAgain({u"--headless"_s}));
    QCOMPARE(second.exitCode, 1);
    QVERIFY2(second.text().contains(QByteArray::number(app.process().processId())), second.text().constData());
    QCOMPARE(app.ctl({u"devices"_s, u"list"_s}).exitCode, 0);
    QCOMPARE(app.stop(), 0);
}

void TestAppTwice::aSecondWindowRaisesTheFirst()
{
    AppRun app;
    app.environment().insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    QVERIFY2(app.start({}), app.text().constData());
    const auto asked = [&app] {
        QFile log(app.profile() + u"/logs/infrastructor.jsonl"_s);
        return log.open(QIODevice::ReadOnly) ? log.readAll().count("Another start asked for this window") : 0;
    };
    QCOMPARE(asked(), 0);
    const CtlAnswer second = AppRun::end(*app.beginAgain({}));
    QVERIFY2(second.exitCode == 0, second.text().constData());
    QTRY_COMPARE_WITH_TIMEOUT(asked(), 1, 20'000);
    QCOMPARE(app.process().state(), QProcess::Running);
    QCOMPARE(app.ctl({u"devices"_s, u"list"_s}).exitCode, 0);
    QCOMPARE(app.stop(), 0);
}

void TestAppTwice::aWindowBesideAHeadlessOneSaysSo()
{
    AppRun app;
    app.environment().insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    QVERIFY2(app.start(), app.text().constData());
    const CtlAnswer second = AppRun::end(*app.beginAgain({}));
    QCOMPARE(second.exitCode, 1);
    QVERIFY2(second.text().contains(QByteArray::number(app.process().processId())), second.text().constData());
    QCOMPARE(app.stop(), 0);
}

void TestAppTwice::aHeadlessOneBesideAWindowSaysSo()
{
    AppRun app;
    app.environment().insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    QVERIFY2(app.start({}), app.text().constData());
    const CtlAnswer second = AppRun::end(*app.beginAgain({u"--headless"_s}));
    QCOMPARE(second.exitCode, 1);
    QVERIFY2(second.text().contains("window"), second.text().constData());
    QCOMPARE(app.stop(), 0);
}

void TestAppTwice::commandLinesWhileTheApplicationComesAndGoesLoseNothing()
{
    AppRun app;
    constexpr int kRounds = 3, kAtOnce = 4;
    QStringList added; // who was told that it could not be done in time has lost nothing
    int begun = 0;
    for (int round = 0; round < kRounds; ++round) {
        // Some find nobody, some the application that starts, some the running one, some the one that ends.
        std::vector<std::unique_ptr<QProcess>> lines;
        const auto addOne = [&] { lines.push_back(app.beginCtl(addWords(u"host-%1"_s.arg(begun++)))); };
        addOne();
        app.begin({u"--headless"_s});
        for (int number = 0; number < kAtOnce; ++number)
            addOne();
        QVERIFY2(becomesTheOwner(app), app.text().constData());
        for (int number = 0; number < kAtOnce; ++number)
            addOne();
        QCOMPARE(app.stop(), 0);
        for (const auto &line : lines) {
            const CtlAnswer answer = AppRun::end(*line);
            QVERIFY2(answer.exitCode == 0 || answer.code() == "busy"_L1, answer.text().constData());
            if (answer.exitCode == 0)
                added.append(answer.body.value("device"_L1).toObject().value("name"_L1).toString());
        }
    }
    QVERIFY(added.size() > begun / 2);
    const CtlAnswer list = app.ctl({u"devices"_s, u"list"_s});
    QStringList names;
    for (const QJsonValue &device : list.list("devices"))
        names.append(device.toObject().value("name"_L1).toString());
    names.removeOne(app.ctl({u"devices"_s, u"show"_s, u"d_local"_s})
                        .body.value("device"_L1)
                        .toObject()
                        .value("name"_L1)
                        .toString());
    names.sort();
    added.sort();
    QCOMPARE(names, added);
    const ProfileCheck check = checkProfile(app.profile());
    QCOMPARE(check.integrity, u"ok"_s);
    QVERIFY2(check.wrong.isEmpty(), qPrintable(check.wrong.join(u"; "_s)));
}

void TestAppTwice::theSameNameAtOnceIsTakenOnce()
{
    AppRun app;
    QVERIFY2(app.start(), app.text().constData());
    std::vector<std::unique_ptr<QProcess>> lines;
    for (int number = 0; number < 6; ++number)
        lines.push_back(app.beginCtl(addWords(u"same"_s)));
    int taken = 0;
    for (const auto &line : lines) {
        const CtlAnswer answer = AppRun::end(*line);
        taken += answer.exitCode == 0 ? 1 : 0;
        QVERIFY2(answer.exitCode == 0 || answer.exitCode == 2, answer.text().constData());
    }
    QCOMPARE(taken, 1);
    QCOMPARE(app.ctl({u"devices"_s, u"list"_s}).body.value("total"_L1).toInt(), 2);
    QCOMPARE(app.stop(), 0);
}

void TestAppTwice::aProfilePathOf150CharactersWorks()
{
    AppRun app;
    app.setProfile(app.path(QString(150, u'x')));
    QVERIFY2(app.start(), app.text().constData());
    const CtlAnswer read = app.ctl({u"collect"_s, u"--all"_s, u"--force"_s});
    QVERIFY2(read.exitCode == 0, read.text().constData());
    QCOMPARE(AppRun::end(*app.beginAgain({u"--headless"_s})).exitCode, 1);
    QCOMPARE(app.stop(), 0);
    QVERIFY(app.ctl({u"audit"_s}).body.value("total"_L1).toInt() >= 1);
}

void TestAppTwice::aSocketOfADeadOwnerIsReplaced()
{
    AppRun app;
    QVERIFY2(app.start(), app.text().constData());
    app.kill();
    // A command line finds the dead owner's socket and endpoint, and works by itself.
    QCOMPARE(app.ctl({u"devices"_s, u"list"_s}).exitCode, 0);
    QVERIFY2(app.start(), app.text().constData());
    QCOMPARE(app.ctl({u"devices"_s, u"list"_s}).exitCode, 0);
    QCOMPARE(app.stop(), 0);
}

INFRA_TEST(TestAppTwice)
#include "tst_app_twice.moc"
