// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "tests/integration/lab/lab_ssh.h"
#include "tests/support/test_registry.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

using namespace Qt::Literals::StringLiterals;
using namespace infra::test;

/// Each fault does what it says, and `clear` mends it. Two hosts: a real one, and a recorded server.
class TestLabFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();
    void refusedHostListensAgainWhenCleared();
    void stalledHostAcceptsAndSaysNothing();
    void cutEndsLiveConnectionsOnly();
    void frozenHostAnswersLater();
    void slowHostAnswersLater();
    void endlessAnswerNeverEnds();
    void garbageComesBeforeTheAnswer();
    void newHostKeyIsRefusedByWhoKnewTheOld();
    void sessionLimitHoldsForNewConnections();
    void clockIsOff_data();
    void clockIsOff();
    void rebootCutsAndCountsAnew();
    void fullDiskShowsInDf_data();
    void fullDiskShowsInDf();
    void unknownFaultsAreExplained();

private:
    LabHost at(const QString &name) const { return *m_lab.host(name); }
    SshRun on(const QString &name, const QString &command, int timeoutMs = 30'000) const
    {
        return sshInto(m_lab, at(name), command, {}, {}, timeoutMs);
    }
    void fault(const QString &name, const QStringList &words)
    {
        QVERIFY2(m_lab.fault(name, words).has_value(), qPrintable(m_lab.error()));
    }

    Lab m_lab;
};

void TestLabFaults::initTestCase()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY2(m_lab.start(0, {u"--mix"_s, u"linux:1,ubuntu-db:1"_s}), qPrintable(m_lab.error()));
}

void TestLabFaults::cleanupTestCase()
{
    QVERIFY2(m_lab.stop(), qPrintable(m_lab.error()));
}

void TestLabFaults::cleanup()
{
    for (const LabHost &host : m_lab.hosts())
        QVERIFY2(m_lab.fault(host.name, {u"clear"_s}).has_value(), qPrintable(m_lab.error()));
}

void TestLabFaults::refusedHostListensAgainWhenCleared()
{
    SshShell shell(m_lab, at(u"lab1"_s));
    shell.write("echo before\n");
    QVERIFY(shell.waitFor("before\n"));
    fault(u"lab1"_s, {u"refuse"_s});
    const SshRun refused = on(u"lab1"_s, u"true"_s);
    QCOMPARE(refused.status, 255);
    QVERIFY2(refused.err.contains("refused"), refused.err.constData());
    shell.write("echo after\n"); // who is connected stays connected
    QVERIFY(shell.waitFor("after\n"));
    fault(u"lab1"_s, {u"clear"_s});
    QCOMPARE(on(u"lab1"_s, u"true"_s).status, 0);
}

void TestLabFaults::stalledHostAcceptsAndSaysNothing()
{
    const int accepts = m_lab.count(u"lab1"_s, u"accept"_s);
    fault(u"lab1"_s, {u"stall"_s});
    QTcpSocket socket;
    socket.connectToHost(at(u"lab1"_s).address, static_cast<quint16>(at(u"lab1"_s).port));
    QVERIFY(socket.waitForConnected(5000));
    QVERIFY(!socket.waitForReadyRead(500));
    QVERIFY(m_lab.waitForCount(u"lab1"_s, u"accept"_s, accepts + 1));
    fault(u"lab1"_s, {u"clear"_s});
    QCOMPARE(on(u"lab1"_s, u"true"_s).status, 0);
}

void TestLabFaults::cutEndsLiveConnectionsOnly()
{
    SshShell shell(m_lab, at(u"lab1"_s));
    shell.write("echo up\n");
    QVERIFY(shell.waitFor("up\n"));
    fault(u"lab1"_s, {u"cut"_s});
    QVERIFY(shell.waitForEnd(5000));
    QCOMPARE(on(u"lab1"_s, u"true"_s).status, 0);
}

void TestLabFaults::frozenHostAnswersLater()
{
    SshShell shell(m_lab, at(u"db1"_s));
    shell.write("echo up\n");
    QVERIFY(shell.waitFor("up\n"));
    fault(u"db1"_s, {u"freeze"_s});
    shell.write("echo thawed\n");
    QVERIFY(!shell.waitFor("thawed\n", nullptr, 700));
    fault(u"db1"_s, {u"clear"_s});
    QVERIFY(shell.waitFor("thawed\n"));
}

