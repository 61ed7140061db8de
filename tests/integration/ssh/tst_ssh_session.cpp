// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "tests/integration/ssh/ssh_harness.h"
#include "tests/support/memory_in_use.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

class TestSshSession : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void runsMessagesOnOneKeptShell();
    void sendsThePreludeOnceAShell();
    void runsExecsWithInputStatusAndSignal();
    void keepsBytesAsTheyAre();
    void manyCommandsShareOneSession();
    void refusesWhatWasApprovedForSomethingElse();
    void cutsOffEndlessOutput();
    void cutsOffALineOfAGigabyte();
    void stopsWaitingAndOpensAFreshShell();
    void cancelsOnRequest();
    void closingEndsTheSession();
    void testsAConnectionStepByStep();
    void anEmptyPoolShutsDown();

private:
    std::unique_ptr<SshdFixture> m_sshd;
};

void TestSshSession::initTestCase()
{
    if (const QString why = SshdFixture::whyNot(false); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_sshd = std::make_unique<SshdFixture>();
    QVERIFY2(m_sshd->start(), m_sshd->log().constData());
}

void TestSshSession::runsMessagesOnOneKeptShell()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"one"_s);
    ssh.start();
    const auto first = ssh.run(ssh.shell(device, "echo $$"));
    QVERIFY2(first.has_value(), bodyOf(first).constData());
    QCOMPARE(first->exitStatus, 0);
    QVERIFY(first->connected);
    QVERIFY(first->out.startsWith("@@"));
    const auto second = ssh.run(ssh.shell(device, "echo $$"));
    QCOMPARE(bodyOf(second), bodyOf(first)); // the same shell
    QVERIFY(!second->connected);
    const auto third = ssh.run(ssh.shell(device, "(exit 7)"));
    QCOMPARE(third->exitStatus, 7);
    QCOMPARE(ssh.transport->sessions().size(), 1);
    const ssh::SessionInfo info = ssh.transport->sessions().first();
    QCOMPARE(info.authUsed, u"key file"_s);
    QCOMPARE(info.route, u"direct"_s);
    QCOMPARE(info.hostKeyType, u"ssh-ed25519"_s);
    QVERIFY(info.serverVersion.contains(u"OpenSSH"));
}

void TestSshSession::sendsThePreludeOnceAShell()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"prelude"_s);
    ssh.start();
    for (int i = 0; i < 2; ++i) {
        ssh::CommandBinding binding = ssh.shell(device, "echo $count");
        binding.prelude = "count=$((count + 1))";
        QCOMPARE(bodyOf(ssh.run(binding)), QByteArray("1\n"));
    }
}

void TestSshSession::runsExecsWithInputStatusAndSignal()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"exec"_s);
    ssh.start();
    const auto counted = ssh.run(ssh.exec(device, "wc -c; echo told >&2; exit 3", QByteArray(100'000, 'x')));
    QVERIFY2(counted.has_value(), bodyOf(counted).constData());
    QCOMPARE(counted->out.trimmed(), QByteArray("100000"));
    QCOMPARE(counted->err, QByteArray("told\n"));
    QCOMPARE(counted->exitStatus, 3);
    const auto killed = ssh.run(ssh.exec(device, "kill -TERM $$"));
    QVERIFY(!killed->exitStatus);
    QCOMPARE(killed->signal, u"TERM"_s);
    QCOMPARE(ssh.run(ssh.exec(device, "no-such-program"))->exitStatus, 127);
}

void TestSshSession::keepsBytesAsTheyAre()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"bytes"_s);
    ssh.start();
    const QByteArray odd("\xff\xfe\x00\x80 caf\xe9\r\n", 11);
    const QByteArray print = "printf '\\377\\376\\000\\200 caf\\351\\r\\n'";
    const auto shell = ssh.run(ssh.shell(device, print));
    QCOMPARE(bodyOf(shell), odd);
    QCOMPARE(ssh.run(ssh.exec(device, print))->out, odd);
    QCOMPARE(ssh.run(ssh.exec(device, "cat", odd))->out, odd);
}

void TestSshSession::manyCommandsShareOneSession()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"many"_s);
    const int before = m_sshd->acceptedLogins();
    ssh.start();
    QList<QFuture<Result<ssh::CommandOutput>>> all;
    for (int i = 0; i < 60; ++i)
        all.append(ssh.send(i % 2 == 0 ? ssh.exec(device, "echo " + QByteArray::number(i))
                                       : ssh.shell(device, "echo " + QByteArray::number(i))));
    for (int i = 0; i < all.size(); ++i)
        QCOMPARE(bodyOf(SshHarness::await(all[i])).trimmed(), QByteArray::number(i));
    QCOMPARE(m_sshd->acceptedLogins() - before, 1);
}

void TestSshSession::refusesWhatWasApprovedForSomethingElse()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"mismatch"_s);
    ssh.start();
    ssh::CommandBinding otherKey = ssh.exec(device, "touch " + QFile::encodeName(m_sshd->folder()) + "/forbidden");
    otherKey.hostKey = u"SHA256:AAAA"_s;
    QCOMPARE(codeOf(ssh.run(otherKey)), u"guard.mismatch"_s);
    ssh::CommandBinding expired = otherKey;
    expired.hostKey = device.hostKey;
    expired.expires = ssh.clock.monotonic();
    QCOMPARE(codeOf(ssh.run(expired)), u"guard.expired"_s);

    auto command = guard::DestructiveActionManager::make(ssh.exec(device, "echo once"));
    QCOMPARE(bodyOf(SshHarness::await(ssh.transport->run(std::move(command), {}))), QByteArray("once\n"));
    // NOLINTNEXTLINE(bugprone-use-after-move): that is the point
    QCOMPARE(codeOf(SshHarness::await(ssh.transport->run(std::move(command), {}))), u"guard.mismatch"_s);

    // Expires while it waits behind another message.
    auto slow = ssh.send(ssh.shell(device, "sleep 1"));
    ssh::CommandBinding late = ssh.shell(device, "echo late");
    late.expires = ssh.clock.monotonic() + milliseconds(300);
    QCOMPARE(codeOf(ssh.run(late)), u"guard.expired"_s);
    QVERIFY(SshHarness::await(slow).has_value());
    QVERIFY(!QFile::exists(m_sshd->folder() + u"/forbidden"));
}

