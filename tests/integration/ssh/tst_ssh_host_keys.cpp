// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/ssh/ssh_harness.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// Each refusal is also looked for in the server's own log: no packet of authentication may have come, not even the
/// request for its service.
class TestSshHostKeys : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void aLoginIsSeenInTheServersLog();
    void anUnknownKeyIsShownAndNothingIsSent();
    void aChangedKeyIsRefused();
    void aRevokedKeyIsRefusedEvenWhenAccepted();
    void anotherDevicesKeyIsRefused();
    void knownHostsOfTheUserAreRead_data();
    void knownHostsOfTheUserAreRead();
    void anotherKeyInTheUsersFileIsAChange();
    void theKnownKindOfKeyIsAskedFor();
    void anAcceptedKeyIsKeptInTheProfilesOwnFile();

private:
    QByteArray nameOf(const SshdFixture &sshd) const
    {
        return '[' + sshd.address().toLatin1() + "]:" + QByteArray::number(sshd.port());
    }
    /// How many packets of authentication came, once every connection so far has ended.
    qsizetype authPackets() const;
    std::unique_ptr<SshdFixture> m_sshd;
};

qsizetype TestSshHostKeys::authPackets() const
{
    const auto allEnded = [this] {
        const QByteArray log = m_sshd->log();
        // A client that closes while the server's last words are still unread shows as a read error.
        qsizetype ended = 0;
        for (const char *words : {"\nDisconnected from ", "\nConnection closed by ", "\nConnection reset by ",
                                  "\nRead error from remote host ", "\nWrite error to remote host "})
            ended += log.count(words);
        return log.count("\nConnection from ") == ended;
    };
    if (!QTest::qWaitFor(allEnded, 15'000))
        return -1;
    const QList<int> types = m_sshd->packetsReceived();
    return std::count_if(types.begin(), types.end(),
                         [](int type) { return type == 5 || type == 6 || (type >= 50 && type <= 79); });
}

void TestSshHostKeys::initTestCase()
{
    if (const QString why = SshdFixture::whyNot(false); !why.isEmpty())
        QSKIP(qPrintable(why));
    SshdOptions options;
    options.hostKeyTypes = {u"ed25519"_s, u"ecdsa"_s};
    options.config = {u"LogLevel DEBUG3"_s};
    m_sshd = std::make_unique<SshdFixture>(options);
    QVERIFY2(m_sshd->start(), m_sshd->log().constData());
}

/// What the refusals below must not show is there when a key is accepted.
void TestSshHostKeys::aLoginIsSeenInTheServersLog()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"control"_s);
    ssh.start();
    const qsizetype before = authPackets();
    QCOMPARE(firstFailure(ssh.test(device)), u"ok"_s);
    const qsizetype after = authPackets();
    QVERIFY2(before >= 0 && after >= before + 3, m_sshd->log().right(2000).constData()); // service, none, public key
    QVERIFY(m_sshd->packetsReceived().contains(20));                                     // a key exchange
}

void TestSshHostKeys::anUnknownKeyIsShownAndNothingIsSent()
{
    SshHarness ssh;
    Device device = ssh.add(*m_sshd, u"unknown"_s);
    device.hostKey.clear();
    ssh.store(device);
    ssh.start();
    const qsizetype before = authPackets();
    QVERIFY(before >= 0);
    const auto report = ssh.test(device);
    QCOMPARE(firstFailure(report), u"host_key ssh.host_key.unknown"_s);
    QCOMPARE(report.hostKey, m_sshd->fingerprint());
    QCOMPARE(report.hostKeyType, u"ssh-ed25519"_s);
    QVERIFY(report.steps.last().error->message.contains(m_sshd->fingerprint()));
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ssh.host_key.unknown"_s);
    QCOMPARE(authPackets(), before);
    QVERIFY(!QFile::exists(ssh.ownKeys.path()));
}

void TestSshHostKeys::aChangedKeyIsRefused()
{
    SshHarness ssh;
    Device device = ssh.add(*m_sshd, u"changed"_s);
    device.hostKey = u"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"_s;
    ssh.store(device);
    ssh.start();
    const qsizetype before = authPackets();
    QVERIFY(before >= 0);
    const auto result = ssh.run(ssh.exec(device, "true"));
    QCOMPARE(codeOf(result), u"ssh.host_key.changed"_s);
    QVERIFY(result.error().message.contains(m_sshd->fingerprint()));
    QVERIFY(result.error().message.contains(device.hostKey));
    QCOMPARE(authPackets(), before);
}

void TestSshHostKeys::aRevokedKeyIsRefusedEvenWhenAccepted()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"revoked"_s);
    QVERIFY(writeFile(ssh.userKnownHosts(), "@revoked * " + m_sshd->publicHostKey() + "\n"));
    ssh.start();
    const qsizetype before = authPackets();
    QVERIFY(before >= 0);
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ssh.host_key.revoked"_s);
    QCOMPARE(firstFailure(ssh.test(device)), u"host_key ssh.host_key.revoked"_s);
    QCOMPARE(authPackets(), before);
}

