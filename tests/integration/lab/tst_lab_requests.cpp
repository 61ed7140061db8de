// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "tests/integration/lab/lab_ssh.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QRegularExpression>
#include <QtCore/QThread>
#include <QtTest/QTest>

using namespace Qt::Literals::StringLiterals;
using namespace infra::test;

/// What the lab writes down, and what recorded hosts answer. One lab for all: a real host, a server, Unraid, a BusyBox
/// router.
class TestLabRequests : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void aConnectionIsOneAcceptOneAuthAndOneClose();
    void aRequestWrittenInPiecesIsOneMessage();
    void twoRequestsAreTwoMessages();
    void anExecIsWrittenDownWithItsText();
    void statusAndSignalComeThrough();
    void bytesComeThroughUnchanged();
    void aWriteInTheHomeIsWrittenDown();
    void passwordsWorkWhereTheAccountIsPrivate();
    void aRecordedFileIsWhatTheHostHas();
    void aRecordedHostCannotBeWrittenTo();
    void aRecordedCommandAnswersAndIsWrittenDown();
    void whatIsNotRecordedIsAMiss();
    void programsThatAHostLacksAreNotFound();
    void countersMoveOn();
    void bootTimeFitsTheUptime();
    void theRouterHasNothingButBusyBox();

private:
    LabHost at(const QString &name) const { return *m_lab.host(name); }
    SshRun on(const QString &name, const QString &command, const QByteArray &input = {}) const
    {
        return sshInto(m_lab, at(name), command, input);
    }
    QList<QJsonObject> events(const QString &name, const QString &event) const
    {
        QList<QJsonObject> found;
        for (const QJsonObject &entry : m_lab.log(name)) {
            if (entry.value("event"_L1).toString() == event)
                found.append(entry);
        }
        return found;
    }
    QStringList argvs(const QString &name, bool miss) const
    {
        QStringList found;
        for (const QJsonObject &entry : events(name, u"argv"_s)) {
            QStringList words;
            for (const QJsonValue &word : entry.value("argv"_L1).toArray())
                words.append(word.toString());
            if (entry.value("miss"_L1).toBool() == miss)
                found.append(words.join(u' '));
        }
        return found;
    }

    Lab m_lab;
};

void TestLabRequests::initTestCase()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY2(m_lab.start(0, {u"--mix"_s, u"linux:1,ubuntu-web:1,unraid:1,busybox:1"_s}), qPrintable(m_lab.error()));
}

void TestLabRequests::cleanupTestCase()
{
    QVERIFY2(m_lab.stop(), qPrintable(m_lab.error()));
}

void TestLabRequests::aConnectionIsOneAcceptOneAuthAndOneClose()
{
    const int accepts = m_lab.count(u"lab1"_s, u"accept"_s);
    const qsizetype auths = events(u"lab1"_s, u"auth"_s).size();
    QCOMPARE(on(u"lab1"_s, u"true"_s).status, 0);
    QVERIFY(m_lab.waitForCount(u"lab1"_s, u"accept"_s, accepts + 1));
    QTRY_COMPARE(events(u"lab1"_s, u"auth"_s).size(), auths + 1);
    QCOMPARE(m_lab.count(u"lab1"_s, u"accept"_s), accepts + 1);
    const QJsonObject auth = events(u"lab1"_s, u"auth"_s).last();
    QVERIFY(auth.value("ok"_L1).toBool());
    QCOMPARE(auth.value("method"_L1).toString(), u"publickey"_s);
    const int number = events(u"lab1"_s, u"accept"_s).last().value("conn"_L1).toInt();
    QVERIFY(number > 0);
    QCOMPARE(auth.value("conn"_L1).toInt(), number);
    QCOMPARE(events(u"lab1"_s, u"exec"_s).last().value("conn"_L1).toInt(), number);
    QTRY_VERIFY(!events(u"lab1"_s, u"close"_s).isEmpty() &&
                events(u"lab1"_s, u"close"_s).last().value("conn"_L1).toInt() == number &&
                events(u"lab1"_s, u"close"_s).last().value("chan"_L1).isNull());
}

void TestLabRequests::aRequestWrittenInPiecesIsOneMessage()
{
    const int before = m_lab.count(u"lab1"_s, u"message"_s);
    SshShell shell(m_lab, at(u"lab1"_s));
    const QByteArray request = "x=1\ny=2\necho done-$((x + y))\n";
    for (qsizetype i = 0; i < request.size(); i += 5) {
        shell.write(request.mid(i, 5));
        QThread::msleep(15);
    }
    QVERIFY(shell.waitFor("done-3\n"));
    QVERIFY(m_lab.waitForCount(u"lab1"_s, u"message"_s, before + 1));
    QCOMPARE(m_lab.count(u"lab1"_s, u"message"_s), before + 1);
    QCOMPARE(events(u"lab1"_s, u"message"_s).last().value("bytes"_L1).toInt(), static_cast<int>(request.size()));
}

