// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "tests/integration/lab/lab_ssh.h"
#include "tests/support/test_registry.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <csignal>

using namespace Qt::Literals::StringLiterals;
using namespace infra::test;

namespace {

/// Every process whose command line or open files name the folder.
QStringList processesOf(const QString &folder)
{
    QStringList found;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        bool number = false;
        name.toLongLong(&number);
        if (!number)
            continue;
        QFile file(u"/proc/%1/cmdline"_s.arg(name));
        if (file.open(QIODevice::ReadOnly) && file.readAll().replace('\0', ' ').contains(folder.toUtf8()))
            found.append(name);
    }
    return found;
}

QList<qint64> recordedPids(const QString &folder)
{
    QList<qint64> pids;
    QFile file(folder + u"/pids"_s);
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (!line.isEmpty())
                pids.append(line.split(' ').first().toLongLong());
        }
    }
    return pids;
}

bool isAlive(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
}

/// Names, sizes, times and contents of the user's own SSH folder.
QByteArray stateOfOwnSshFolder()
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QStringList paths;
    QDirIterator walk(QDir::homePath() + u"/.ssh"_s, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    while (walk.hasNext())
        paths.append(walk.next());
    paths.sort();
    for (const QString &path : paths) {
        QFile file(path);
        hash.addData(path.toUtf8());
        hash.addData(QByteArray::number(QFileInfo(path).lastModified().toMSecsSinceEpoch()));
        if (file.open(QIODevice::ReadOnly))
            hash.addData(file.readAll());
    }
    return hash.result();
}

} // namespace

class TestLab : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void inventoryHasTheShapeOfTheContract();
    void stopEndsEverythingThatWasStarted();
    void stopWorksAfterTheSupervisorWasKilled();
    void stopLeavesForeignProcessesAlone();
    void nothingLeftRunningHoldsAHandleOfTheCaller();
    void ownAccountNeedsNoRootAndHasNoPassword();
    void fortyHostsStart();
    void badCommandLinesAreExplained_data();
    void badCommandLinesAreExplained();
    void aSecondStartInTheSameFolderIsRefused();
    void userSshFolderStaysAsItWas();

private:
    QByteArray m_sshFolder;
};

void TestLab::initTestCase()
{
    m_sshFolder = stateOfOwnSshFolder();
}

