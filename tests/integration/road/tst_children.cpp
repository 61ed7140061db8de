// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 900
#include "tests/support/lab.h"
#include "tests/support/test_registry.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

#include <csignal>

using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// What the application starts as programs, by the kernel's account, over five minutes of reading a lab that somebody
/// else started. INFRA_STRACE_SECONDS changes the time.
class TestChildren : public QObject
{
    Q_OBJECT
private slots:
    void noSshNoScpNoPython();

private:
    QProcessEnvironment environment() const;
    bool ctl(const QStringList &words, QByteArray *out = nullptr);

    QTemporaryDir m_folder;
};

QProcessEnvironment TestChildren::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"run"_s));
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    return environment;
}

bool TestChildren::ctl(const QStringList &words, QByteArray *out)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(QStringLiteral(INFRA_BIN_DIR "/infrastructorctl"),
                  QStringList{u"--json"_s, u"--profile"_s, m_folder.filePath(u"p"_s)} + words);
    const bool ok = process.waitForFinished(60'000) && process.exitCode() == 0;
    const QByteArray said = process.readAllStandardOutput();
    if (!ok)
        qWarning("%s", said.constData());
    if (out != nullptr)
        *out = said;
    return ok;
}

void TestChildren::noSshNoScpNoPython()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    const QString program = QStringLiteral(INFRA_BIN_DIR "/infrastructor");
    if (!QFileInfo(program).isExecutable())
        QSKIP("the application is not built");
    QProcess probe;
    probe.start(u"strace"_s, {u"-f"_s, u"-e"_s, u"trace=execve"_s, u"true"_s});
    if (!probe.waitForFinished(10'000) || probe.exitCode() != 0)
        QSKIP("strace cannot trace here");
    const int span = qEnvironmentVariableIntValue("INFRA_STRACE_SECONDS") > 0
                         ? qEnvironmentVariableIntValue("INFRA_STRACE_SECONDS")
                         : 300;
    Lab lab;
    QVERIFY2(lab.start(6), qPrintable(lab.error()));
    QVERIFY(QDir().mkpath(m_folder.filePath(u"run"_s)));

    const QString trace = m_folder.filePath(u"trace"_s);
    QProcess application;
    application.setProcessEnvironment(environment());
    application.setStandardErrorFile(m_folder.filePath(u"said"_s));
    // LeakSanitizer cannot work below a tracer.
    application.start(u"strace"_s, {u"-f"_s, u"-qq"_s, u"-s"_s, u"300"_s, u"-e"_s, u"trace=execve,execveat"_s, u"-e"_s,
                                    u"signal=none"_s, u"-E"_s, u"ASAN_OPTIONS=detect_leaks=0"_s, u"-o"_s, trace,
                                    program, u"--headless"_s, u"--profile"_s, m_folder.filePath(u"p"_s)});
    QVERIFY(application.waitForStarted());
    QVERIFY(QTest::qWaitFor([this] { return QFile::exists(m_folder.filePath(u"p/run/endpoint.json"_s)); }, 60'000));
    QElapsedTimer timer;
    timer.start();
    for (const LabHost &host : lab.hosts()) {
        QVERIFY(
            ctl({u"devices"_s, u"add"_s, host.name, u"--host"_s, host.address, u"--port"_s, QString::number(host.port),
                 u"--user"_s, host.user, u"--key"_s, lab.clientKey(), u"--host-key"_s, host.hostKey}));
    }
    QTest::qWait(std::max(1, span * 1000 - static_cast<int>(timer.elapsed())));
    QByteArray devices;
    QVERIFY(ctl({u"devices"_s, u"list"_s}, &devices));
    QCOMPARE(devices.count("\"state\":\"ok\"") + devices.count("\"state\": \"ok\""), lab.hosts().size() + 1);
    QFile endpoint(m_folder.filePath(u"p/run/endpoint.json"_s));
    QVERIFY(endpoint.open(QIODevice::ReadOnly));
    const auto pid = static_cast<pid_t>(QJsonDocument::fromJson(endpoint.readAll()).object().value("pid"_L1).toInt());
    QVERIFY(pid > 1 && ::kill(pid, SIGTERM) == 0);
    QVERIFY(QTest::qWaitFor([&application] { return application.state() == QProcess::NotRunning; }, 120'000));
    QCOMPARE(application.exitCode(), 0);

    // Everything was read all along, each host over one connection.
    for (const LabHost &host : lab.hosts()) {
        QCOMPARE(lab.count(host.name, u"accept"_s), 1);
        QVERIFY2(lab.count(host.name, u"message"_s) >= span / 60 + 1, qPrintable(host.name));
    }
    QFile file(trace);
    QVERIFY(file.open(QIODevice::ReadOnly));
    static const QRegularExpression call(u"exec(?:ve|veat)\\((?:AT_FDCWD, )?\"([^\"]+)\", \\[(.*)"_s);
    static const QRegularExpression unwanted(u"^(?:ssh|scp|sftp|sftp-server|sshd|ssh-.*|python.*|perl|expect)$"_s);
    QMap<QString, int> programs;
    QStringList bad;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QRegularExpressionMatch match = call.match(QString::fromUtf8(line));
        if (!match.hasMatch() || line.contains("ENOENT"))
            continue;
        const QString name = QFileInfo(match.captured(1)).fileName();
        ++programs[name];
        if (unwanted.match(name).hasMatch())
            bad.append(QString::fromUtf8(line.left(200)));
    }
    QStringList told;
    for (auto it = programs.cbegin(); it != programs.cend(); ++it)
        told.append(u"%1 %2"_s.arg(it.key()).arg(it.value()));
    qInfo("%d s; programs started: %s", span, qPrintable(told.join(u", "_s)));
    QVERIFY(programs.contains(u"infrastructor"_s));
    QVERIFY(programs.contains(u"sh"_s)); // this computer is read by the same scripts: the trace sees children
    QVERIFY2(bad.isEmpty(), qPrintable(bad.mid(0, 10).join(u'\n')));
    QVERIFY2(lab.stop(), qPrintable(lab.error()));
}

INFRA_TEST(TestChildren)
#include "tst_children.moc"
