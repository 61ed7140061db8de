// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/openssh_config.h"
#include "core/ssh/target.h"
#include "tests/support/sshd_fixture.h"
#include "tests/support/test_registry.h"

#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::ssh;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// Our resolver beside `ssh -G`, on configurations that others get wrong.
class TestOpensshConfig : public QObject
{
    Q_OBJECT
private slots:
    void agreesWithOpenssh_data();
    void agreesWithOpenssh();
    void matchExecAndProxyCommandNeedConsent();
    void listsConcreteHosts();
    void expandsTokensInPaths();
    void refusesAliasesThatAreOptions();
    void targetsPreferTheConfiguration();

private:
    OpensshConfig configOf(const QByteArray &text);
    QTemporaryDir m_dir;
};

OpensshConfig TestOpensshConfig::configOf(const QByteArray &text)
{
    QByteArray full = text;
    full.replace("DIR", QFile::encodeName(m_dir.path()));
    writeFile(m_dir.filePath(u"config"_s), full);
    OpensshPaths paths = opensshPathsOfThisUser();
    paths.userFile = m_dir.filePath(u"config"_s);
    paths.systemFile.clear();
    return OpensshConfig(paths);
}

void TestOpensshConfig::agreesWithOpenssh_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("alias");
    const QByteArray negation = "Host web* !web9\n User deploy\nHost *\n User other\n";
    QTest::newRow("negation, not hit") << negation << u"web1"_s;
    QTest::newRow("negation last, hit") << negation << u"web9"_s;
    QTest::newRow("negation alone") << QByteArray("Host !a\n User x\nHost *\n User y\n") << u"b"_s;
    QTest::newRow("first value wins") << QByteArray("Host a\n Port 1\n Port 2\nHost *\n Port 3\n User u\n") << u"a"_s;
    QTest::newRow("equals and quotes") << QByteArray("Host=\"a\"\n\tHostName = \"10.0.0.1\"\n  uSeR\t=x\n") << u"a"_s;
    QTest::newRow("comments") << QByteArray("# c\nHost a # the a\n User u # not this\n #User v\n") << u"a"_s;
    QTest::newRow("host name token") << QByteArray("Host a\n HostName %h.example.org\n") << u"a"_s;
    QTest::newRow("upper case alias") << QByteArray("Host *\n HostName %h.Example.Org\n") << u"ABC"_s;
    QTest::newRow("question mark") << QByteArray("Host n?\n Port 7\nHost n??\n Port 8\n") << u"n12"_s;
    const QByteArray match =
        "Host a\n HostName real.example\n User root\nMatch host real.example user root\n Port 77\n"
        "Match originalhost a user root\n IdentityFile /k1\nMatch originalhost real.example\n IdentityFile /k2\n";
    QTest::newRow("match host sees the real name") << match << u"a"_s;
    QTest::newRow("match originalhost with user") << match << u"b"_s;
    QTest::newRow("match negated") << QByteArray("Match !host a\n Port 9\nMatch host \"b,!c\"\n User m\n") << u"b"_s;
    QTest::newRow("match list negation") << QByteArray("Match host *,!c\n Port 9\n") << u"c"_s;
    QTest::newRow("match all") << QByteArray("Match all\n Port 9\nHost a\n Port 10\n") << u"a"_s;
    QTest::newRow("match equals") << QByteArray("Match host=a user=nosuch\n Port 9\nMatch host=a\n Port 11\n")
                                  << u"a"_s;
    const QByteArray final =
        "Match final host *.example\n User f\n Port 99\nHost a\n HostName a.example\n User first\n";
    QTest::newRow("match final") << final << u"a"_s;
    QTest::newRow("match final, host line sees the real name")
        << QByteArray("Host *.example\n User real\nHost a\n HostName a.example\nMatch final all\n Port 5\n") << u"a"_s;
    QTest::newRow("not final") << QByteArray("Match !final\n Port 5\nMatch final\n Port 6\n") << u"a"_s;
    QTest::newRow("include") << QByteArray("Include DIR/inc/*.conf\nHost *\n Port 3\n") << u"inc1"_s;
    QTest::newRow("include below a block")
        << QByteArray("Host other\n Include DIR/inc/*.conf\nHost *\n Port 3\n") << u"inc1"_s;
    QTest::newRow("a block ends with its include") << QByteArray("Include DIR/inc/*.conf\nUser outside\n") << u"inc1"_s;
    QTest::newRow("jump chain") << QByteArray("Host a\n ProxyJump u@j1:2201,j2,ssh://v@j3:99\n") << u"a"_s;
    QTest::newRow("jump none") << QByteArray("Host a\n ProxyJump none\nHost *\n ProxyJump j\n") << u"a"_s;
    QTest::newRow("jump before command") << QByteArray("Host a\n ProxyJump j\n ProxyCommand nc %h %p\n") << u"a"_s;
    QTest::newRow("identity files add up")
        << QByteArray(
               "Host a\n IdentityFile ~/.ssh/one\n IdentityFile \"/with space/two\"\n IdentitiesOnly yes\nHost *\n"
               " IdentityFile /%d/%h/%r\n IdentityFile ~/.ssh/one\n")
        << u"a"_s;
    QTest::newRow("agent and aliases") << QByteArray("Host a\n IdentityAgent /run/agent\n HostKeyAlias common\n "
                                                     "UserKnownHostsFile /k1 /k2\n GlobalKnownHostsFile /g\n")
                                       << u"a"_s;
    QTest::newRow("several names") << QByteArray("Host x y a\n Port 4\n") << u"a"_s;
    QTest::newRow("nothing matches") << QByteArray("Host x\n Port 4\n") << u"a"_s;
}

