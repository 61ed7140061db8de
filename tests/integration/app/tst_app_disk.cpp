// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 600
// serial
#include "tests/integration/app/profile_check.h"
#include "tests/support/app_run.h"
#include "tests/support/private_mounts.h"
#include "tests/support/test_registry.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// The real programs on a profile that is full, or may not be written.
class TestAppDisk : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void aFullDiskIsToldToTheCommandLineAndWritingResumesByItself();
    void aStartOnAFullDiskSaysSo();
    void aReadOnlyProfileIsToldWithItsRemedy();
    void aProfileThatBecomesReadOnlyIsToldAndReadingGoesOn();

private:
    bool writable() { return m_app->ctl({u"db"_s, u"status"_s}).body.value("writable"_L1).toBool(); }
    QJsonObject check(const char *name) const;

    std::unique_ptr<AppRun> m_app;
    std::unique_ptr<SmallDisk> m_disk;
};

void TestAppDisk::initTestCase()
{
    if (const QString why = enterPrivateMounts(); !why.isEmpty())
        QSKIP(qPrintable(why));
}

void TestAppDisk::init()
{
    m_app = std::make_unique<AppRun>();
    QVERIFY(QDir().mkpath(m_app->profile()));
    m_disk = std::make_unique<SmallDisk>(m_app->profile());
    if (!m_disk->isMounted())
        QSKIP("tmpfs cannot be mounted here");
}

void TestAppDisk::cleanup()
{
    m_app->kill();
    m_disk.reset();
    m_app.reset();
}

QJsonObject TestAppDisk::check(const char *name) const
{
    for (const QJsonValue &value : m_app->ctl({u"doctor"_s}).list("checks")) {
        if (value.toObject().value("name"_L1).toString() == QLatin1String(name))
            return value.toObject();
    }
    return {};
}

