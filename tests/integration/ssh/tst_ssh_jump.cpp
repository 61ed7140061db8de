// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "tests/integration/ssh/ssh_harness.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

class TestSshJump : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void reachesThroughOneAndTwoHops();
    void everyHopsKeyIsVerified();
    void failuresOfTheJumpAreItsOwn();
    void circlesAreRefused();
    void followsProxyJumpOfTheConfiguration();
    void closingTheJumpEndsWhatIsBehindIt();

private:
    std::unique_ptr<SshdFixture> m_gate, m_middle, m_inner;
};

void TestSshJump::initTestCase()
{
    if (const QString why = SshdFixture::whyNot(false); !why.isEmpty())
        QSKIP(qPrintable(why));
    for (auto *sshd : {&m_gate, &m_middle, &m_inner}) {
        *sshd = std::make_unique<SshdFixture>();
        QVERIFY2((*sshd)->start(), (*sshd)->log().constData());
    }
}

void TestSshJump::reachesThroughOneAndTwoHops()
{
    SshHarness ssh;
    const Device gate = ssh.add(*m_gate, u"gate"_s);
    Device middle = ssh.add(*m_middle, u"middle"_s);
    Device inner = ssh.add(*m_inner, u"inner"_s);
    middle.jump = gate.id;
    inner.jump = middle.id;
    ssh.store(middle);
    ssh.store(inner);
    ssh.start();
    const auto first = ssh.run(ssh.exec(inner, "echo $SSH_CONNECTION; head -c 3000000 /dev/zero"), within(seconds(25)));
    QVERIFY2(first.has_value(), bodyOf(first).left(300).constData());
    QVERIFY(first->out.startsWith("127."));
    QVERIFY(first->out.size() > 3'000'000);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(bodyOf(ssh.run(ssh.shell(middle, "echo m"))), QByteArray("m\n"));
    QCOMPARE(bodyOf(ssh.run(ssh.exec(gate, "cat", "g"))), QByteArray("g"));
    QCOMPARE(ssh.transport->sessions().size(), 3);
    for (const ssh::SessionInfo &info : ssh.transport->sessions()) {
        const QString route = info.device == gate.id     ? u"direct"_s
                              : info.device == middle.id ? u"gate"_s
                                                         : u"gate, middle"_s;
        QCOMPARE(info.route, route);
    }
    for (auto *sshd : {m_gate.get(), m_middle.get(), m_inner.get()})
        QCOMPARE(sshd->acceptedLogins(), 1); // jumps are shared
}

void TestSshJump::everyHopsKeyIsVerified()
{
    SshHarness ssh;
    Device gate = ssh.add(*m_gate, u"gate"_s);
    Device inner = ssh.add(*m_inner, u"inner"_s);
    inner.jump = gate.id;
    inner.hostKey = u"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"_s;
    ssh.store(inner);
    ssh.start();
    const int innerBefore = m_inner->authRequests();
    QCOMPARE(firstFailure(ssh.test(inner)), u"host_key ssh.host_key.changed"_s);
    QCOMPARE(m_inner->authRequests(), innerBefore);
    ssh.transport->close(gate.id);
    const int gateBefore = m_gate->authRequests();
    gate.hostKey = inner.hostKey;
    ssh.store(gate);
    const auto report = ssh.test(inner);
    QCOMPARE(firstFailure(report), u"tcp ssh.jump.failed"_s);
    QVERIFY(report.steps.last().error->cause.contains(u"ssh.host_key.changed"));
    QCOMPARE(m_gate->authRequests(), gateBefore);
}

