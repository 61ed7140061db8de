// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 900
#include "tests/integration/app/canary.h"
#include "tests/support/app_run.h"
#include "tests/support/lab.h"
#include "tests/support/session_bus.h"
#include "tests/support/test_registry.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtTest/QTest>

#include <pwd.h>
#include <unistd.h>

using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Of the person who runs the tests, as OpenSSH finds it.
QByteArray usersKnownHosts()
{
    const struct passwd *entry = getpwuid(geteuid());
    return entry == nullptr ? QByteArray() : contentOf(QString::fromLocal8Bit(entry->pw_dir) + u"/.ssh/known_hosts"_s);
}

const QByteArray kWrongPassword = "canary-Wr0ngLogin-8Zq";
const QByteArray kWrongPassphrase = "canary-Wr0ngPhrase-4Kx";
const QByteArray kSudoPassword = "canary-Sud0Word-7Rt";
const QByteArray kSealPassphrase = "canary-Se4lPhrase-2Vw";
const QByteArray kWrongSeal = "canary-Wr0ngSeal-9Jp";
const QByteArray kArgument = "canary-Argum3nt-5Hn";
const QByteArray kNetrc = "canary-N3trcWord-6Gm";

} // namespace

/// Passwords and passphrases, right and wrong ones, are given to the running application and used against real servers,
/// with everything written down that it can write down. Afterwards they are nowhere.
class TestAppCanary : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void aCanaryWouldBeFound();
    void secretsOfASealedFileAreNowhere();
    void secretsOfTheKeyringAreNowhere();

private:
    void useThem();
    CtlAnswer ctl(const QStringList &words, const AppRun::Secrets &secrets = {});
    QStringList hostWords(const QString &name, const LabHost &host) const;
    void look(const char *when);

    Lab m_lab;
    QByteArray m_password, m_passphrase, m_knownHosts;
    std::unique_ptr<AppRun> m_app;
    Canaries m_canaries;
    QStringList m_found;
    QProcess m_careless; ///< has canaries in its arguments
};

void TestAppCanary::initTestCase()
{
    if (const QString why = Lab::missing(false); !why.isEmpty())
        QSKIP(qPrintable(why));
    if (::geteuid() != 0)
        QSKIP("Accounts with passwords need root");
    QVERIFY2(m_lab.start(4, {u"--mix"_s, u"linux:4"_s}), qPrintable(m_lab.error()));
    QVERIFY(m_lab.hosts().first().auth.contains(u"password"_s));
    m_password = contentOf(m_lab.hosts().first().passwordFile).trimmed();
    m_passphrase = contentOf(m_lab.passphraseFile()).trimmed();
    QVERIFY(m_password.size() >= 8 && m_passphrase.size() >= 8);
    m_canaries.add(u"login password"_s, m_password);
    m_canaries.add(u"key passphrase"_s, m_passphrase);
    m_canaries.add(u"wrong login password"_s, kWrongPassword);
    m_canaries.add(u"wrong key passphrase"_s, kWrongPassphrase);
    m_canaries.add(u"sudo password"_s, kSudoPassword);
    m_canaries.add(u"passphrase of the sealed file"_s, kSealPassphrase);
    m_canaries.add(u"wrong passphrase of the sealed file"_s, kWrongSeal);
    m_canaries.add(u"password in the arguments of a process"_s, kArgument);
    m_canaries.add(u"password in a line of .netrc"_s, kNetrc);
    m_knownHosts = usersKnownHosts();
}

void TestAppCanary::init()
{
    m_app = std::make_unique<AppRun>();
    m_found.clear();
}

void TestAppCanary::cleanup()
{
    m_app.reset();
    QCOMPARE(usersKnownHosts(), m_knownHosts);
}