void TestAppDisk::aFullDiskIsToldToTheCommandLineAndWritingResumesByItself()
{
    QVERIFY2(m_app->start(), m_app->text().constData());
    QCOMPARE(m_app->ctl({u"collect"_s, u"--all"_s, u"--force"_s}).exitCode, 0);
    const int before = m_app->ctl({u"audit"_s}).body.value("total"_L1).toInt();
    QVERIFY(before >= 1);
    QVERIFY(m_disk->fill());
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY_WITH_TIMEOUT(!writable(), 10'000);
    qInfo("told after %lld ms", static_cast<long long>(timer.elapsed()));
    const QJsonObject told = check("database");
    QCOMPARE(told.value("status"_L1).toString(), u"fail"_s);
    QVERIFY(told.value("remedy"_L1).toString().contains("Free space"_L1));
    QCOMPARE(m_app->ctl({u"doctor"_s}).exitCode, 1);

    // It goes on: machines are read and shown; what would have to be kept is refused with the reason.
    QCOMPARE(m_app->ctl({u"collect"_s, u"--all"_s, u"--force"_s}).exitCode, 0);
    QCOMPARE(m_app->ctl({u"system"_s, u"d_local"_s}).exitCode, 0);
    const CtlAnswer refused = m_app->ctl({u"devices"_s, u"edit"_s, u"d_local"_s, u"--notes"_s, u"x"_s});
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(refused.code(), u"store.full"_s);
    QVERIFY(!refused.error().value("remedy"_L1).toString().isEmpty());
    // A small file may still find a page; what counts is that the answer is true.
    const CtlAnswer setting = m_app->ctl({u"settings"_s, u"set"_s, u"ui.theme"_s, u"dark"_s});
    const CtlAnswer theme = m_app->ctl({u"settings"_s, u"get"_s, u"ui.theme"_s});
    QCOMPARE(theme.body.value("setting"_L1).toObject().value("value"_L1).toString(),
             setting.exitCode == 0 ? u"dark"_s : u"system"_s);

    QVERIFY(m_disk->empty());
    QTRY_VERIFY_WITH_TIMEOUT(writable(), 30'000);
    QCOMPARE(check("database").value("status"_L1).toString(), u"ok"_s);
    // What was done meanwhile is in the audit: both collections, the refused edit and the refused setting.
    QTRY_VERIFY_WITH_TIMEOUT(m_app->ctl({u"audit"_s}).body.value("total"_L1).toInt() >= before + 4, 10'000);
    QCOMPARE(m_app->ctl({u"devices"_s, u"edit"_s, u"d_local"_s, u"--notes"_s, u"x"_s}).exitCode, 0);
    QCOMPARE(m_app->stop(), 0);
    QCOMPARE(checkProfile(m_app->profile()).integrity, u"ok"_s);
}

void TestAppDisk::aStartOnAFullDiskSaysSo()
{
    QVERIFY(m_disk->fill());
    m_app->begin({u"--headless"_s});
    QVERIFY(m_app->process().waitForFinished(60'000));
    QCOMPARE(m_app->process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_app->process().exitCode(), 1);
    QVERIFY2(m_app->text().contains("space"), m_app->text().constData());
    const CtlAnswer answer = m_app->ctl({u"devices"_s, u"list"_s});
    QCOMPARE(answer.exitCode, 1);
    QCOMPARE(answer.code(), u"store.full"_s);
    QVERIFY(m_disk->empty());
    QCOMPARE(m_app->ctl({u"devices"_s, u"list"_s}).exitCode, 0);
}

void TestAppDisk::aReadOnlyProfileIsToldWithItsRemedy()
{
    QCOMPARE(m_app->ctl({u"collect"_s, u"--all"_s}).exitCode, 0);
    QVERIFY(m_disk->setReadOnly(true));
    const CtlAnswer answer = m_app->ctl({u"devices"_s, u"list"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.code() == "file.unwritable"_L1 || answer.code() == "store.read_only"_L1, answer.out.constData());
    QVERIFY2(answer.error().value("message"_L1).toString().contains(m_app->profile()), answer.out.constData());
    QVERIFY(!answer.error().value("remedy"_L1).toString().isEmpty());
    m_app->begin({u"--headless"_s});
    QVERIFY(m_app->process().waitForFinished(60'000));
    QCOMPARE(m_app->process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_app->process().exitCode(), 1);
    QVERIFY2(m_app->text().contains(m_app->profile().toUtf8()), m_app->text().constData());
    QVERIFY2(m_app->text().contains(answer.error().value("remedy"_L1).toString().toUtf8()), m_app->text().constData());
    QVERIFY(m_disk->setReadOnly(false));
    QCOMPARE(m_app->ctl({u"audit"_s}).body.value("total"_L1).toInt(), 1);
}

void TestAppDisk::aProfileThatBecomesReadOnlyIsToldAndReadingGoesOn()
{
    QVERIFY2(m_app->start(), m_app->text().constData());
    // Its own files are open for writing, so a plain remount is refused; over them lies a mount that may only be read.
    const QByteArray folder = QFile::encodeName(m_app->profile());
    QCOMPARE(::mount(folder.constData(), folder.constData(), nullptr, MS_BIND, nullptr), 0);
    QCOMPARE(::mount(nullptr, folder.constData(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr), 0);
    const CtlAnswer setting = m_app->ctl({u"settings"_s, u"set"_s, u"ui.theme"_s, u"dark"_s});
    QCOMPARE(setting.exitCode, 1);
    QCOMPARE(setting.code(), u"file.unwritable"_s);
    QVERIFY(!setting.error().value("remedy"_L1).toString().isEmpty());
    const QJsonObject told = check("profile");
    QCOMPARE(told.value("status"_L1).toString(), u"fail"_s);
    QVERIFY(!told.value("remedy"_L1).toString().isEmpty());
    QCOMPARE(m_app->ctl({u"collect"_s, u"--all"_s, u"--force"_s}).exitCode, 0);
    QCOMPARE(m_app->ctl({u"system"_s, u"d_local"_s}).exitCode, 0);
    QCOMPARE(::umount2(folder.constData(), MNT_DETACH), 0);
    QCOMPARE(m_app->ctl({u"settings"_s, u"set"_s, u"ui.theme"_s, u"dark"_s}).exitCode, 0);
    QCOMPARE(m_app->stop(), 0);
}

INFRA_TEST(TestAppDisk)
#include "tst_app_disk.moc"
