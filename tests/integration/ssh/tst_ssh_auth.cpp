// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "tests/integration/ssh/ssh_harness.h"
#include "tests/support/test_registry.h"

#include <QtCore/QDir>
#include <QtNetwork/QLocalServer>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

class TestSshAuth : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void byPassword();
    void aRefusedPasswordIsNotTriedAgain();
    void aMissingPasswordNeedsAPerson();
    void lockedSecretsAreSaid();
    void byEncryptedKey();
    void aWrongPassphraseIsSaid();
    void aKeyTheHostDoesNotKnowIsSaid();
    void byAgent();
    void onlyTheDevicesKeyOfTheAgentIsOffered();
    void aDeafAgentIsGivenUp();
    void withoutAnAgent();
    void byKeyboardInteractive();
    void inSeveralFactors();
    void methodsTheHostDoesNotOffer();
    void tooManyTriesAreTold();

private:
    Device passwordDevice(SshHarness &ssh, const SshdFixture &sshd, AuthMethod method);
    std::unique_ptr<SshdFixture> m_sshd;
    QByteArray m_usersOwn;
};

static QByteArray usersOwnKnownHosts()
{
    return readFile(QDir::homePath() + u"/.ssh/known_hosts"_s);
}

void TestSshAuth::initTestCase()
{
    if (const QString why = SshdFixture::whyNot(true); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_usersOwn = usersOwnKnownHosts();
    m_sshd = std::make_unique<SshdFixture>();
    QVERIFY2(m_sshd->start(), m_sshd->log().constData());
}

void TestSshAuth::cleanupTestCase()
{
    QCOMPARE(usersOwnKnownHosts(), m_usersOwn);
}

Device TestSshAuth::passwordDevice(SshHarness &ssh, const SshdFixture &sshd, AuthMethod method)
{
    Device device = ssh.add(sshd, u"secret"_s);
    device.keyFile.clear();
    device.auth = {method};
    ssh.store(device);
    return device;
}

void TestSshAuth::byPassword()
{
    SshHarness ssh;
    const Device device = passwordDevice(ssh, *m_sshd, AuthMethod::Password);
    ssh.secrets.put(secrets::loginPasswordName(device.id), SshdFixture::password());
    ssh.start();
    QCOMPARE(bodyOf(ssh.run(ssh.exec(device, "id -un"))), QByteArray("lab\n"));
    QCOMPARE(ssh.transport->sessions().first().authUsed, u"password"_s);
}

void TestSshAuth::aRefusedPasswordIsNotTriedAgain()
{
    SshHarness ssh;
    const Device device = passwordDevice(ssh, *m_sshd, AuthMethod::Password);
    ssh.secrets.put(secrets::loginPasswordName(device.id), "wrong");
    ssh.start();
    const int before = static_cast<int>(m_sshd->log().count("Failed password"));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ssh.auth.password_rejected"_s);
    QCOMPARE(m_sshd->log().count("Failed password") - before, 1);
    QVERIFY(ssh.transport->backoff(device.id) > milliseconds(0));
    ssh.secrets.put(secrets::loginPasswordName(device.id), SshdFixture::password());
    ssh.transport->resetBackoff(device.id);
    QVERIFY(ssh.run(ssh.exec(device, "true")).has_value());
}

void TestSshAuth::aMissingPasswordNeedsAPerson()
{
    SshHarness ssh;
    const Device device = passwordDevice(ssh, *m_sshd, AuthMethod::Password);
    ssh.start();
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ssh.auth.needs_you"_s);
    QVERIFY(ssh.broker.asked.isEmpty());
    ssh.broker.answers = {SshdFixture::password()};
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"), within(seconds(20), ssh::Purpose::Foreground))), u"ok"_s);
    QCOMPARE(ssh.broker.asked.size(), 1);
}

void TestSshAuth::lockedSecretsAreSaid()
{
    SshHarness ssh;
    const Device device = passwordDevice(ssh, *m_sshd, AuthMethod::Password);
    ssh.secrets.setState(secrets::StoreState::Locked);
    ssh.start();
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"secrets.locked"_s);
}

void TestSshAuth::byEncryptedKey()
{
    SshHarness ssh;
    Device device = ssh.add(*m_sshd, u"encrypted"_s);
    device.keyFile = m_sshd->encryptedKey();
    device.keyHasPassphrase = true;
    ssh.store(device);
    ssh.secrets.put(secrets::keyPassphraseName(device.id), "open sesame");
    ssh.start();
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ok"_s);
    QCOMPARE(ssh.transport->sessions().first().authUsed, u"key file"_s);
}