void TestLab::init()
{
    if (const QString missing = Lab::missing(false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
}

void TestLab::inventoryHasTheShapeOfTheContract()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Lab lab;
    QVERIFY2(lab.start(3, {u"--mix"_s, u"linux:1,unraid:1,busybox:1"_s}), qPrintable(lab.error()));
    const QJsonObject inventory = lab.inventory();
    QCOMPARE(inventory.value("format"_L1).toInt(), 1);
    QCOMPARE(inventory.value("dir"_L1).toString(), lab.dir());
    for (const QLatin1String key : {"client_key"_L1, "encrypted_key"_L1, "passphrase_file"_L1, "known_hosts"_L1})
        QVERIFY2(QFileInfo(inventory.value(key).toString()).isFile(), key.data());
    QCOMPARE(lab.hosts().size(), 3);
    QSet<QString> addresses, keys;
    for (const LabHost &host : lab.hosts()) {
        addresses.insert(host.address);
        keys.insert(host.hostKey);
        QVERIFY(host.address.startsWith(u"127.1."));
        QVERIFY(host.port > 1024);
        QVERIFY(host.hostKey.startsWith(u"SHA256:"));
        QVERIFY(isAlive(host.pid));
        QVERIFY(QFileInfo(host.logFile).isFile());
        QFile truth(host.truthFile);
        QVERIFY(truth.open(QIODevice::ReadOnly));
        QVERIFY(QJsonDocument::fromJson(truth.readAll()).object().contains("system"_L1));
        QVERIFY(host.auth.contains(u"key"_s));
    }
    QCOMPARE(addresses.size(), 3);
    QCOMPARE(keys.size(), 3);
    QCOMPARE(lab.hosts().at(0).kind, u"linux"_s);
    QVERIFY(!lab.hosts().at(0).recorded);
    QCOMPARE(lab.hosts().at(1).kind, u"unraid"_s);
    QVERIFY(lab.hosts().at(1).recorded);
    QCOMPARE(lab.hosts().at(1).hostname, u"tower"_s);
    // The key in known_hosts is the one that the inventory names, and the host has it.
    const SshRun run = sshInto(lab, lab.hosts().at(1), u"cat /etc/unraid-version"_s);
    QCOMPARE(run.status, 0);
    QVERIFY(run.out.startsWith("version="));
}

void TestLab::stopEndsEverythingThatWasStarted()
{
    Lab lab;
    QVERIFY2(lab.start(2, {u"--mix"_s, u"linux:2"_s}), qPrintable(lab.error()));
    const QString folder = lab.dir();
    SshShell shell(lab, lab.hosts().first());
    shell.write("echo up; sleep 300 & echo $!\n");
    QByteArray seen;
    QVERIFY(shell.waitFor("up\n", &seen));
    QVERIFY(recordedPids(folder).size() >= 3);
    QVERIFY(!processesOf(folder).isEmpty());
    QVERIFY2(lab.stop(), qPrintable(lab.error()));
    QVERIFY(shell.waitForEnd(5000));
    QCOMPARE(processesOf(folder), QStringList());
}

void TestLab::stopWorksAfterTheSupervisorWasKilled()
{
    Lab lab;
    QVERIFY2(lab.start(2, {u"--mix"_s, u"linux:2"_s}), qPrintable(lab.error()));
    const QString folder = lab.dir();
    SshShell shell(lab, lab.hosts().first());
    shell.write("sleep 300 & echo child $!\n");
    QByteArray seen;
    QVERIFY(shell.waitFor("child ", &seen));
    const QList<qint64> pids = recordedPids(folder);
    QCOMPARE(pids.size(), 3);
    ::kill(static_cast<pid_t>(pids.first()), SIGKILL);
    QTRY_VERIFY(!isAlive(pids.first()));
    QVERIFY(isAlive(pids.at(1)));
    QVERIFY2(lab.stop(), qPrintable(lab.error()));
    for (const qint64 pid : pids)
        QVERIFY(!isAlive(pid));
    QCOMPARE(processesOf(folder), QStringList());
}

void TestLab::stopLeavesForeignProcessesAlone()
{
    Lab lab;
    QVERIFY2(lab.start(1, {u"--mix"_s, u"linux:1"_s}), qPrintable(lab.error()));
    QProcess other;
    other.start(u"sleep"_s, {u"300"_s});
    QVERIFY(other.waitForStarted());
    // A number that was used again: the same pid, another start time.
    QFile file(lab.dir() + u"/pids"_s);
    QVERIFY(file.open(QIODevice::Append));
    file.write(QByteArray::number(other.processId()) + " 12345 sshd\n");
    file.close();
    QVERIFY2(lab.stop(), qPrintable(lab.error()));
    QCOMPARE(other.state(), QProcess::Running);
    other.kill();
    other.waitForFinished();
}

void TestLab::nothingLeftRunningHoldsAHandleOfTheCaller()
{
    QTemporaryDir folder;
    const QString marker = folder.filePath(u"marker"_s);
    const QString dir = folder.filePath(u"lab"_s);
    QProcess process;
    process.start(u"sh"_s, {u"-c"_s, u"exec 9>\"$1\" \"$2\" start --dir \"$3\" -n 1 --mix linux:1"_s, u"sh"_s, marker,
                            Lab::program(), dir});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    const QList<qint64> pids = recordedPids(dir);
    QCOMPARE(pids.size(), 2);
    QStringList held;
    for (const qint64 pid : pids) {
        const QDir handles(u"/proc/%1/fd"_s.arg(pid));
        for (const QFileInfo &handle : handles.entryInfoList(QDir::Files | QDir::System | QDir::NoDotAndDotDot)) {
            if (handle.symLinkTarget() == marker)
                held.append(QString::number(pid));
        }
    }
    Lab stopper;
    QVERIFY2(stopper.run({u"stop"_s, u"--dir"_s, dir}).has_value(), qPrintable(stopper.error()));
    QCOMPARE(held, QStringList());
}

void TestLab::ownAccountNeedsNoRootAndHasNoPassword()
{
    Lab lab;
    QVERIFY2(lab.start(1, {u"--mix"_s, u"linux:1"_s, u"--as-user"_s}), qPrintable(lab.error()));
    const LabHost host = lab.hosts().first();
    QCOMPARE(host.user, qEnvironmentVariable("USER", host.user));
    QCOMPARE(host.auth, QStringList{u"key"_s});
    QVERIFY(host.passwordFile.isEmpty());
    const SshRun run = sshInto(lab, host, u"echo $HOME; id -un"_s);
    QCOMPARE(run.status, 0);
    // Not the caller's own home: its start-up files neither slow the lab down nor change.
    QCOMPARE(run.out.split('\n').value(0), host.home.toUtf8());
    QCOMPARE(run.out.split('\n').value(1), host.user.toUtf8());
}

void TestLab::fortyHostsStart()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QElapsedTimer clock;
    clock.start();
    Lab lab;
    QVERIFY2(lab.start(40), qPrintable(lab.error()));
    const qint64 took = clock.elapsed();
    QCOMPARE(lab.hosts().size(), 40);
    qInfo("forty recorded hosts in %lld ms", static_cast<long long>(took));
    const SshRun run = sshInto(lab, lab.hosts().last(), u"cat /proc/sys/kernel/hostname"_s);
    QCOMPARE(run.status, 0);
    QCOMPARE(run.out.trimmed(), lab.hosts().last().hostname.toUtf8());
    QVERIFY2(lab.stop(), qPrintable(lab.error()));
}