void TestLabRequests::twoRequestsAreTwoMessages()
{
    for (const QString &name : {u"lab1"_s, u"tower"_s}) {
        const int before = m_lab.count(name, u"message"_s);
        SshShell shell(m_lab, at(name));
        shell.write("echo one\n");
        QVERIFY(shell.waitFor("one\n"));
        shell.write("echo two\n");
        QVERIFY(shell.waitFor("two\n"));
        QCOMPARE(m_lab.count(name, u"message"_s), before + 2);
        const QJsonObject last = events(name, u"message"_s).last();
        QCOMPARE(last.value("conn"_L1), events(name, u"exec"_s).last().value("conn"_L1));
        QCOMPARE(last.value("chan"_L1).toInt(), 1);
    }
}

void TestLabRequests::anExecIsWrittenDownWithItsText()
{
    const QString text = u"echo 'a \"b\"' ü; true"_s;
    QCOMPARE(on(u"lab1"_s, text).out, QByteArray("a \"b\" ü\n"));
    QCOMPARE(events(u"lab1"_s, u"exec"_s).last().value("argv"_L1).toArray(), QJsonArray{text});
}

void TestLabRequests::statusAndSignalComeThrough()
{
    QCOMPARE(on(u"lab1"_s, u"exit 7"_s).status, 7);
    QCOMPARE(on(u"tower"_s, u"exit 7"_s).status, 7);
    const SshRun run = on(u"lab1"_s, u"echo out; echo err >&2; kill -TERM $$"_s);
    QCOMPARE(run.out, QByteArray("out\n"));
    QVERIFY(run.err.startsWith("err\n"));
    QVERIFY(run.status != 0);
}