void TestSshHostKeys::anotherDevicesKeyIsRefused()
{
    SshHarness ssh;
    ssh.add(*m_sshd, u"owner"_s);
    Device intruder = ssh.add(*m_sshd, u"intruder"_s);
    const qsizetype before = authPackets();
    QVERIFY(before >= 0);
    ssh.start();
    for (const QString &accepted : {QString(), u"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"_s}) {
        intruder.hostKey = accepted;
        ssh.store(intruder);
        ssh.transport->close(intruder.id);
        const auto result = ssh.run(ssh.exec(intruder, "true"));
        QCOMPARE(codeOf(result), u"ssh.host_key.swapped"_s);
        QVERIFY(result.error().message.contains(u"d_owner"_s));
    }
    QCOMPARE(authPackets(), before);
}

void TestSshHostKeys::knownHostsOfTheUserAreRead_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<bool>("hashed");
    QTest::newRow("plain") << QByteArray("NAME KEY comment\n") << false;
    QTest::newRow("among others, behind garbage") << QByteArray("garbage\n# x\nother.example,NAME KEY\n") << false;
    QTest::newRow("wildcard") << QByteArray("[127.*]:* KEY\n") << false;
    QTest::newRow("hashed") << QByteArray("NAME KEY\n") << true;
    QTest::newRow("certificate authority beside it") << QByteArray("@cert-authority * KEY\nNAME KEY\n") << false;
}

void TestSshHostKeys::knownHostsOfTheUserAreRead()
{
    QFETCH(QByteArray, format);
    QFETCH(bool, hashed);
    SshHarness ssh;
    Device device = ssh.add(*m_sshd, u"file"_s);
    const QString seen = device.hostKey;
    device.hostKey.clear();
    ssh.store(device);
    QVERIFY(writeFile(ssh.userKnownHosts(),
                      format.replace("NAME", nameOf(*m_sshd)).replace("KEY", m_sshd->publicHostKey())));
    if (hashed)
        QVERIFY(runProgram(u"ssh-keygen"_s, {u"-q"_s, u"-H"_s, u"-f"_s, ssh.userKnownHosts()}));
    const QByteArray before = readFile(ssh.userKnownHosts());
    ssh.start();
    QCOMPARE(firstFailure(ssh.test(device)), u"ok"_s);
    // An approval must name the very key of the session.
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"guard.mismatch"_s);
    device.hostKey = seen;
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ok"_s);
    QCOMPARE(readFile(ssh.userKnownHosts()), before);
}

void TestSshHostKeys::anotherKeyInTheUsersFileIsAChange()
{
    SshHarness ssh;
    SshdFixture other;
    QVERIFY(other.start());
    Device device = ssh.add(*m_sshd, u"filechange"_s);
    device.hostKey.clear();
    ssh.store(device);
    QVERIFY(writeFile(ssh.userKnownHosts(), nameOf(*m_sshd) + ' ' + other.publicHostKey() + '\n'));
    ssh.start();
    const qsizetype before = authPackets();
    QVERIFY(before >= 0);
    QCOMPARE(firstFailure(ssh.test(device)), u"host_key ssh.host_key.changed"_s);
    QCOMPARE(authPackets(), before);
}

void TestSshHostKeys::theKnownKindOfKeyIsAskedFor()
{
    SshHarness ssh;
    Device device = ssh.add(*m_sshd, u"kind"_s);
    device.hostKey.clear();
    ssh.store(device);
    QVERIFY(writeFile(ssh.userKnownHosts(), nameOf(*m_sshd) + ' ' + m_sshd->publicHostKey(u"ecdsa"_s) + '\n'));
    ssh.start();
    const auto report = ssh.test(device);
    QCOMPARE(firstFailure(report), u"ok"_s);
    QCOMPARE(report.hostKeyType, u"ecdsa-sha2-nistp256"_s);
    QCOMPARE(report.hostKey, m_sshd->fingerprint(u"ecdsa"_s));
}

void TestSshHostKeys::anAcceptedKeyIsKeptInTheProfilesOwnFile()
{
    SshHarness ssh;
    const Device device = ssh.add(*m_sshd, u"kept"_s);
    ssh.start();
    QVERIFY(ssh.run(ssh.exec(device, "true")).has_value());
    QCOMPARE(readFile(ssh.ownKeys.path()), QByteArray(nameOf(*m_sshd) + ' ' + m_sshd->publicHostKey() + '\n'));
    QCOMPARE(QFile::permissions(ssh.ownKeys.path()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY(ssh.ownKeys.forget(device.address, device.port).has_value());
    QVERIFY(readFile(ssh.ownKeys.path()).isEmpty());
}

INFRA_TEST(TestSshHostKeys)
#include "tst_ssh_host_keys.moc"