void TestAppCanary::aCanaryWouldBeFound()
{
    for (const QByteArray &hidden :
         {QByteArray(kSudoPassword), QByteArray("x" + kSudoPassword + "yz").toBase64(),
          QByteArray("ab" + kSudoPassword).toBase64(), kSudoPassword.toBase64(), kSudoPassword.toHex(),
          QByteArray(reinterpret_cast<const char *>(QString::fromLatin1(kSudoPassword).utf16()),
                     2 * kSudoPassword.size())}) {
        QFile file(m_app->path(u"hidden"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("before " + hidden + " after");
        file.close();
        QVERIFY2(!m_canaries.findBelow(m_app->path({})).isEmpty(), hidden.constData());
    }
}

CtlAnswer TestAppCanary::ctl(const QStringList &words, const AppRun::Secrets &secrets)
{
    const auto process = m_app->beginCtl(words, secrets);
    // Its own arguments, those of what the application starts meanwhile, and those of the hosts' sessions.
    do {
        m_found += m_canaries.findInProcesses(m_careless.processId());
    } while (!process->waitForFinished(100) && process->state() == QProcess::Running);
    const CtlAnswer answer = AppRun::end(*process);
    m_found += m_canaries.findIn(answer.text(), u"what \"%1\" printed"_s.arg(words.join(u' ')));
    return answer;
}

QStringList TestAppCanary::hostWords(const QString &name, const LabHost &host) const
{
    return {u"devices"_s,
            u"add"_s,
            name,
            u"--host"_s,
            host.address,
            u"--port"_s,
            QString::number(host.port),
            u"--user"_s,
            host.user,
            u"--host-key"_s,
            host.hostKey};
}

void TestAppCanary::look(const char *when)
{
    m_found += m_canaries.findInProcesses(m_careless.processId());
    m_found += m_canaries.findIn(m_app->text(), u"what the application printed"_s);
    int files = 0;
    m_found += m_canaries.findBelow(m_app->path({}), &files);
    m_found.removeDuplicates();
    QVERIFY2(m_found.isEmpty(), qPrintable(QLatin1String(when) + u":\n"_s + m_found.join(u'\n')));
    QVERIFY(files >= 5);
}

void TestAppCanary::useThem()
{
    QCOMPARE(ctl({u"settings"_s, u"set"_s, u"log.level"_s, u"debug"_s}).exitCode, 0);
    const QList<LabHost> &hosts = m_lab.hosts();
    QCOMPARE(ctl(hostWords(u"right"_s, hosts.at(0)), {{u"--password-fd"_s, m_password}}).exitCode, 0);
    QCOMPARE(ctl(hostWords(u"wrong"_s, hosts.at(1)), {{u"--password-fd"_s, kWrongPassword}}).exitCode, 0);
    const QString key = m_lab.encryptedKey();
    QCOMPARE(
        ctl(hostWords(u"key"_s, hosts.at(2)) + QStringList{u"--key"_s, key}, {{u"--key-passphrase-fd"_s, m_passphrase}})
            .exitCode,
        0);
    QCOMPARE(ctl(hostWords(u"badkey"_s, hosts.at(3)) + QStringList{u"--key"_s, key},
                 {{u"--key-passphrase-fd"_s, kWrongPassphrase}})
                 .exitCode,
             0);
    QCOMPARE(ctl({u"devices"_s, u"edit"_s, u"right"_s, u"--sudo"_s, u"password"_s},
                 {{u"--sudo-password-fd"_s, kSudoPassword}})
                 .exitCode,
             0);
    // A second time with the wrong one, into the same place.
    QCOMPARE(ctl({u"devices"_s, u"edit"_s, u"wrong"_s}, {{u"--password-fd"_s, kWrongPassword}}).exitCode, 0);

    m_careless.start(u"/bin/sh"_s,
                     {u"-c"_s, u"read line"_s, u"tool"_s, QString::fromLatin1(QByteArray("--password=" + kArgument)),
                      QString::fromLatin1(QByteArray("machine h.example login u password " + kNetrc))});
    QVERIFY(m_careless.waitForStarted());
    QVERIFY(!m_canaries.findInProcesses(0).isEmpty()); // it would be found

    for (const char *name : {"right", "key"}) {
        const CtlAnswer read = ctl({u"collect"_s, QLatin1StringView(name), u"--force"_s});
        QVERIFY2(read.exitCode == 0, read.text().constData());
    }
    for (const char *name : {"wrong", "badkey"}) {
        const CtlAnswer refused = ctl({u"collect"_s, QLatin1StringView(name), u"--force"_s});
        QCOMPARE(refused.exitCode, 5);
        QVERIFY2(refused.code().startsWith("ssh.auth"_L1), refused.text().constData());
    }
    for (const char *name : {"right", "wrong", "key", "badkey"})
        ctl({u"devices"_s, u"test"_s, QLatin1StringView(name)});
    ctl({u"collect"_s, u"d_local"_s, u"--force"_s});
    const CtlAnswer processes = ctl({u"processes"_s, u"d_local"_s});
    QCOMPARE(processes.exitCode, 0);
    QVERIFY(processes.out.contains("h.example")); // it was seen
    for (const char *words : {"devices list", "updates right", "services right", "audit", "db status", "doctor",
                              "settings list", "devices commands right"})
        ctl(QString::fromLatin1(words).split(u' '));
    m_careless.kill();
    m_careless.waitForFinished();
}

void TestAppCanary::secretsOfASealedFileAreNowhere()
{
    QVERIFY2(m_app->start(), m_app->text().constData());
    QCOMPARE(ctl({u"unlock"_s}, {{u"--passphrase-fd"_s, kSealPassphrase}}).exitCode, 0);
    const CtlAnswer wrong = ctl({u"unlock"_s}, {{u"--passphrase-fd"_s, kWrongSeal}});
    QCOMPARE(wrong.exitCode, 1);
    QCOMPARE(wrong.code(), u"secrets.locked"_s);
    useThem();
    look("while it runs");
    m_app->kill(); // what a crash leaves: the log of the database, half-written files
    look("after a crash");

    QVERIFY2(m_app->start({u"--headless"_s}, {{u"--secrets-passphrase-fd"_s, kWrongSeal}}), m_app->text().constData());
    const CtlAnswer locked = ctl({u"collect"_s, u"right"_s, u"--force"_s});
    QVERIFY2(locked.exitCode != 0, locked.text().constData());
    QCOMPARE(ctl({u"devices"_s, u"show"_s, u"right"_s}).body.value("device"_L1).toObject().value("state"_L1).toString(),
             u"needs_you"_s);
    QCOMPARE(m_app->stop(), 0);
    QVERIFY2(m_app->start({u"--headless"_s}, {{u"--secrets-passphrase-fd"_s, kSealPassphrase}}),
             m_app->text().constData());
    QTRY_COMPARE_WITH_TIMEOUT(ctl({u"collect"_s, u"right"_s, u"--force"_s}).exitCode, 0, 30'000);
    look("after a restart");
    QCOMPARE(m_app->stop(), 0);
    look("after the end");
    QVERIFY(QFile::exists(m_app->profile() + u"/secrets.sealed"_s));
}

void TestAppCanary::secretsOfTheKeyringAreNowhere()
{
    if (const QString why = SessionBus::missing(); !why.isEmpty())
        QSKIP(qPrintable(why));
    SessionBus bus;
    QVERIFY2(bus.start(SessionBus::Keyring::Open, m_app->environment()), qPrintable(bus.error()));
    QVERIFY2(m_app->start(), m_app->text().constData());
    useThem();
    QVERIFY(!QFile::exists(m_app->profile() + u"/secrets.sealed"_s));
    look("while it runs");
    QCOMPARE(m_app->stop(), 0);
    look("after the end");
    // Started again it finds them where they are.
    QVERIFY2(m_app->start(), m_app->text().constData());
    const CtlAnswer read = ctl({u"collect"_s, u"right"_s, u"--force"_s});
    QVERIFY2(read.exitCode == 0, read.text().constData());
    QCOMPARE(m_app->stop(), 0);
    bus.stop();
    look("with the keyring closed");
}

INFRA_TEST(TestAppCanary)
#include "tst_app_canary.moc"
