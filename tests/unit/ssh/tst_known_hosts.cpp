// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/host_key_store.h"
#include "core/ssh/known_hosts.h"
#include "core/ssh/wildcard.h"
#include "tests/support/sshd_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::ssh;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

namespace {

PresentedKey keyOf(const QString &type, char fill)
{
    const QByteArray name = type.toLatin1();
    return {type, QByteArray(3, '\0') + static_cast<char>(name.size()) + name + QByteArray(40, fill)};
}
QByteArray lineOf(const PresentedKey &key)
{
    return key.type.toLatin1() + ' ' + key.blob.toBase64();
}

} // namespace

class TestKnownHosts : public QObject
{
    Q_OBJECT
private slots:
    void matchesPatternsAsOpensshDoes_data();
    void matchesPatternsAsOpensshDoes();
    void judges_data();
    void judges();
    void survivesAnyCutOfAFile();
    void asksForTheKindsItKnows();
    void theStoreReplacesAndForgets();
    void theStoreSaysWhenItCannotWrite();
};

void TestKnownHosts::matchesPatternsAsOpensshDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("list");
    QTest::addColumn<int>("match");
    QTest::newRow("plain") << u"a"_s << u"a"_s << int(ListMatch::Yes);
    QTest::newRow("star") << u"abc"_s << u"a*c"_s << int(ListMatch::Yes);
    QTest::newRow("star backtracks") << u"aXbXc"_s << u"*X?"_s << int(ListMatch::Yes);
    QTest::newRow("question") << u"ab"_s << u"a?"_s << int(ListMatch::Yes);
    QTest::newRow("too short") << u"a"_s << u"a?"_s << int(ListMatch::None);
    QTest::newRow("second of the list") << u"b"_s << u"a,b"_s << int(ListMatch::Yes);
    QTest::newRow("negated after") << u"b"_s << u"*,!b"_s << int(ListMatch::Negated);
    QTest::newRow("negated alone") << u"c"_s << u"!b"_s << int(ListMatch::None);
    QTest::newRow("hostile") << QString(2000, u'a') << QString(u"*a"_s).repeated(50) + u"b"_s << int(ListMatch::None);
}

void TestKnownHosts::matchesPatternsAsOpensshDoes()
{
    QFETCH(QString, text);
    QFETCH(QString, list);
    QFETCH(int, match);
    QCOMPARE(int(matchesPatternList(text, list)), match);
}

void TestKnownHosts::judges_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("accepted");
    QTest::addColumn<int>("trust");
    const PresentedKey key = keyOf(u"ssh-ed25519"_s, 'k');
    const PresentedKey other = keyOf(u"ssh-ed25519"_s, 'o');
    const PresentedKey rsa = keyOf(u"ssh-rsa"_s, 'r');
    const auto row = [](const char *name, const QByteArray &file, const QString &accepted, Trust trust) {
        QTest::newRow(name) << file << accepted << int(trust);
    };
    row("nothing known", "", {}, Trust::Unknown);
    row("known", "[h]:2222 " + lineOf(key) + "\n", {}, Trust::Known);
    row("known, with carriage return", "[h]:2222 " + lineOf(key) + "\r\n", {}, Trust::Known);
    row("without the port it is another name", "h " + lineOf(key) + "\n", {}, Trust::Unknown);
    row("other key", "[h]:2222 " + lineOf(other) + "\n", {}, Trust::Changed);
    row("other kind only", "[h]:2222 " + lineOf(rsa) + "\n", {}, Trust::Changed);
    row("one of two", "[h]:2222 " + lineOf(other) + "\n[h]:2222 " + lineOf(key) + "\n", {}, Trust::Known);
    row("revoked beside known", "[h]:2222 " + lineOf(key) + "\n@revoked * " + lineOf(key) + "\n", {}, Trust::Revoked);
    row("revoked for the bare host", "@revoked h " + lineOf(key) + "\n", key.fingerprint(), Trust::Revoked);
    row("revoked for another host", "@revoked x " + lineOf(key) + "\n", key.fingerprint(), Trust::Known);
    row("accepted beats the file", "[h]:2222 " + lineOf(other) + "\n", key.fingerprint(), Trust::Known);
    row("accepted another", "[h]:2222 " + lineOf(key) + "\n", other.fingerprint(), Trust::Changed);
    row("authority lines are passed over", "@cert-authority * " + lineOf(key) + "\n", {}, Trust::Unknown);
    row("a line that lies about its type", "[h]:2222 ssh-rsa " + key.blob.toBase64() + "\n", {}, Trust::Unknown);
}

