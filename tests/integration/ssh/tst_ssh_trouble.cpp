// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "tests/integration/ssh/ssh_harness.h"
#include "tests/support/test_registry.h"

#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

class TestSshTrouble : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void channelLimitsAreLearned_data();
    void channelLimitsAreLearned();
    void aDroppedLinkIsNoticedAndReopened();
    void aFrozenServerIsDeadAfterThreeUnansweredFrames();
    void aQuietSessionStaysAlive();
    void aDeadAddressIsLeftAloneForAWhile();
    void aFullServerIsTriedAgain();
    void aServerThatStaysFullIsBusy();
    void otherProtocolsAreToldApart();
    void aSilentServerTimesOut();
    void loginShellsOfAllKinds_data();
    void loginShellsOfAllKinds();
    void anAccountWithoutAShellIsSaid();
    void theSudoPasswordIsGivenOnceAShell();
    void aConfigurationThatRunsProgramsIsRefusedAndRunsNone();
};

void TestSshTrouble::initTestCase()
{
    if (const QString why = SshdFixture::whyNot(true); !why.isEmpty())
        QSKIP(qPrintable(why));
}

void TestSshTrouble::channelLimitsAreLearned_data()
{
    QTest::addColumn<int>("maxSessions");
    QTest::addColumn<int>("learned");
    QTest::newRow("10") << 10 << 0; // six are never refused
    QTest::newRow("4") << 4 << 4;
    QTest::newRow("1") << 1 << 1;
}

void TestSshTrouble::channelLimitsAreLearned()
{
    QFETCH(int, maxSessions);
    QFETCH(int, learned);
    SshdOptions options;
    options.config = {u"MaxSessions %1"_s.arg(maxSessions)};
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = ssh.add(sshd, u"limit"_s);
    ssh.start();
    QList<QFuture<Result<ssh::CommandOutput>>> all;
    for (int i = 0; i < 24; ++i) {
        const QByteArray number = QByteArray::number(i);
        all.append(i % 6 == 0 ? ssh.send(ssh.shell(device, "echo " + number), within(seconds(25)))
                              : ssh.send(ssh.exec(device, "sleep 0.1; echo " + number), within(seconds(25))));
    }
    for (int i = 0; i < all.size(); ++i)
        QCOMPARE(bodyOf(SshHarness::await(all[i])).trimmed(), QByteArray::number(i));
    QCOMPARE(ssh.transport->sessions().size(), 1);
    QCOMPARE(ssh.transport->sessions().first().channelLimit, learned);
    QCOMPARE(sshd.acceptedLogins(), 1);
}

void TestSshTrouble::aDroppedLinkIsNoticedAndReopened()
{
    SshdFixture sshd;
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = ssh.add(sshd, u"drop"_s);
    ssh.start();
    QVERIFY(ssh.run(ssh.shell(device, "true")).has_value());
    std::optional<Error> why;
    connect(ssh.transport.get(), &ssh::SshTransport::sessionClosed, this,
            [&why](const DeviceId &, const std::optional<Error> &error) { why = error; });
    auto shell = ssh.send(ssh.shell(device, "sleep 20"));
    auto exec = ssh.send(ssh.exec(device, "sleep 20"));
    SshHarness::spin(300);
    sshd.dropSessions();
    QCOMPARE(codeOf(SshHarness::await(shell)), u"ssh.network.lost"_s);
    QCOMPARE(codeOf(SshHarness::await(exec)), u"ssh.network.lost"_s);
    QTRY_VERIFY(why.has_value());
    QCOMPARE(why->code, ErrorCode::LinkLost);
    QVERIFY(ssh.transport->sessions().isEmpty());
    QCOMPARE(codeOf(ssh.run(ssh.shell(device, "true"))), u"ssh.network.lost"_s); // too soon
    QTRY_COMPARE(ssh.transport->backoff(device.id), milliseconds(0));
    const auto again = ssh.run(ssh.shell(device, "true"));
    QVERIFY(again && again->connected);
}

