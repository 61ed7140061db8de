// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 600
#include "tests/support/test_registry.h"

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kAnswerMs = 60'000;

struct Answer
{
    int exitCode = -1;
    QJsonObject body;
    QByteArray out, err;
};

} // namespace

/// The program itself, as a person or a script runs it, on a profile that nobody owns.
class TestCommandLine : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void thisComputerIsThereFromTheFirstCall();
    void oneMessageReadsEverythingAndTheCacheAnswersNext();
    void numbersAreThoseOfThisComputer();
    void badInputIsRefusedByNameAndChangesNothing_data();
    void badInputIsRefusedByNameAndChangesNothing();
    void anUnknownDeviceIsNotFound();
    void settingsAreCheckedAndKept();
    void twoCommandLinesAtOnceBothAnswer();
    void aLongProfilePathWorks();
    void everyOperationIsInTheAudit();
    void aSecretIsNowhereInProfileOrOutput();
    void doctorNamesEveryCheck();

private:
    std::unique_ptr<QProcess> begin(const QStringList &arguments, const QString &profile = {});
    Answer end(QProcess &process);
    Answer run(const QStringList &arguments, const QString &profile = {});

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCommandLine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

std::unique_ptr<QProcess> TestCommandLine::begin(const QStringList &arguments, const QString &profile)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder->filePath(u"run"_s));
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    QDir().mkpath(m_folder->filePath(u"run"_s));
    process->setProcessEnvironment(environment);
    process->start(QStringLiteral(INFRA_BIN_DIR "/infrastructorctl"),
                   QStringList{u"--json"_s, u"--profile"_s, profile.isEmpty() ? m_folder->filePath(u"p"_s) : profile} +
                       arguments);
    return process;
}

Answer TestCommandLine::end(QProcess &process)
{
    Answer answer;
    if (!process.waitForFinished(kAnswerMs))
        return answer;
    answer.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    answer.out = process.readAllStandardOutput();
    answer.err = process.readAllStandardError();
    answer.body = QJsonDocument::fromJson(answer.out).object();
    return answer;
}

Answer TestCommandLine::run(const QStringList &arguments, const QString &profile)
{
    return end(*begin(arguments, profile));
}

void TestCommandLine::thisComputerIsThereFromTheFirstCall()
{
    const Answer answer = run({u"devices"_s, u"list"_s});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.body.value("ok"_L1), QJsonValue(true));
    QCOMPARE(answer.body.value("total"_L1).toInt(), 1);
    const QJsonObject device = answer.body.value("devices"_L1).toArray().first().toObject();
    QCOMPARE(device.value("id"_L1).toString(), u"d_local"_s);
    QVERIFY(device.value("address"_L1).isNull());
    QVERIFY(device.value("error"_L1).isNull());
}

void TestCommandLine::oneMessageReadsEverythingAndTheCacheAnswersNext()
{
    const Answer first = run({u"collect"_s, u"--all"_s});
    QCOMPARE(first.exitCode, 0);
    const QJsonObject result = first.body.value("results"_L1).toArray().first().toObject();
    QCOMPARE(result.value("round_trips"_L1).toInt(), 1);
    const QJsonArray sections = result.value("sections"_L1).toArray();
    QCOMPARE(sections.size(), 10); // every kind but the four slow ones
    for (const QJsonValue &section : sections) {
        QVERIFY2(section.toObject().value("status"_L1).toString() != "error"_L1, first.out.constData());
        QCOMPARE(section.toObject().value("source"_L1).toString(), u"live"_s);
    }
    const Answer second = run({u"collect"_s, u"d_local"_s, u"--kinds"_s, u"filesystems"_s});
    QCOMPARE(second.exitCode, 0);
    const QJsonObject cached = second.body.value("results"_L1).toArray().first().toObject();
    QCOMPARE(cached.value("sections"_L1).toArray().first().toObject().value("source"_L1).toString(), u"cache"_s);
    QCOMPARE(cached.value("round_trips"_L1).toInt(), 0);
}