void TestSshJump::failuresOfTheJumpAreItsOwn()
{
    SshdOptions options;
    options.config = {u"AllowTcpForwarding no"_s};
    SshdFixture closed(options);
    QVERIFY2(closed.start(), closed.log().constData());
    SshHarness ssh;
    Device gate = ssh.add(closed, u"gate"_s);
    Device inner = ssh.add(*m_inner, u"inner"_s);
    inner.jump = gate.id;
    ssh.store(inner);
    ssh.start();
    const auto result = ssh.run(ssh.exec(inner, "true"));
    QCOMPARE(codeOf(result), u"ssh.jump.failed"_s);
    QVERIFY(result.error().message.contains(u"gate"));
    inner.jump = DeviceId(u"d_nowhere"_s);
    QCOMPARE(firstFailure(ssh.test(inner)).section(u' ', 1), u"ssh.jump.failed"_s);
}

void TestSshJump::circlesAreRefused()
{
    SshHarness ssh;
    Device gate = ssh.add(*m_gate, u"gate"_s);
    Device inner = ssh.add(*m_inner, u"inner"_s);
    inner.jump = gate.id;
    gate.jump = inner.id;
    ssh.store(inner);
    ssh.store(gate);
    ssh.start();
    QCOMPARE(codeOf(ssh.run(ssh.exec(inner, "true"))), u"ssh.jump.failed"_s);
    QCOMPARE(firstFailure(ssh.test(inner)).section(u' ', 1), u"ssh.jump.failed"_s);
}

void TestSshJump::followsProxyJumpOfTheConfiguration()
{
    SshHarness ssh;
    const auto name = [](const SshdFixture &sshd) -> QByteArray {
        return '[' + sshd.address().toLatin1() + "]:" + QByteArray::number(sshd.port()) + ' ' + sshd.publicHostKey() +
               '\n';
    };
    QVERIFY(writeFile(ssh.userKnownHosts(), name(*m_gate) + name(*m_middle)));
    const QString config = ssh.dir.filePath(u"config"_s);
    const auto block = [](const QByteArray &host, const SshdFixture &sshd, const QByteArray &more) -> QByteArray {
        return "Host " + host + "\n HostName " + sshd.address().toLatin1() + "\n Port " +
               QByteArray::number(sshd.port()) + "\n User " + sshd.user().toUtf8() + "\n IdentityFile " +
               QFile::encodeName(sshd.userKey()) + "\n" + more;
    };
    QVERIFY(writeFile(config, block("gate", *m_gate, "") + block("middle", *m_middle, "") +
                                  block("inner", *m_inner, " ProxyJump gate,middle\n")));
    Device inner = ssh.add(*m_inner, u"inner"_s);
    inner.address.clear();
    inner.user.clear();
    inner.keyFile.clear();
    inner.sshAlias = u"inner"_s;
    ssh.store(inner);
    auto params = ssh.params();
    params.openssh.userFile = config;
    ssh.transport = ssh::makeLibsshTransport(params);
    const auto result = ssh.run(ssh.exec(inner, "echo there"), within(seconds(25)));
    QCOMPARE(bodyOf(result), QByteArray("there\n"));
    QCOMPARE(ssh.transport->sessions().size(), 1); // hops are no devices
    QCOMPARE(ssh.transport->sessions().first().route, u"gate, middle"_s);
}

void TestSshJump::closingTheJumpEndsWhatIsBehindIt()
{
    SshHarness ssh;
    const Device gate = ssh.add(*m_gate, u"gate"_s);
    Device inner = ssh.add(*m_inner, u"inner"_s);
    inner.jump = gate.id;
    ssh.store(inner);
    ssh.start();
    QVERIFY(ssh.run(ssh.shell(inner, "true"), within(seconds(25))).has_value());
    auto running = ssh.send(ssh.shell(inner, "sleep 20"));
    SshHarness::spin(100);
    ssh.transport->close(gate.id);
    QCOMPARE(codeOf(SshHarness::await(running)), u"ssh.network.lost"_s);
    ssh.transport->resetBackoff(inner.id);
    QCOMPARE(codeOf(ssh.run(ssh.shell(inner, "true"), within(seconds(25)))), u"ok"_s);
}

INFRA_TEST(TestSshJump)
#include "tst_ssh_jump.moc"