void TestOpensshConfig::agreesWithOpenssh()
{
    if (QStandardPaths::findExecutable(u"ssh"_s).isEmpty())
        QSKIP("no OpenSSH client here");
    QFETCH(QByteArray, config);
    QFETCH(QString, alias);
    QDir(m_dir.path()).mkpath(u"inc"_s);
    writeFile(m_dir.filePath(u"inc/1.conf"_s), "Host inc1\n HostName one.example\n User inc\n");
    writeFile(m_dir.filePath(u"inc/2.conf"_s), "Host *\n Port 22022\n");
    const auto ours = configOf(config).resolve(alias);
    QVERIFY2(ours.has_value(), ours ? "" : qPrintable(ours.error().message));

    QProcess ssh;
    ssh.start(u"ssh"_s, {u"-F"_s, m_dir.filePath(u"config"_s), u"-G"_s, alias});
    QVERIFY(ssh.waitForFinished());
    QCOMPARE(ssh.exitCode(), 0);
    QMap<QString, QStringList> theirs;
    for (const QByteArray &line : ssh.readAllStandardOutput().split('\n')) {
        const qsizetype space = line.indexOf(' ');
        if (space > 0)
            theirs[QString::fromUtf8(line.left(space))].append(QString::fromUtf8(line.mid(space + 1)));
    }
    QCOMPARE(ours->hostName, theirs[u"hostname"_s].value(0));
    QCOMPARE(QString::number(ours->port.value_or(22)), theirs[u"port"_s].value(0));
    QCOMPARE(ours->user.value_or(opensshPathsOfThisUser().localUser), theirs[u"user"_s].value(0));
    QCOMPARE(ours->identitiesOnly ? u"yes"_s : u"no"_s, theirs[u"identitiesonly"_s].value(0));
    QCOMPARE(ours->hostKeyAlias, theirs[u"hostkeyalias"_s].value(0));
    QCOMPARE(ours->identityAgent.value_or(QString()), theirs[u"identityagent"_s].value(0));
    QCOMPARE(ours->proxyCommand, theirs[u"proxycommand"_s].value(0));
    if (!ours->identityFiles.isEmpty()) // else ssh prints its default names
        QCOMPARE(ours->identityFiles, theirs[u"identityfile"_s]);
    else
        QVERIFY(theirs[u"identityfile"_s].value(0).startsWith(u"~/.ssh/id_"));
    if (!ours->userKnownHostsFiles.isEmpty())
        QCOMPARE(ours->userKnownHostsFiles.join(u' '), theirs[u"userknownhostsfile"_s].value(0));
    QStringList hops;
    for (const JumpHop &hop : ours->proxyJump) {
        const QString host = hop.port != 0 ? QString(hop.host + u':' + QString::number(hop.port)) : hop.host;
        hops.append(hop.user.isEmpty() ? host : QString(hop.user + u'@' + host));
    }
    QString jump = theirs[u"proxyjump"_s].value(0);
    QCOMPARE(hops.join(u','), jump.remove(u"ssh://"_s));
}