void TestLabFaults::slowHostAnswersLater()
{
    SshShell shell(m_lab, at(u"lab1"_s));
    shell.write("echo up\n");
    QVERIFY(shell.waitFor("up\n"));
    fault(u"lab1"_s, {u"slow"_s, u"600"_s});
    QElapsedTimer clock;
    clock.start();
    shell.write("echo late\n");
    QVERIFY(shell.waitFor("late\n"));
    QVERIFY2(clock.elapsed() >= 600, qPrintable(QString::number(clock.elapsed())));
}

void TestLabFaults::endlessAnswerNeverEnds()
{
    SshShell shell(m_lab, at(u"lab1"_s));
    shell.write("echo up\n");
    QVERIFY(shell.waitFor("up\n"));
    fault(u"lab1"_s, {u"endless"_s});
    shell.write("echo never\n");
    QVERIFY(!shell.waitFor("never\n", nullptr, 1500));
    QVERIFY2(shell.received() > 200'000, qPrintable(QString::number(shell.received())));
    fault(u"lab1"_s, {u"clear"_s});
    QVERIFY(shell.waitFor("never\n", nullptr, 30'000));
}

void TestLabFaults::garbageComesBeforeTheAnswer()
{
    fault(u"lab1"_s, {u"garbage"_s});
    const SshRun run = on(u"lab1"_s, u"echo text"_s);
    QVERIFY(run.out.endsWith("text\n"));
    QVERIFY(run.out.size() > 4000);
    QVERIFY(run.out.contains('\0'));
    QVERIFY(!QString::fromUtf8(run.out).toUtf8().contains(run.out)); // no valid UTF-8
}

void TestLabFaults::newHostKeyIsRefusedByWhoKnewTheOld()
{
    const std::optional<QJsonObject> answer = m_lab.fault(u"lab1"_s, {u"new-host-key"_s});
    QVERIFY2(answer.has_value(), qPrintable(m_lab.error()));
    QVERIFY(answer->value("host_key"_L1).toString().startsWith(u"SHA256:"));
    QVERIFY(answer->value("host_key"_L1).toString() != at(u"lab1"_s).hostKey);
    const SshRun run = on(u"lab1"_s, u"true"_s);
    QCOMPARE(run.status, 255);
    QVERIFY2(run.err.contains("HOST IDENTIFICATION HAS CHANGED"), run.err.constData());
    fault(u"lab1"_s, {u"clear"_s});
    QCOMPARE(on(u"lab1"_s, u"true"_s).status, 0);
}

void TestLabFaults::sessionLimitHoldsForNewConnections()
{
    const auto twoChannels = [this] {
        const QString path = m_lab.dir() + u"/mux"_s;
        QProcess master;
        master.start(u"ssh"_s, sshWords(m_lab, at(u"lab1"_s), {u"-S"_s, path, u"-M"_s}) << u"echo up; cat"_s);
        QByteArray out;
        for (int i = 0; i < 200 && !out.contains("up"); ++i) {
            master.waitForReadyRead(100);
            out += master.readAllStandardOutput();
        }
        const SshRun second =
            sshInto(m_lab, at(u"lab1"_s), u"echo second"_s, {},
                    {u"-S"_s, path, u"-o"_s, u"ControlMaster=no"_s, u"-o"_s, u"ProxyCommand=false"_s});
        master.closeWriteChannel();
        master.waitForFinished(5000);
        return second.out.contains("second");
    };
    QVERIFY(twoChannels());
    fault(u"lab1"_s, {u"max-sessions"_s, u"1"_s});
    QVERIFY(!twoChannels());
    fault(u"lab1"_s, {u"clear"_s});
    QVERIFY(twoChannels());
}

void TestLabFaults::clockIsOff_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("offset");
    QTest::newRow("real, ahead") << u"lab1"_s << u"+3600"_s;
    QTest::newRow("real, behind") << u"lab1"_s << u"-90"_s;
    QTest::newRow("recorded, ahead") << u"db1"_s << u"+3600"_s;
    QTest::newRow("recorded, behind") << u"db1"_s << u"-90"_s;
}

void TestLabFaults::clockIsOff()
{
    QFETCH(QString, host);
    QFETCH(QString, offset);
    SshShell shell(m_lab, at(host)); // open before: a clock that jumps under a kept-open shell
    shell.write("echo up\n");
    QVERIFY(shell.waitFor("up\n"));
    fault(host, {u"clock"_s, offset});
    shell.write("date '+at %s end'\n");
    QByteArray seen;
    QVERIFY(shell.waitFor(" end\n", &seen));
    const qint64 there = seen.split(' ').value(1).toLongLong();
    const qint64 off = there - QDateTime::currentSecsSinceEpoch();
    QVERIFY2(std::abs(off - offset.toLongLong()) < 10, qPrintable(QString::number(off)));
}

void TestLabFaults::rebootCutsAndCountsAnew()
{
    const auto uptime = [this] { return on(u"db1"_s, u"cut -d' ' -f1 /proc/uptime"_s).out.toDouble(); };
    const QByteArray boot = on(u"db1"_s, u"cat /proc/sys/kernel/random/boot_id"_s).out;
    QVERIFY(uptime() > 86400);
    SshShell shell(m_lab, at(u"db1"_s));
    shell.write("echo up\n");
    QVERIFY(shell.waitFor("up\n"));
    fault(u"db1"_s, {u"reboot"_s});
    QVERIFY(shell.waitForEnd(5000));
    QTRY_COMPARE_WITH_TIMEOUT(on(u"db1"_s, u"true"_s).status, 0, 15'000);
    QVERIFY(uptime() < 60);
    const QByteArray after = on(u"db1"_s, u"cat /proc/sys/kernel/random/boot_id"_s).out;
    QCOMPARE(after.size(), boot.size());
    QVERIFY(after != boot);
    const qint64 booted = on(u"db1"_s, u"grep '^btime ' /proc/stat | cut -d' ' -f2"_s).out.trimmed().toLongLong();
    QVERIFY(std::abs(booted - QDateTime::currentSecsSinceEpoch()) < 60);
}

void TestLabFaults::fullDiskShowsInDf_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("mount");
    QTest::newRow("real") << u"lab1"_s << u"/"_s;
    QTest::newRow("recorded") << u"db1"_s << u"/var/lib/postgresql"_s;
}

void TestLabFaults::fullDiskShowsInDf()
{
    QFETCH(QString, host);
    QFETCH(QString, mount);
    const auto row = [&] {
        QList<QByteArray> words;
        for (const QByteArray &line : on(host, u"df -Pk "_s + mount).out.split('\n')) {
            if (line.simplified().split(' ').last() == mount.toUtf8())
                words = line.simplified().split(' ');
        }
        return words;
    };
    const QList<QByteArray> before = row();
    QVERIFY(before.value(4) != "100%");
    fault(host, {u"disk-full"_s});
    const QList<QByteArray> full = row();
    QCOMPARE(full.value(4), QByteArray("100%"));
    QCOMPARE(full.value(3), QByteArray("0"));
    QCOMPARE(full.value(2), full.value(1));
    fault(host, {u"clear"_s});
    QCOMPARE(row().value(1), before.value(1));
    QVERIFY(row().value(4) != "100%");
}

void TestLabFaults::unknownFaultsAreExplained()
{
    int status = 0;
    QVERIFY(!m_lab.run({u"fault"_s, u"--dir"_s, m_lab.dir(), u"lab1"_s, u"explode"_s}, &status).has_value());
    QCOMPARE(status, 2);
    QVERIFY(m_lab.error().contains(u"refuse"));
    QVERIFY(!m_lab.run({u"fault"_s, u"--dir"_s, m_lab.dir(), u"lab1"_s, u"slow"_s}, &status).has_value());
    QCOMPARE(status, 2);
    QVERIFY(!m_lab.run({u"fault"_s, u"--dir"_s, m_lab.dir(), u"lab9"_s, u"cut"_s}, &status).has_value());
    QCOMPARE(status, 2);
}

INFRA_TEST(TestLabFaults)
#include "tst_lab_faults.moc"