void TestSshAuth::aWrongPassphraseIsSaid()
{
    SshHarness ssh;
    Device device = ssh.add(*m_sshd, u"passphrase"_s);
    device.keyFile = m_sshd->encryptedKey();
    device.keyHasPassphrase = true;
    ssh.store(device);
    ssh.start();
    QCOMPARE(firstFailure(ssh.test(device)), u"auth ssh.auth.key_passphrase"_s);
    ssh.secrets.put(secrets::keyPassphraseName(device.id), "wrong");
    QCOMPARE(firstFailure(ssh.test(device)), u"auth ssh.auth.key_passphrase"_s);
    ssh.secrets.remove(secrets::keyPassphraseName(device.id), [](const Result<void> &) {});
    ssh.broker.answers = {"open sesame"};
    QCOMPARE(firstFailure(ssh.test(device, ssh::Purpose::Foreground)), u"ok"_s);
}

void TestSshAuth::aKeyTheHostDoesNotKnowIsSaid()
{
    SshHarness ssh;
    Device device = ssh.add(*m_sshd, u"stranger"_s);
    device.keyFile = ssh.dir.filePath(u"key"_s);
    QVERIFY(runProgram(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, device.keyFile}));
    ssh.store(device);
    ssh.start();
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ssh.auth.key_rejected"_s);
    QVERIFY(ssh.transport->backoff(device.id) >= seconds(299)); // hosts count these
    device.keyFile = ssh.dir.filePath(u"garbage"_s);
    writeFile(device.keyFile, "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
    QCOMPARE(firstFailure(ssh.test(device)), u"auth ssh.auth.key_unreadable"_s);
}

namespace {
/// A private ssh-agent.
class Agent
{
public:
    Agent()
    {
        m_process.start(u"ssh-agent"_s, {u"-D"_s, u"-a"_s, socket()});
        QElapsedTimer timer;
        timer.start();
        while (!QFile::exists(socket()) && timer.elapsed() < 10'000)
            m_process.waitForFinished(20);
    }
    ~Agent()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }
    QString socket() const { return m_dir.filePath(u"agent"_s); }
    bool add(const QString &key)
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SSH_AUTH_SOCK"_s, socket());
        program.setProcessEnvironment(environment);
        program.start(u"ssh-add"_s, {u"-q"_s, key});
        return program.waitForFinished() && program.exitCode() == 0;
    }
    bool addStrangers(int count)
    {
        bool ok = true;
        for (int i = 0; i < count; ++i) {
            const QString key = m_dir.filePath(u"stranger%1"_s.arg(i));
            ok = ok &&
                 runProgram(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, key}) &&
                 add(key);
        }
        return ok;
    }

private:
    QTemporaryDir m_dir;
    QProcess m_process;
};
} // namespace

void TestSshAuth::byAgent()
{
    Agent agent;
    QVERIFY(agent.addStrangers(1) && agent.add(m_sshd->userKey()));
    SshHarness ssh;
    Device device = passwordDevice(ssh, *m_sshd, AuthMethod::Agent);
    auto params = ssh.params();
    params.agentSocket = agent.socket();
    ssh.transport = ssh::makeLibsshTransport(params);
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ok"_s);
    QCOMPARE(ssh.transport->sessions().first().authUsed, u"key from agent"_s);
}

void TestSshAuth::onlyTheDevicesKeyOfTheAgentIsOffered()
{
    Agent agent;
    QVERIFY(agent.addStrangers(7) && agent.add(m_sshd->userKey())); // seven refused keys would end the login
    SshHarness ssh;
    Device device = passwordDevice(ssh, *m_sshd, AuthMethod::Agent);
    device.keyFile = m_sshd->userKey();
    auto params = ssh.params();
    params.agentSocket = agent.socket();
    ssh.transport = ssh::makeLibsshTransport(params);
    const int before = m_sshd->authRequests();
    QCOMPARE(firstFailure(ssh.test(device)), u"ok"_s);
    QVERIFY(m_sshd->authRequests() - before <= 3); // none, query, signature
    device.keyFile = agent.socket() + u".none"_s;
    QCOMPARE(firstFailure(ssh.test(device)), u"auth ssh.auth.agent_unavailable"_s);
}