void TestCommandLine::numbersAreThoseOfThisComputer()
{
    const Answer answer = run({u"system"_s, u"d_local"_s});
    QCOMPARE(answer.exitCode, 0);
    const QJsonObject system = answer.body.value("system"_L1).toArray().first().toObject();
    QFile meminfo(u"/proc/meminfo"_s);
    QVERIFY(meminfo.open(QIODevice::ReadOnly));
    const qint64 total = meminfo.readLine().simplified().split(' ').at(1).toLongLong() * 1024;
    QCOMPARE(system.value("mem_total_bytes"_L1).toInteger(), total);
    QFile release(u"/proc/sys/kernel/osrelease"_s);
    QVERIFY(release.open(QIODevice::ReadOnly));
    QCOMPARE(system.value("kernel"_L1).toString().toUtf8(), release.readAll().trimmed());
    QVERIFY(qAbs(system.value("clock_offset_s"_L1).toDouble(1000)) < 5);
}

void TestCommandLine::badInputIsRefusedByNameAndChangesNothing_data()
{
    QTest::addColumn<QStringList>("change");
    QTest::addColumn<QString>("field");
    const QString key = u"SHA256:"_s + QString(43, u'A');
    const auto add = [&key](const QStringList &more, const QString &hostKey = {}) {
        return QStringList{u"devices"_s, u"add"_s, u"web"_s,     u"--host"_s,     u"127.0.0.1"_s,
                           u"--user"_s,  u"u"_s,   u"--agent"_s, u"--host-key"_s, hostKey.isEmpty() ? key : hostKey} +
               more;
    };
    QTest::newRow("port") << add({u"--port"_s, u"70000"_s}) << u"port"_s;
    QTest::newRow("port is a word") << add({u"--port"_s, u"ssh"_s}) << u"port"_s;
    QTest::newRow("environment") << add({u"--environment"_s, u"moon"_s}) << u"environment"_s;
    QTest::newRow("type") << add({u"--type"_s, u"toaster"_s}) << u"type"_s;
    QTest::newRow("sudo") << add({u"--sudo"_s, u"always"_s}) << u"sudo"_s;
    QTest::newRow("interval") << add({u"--interval"_s, u"1"_s}) << u"interval"_s;
    QTest::newRow("key file") << add({u"--key"_s, u"/nonexistent/key"_s}) << u"key"_s;
    QTest::newRow("host key") << add({}, u"SHA256:short"_s) << u"host-key"_s;
    QTest::newRow("jump") << add({u"--jump"_s, u"nobody"_s}) << u"jump"_s;
    QTest::newRow("an option for a host")
        << QStringList{u"devices"_s, u"add"_s, u"web"_s,     u"--host"_s,     u"-oProxyCommand=x"_s,
                       u"--user"_s,  u"u"_s,   u"--agent"_s, u"--host-key"_s, key}
        << u"host"_s;
}

void TestCommandLine::badInputIsRefusedByNameAndChangesNothing()
{
    QFETCH(QStringList, change);
    QFETCH(QString, field);
    const Answer refused = run(change);
    QCOMPARE(refused.exitCode, 2);
    const QJsonObject error = refused.body.value("error"_L1).toObject();
    QCOMPARE(error.value("field"_L1).toString(), field);
    QVERIFY(!error.value("rule"_L1).toString().isEmpty());
    QCOMPARE(run({u"devices"_s, u"list"_s}).body.value("total"_L1).toInt(), 1);
}

void TestCommandLine::anUnknownDeviceIsNotFound()
{
    const Answer answer = run({u"system"_s, u"nobody"_s});
    QCOMPARE(answer.exitCode, 1);
    QCOMPARE(answer.body.value("error"_L1).toObject().value("code"_L1).toString(), u"input.not_found"_s);
}

void TestCommandLine::settingsAreCheckedAndKept()
{
    QCOMPARE(run({u"settings"_s, u"set"_s, u"retention.raw_days"_s, u"0"_s}).exitCode, 2);
    QCOMPARE(run({u"settings"_s, u"get"_s, u"retention.raw_days"_s})
                 .body.value("setting"_L1)
                 .toObject()
                 .value("value"_L1)
                 .toInt(),
             14);
    QCOMPARE(run({u"settings"_s, u"set"_s, u"retention.raw_days"_s, u"7"_s}).exitCode, 0);
    QCOMPARE(run({u"settings"_s, u"get"_s, u"retention.raw_days"_s})
                 .body.value("setting"_L1)
                 .toObject()
                 .value("value"_L1)
                 .toInt(),
             7);
    QCOMPARE(run({u"settings"_s, u"set"_s, u"no.such"_s, u"7"_s}).exitCode, 2);
}