void TestKnownHosts::judges()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, accepted);
    QFETCH(int, trust);
    const auto verdict =
        judgeHostKey({KnownHosts::parse(file)}, knownHostsName(u"H"_s, 2222), accepted, keyOf(u"ssh-ed25519"_s, 'k'));
    QCOMPARE(int(verdict.trust), trust);
    QCOMPARE(verdict.expected.isEmpty(), verdict.trust != Trust::Changed);
}

void TestKnownHosts::survivesAnyCutOfAFile()
{
    const QByteArray text = "@revoked * " + lineOf(keyOf(u"ssh-rsa"_s, 'x')) + "\n|1|abc|def " +
                            lineOf(keyOf(u"ssh-rsa"_s, 'y')) + "\n@\n@revoked\nh\nh ssh-rsa\n|1|| " +
                            lineOf(keyOf(u"ssh-rsa"_s, 'z'));
    for (qsizetype size = 0; size <= text.size(); ++size) {
        const KnownHosts file = KnownHosts::parse(text.left(size));
        QVERIFY(file.matching(u"h"_s).isEmpty());
    }
}

void TestKnownHosts::asksForTheKindsItKnows()
{
    const PresentedKey rsa = keyOf(u"ssh-rsa"_s, 'r');
    const QList<KnownHosts> files{KnownHosts::parse("h " + lineOf(rsa) + "\n")};
    QVERIFY(preferredHostKeyAlgorithms(files, u"h"_s, {}).startsWith(u"rsa-sha2-512,rsa-sha2-256,ssh-ed25519"));
    QVERIFY(preferredHostKeyAlgorithms(files, u"other"_s, {}).startsWith(u"ssh-ed25519,"));
    QVERIFY(preferredHostKeyAlgorithms(files, u"other"_s, rsa.fingerprint()).startsWith(u"rsa-sha2-512,"));
    QVERIFY(!preferredHostKeyAlgorithms(files, u"h"_s, {}).contains(u"ssh-rsa,"));
}

void TestKnownHosts::theStoreReplacesAndForgets()
{
    QTemporaryDir dir;
    HostKeyStore store(dir.filePath(u"kh"_s));
    const PresentedKey first = keyOf(u"ssh-ed25519"_s, '1'), second = keyOf(u"ssh-ed25519"_s, '2'),
                       rsa = keyOf(u"ssh-rsa"_s, '3');
    QVERIFY(store.remember(u"Host"_s, 22, first).has_value());
    QVERIFY(store.remember(u"host"_s, 22, rsa).has_value());
    QVERIFY(store.remember(u"host"_s, 2222, first).has_value());
    QVERIFY(store.remember(u"host"_s, 22, second).has_value());
    QCOMPARE(readFile(store.path()),
             "host " + lineOf(rsa) + "\n[host]:2222 " + lineOf(first) + "\nhost " + lineOf(second) + "\n");
    QVERIFY(store.forget(u"host"_s, 22).has_value());
    QCOMPARE(readFile(store.path()), "[host]:2222 " + lineOf(first) + "\n");
}

void TestKnownHosts::theStoreSaysWhenItCannotWrite()
{
    HostKeyStore store(u"/proc/no/such/known_hosts"_s);
    QCOMPARE(store.remember(u"h"_s, 22, keyOf(u"ssh-rsa"_s, 'x')).error().code, ErrorCode::FileUnwritable);
    QCOMPARE(store.forget(u"h"_s, 22).has_value(), true); // nothing to forget
}

INFRA_TEST(TestKnownHosts)
#include "tst_known_hosts.moc"