void TestSshAuth::aDeafAgentIsGivenUp()
{
    SshHarness ssh;
    QLocalServer deaf; // accepts and never answers
    QVERIFY(deaf.listen(ssh.dir.filePath(u"deaf"_s)));
    Device device = passwordDevice(ssh, *m_sshd, AuthMethod::Agent);
    auto params = ssh.params();
    params.agentSocket = deaf.fullServerName();
    params.agentDeadline = milliseconds(400);
    ssh.transport = ssh::makeLibsshTransport(params);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(firstFailure(ssh.test(device)), u"auth ssh.auth.agent_silent"_s);
    QVERIFY(timer.elapsed() < 8'000);
    device.auth = {AuthMethod::Agent, AuthMethod::KeyFile}; // what comes next still has its turn
    device.keyFile = m_sshd->userKey();
    QCOMPARE(firstFailure(ssh.test(device)), u"ok"_s);
}

void TestSshAuth::withoutAnAgent()
{
    SshHarness ssh;
    const Device device = passwordDevice(ssh, *m_sshd, AuthMethod::Agent);
    ssh.start();
    QCOMPARE(firstFailure(ssh.test(device)), u"auth ssh.auth.agent_unavailable"_s);
}

void TestSshAuth::byKeyboardInteractive()
{
    SshdOptions options;
    options.pam = "auth required pam_unix.so\naccount required pam_permit.so\nsession required pam_permit.so\n";
    options.config = {u"PasswordAuthentication no"_s, u"KbdInteractiveAuthentication yes"_s};
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = passwordDevice(ssh, sshd, AuthMethod::KeyboardInteractive);
    ssh.start();
    // In the background nothing is even begun: a push would go out with it.
    QCOMPARE(firstFailure(ssh.test(device)), u"auth ssh.auth.needs_you"_s);
    QVERIFY(!sshd.log().contains("method keyboard-interactive"));
    ssh.broker.answers = {SshdFixture::password()};
    QCOMPARE(firstFailure(ssh.test(device, ssh::Purpose::Foreground)), u"ok"_s);
    QVERIFY(ssh.broker.asked.value(0).contains(u"assword"));
    ssh.secrets.put(secrets::loginPasswordName(device.id), SshdFixture::password());
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ok"_s);
    QCOMPARE(ssh.transport->sessions().first().authUsed, u"keyboard-interactive"_s);
    QCOMPARE(ssh.broker.asked.size(), 1);
    ssh.secrets.put(secrets::loginPasswordName(device.id), "wrong");
    QCOMPARE(firstFailure(ssh.test(device)), u"auth ssh.auth.password_rejected"_s);
}

void TestSshAuth::inSeveralFactors()
{
    SshdOptions options;
    options.config = {u"AuthenticationMethods publickey,password"_s};
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    Device device = ssh.add(sshd, u"factors"_s);
    device.auth = {AuthMethod::Password, AuthMethod::KeyFile}; // the host decides which comes first
    ssh.store(device);
    ssh.secrets.put(secrets::loginPasswordName(device.id), SshdFixture::password());
    ssh.start();
    QCOMPARE(codeOf(ssh.run(ssh.exec(device, "true"))), u"ok"_s);
    QCOMPARE(ssh.transport->sessions().first().authUsed, u"key file + password"_s);
    device.auth = {AuthMethod::KeyFile};
    const auto report = ssh.test(device);
    QCOMPARE(firstFailure(report), u"auth ssh.auth.no_method"_s);
    QVERIFY(report.steps.last().error->message.contains(u"password"));
}

void TestSshAuth::methodsTheHostDoesNotOffer()
{
    SshdOptions options;
    options.config = {u"PasswordAuthentication no"_s, u"KbdInteractiveAuthentication no"_s};
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    SshHarness ssh;
    const Device device = passwordDevice(ssh, sshd, AuthMethod::Password);
    ssh.start();
    const auto report = ssh.test(device);
    QCOMPARE(firstFailure(report), u"auth ssh.auth.no_method"_s);
    QVERIFY(report.steps.last().error->message.contains(u"publickey"));
}

void TestSshAuth::tooManyTriesAreTold()
{
    SshdOptions options;
    options.config = {u"MaxAuthTries 1"_s};
    SshdFixture sshd(options);
    QVERIFY2(sshd.start(), sshd.log().constData());
    Agent agent;
    QVERIFY(agent.addStrangers(3));
    SshHarness ssh;
    const Device device = passwordDevice(ssh, sshd, AuthMethod::Agent);
    auto params = ssh.params();
    params.connectTimeout = seconds(60);
    params.agentSocket = agent.socket();
    ssh.transport = ssh::makeLibsshTransport(params);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(firstFailure(ssh.test(device)), u"auth ssh.auth.too_many"_s);
    QVERIFY(timer.elapsed() < 20'000); // at the host's goodbye, not at our deadline
}

INFRA_TEST(TestSshAuth)
#include "tst_ssh_auth.moc"