void TestOpensshConfig::matchExecAndProxyCommandNeedConsent()
{
    const QString trace = m_dir.filePath(u"ran"_s);
    const QByteArray config = "Match host a exec \"touch DIR/ran\"\n Port 9\nHost b\n ProxyCommand nc %h %p\n"
                              "Host c\n ProxyCommand none\nHost d\n LocalCommand touch DIR/ran\n";
    const OpensshConfig resolver = configOf(config);
    const auto exec = resolver.resolve(u"a"_s);
    QVERIFY(exec->needsConsent.first().startsWith(u"Match exec touch"));
    QVERIFY(!exec->port);
    QCOMPARE(resolver.resolve(u"b"_s)->needsConsent, QStringList{u"ProxyCommand nc %h %p"_s});
    QVERIFY(resolver.resolve(u"c"_s)->needsConsent.isEmpty());
    QVERIFY(resolver.resolve(u"d"_s)->needsConsent.isEmpty());
    QVERIFY(!QFile::exists(trace));
    Device device;
    device.sshAlias = u"b"_s;
    QCOMPARE(resolveTarget(device, false, resolver, {}).error().code, ErrorCode::ConfigRefused);
}

void TestOpensshConfig::listsConcreteHosts()
{
    QDir(m_dir.path()).mkpath(u"inc"_s);
    writeFile(m_dir.filePath(u"inc/1.conf"_s), "Host inc1\n");
    writeFile(m_dir.filePath(u"inc/2.conf"_s), "Host *\n");
    const auto names =
        configOf("Host a b* !c d\nHost a e\nHost *\n User x\nInclude DIR/inc/*.conf\nHost -oProxyCommand=x\n")
            .concreteHosts();
    QCOMPARE(*names, (QStringList{u"a"_s, u"d"_s, u"e"_s, u"inc1"_s}));
    OpensshPaths none;
    none.userFile = m_dir.filePath(u"missing"_s);
    QVERIFY(OpensshConfig(none).concreteHosts()->isEmpty());
}

void TestOpensshConfig::expandsTokensInPaths()
{
    OpensshPaths paths;
    paths.home = u"/home/me"_s;
    paths.localUser = u"me"_s;
    paths.localHost = u"box.lan"_s;
    const OpensshConfig resolver(paths);
    ResolvedHost host;
    host.alias = u"web"_s;
    host.hostName = u"web.example"_s;
    host.user = u"root"_s;
    qputenv("INFRA_TEST_KEYS", "/keys");
    QCOMPARE(resolver.expandPath(u"~/.ssh/id_%h_%r_%p_%u_%n_%%_%L_%l_%k"_s, host),
             u"/home/me/.ssh/id_web.example_root_22_me_web_%_box_box.lan_web"_s);
    QCOMPARE(resolver.expandPath(u"${INFRA_TEST_KEYS}/%d/x~"_s, host), u"/keys//home/me/x~"_s);
}

void TestOpensshConfig::refusesAliasesThatAreOptions()
{
    QCOMPARE(configOf("").resolve(u"-oProxyCommand=x"_s).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(configOf("Include DIR/config\n").resolve(u"a"_s).error().code, ErrorCode::FileUnreadable);
}

void TestOpensshConfig::targetsPreferTheConfiguration()
{
    const OpensshConfig resolver =
        configOf("Host web\n HostName web.example\n User deploy\n IdentityFile DIR/key\n IdentitiesOnly yes\n"
                 " ProxyJump u@gate:2200\n UserKnownHostsFile DIR/kh\n");
    writeFile(m_dir.filePath(u"key"_s), "x");
    Device device;
    device.sshAlias = u"web"_s;
    device.address = u"old.example"_s;
    device.user = u"old"_s;
    device.port = 2222;
    const auto target = resolveTarget(device, false, resolver, {u"/agent"_s, {u"/etc/kh"_s}});
    QCOMPARE(target->host, u"web.example"_s);
    QCOMPARE(target->user, u"deploy"_s);
    QCOMPARE(target->port, quint16(2222)); // the configuration says none
    QCOMPARE(target->keyFiles, QStringList{m_dir.filePath(u"key"_s)});
    QVERIFY(target->onlyTheseKeys);
    QCOMPARE(target->jumps, (QList<JumpHop>{{u"u"_s, u"gate"_s, 2200}}));
    QCOMPARE(target->trustFiles, (QStringList{u"/etc/kh"_s, m_dir.filePath(u"kh"_s)}));
    QCOMPARE(target->agentSocket, u"/agent"_s);
}

INFRA_TEST(TestOpensshConfig)
#include "tst_openssh_config.moc"