void TestCommandLine::twoCommandLinesAtOnceBothAnswer()
{
    const auto first = begin({u"collect"_s, u"--all"_s, u"--force"_s});
    const auto second = begin({u"collect"_s, u"--all"_s, u"--force"_s});
    QCOMPARE(end(*first).exitCode, 0);
    QCOMPARE(end(*second).exitCode, 0);
    const Answer audit = run({u"audit"_s});
    QCOMPARE(audit.body.value("total"_L1).toInt(), 2);
}

void TestCommandLine::aLongProfilePathWorks()
{
    const QString profile = m_folder->filePath(QString(150, u'x'));
    QCOMPARE(run({u"collect"_s, u"--all"_s}, profile).exitCode, 0);
    QCOMPARE(run({u"audit"_s}, profile).body.value("total"_L1).toInt(), 1);
}

void TestCommandLine::everyOperationIsInTheAudit()
{
    run({u"collect"_s, u"--all"_s});
    run({u"filesystems"_s, u"d_local"_s});
    run({u"settings"_s, u"set"_s, u"ui.theme"_s, u"dark"_s});
    const Answer answer = run({u"audit"_s});
    QCOMPARE(answer.exitCode, 0);
    QStringList operations;
    for (const QJsonValue &value : answer.body.value("entries"_L1).toArray()) {
        const QJsonObject entry = value.toObject();
        operations.append(entry.value("operation"_L1).toString());
        QCOMPARE(entry.value("source"_L1).toString(), u"ctl"_s);
        QVERIFY(entry.value("actor"_L1).toString().startsWith("os:"_L1));
        QCOMPARE(entry.value("correlation"_L1).toString().size(), 26);
    }
    QCOMPARE(operations, (QStringList{u"settings.set"_s, u"collect"_s, u"collect"_s}));
}

void TestCommandLine::aSecretIsNowhereInProfileOrOutput()
{
    const QByteArray canary = "canary-7Qz!4xW-secret";
    const QString pipe = m_folder->filePath(u"pipe"_s);
    QFile file(pipe);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(canary + '\n');
    file.close();
    QProcess shell;
    const QString line = u"exec 7<\"$1\"; shift; exec \"$@\""_s;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder->path());
    shell.setProcessEnvironment(environment);
    shell.start(u"/bin/sh"_s, {u"-c"_s, line, u"sh"_s, pipe, QStringLiteral(INFRA_BIN_DIR "/infrastructorctl"),
                               u"--json"_s, u"--profile"_s, m_folder->filePath(u"p"_s), u"devices"_s, u"add"_s,
                               u"web"_s, u"--host"_s, u"127.0.0.1"_s, u"--user"_s, u"u"_s, u"--password-fd"_s, u"7"_s,
                               u"--host-key"_s, QString(u"SHA256:"_s + QString(43, u'A'))});
    const Answer answer = end(shell);
    // There is no keyring here and no sealed file is open: the secret cannot be kept, so nothing is.
    QCOMPARE(answer.exitCode, 1);
    QVERIFY(answer.body.value("error"_L1).toObject().value("code"_L1).toString().startsWith("secrets."_L1));
    QCOMPARE(run({u"devices"_s, u"list"_s}).body.value("total"_L1).toInt(), 1);
    QVERIFY(!answer.out.contains(canary) && !answer.err.contains(canary));
    QDirIterator files(m_folder->filePath(u"p"_s), QDir::Files, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile inside(files.next());
        if (!inside.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = inside.readAll();
        QVERIFY2(!content.contains(canary) && !content.contains(canary.toBase64().left(24)),
                 qPrintable(inside.fileName()));
        ++looked;
    }
    QVERIFY(looked > 0);
}

void TestCommandLine::doctorNamesEveryCheck()
{
    const Answer answer = run({u"doctor"_s});
    QStringList names;
    for (const QJsonValue &check : answer.body.value("checks"_L1).toArray()) {
        const QJsonObject object = check.toObject();
        names.append(object.value("name"_L1).toString());
        if (object.value("status"_L1).toString() != "ok"_L1)
            QVERIFY(!object.value("remedy"_L1).toString().isEmpty());
    }
    for (const QString &name : {u"profile"_s, u"space"_s, u"local socket"_s, u"ssh agent"_s, u"secrets"_s,
                                u"settings"_s, u"database"_s, u"devices"_s})
        QVERIFY2(names.contains(name), qPrintable(name));
}

INFRA_TEST(TestCommandLine)
#include "tst_command_line.moc"
