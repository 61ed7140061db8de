// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 900
#include "tests/support/app_run.h"
#include "tests/support/lab.h"
#include "tests/support/session_bus.h"
#include "tests/support/test_registry.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtTest/QTest>

#include <unistd.h>

using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// The real keyring behind the real application: open, locked, absent, and one that does not answer.
class TestAppKeyring : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void aPasswordIsKeptThereAndFoundAfterARestart_data();
    void aPasswordIsKeptThereAndFoundAfterARestart();
    void aLockedKeyringMakesTheDeviceWaitForThePerson();
    void withoutAKeyringTheSealedFileIsOffered();
    void aKeyringThatGoesAwayIsToldAndNothingStops();
    void aKeyringThatDoesNotAnswerIsToldInTime();

private:
    CtlAnswer addHost(const QString &name = u"web"_s);
    QString stateOf(const QString &name);
    QJsonObject secretsCheck();

    Lab m_lab;
    QByteArray m_password;
    std::unique_ptr<AppRun> m_app;
};

void TestAppKeyring::initTestCase()
{
    for (const QString &why : {SessionBus::missing(), Lab::missing(false)}) {
        if (!why.isEmpty())
            QSKIP(qPrintable(why));
    }
    if (::geteuid() != 0)
        QSKIP("Accounts with passwords need root");
    QVERIFY2(m_lab.start(1, {u"--mix"_s, u"linux:1"_s}), qPrintable(m_lab.error()));
    QFile file(m_lab.hosts().first().passwordFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_password = file.readAll().trimmed();
}

void TestAppKeyring::init()
{
    m_app = std::make_unique<AppRun>();
    m_app->environment().insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
}

CtlAnswer TestAppKeyring::addHost(const QString &name)
{
    const LabHost &host = m_lab.hosts().first();
    return m_app->ctl({u"devices"_s, u"add"_s, name, u"--host"_s, host.address, u"--port"_s, QString::number(host.port),
                       u"--user"_s, host.user, u"--host-key"_s, host.hostKey},
                      {{u"--password-fd"_s, m_password}});
}

QString TestAppKeyring::stateOf(const QString &name)
{
    return m_app->ctl({u"devices"_s, u"show"_s, name}).body.value("device"_L1).toObject().value("state"_L1).toString();
}

QJsonObject TestAppKeyring::secretsCheck()
{
    for (const QJsonValue &check : m_app->ctl({u"doctor"_s}).list("checks")) {
        if (check.toObject().value("name"_L1).toString() == "secrets"_L1)
            return check.toObject();
    }
    return {};
}

void TestAppKeyring::aPasswordIsKeptThereAndFoundAfterARestart_data()
{
    QTest::addColumn<QStringList>("start");
    QTest::newRow("headless: the first thread") << QStringList{u"--headless"_s};
    QTest::newRow("window: the engine's thread") << QStringList{};
}

void TestAppKeyring::aPasswordIsKeptThereAndFoundAfterARestart()
{
    QFETCH(QStringList, start);
    SessionBus bus;
    QVERIFY2(bus.start(SessionBus::Keyring::Open, m_app->environment()), qPrintable(bus.error()));
    QVERIFY2(m_app->start(start), m_app->text().constData());
    const CtlAnswer added = addHost();
    QVERIFY2(added.exitCode == 0, added.text().constData());
    QVERIFY(QFile::exists(m_app->profile() + u"/secrets.keyring"_s));
    QVERIFY(!QFile::exists(m_app->profile() + u"/secrets.sealed"_s));
    const CtlAnswer read = m_app->ctl({u"collect"_s, u"web"_s, u"--force"_s});
    QVERIFY2(read.exitCode == 0, read.text().constData());
    QCOMPARE(secretsCheck().value("status"_L1).toString(), u"ok"_s);
    QCOMPARE(m_app->stop(), 0);
    QVERIFY2(m_app->start(start), m_app->text().constData());
    const CtlAnswer again = m_app->ctl({u"collect"_s, u"web"_s, u"--force"_s});
    QVERIFY2(again.exitCode == 0, again.text().constData());
    // A command line has no owner to ask here, and finds it too.
    QCOMPARE(m_app->stop(), 0);
    const CtlAnswer alone = m_app->ctl({u"collect"_s, u"web"_s, u"--force"_s});
    QVERIFY2(alone.exitCode == 0, alone.text().constData());
}

void TestAppKeyring::aLockedKeyringMakesTheDeviceWaitForThePerson()
{
    {
        SessionBus open;
        QVERIFY2(open.start(SessionBus::Keyring::Open, m_app->environment()), qPrintable(open.error()));
        QVERIFY2(m_app->start(), m_app->text().constData());
        QCOMPARE(addHost().exitCode, 0);
        QCOMPARE(m_app->stop(), 0);
    }
    SessionBus locked;
    QVERIFY2(locked.start(SessionBus::Keyring::Locked, m_app->environment()), qPrintable(locked.error()));
    QVERIFY2(m_app->start(), m_app->text().constData());
    const CtlAnswer read = m_app->ctl({u"collect"_s, u"web"_s, u"--force"_s});
    QVERIFY2(read.exitCode != 0, read.text().constData());
    QVERIFY2(!read.error().value("remedy"_L1).toString().isEmpty(), read.text().constData());
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(u"web"_s), u"needs_you"_s, 20'000);
    const CtlAnswer edited = m_app->ctl({u"devices"_s, u"edit"_s, u"web"_s}, {{u"--password-fd"_s, m_password}});
    QCOMPARE(edited.exitCode, 1);
    QCOMPARE(edited.code(), u"secrets.locked"_s);
    QVERIFY(!edited.error().value("remedy"_L1).toString().isEmpty());
    const QJsonObject told = secretsCheck();
    QVERIFY2(told.value("status"_L1).toString() != "ok"_L1, qPrintable(told.value("detail"_L1).toString()));
    QVERIFY(!told.value("remedy"_L1).toString().isEmpty());
    QCOMPARE(m_app->ctl({u"system"_s, u"d_local"_s}).exitCode, 0);
    QCOMPARE(m_app->stop(), 0);
}

void TestAppKeyring::withoutAKeyringTheSealedFileIsOffered()
{
    SessionBus bus;
    QVERIFY2(bus.start(SessionBus::Keyring::None, m_app->environment()), qPrintable(bus.error()));
    QVERIFY2(m_app->start(), m_app->text().constData());
    const CtlAnswer refused = addHost();
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(refused.code(), u"secrets.locked"_s);
    QVERIFY2(refused.error().value("remedy"_L1).toString().contains("unlock"_L1), refused.text().constData());
    QCOMPARE(m_app->ctl({u"devices"_s, u"list"_s}).body.value("total"_L1).toInt(), 1);
    QVERIFY(secretsCheck().value("remedy"_L1).toString().contains("unlock"_L1));
    QCOMPARE(m_app->ctl({u"unlock"_s}, {{u"--passphrase-fd"_s, "a passphrase of the test"}}).exitCode, 0);
    QCOMPARE(addHost().exitCode, 0);
    const CtlAnswer read = m_app->ctl({u"collect"_s, u"web"_s, u"--force"_s});
    QVERIFY2(read.exitCode == 0, read.text().constData());
    QCOMPARE(m_app->stop(), 0);
}

void TestAppKeyring::aKeyringThatGoesAwayIsToldAndNothingStops()
{
    auto bus = std::make_unique<SessionBus>();
    QVERIFY2(bus->start(SessionBus::Keyring::Open, m_app->environment()), qPrintable(bus->error()));
    QVERIFY2(m_app->start(), m_app->text().constData());
    QCOMPARE(addHost().exitCode, 0);
    bus.reset();
    const CtlAnswer edited = m_app->ctl({u"devices"_s, u"edit"_s, u"web"_s}, {{u"--password-fd"_s, m_password}});
    QCOMPARE(edited.exitCode, 1);
    QVERIFY2(edited.code().startsWith("secrets."_L1), edited.text().constData());
    QVERIFY(!edited.error().value("remedy"_L1).toString().isEmpty());
    QCOMPARE(m_app->ctl({u"collect"_s, u"d_local"_s, u"--force"_s}).exitCode, 0);
    QCOMPARE(secretsCheck().value("status"_L1).toString(), u"fail"_s);
    QCOMPARE(m_app->stop(), 0);
}

void TestAppKeyring::aKeyringThatDoesNotAnswerIsToldInTime()
{
    SessionBus bus;
    QVERIFY2(bus.start(SessionBus::Keyring::Open, m_app->environment()), qPrintable(bus.error()));
    QVERIFY2(m_app->start(), m_app->text().constData());
    QCOMPARE(addHost().exitCode, 0);
    bus.freeze();
    QElapsedTimer timer;
    timer.start();
    const auto waiting = m_app->beginCtl({u"devices"_s, u"edit"_s, u"web"_s}, {{u"--password-fd"_s, m_password}});
    // The rest does not wait for it.
    QCOMPARE(m_app->ctl({u"collect"_s, u"d_local"_s, u"--force"_s}).exitCode, 0);
    QCOMPARE(waiting->state(), QProcess::Running);
    const CtlAnswer told = AppRun::end(*waiting);
    qInfo("told after %lld ms", static_cast<long long>(timer.elapsed()));
    QCOMPARE(told.exitCode, 1);
    QCOMPARE(told.code(), u"secrets.unavailable"_s);
    QVERIFY(!told.error().value("remedy"_L1).toString().isEmpty());
    QVERIFY(timer.elapsed() < 40'000);
    QCOMPARE(secretsCheck().value("status"_L1).toString(), u"fail"_s);
    bus.thaw();
    QTRY_COMPARE_WITH_TIMEOUT(secretsCheck().value("status"_L1).toString(), u"ok"_s, 20'000);
    const CtlAnswer edited = m_app->ctl({u"devices"_s, u"edit"_s, u"web"_s}, {{u"--password-fd"_s, m_password}});
    QVERIFY2(edited.exitCode == 0, edited.text().constData());
    QCOMPARE(m_app->stop(), 0);
}

INFRA_TEST(TestAppKeyring)
#include "tst_app_keyring.moc"