void TestLab::badCommandLinesAreExplained_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    QTest::newRow("no command") << QStringList{} << 2 << u"usage"_s;
    QTest::newRow("no folder") << QStringList{u"start"_s} << 2 << u"--dir"_s;
    QTest::newRow("unknown kind") << QStringList{u"start"_s, u"--dir"_s, u"@"_s, u"--mix"_s, u"toaster:1"_s} << 2
                                  << u"toaster"_s;
    QTest::newRow("bad number") << QStringList{u"start"_s, u"--dir"_s, u"@"_s, u"--mix"_s, u"linux:x"_s} << 2
                                << u"KIND:NUMBER"_s;
    QTest::newRow("too many") << QStringList{u"start"_s, u"--dir"_s, u"@"_s, u"-n"_s, u"99999"_s} << 2 << u"2000"_s;
    QTest::newRow("not a recorded host") << QStringList{u"start"_s, u"--dir"_s, u"@"_s, u"--recorded"_s, u"/usr"_s} << 2
                                         << u"host.json"_s;
    QTest::newRow("nothing runs") << QStringList{u"status"_s, u"--dir"_s, u"@"_s} << 1 << u"no lab runs"_s;
    QTest::newRow("stop of a foreign folder") << QStringList{u"stop"_s, u"--dir"_s, u"@"_s} << 1 << u"not a lab"_s;
}

void TestLab::badCommandLinesAreExplained()
{
    QFETCH(QStringList, words);
    QFETCH(int, status);
    QFETCH(QString, says);
    QTemporaryDir folder;
    words.replaceInStrings(u"@"_s, folder.path());
    Lab lab;
    int given = 0;
    QVERIFY(!lab.run(words, &given).has_value());
    QCOMPARE(given, status);
    QVERIFY2(lab.error().contains(says), qPrintable(lab.error()));
    QVERIFY2(!lab.error().contains(u"Traceback"), qPrintable(lab.error()));
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestLab::aSecondStartInTheSameFolderIsRefused()
{
    Lab lab;
    QVERIFY2(lab.start(1, {u"--mix"_s, u"linux:1"_s}), qPrintable(lab.error()));
    int status = 0;
    QVERIFY(!lab.run({u"start"_s, u"--dir"_s, lab.dir(), u"--mix"_s, u"linux:1"_s}, &status).has_value());
    QCOMPARE(status, 1);
    QVERIFY(lab.error().contains(u"already"));
    QCOMPARE(sshInto(lab, lab.hosts().first(), u"true"_s).status, 0);
}

void TestLab::userSshFolderStaysAsItWas()
{
    Lab lab;
    QVERIFY2(lab.start(1, {u"--mix"_s, u"linux:1"_s}), qPrintable(lab.error()));
    QCOMPARE(sshInto(lab, lab.hosts().first(), u"true"_s).status, 0);
    QVERIFY(lab.stop());
    QCOMPARE(stateOfOwnSshFolder(), m_sshFolder);
}

INFRA_TEST(TestLab)
#include "tst_lab.moc"