void TestSshSession::cutsOffEndlessOutput()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"endless"_s);
    ssh.start();
    ssh::CommandBinding binding = ssh.exec(device, "yes");
    binding.outputCap = 1'000'000;
    QCOMPARE(codeOf(ssh.run(binding)), u"exec.output_too_large"_s);
    binding = ssh.shell(device, "yes");
    binding.outputCap = 1'000'000;
    QCOMPARE(codeOf(ssh.run(binding)), u"exec.output_too_large"_s);
    QCOMPARE(bodyOf(ssh.run(ssh.shell(device, "echo fine"))), QByteArray("fine\n"));
}

void TestSshSession::cutsOffALineOfAGigabyte()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"line"_s);
    ssh.start();
    const QByteArray line = "head -c 1073741824 /dev/zero | tr '\\0' x";
    QVERIFY(ssh.run(ssh.shell(device, "true")).has_value());
    const qint64 before = memoryInUse();
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(codeOf(ssh.run(ssh.shell(device, line))), u"exec.output_too_large"_s);
        QCOMPARE(codeOf(ssh.run(ssh.exec(device, line))), u"exec.output_too_large"_s);
    }
    const qint64 grown = memoryInUse() - before;
    QVERIFY2(grown < 40'000'000, QByteArray::number(grown).constData());
    QCOMPARE(bodyOf(ssh.run(ssh.shell(device, "echo fine"))), QByteArray("fine\n"));
}

void TestSshSession::stopsWaitingAndOpensAFreshShell()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"slow"_s);
    ssh.start();
    QVERIFY(ssh.run(ssh.shell(device, "true")).has_value());
    QElapsedTimer timer;
    timer.start();
    const auto slow = ssh.run(ssh.shell(device, "sleep 20"), within(milliseconds(300)));
    QCOMPARE(codeOf(slow), u"timeout"_s);
    QVERIFY(slow.error().message.contains(u"may still run"));
    QVERIFY(timer.elapsed() < 5'000);
    QCOMPARE(bodyOf(ssh.run(ssh.shell(device, "echo fresh"))), QByteArray("fresh\n"));
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "sleep 20"), within(milliseconds(300)))), u"timeout"_s);
    QCOMPARE(ssh.transport->sessions().size(), 1);
}

void TestSshSession::cancelsOnRequest()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"cancel"_s);
    ssh.start();
    ssh::RunOptions options;
    auto running = ssh.send(ssh.exec(device, "sleep 20"), options);
    SshHarness::spin(300);
    options.cancel.cancel();
    QCOMPARE(codeOf(SshHarness::await(running)), u"canceled"_s);
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"), options)), u"canceled"_s);
}

void TestSshSession::closingEndsTheSession()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"close"_s);
    ssh.start();
    int opened = 0, closed = 0;
    QObject::connect(ssh.transport.get(), &ssh::SshTransport::sessionOpened, this, [&opened] { ++opened; });
    QObject::connect(ssh.transport.get(), &ssh::SshTransport::sessionClosed, this,
                     [&closed](const DeviceId &, const std::optional<Error> &error) { closed += error ? 100 : 1; });
    QVERIFY(ssh.run(ssh.shell(device, "true")).has_value());
    auto running = ssh.send(ssh.shell(device, "sleep 20"));
    SshHarness::spin(50);
    ssh.transport->close(device.id);
    QCOMPARE(codeOf(SshHarness::await(running)), u"canceled"_s);
    QVERIFY(ssh.transport->sessions().isEmpty());
    QCOMPARE(opened, 1);
    QCOMPARE(closed, 1);
    QVERIFY(ssh.run(ssh.shell(device, "true"))->connected);
    const QFuture<void> down = ssh.transport->shutdown();
    QTRY_VERIFY(down.isFinished());
    QCOMPARE(codeOf(ssh.run(ssh.shell(device, "true"))), u"canceled"_s);
}

void TestSshSession::testsAConnectionStepByStep()
{
    SshHarness ssh;
    Device device = ssh.add(*m_sshd, u"test"_s);
    ssh.directory.devices.clear(); // need not be stored
    ssh.start();
    const auto good = ssh.test(device);
    QCOMPARE(firstFailure(good), u"ok"_s);
    QCOMPARE(good.hostKey, m_sshd->fingerprint());
    QVERIFY(ssh.transport->sessions().isEmpty());

    Device bad = device;
    bad.address = u"no-such-host.invalid"_s;
    QCOMPARE(firstFailure(ssh.test(bad)), u"dns ssh.network.dns"_s);
    bad.address = SshdFixture::freeAddress();
    bad.port = 1;
    QCOMPARE(firstFailure(ssh.test(bad)), u"tcp ssh.network.refused"_s);
    bad = device;
    bad.keyFile = device.keyFile + u".missing"_s;
    QCOMPARE(firstFailure(ssh.test(bad)), u"auth ssh.auth.key_unreadable"_s);
}

void TestSshSession::anEmptyPoolShutsDown()
{
    SshHarness ssh;
    ssh.start();
    const QFuture<void> down = ssh.transport->shutdown();
    QTRY_VERIFY(down.isFinished());
}

INFRA_TEST(TestSshSession)
#include "tst_ssh_session.moc"