void TestLabRequests::bytesComeThroughUnchanged()
{
    QByteArray input;
    for (int i = 0; i < 300'000; ++i)
        input.append(static_cast<char>((i * 7 + i / 251) & 0xff));
    const SshRun run = on(u"lab1"_s, u"cat"_s, input);
    QCOMPARE(run.out.size(), input.size());
    QVERIFY(run.out == input);
}

void TestLabRequests::aWriteInTheHomeIsWrittenDown()
{
    QVERIFY(events(u"lab1"_s, u"write"_s).isEmpty());
    QCOMPARE(
        on(u"lab1"_s, u"mkdir -p \"$HOME/deep\"; echo x > /tmp/made; sleep 0.3; echo y > \"$HOME/deep/file\""_s).status,
        0);
    const auto wrote = [this](const QString &path) {
        const QList<QJsonObject> all = events(u"lab1"_s, u"write"_s);
        return std::any_of(all.begin(), all.end(),
                           [&](const QJsonObject &entry) { return entry.value("path"_L1).toString().endsWith(path); });
    };
    QTRY_VERIFY(wrote(u"/home/deep/file"_s));
    if (at(u"lab1"_s).user == u"lab"_s)
        QTRY_VERIFY(wrote(u"/tmp/made"_s));
}

void TestLabRequests::passwordsWorkWhereTheAccountIsPrivate()
{
    const LabHost host = at(u"lab1"_s);
    if (host.passwordFile.isEmpty())
        QSKIP("passwords need root: the caller's own account has none that the lab knows");
    QCOMPARE(sshWithPassword(m_lab, host, u"id -un"_s).out, QByteArray("lab\n"));
    QFile file(host.passwordFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.permissions() == (QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser));
    LabHost wrong = host;
    wrong.passwordFile = u"/etc/hostname"_s;
    QVERIFY(sshWithPassword(m_lab, wrong, u"id -un"_s).status != 0);
    QTRY_VERIFY(!events(u"lab1"_s, u"auth"_s).last().value("ok"_L1).toBool());
}

void TestLabRequests::aRecordedFileIsWhatTheHostHas()
{
    QFile file(at(u"tower"_s).root + u"/var/local/emhttp/disks.ini"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(on(u"tower"_s, u"cat /var/local/emhttp/disks.ini"_s).out, file.readAll());
    QCOMPARE(on(u"tower"_s, u"read -r name </proc/sys/kernel/hostname; echo $name"_s).out, QByteArray("tower\n"));
}

void TestLabRequests::aRecordedHostCannotBeWrittenTo()
{
    for (const QString &place : {u"/tmp/x"_s, u"/etc/os-release"_s, u"/proc/stat"_s, u"\"$HOME/x\""_s}) {
        const SshRun run = on(u"tower"_s, u"echo spoiled > "_s + place);
        QVERIFY2(run.status != 0, qPrintable(place));
        QVERIFY2(run.err.contains("Read-only"), run.err.constData());
    }
}

void TestLabRequests::aRecordedCommandAnswersAndIsWrittenDown()
{
    const SshRun df = on(u"tower"_s, u"timeout 5 df -Pk /mnt/disk1"_s);
    QCOMPARE(df.status, 0);
    QVERIFY(df.out.contains("/mnt/disk1\n"));
    const SshRun docker = on(u"web1"_s, u"docker ps -a --no-trunc --format '{{json .}}'"_s);
    QCOMPARE(docker.out.count('\n'), 9);
    QVERIFY(docker.out.contains("(unhealthy)"));
    QVERIFY(!docker.out.contains("@@now"));
    QVERIFY(argvs(u"tower"_s, false).contains(u"timeout 5 df -Pk /mnt/disk1"_s));
    QVERIFY(argvs(u"tower"_s, false).contains(u"df -Pk /mnt/disk1"_s));
    QVERIFY(argvs(u"web1"_s, false).contains(u"docker ps -a --no-trunc --format {{json .}}"_s));
    const QJsonObject last = events(u"web1"_s, u"argv"_s).last();
    QCOMPARE(last.value("conn"_L1), events(u"web1"_s, u"exec"_s).last().value("conn"_L1));
}

void TestLabRequests::whatIsNotRecordedIsAMiss()
{
    QCOMPARE(argvs(u"web1"_s, true), QStringList());
    QCOMPARE(on(u"web1"_s, u"docker frobnicate --all"_s).status, 127);
    QCOMPARE(argvs(u"web1"_s, true), QStringList{u"docker frobnicate --all"_s});
    QVERIFY(m_lab.misses().contains(u"web1: docker frobnicate --all"_s));
    QCOMPARE(on(u"web1"_s, u"nosuchprogram -x"_s).status, 127);
    QTRY_VERIFY(argvs(u"web1"_s, true).contains(u"nosuchprogram"_s));
}

void TestLabRequests::programsThatAHostLacksAreNotFound()
{
    QVERIFY(on(u"tower"_s, u"command -v systemctl"_s).status != 0);
    QCOMPARE(on(u"tower"_s, u"command -v docker >/dev/null && command -v df >/dev/null"_s).status, 0);
    QCOMPARE(on(u"web1"_s, u"command -v systemctl >/dev/null"_s).status, 0);
    // BusyBox has this one, the recorded host does not.
    QVERIFY(on(u"web1"_s, u"command -v ifconfig"_s).status != 0);
}

void TestLabRequests::countersMoveOn()
{
    const auto idle = [this] {
        const QByteArray line = on(u"web1"_s, u"head -1 /proc/stat"_s).out.simplified();
        return line.split(' ').value(4).toLongLong();
    };
    const qint64 first = idle();
    QVERIFY(first > 0);
    QTRY_VERIFY_WITH_TIMEOUT(idle() > first, 10'000);
}

void TestLabRequests::bootTimeFitsTheUptime()
{
    const QList<QByteArray> parts =
        on(u"web1"_s, u"date +%s; cut -d' ' -f1 /proc/uptime; grep '^btime ' /proc/stat | cut -d' ' -f2"_s)
            .out.split('\n');
    QVERIFY(parts.size() >= 3);
    const double offBy = parts.at(0).toDouble() - parts.at(1).toDouble() - parts.at(2).toDouble();
    QVERIFY2(std::abs(offBy) < 5, qPrintable(QString::number(offBy)));
}

void TestLabRequests::theRouterHasNothingButBusyBox()
{
    QCOMPARE(on(u"gate"_s, u"[ /bin/ls -ef /bin/busybox ] && echo yes"_s).out, QByteArray("yes\n"));
    for (const QString &name : {u"systemctl"_s, u"docker"_s, u"ss"_s, u"getconf"_s, u"bash"_s})
        QVERIFY2(on(u"gate"_s, u"command -v "_s + name).status != 0, qPrintable(name));
    QCOMPARE(on(u"gate"_s, u"id -u"_s).out, QByteArray("0\n"));
}

INFRA_TEST(TestLabRequests)
#include "tst_lab_requests.moc"