void TestSshTrouble::aFrozenServerIsDeadAfterThreeUnansweredFrames()
{
    SshdFixture sshd;
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = ssh.add(sshd, u"frozen"_s);
    auto params = ssh.params();
    params.keepAliveSilence = milliseconds(400);
    params.keepAliveInterval = milliseconds(200);
    params.connectTimeout = seconds(6);
    ssh.transport = ssh::makeLibsshTransport(params);
    QVERIFY(ssh.run(ssh.shell(device, "true")).has_value());
    std::optional<Error> why;
    connect(ssh.transport.get(), &ssh::SshTransport::sessionClosed, this,
            [&why](const DeviceId &, const std::optional<Error> &error) { why = error; });
    sshd.freeze();
    QTRY_VERIFY_WITH_TIMEOUT(why.has_value(), 15'000);
    QCOMPARE(why->code, ErrorCode::LinkLost);
    QCOMPARE(firstFailure(ssh.test(device)).section(u' ', 1), u"ssh.network.timeout"_s);
    sshd.thaw();
    ssh.transport->resetBackoff(device.id);
    QCOMPARE(codeOf(ssh.run(ssh.shell(device, "true"))), u"ok"_s);
}

void TestSshTrouble::aQuietSessionStaysAlive()
{
    SshdFixture sshd;
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = ssh.add(sshd, u"quiet"_s);
    auto params = ssh.params();
    params.keepAliveSilence = milliseconds(100);
    params.keepAliveInterval = milliseconds(50);
    ssh.transport = ssh::makeLibsshTransport(params);
    const auto first = ssh.run(ssh.shell(device, "echo $$"));
    SshHarness::spin(2'000); // many empty frames
    QCOMPARE(bodyOf(ssh.run(ssh.shell(device, "echo $$"))), bodyOf(first));
    QCOMPARE(sshd.acceptedLogins(), 1);
}

void TestSshTrouble::aDeadAddressIsLeftAloneForAWhile()
{
    SshdFixture sshd;
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = ssh.add(sshd, u"dead"_s);
    sshd.stop();
    ssh.start();
    QCOMPARE(codeOf(ssh.run(ssh.shell(device, "true"))), u"ssh.network.refused"_s);
    QVERIFY(ssh.transport->backoff(device.id) > milliseconds(0));
    QVERIFY(ssh.transport->backoff(device.id) <= seconds(1));
    for (int i = 0; i < 5; ++i) // a person's own tries are not held back, and count
        QCOMPARE(codeOf(ssh.run(ssh.shell(device, "true"), within(seconds(10), ssh::Purpose::Foreground))),
                 u"ssh.network.refused"_s);
    QVERIFY(ssh.transport->backoff(device.id) > seconds(15));
    QVERIFY(sshd.start());
    QCOMPARE(codeOf(ssh.run(ssh.shell(device, "true"))), u"ssh.network.refused"_s); // not even tried
    ssh.transport->resetBackoff(device.id);
    QCOMPARE(ssh.transport->backoff(device.id), milliseconds(0));
    QCOMPARE(codeOf(ssh.run(ssh.shell(device, "true"))), u"ok"_s);
}

void TestSshTrouble::aFullServerIsTriedAgain()
{
    SshdOptions options;
    options.config = {u"MaxStartups 1:100:1"_s};
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = ssh.add(sshd, u"full"_s);
    QTcpSocket holder;
    holder.connectToHost(sshd.address(), sshd.port());
    QVERIFY(holder.waitForReadyRead(5'000)); // it has the one place now
    ssh.start();
    auto waiting = ssh.send(ssh.exec(device, "true"), within(seconds(20)));
    SshHarness::spin(400);
    holder.abort();
    QCOMPARE(codeOf(SshHarness::await(waiting)), u"ok"_s);
    QVERIFY(sshd.log().contains("MaxStartups"));
}

void TestSshTrouble::aServerThatStaysFullIsBusy()
{
    SshdOptions options;
    options.config = {u"MaxStartups 1:100:1"_s};
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = ssh.add(sshd, u"busy"_s);
    QTcpSocket holder;
    holder.connectToHost(sshd.address(), sshd.port());
    QVERIFY(holder.waitForReadyRead(5'000));
    ssh.start();
    QCOMPARE(firstFailure(ssh.test(device)), u"kex ssh.protocol.startups"_s);
}

void TestSshTrouble::otherProtocolsAreToldApart()
{
    SshHarness ssh;
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(SshdFixture::freeAddress())));
    connect(&other, &QTcpServer::newConnection, this,
            [&other] { other.nextPendingConnection()->write("220 mail.example ESMTP\r\n"); });
    Device device;
    device.id = DeviceId(u"d_mail"_s);
    device.address = other.serverAddress().toString();
    device.port = other.serverPort();
    device.user = u"x"_s;
    ssh.start();
    const auto report = ssh.test(device);
    QCOMPARE(firstFailure(report), u"kex ssh.protocol.banner"_s);
    QVERIFY(report.steps.last().error->message.contains(u"ESMTP"));
}

void TestSshTrouble::aSilentServerTimesOut()
{
    SshHarness ssh;
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress(SshdFixture::freeAddress())));
    Device device;
    device.id = DeviceId(u"d_silent"_s);
    device.address = silent.serverAddress().toString();
    device.port = silent.serverPort();
    device.user = u"x"_s;
    auto params = ssh.params();
    params.connectTimeout = milliseconds(500);
    ssh.transport = ssh::makeLibsshTransport(params);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(firstFailure(ssh.test(device)), u"kex ssh.network.timeout"_s);
    QVERIFY(timer.elapsed() < 8'000);
}

void TestSshTrouble::loginShellsOfAllKinds_data()
{
    QTest::addColumn<QString>("shell");
    QTest::newRow("sh") << u"/bin/sh"_s;
    QTest::newRow("bash with a noisy .bashrc") << u"/bin/bash"_s;
    QTest::newRow("csh") << u"/usr/bin/tcsh"_s;
    QTest::newRow("fish") << u"/usr/bin/fish"_s;
}

void TestSshTrouble::loginShellsOfAllKinds()
{
    QFETCH(QString, shell);
    if (!QFile::exists(shell))
        QSKIP("no such shell here");
    SshdOptions options;
    options.shell = shell;
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    const QByteArray noise =
        "echo 'Welcome! @@ end 0'\necho oops >&2\nhead -c 200000 /dev/zero | tr '\\0' n\nprintf 'no newline'\n";
    for (const QString &file : {u"/.bashrc"_s, u"/.cshrc"_s, u"/.profile"_s})
        QVERIFY(writeFile(sshd.home() + file, noise));
    SshHarness ssh;
    const Device device = ssh.add(sshd, u"shell"_s);
    ssh.start();
    const auto result = ssh.run(ssh.shell(device, "a=1; echo \"$((a + 1))\"; echo ${0##*/}"), within(seconds(25)));
    QCOMPARE(bodyOf(result), QByteArray("2\nsh\n"));
    QVERIFY(result->out.startsWith("@@"));
    QCOMPARE(firstFailure(ssh.test(device)), u"ok"_s);
}

void TestSshTrouble::anAccountWithoutAShellIsSaid()
{
    SshdOptions options;
    options.shell = u"/usr/sbin/nologin"_s;
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = ssh.add(sshd, u"nologin"_s);
    ssh.start();
    QCOMPARE(codeOf(ssh.run(ssh.shell(device, "true"))), u"exec.shell"_s);
    QCOMPARE(firstFailure(ssh.test(device)), u"shell exec.shell"_s);
}

void TestSshTrouble::theSudoPasswordIsGivenOnceAShell()
{
    SshHarness ssh;
    // A sudo of the test's own, which writes down what it was asked and given.
    const QByteArray bin = QFile::encodeName(ssh.dir.path()) + "/bin";
    QDir(ssh.dir.path()).mkpath(u"bin"_s);
    const auto all = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
    QFile::setPermissions(ssh.dir.path(), all);
    QFile::setPermissions(ssh.dir.filePath(u"bin"_s), all);
    QVERIFY(writeFile(ssh.dir.filePath(u"bin/sudo"_s),
                      "#!/bin/sh\nIFS= read -r p\necho \"$* [$p]\" >> ~/asked\n[ \"$p\" = 's3cret; touch ~/owned' ]\n",
                      all));
    SshdOptions options;
    options.config = {u"SetEnv PATH=%1:/usr/bin:/bin"_s.arg(QFile::decodeName(bin))};
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    Device device = ssh.add(sshd, u"sudo"_s);
    device.sudo = SudoMode::Password;
    ssh.store(device);
    ssh.secrets.put(secrets::sudoPasswordName(device.id), "s3cret; touch ~/owned");
    ssh.start();
    for (int i = 0; i < 2; ++i)
        QCOMPARE(bodyOf(ssh.run(ssh.shell(device, "echo hi"))), QByteArray("hi\n"));
    QCOMPARE(readFile(sshd.home() + u"/asked"_s), QByteArray("-S -p  -v [s3cret; touch ~/owned]\n"));
    QVERIFY(!QFile::exists(sshd.home() + u"/owned"_s));

    // A refusal is remembered, for fresh shells and fresh sessions too.
    QFile::remove(sshd.home() + u"/asked"_s);
    ssh.transport->close(device.id);
    ssh.secrets.put(secrets::sudoPasswordName(device.id), "wrong");
    QCOMPARE(bodyOf(ssh.run(ssh.shell(device, "echo hi"))), QByteArray("hi\n"));
    QCOMPARE(codeOf(ssh.run(ssh.shell(device, "sleep 9"), within(milliseconds(300)))), u"timeout"_s);
    QCOMPARE(bodyOf(ssh.run(ssh.shell(device, "echo hi"))), QByteArray("hi\n"));
    sshd.dropSessions();
    QTRY_VERIFY(ssh.transport->sessions().isEmpty());
    ssh.transport->resetBackoff(device.id);
    QCOMPARE(bodyOf(ssh.run(ssh.shell(device, "echo hi"))), QByteArray("hi\n"));
    QCOMPARE(readFile(sshd.home() + u"/asked"_s), QByteArray("-S -p  -v [wrong]\n"));
}

void TestSshTrouble::aConfigurationThatRunsProgramsIsRefusedAndRunsNone()
{
    SshdFixture sshd;
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const QByteArray trace = QFile::encodeName(ssh.dir.filePath(u"ran"_s));
    const QByteArray touch = "touch " + trace;
    QVERIFY(writeFile(ssh.dir.filePath(u"config"_s), "Host proxied\n ProxyCommand " + touch +
                                                         "\nMatch originalhost matched exec \"" + touch +
                                                         "\"\n User nobody\nHost local\n PermitLocalCommand yes\n"
                                                         " LocalCommand " +
                                                         touch + "\n"));
    auto params = ssh.params();
    params.openssh.userFile = ssh.dir.filePath(u"config"_s);
    ssh.transport = ssh::makeLibsshTransport(params);
    Device device = ssh.add(sshd, u"consent"_s);
    for (const QString &alias : {u"proxied"_s, u"matched"_s}) {
        device.sshAlias = alias;
        ssh.store(device);
        ssh.transport->resetBackoff(device.id);
        QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ssh.config.consent"_s);
        QCOMPARE(firstFailure(ssh.test(device, ssh::Purpose::Foreground)), u"dns ssh.config.consent"_s);
    }
    QCOMPARE(sshd.log().count("Connection from"), 0);
    device.sshAlias = u"local"_s; // the rest of such an entry serves
    QCOMPARE(firstFailure(ssh.test(device)), u"ok"_s);
    QVERIFY(!QFile::exists(ssh.dir.filePath(u"ran"_s)));
}

INFRA_TEST(TestSshTrouble)
#include "tst_ssh_trouble.moc"
