// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redaction.h"
#include "core/base/secret_names.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <ctime>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

class TestRedaction : public QObject
{
    Q_OBJECT
private slots:
    void aSecretIsMasked_data();
    void aSecretIsMasked();
    void harmlessTextStaysAsItIs_data();
    void harmlessTextStaysAsItIs();
    void whatStandsAroundStays_data();
    void whatStandsAroundStays();
    void maskingTwiceChangesNothing();
    void anAwsKeyIdIsMasked();
    void namesAreJudgedByTheirParts();
    void hugeTextTakesLinearTime_data();
    void hugeTextTakesLinearTime();
};

namespace {

// The canary: wherever it stands in the corpus, nothing of it may be left.
const QString canary = u"Canary7hunter2"_s;

/// Processor time of this thread: other work on the machine does not count.
qint64 threadNanoseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

QStringList secretCorpus()
{
    return {
        u"mysqldump --password=%1 db"_s,
        u"mysqldump --password %1 db"_s,
        u"tool -password %1"_s,
        u"tool --api-key=%1 --verbose"_s,
        u"tool --token '%1'"_s,
        u"tool --client-secret=\"%1 and more\""_s,
        u"tool --passphrase=a\\ %1"_s,
        u"mysql -uroot -p%1 db"_s,
        u"/usr/bin/mariadb-dump -p%1"_s,
        u"sshpass -p %1 ssh host"_s,
        u"sshpass -p%1 ssh host"_s,
        u"redis-cli -a %1 ping"_s,
        u"curl -u bob:%1 https://example.org"_s,
        u"curl -ubob:%1 https://example.org"_s,
        u"curl --user 'bob:%1' https://example.org"_s,
        u"smbclient //host/share -U bob%%1"_s,
        u"docker login -u bob -p %1"_s,
        u"7z x -p%1 archive.7z"_s,
        u"ldapsearch -D cn=x -w %1"_s,
        u"https://bob:%1@example.org/path"_s,
        u"postgresql://app:%1@db:5432/app"_s,
        u"redis://:%1@cache:6379"_s,
        u"https://a:b@%1@example.org/"_s,
        u"https://example.org/?user=a&token=%1&x=1"_s,
        u"https://example.org/?access_token=%1"_s,
        u"PASSWORD=%1"_s,
        u"export DB_PASSWORD='%1 x'"_s,
        u"MYSQL_PWD=%1 mysqldump"_s,
        u"PGPASSWORD=a&%1 psql"_s,
        u"PASSWORD=a;%1"_s,
        u"PASS='a'%1"_s,
        u"AWS_SECRET_ACCESS_KEY=%1"_s,
        u"aws_secret_access_key = %1"_s,
        u"SECRET_KEY_BASE = %1x; SECRET=%1"_s.replace(u"SECRET_KEY_BASE = %1x; "_s, QString()),
        u"Authorization: Bearer %1"_s,
        u"curl -H 'Authorization: Basic %1' x"_s,
        u"-H \"Authorization: token %1\""_s,
        u"sent Authorization: Bearer %1 to it"_s,
        u"Cookie: session=%1; other=%1"_s,
        u"X-Api-Key: %1"_s,
        u"Bearer %1"_s,
        u"password: %1"_s,
        u"  - db_password: correct %1 battery"_s,
        u"the password: %1"_s,
        u"{\"password\":\"%1\"}"_s,
        u"{\"password\" : \"a\\\"%1\"}"_s,
        u"{\\\"password\\\":\\\"%1\\\",\\\"user\\\":\\\"bob\\\"}"_s,
        u"[\"--password\", \"%1\"]"_s,
        u"{'apiKey': '%1'}"_s,
        u"clientSecret=%1"_s,
        u"//registry.example.org/:_auth=%1"_s,
        u"openssl -passin pass:%1"_s,
        u"password=\"%1"_s,
        u"-----BEGIN OPENSSH PRIVATE KEY-----\n%1\n-----END OPENSSH PRIVATE KEY-----"_s,
        u"-----BEGIN RSA PRIVATE KEY-----\n%1\nMIIE"_s,
        u"PRIVATE_KEY=-----BEGIN EC PRIVATE KEY-----\n%1\n-----END EC PRIVATE KEY-----"_s,
        u"key: |\n  -----BEGIN PRIVATE KEY-----\n  %1\n  -----END PRIVATE KEY-----"_s,
        u"x-----BEGIN PRIVATE KEY-----\n%1\n-----END PRIVATE KEY-----"_s,
        u"ghp_%10123456789abcdefghij"_s,
        u"token in text: glpat-%10123456789"_s,
        u"inf_%10123456789abcdef"_s,
        u"jwt eyJhbGciOi%1.eyJzdWIi.abc"_s,
        u"bob:$6$salt$%10123456789:19000:"_s,
        u"machine h.example login u password %1"_s,
        u"machine h.example\n\tlogin u\n\tpassword %1\n"_s,
        u"machine h password %1 login u"_s,
        u"default login anonymous password %1"_s,
        u"login u@example.org account a passwd %1"_s,
    };
}

} // namespace

void TestRedaction::aSecretIsMasked_data()
{
    QTest::addColumn<QString>("text");
    int row = 0;
    const QStringList corpus = secretCorpus();
    for (const QString &pattern : corpus) {
        QString text = pattern;
        text.replace(u"%1"_s, canary);
        QTest::addRow("%d %s", row++, qPrintable(pattern.left(40))) << text;
    }
}

void TestRedaction::aSecretIsMasked()
{
    QFETCH(QString, text);
    QVERIFY(text.contains(canary));
    const QString clean = redacted(text);
    QVERIFY2(!clean.contains(canary), qPrintable(clean));
    QVERIFY2(!clean.contains(u"hunter2"), qPrintable(clean));
    QVERIFY2(clean.contains(u"‹masked›"), qPrintable(clean));
}

void TestRedaction::harmlessTextStaysAsItIs_data()
{
    QTest::addColumn<QString>("text");
    int row = 0;
    for (const char *text : {
             "",
             "The device lab1 answers again after 3 tries",
             "Permission denied (publickey,password).",
             "cat: /etc/passwd: Permission denied",
             "ssh.auth.key_passphrase: The passphrase of the key file is wrong",
             "secrets.locked: The store of passwords is locked",
             "ssh.auth.password_rejected: The device does not accept this password",
             "PasswordAuthentication=no",
             "-o PasswordAuthentication=no -o BatchMode=yes",
             "POSTGRES_PASSWORD_FILE=/run/secrets/pg",
             "infrastructorctl devices add lab --password-fd 3",
             "--secrets-passphrase-fd 5",
             "PWD=/home/alice OLDPWD=/tmp",
             "%wheel ALL=(ALL) NOPASSWD: /usr/sbin/smartctl",
             "https://example.org:8080/path@x?user=bob",
             "ssh://deploy@example.org",
             "git@example.org:team/repo.git",
             "key=value other=1 monkey=2",
             "token_type=bearer expires=3600",
             "max_tokens=100",
             "basic information about the host",
             "a bearer of news",
             "mysqld --port=3306 --pid-file=/run/mysqld.pid",
             "docker run -p 8080:80 nginx",
             "ps -p 4711 -u root",
             "/usr/bin/python3 -u manage.py:app",
             "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
             "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
             "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG comment",
             "SHA256:uNiVztksCsDhcc0u9e8BgrJXVGLyRP3mSEkdJHkHkO8",
             "password=",
             "password = true",
             "the passwords differ",
             "the machine asks who you are and for a password now",
             "login failed: the password is wrong",
             "machine learning needs no password at all",
             "task-list-of-things-that-are-long-1",
             "cost $5 and $HOME and ${PATH}",
             "10:32:01 up 3 days, load average: 0.10, 0.20, 0.30",
             "0.0.0.0:22 [::]:22 users:((\"sshd\",pid=1,fd=3))",
             "compass=north bypass=1",
             "secret santa is a game",
             "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c 1",
         })
        QTest::addRow("%d %.40s", row++, text) << QString::fromUtf8(text);
}

void TestRedaction::harmlessTextStaysAsItIs()
{
    QFETCH(QString, text);
    QCOMPARE(redacted(text), text);
}

void TestRedaction::whatStandsAroundStays_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    QTest::newRow("flag") << u"a --password=x1 b"_s << u"a --password=‹masked› b"_s;
    QTest::newRow("url") << u"get https://bob:x1@h/p now"_s << u"get https://bob:‹masked›@h/p now"_s;
    QTest::newRow("json") << u"{\"password\":\"x1\",\"user\":\"bob\"}"_s
                          << u"{\"password\":\"‹masked›\",\"user\":\"bob\"}"_s;
    QTest::newRow("escaped json") << u"{\\\"token\\\":\\\"x1\\\",\\\"a\\\":1}"_s
                                  << u"{\\\"token\\\":\\\"‹masked›\\\",\\\"a\\\":1}"_s;
    QTest::newRow("list") << u"[\"--token\",\"x1\",\"-v\"]"_s << u"[\"--token\",\"‹masked›\",\"-v\"]"_s;
    QTest::newRow("query") << u"/a?token=x1&b=2"_s << u"/a?token=‹masked›&b=2"_s;
    QTest::newRow("mysql") << u"mysql -uroot -px1 db"_s << u"mysql -uroot -p‹masked› db"_s;
    QTest::newRow("curl") << u"curl -u bob:x1 -v h"_s << u"curl -u bob:‹masked› -v h"_s;
    QTest::newRow("env") << u"A=1 DB_PASSWORD=x1 B=2"_s << u"A=1 DB_PASSWORD=‹masked› B=2"_s;
    QTest::newRow("yaml") << u"user: bob\npassword: x 1\nport: 2"_s << u"user: bob\npassword: ‹masked›\nport: 2"_s;
    QTest::newRow("header in quotes") << u"curl -H 'Authorization: Bearer x1' h"_s
                                      << u"curl -H 'Authorization: ‹masked›' h"_s;
    QTest::newRow("flag before flag") << u"tool --password --verbose"_s << u"tool --password --verbose"_s;
    QTest::newRow("next line") << u"sshpass -p x1\nps -p 4711"_s << u"sshpass -p ‹masked›\nps -p 4711"_s;
    QTest::newRow("netrc") << u"machine h login u password x1 port 21"_s
                           << u"machine h login u password ‹masked› port 21"_s;
    QTest::newRow("after a pipe") << u"curl -u a:x1 h | sort -u b:c"_s << u"curl -u a:‹masked› h | sort -u b:c"_s;
}

void TestRedaction::whatStandsAroundStays()
{
    QFETCH(QString, text);
    QFETCH(QString, clean);
    QCOMPARE(redacted(text), clean);
}

void TestRedaction::maskingTwiceChangesNothing()
{
    const QStringList corpus = secretCorpus();
    for (QString text : corpus) {
        text.replace(u"%1"_s, canary);
        const QString once = redacted(text);
        QCOMPARE(redacted(once), once);
    }
}

void TestRedaction::anAwsKeyIdIsMasked()
{
    // Amazon's own example.
    QCOMPARE(redacted(u"key AKIAIOSFODNN7EXAMPLE used"_s), u"key ‹masked› used"_s);
    QCOMPARE(redacted(u"AKIAshort"_s), u"AKIAshort"_s);
}

void TestRedaction::namesAreJudgedByTheirParts()
{
    for (const QString &name :
         {u"password"_s, u"DB_PASS"_s, u"dbPass"_s, u"client-secret"_s, u"authToken"_s, u"api_key"_s, u"apikey"_s,
          u"MYSQL_PWD"_s, u"x.y.token"_s, u"wifi_psk"_s, u"SecretAccessKey"_s})
        QVERIFY2(isSecretName(name), qPrintable(name));
    for (const QString &name : {u"compass"_s, u"key"_s, u"tokens"_s, u"password_file"_s, u"keyboard"_s, u"author"_s,
                                u"secretary"_s, u"PWD"_s, u"passport"_s, u"passwordless"_s, u""_s})
        QVERIFY2(!isSecretName(name), qPrintable(name));
}

void TestRedaction::hugeTextTakesLinearTime_data()
{
    QTest::addColumn<QString>("unit");
    for (const char *unit : {"a",        "-",         "$",          "\"",           "\\",
                             "password", "password=", "password: ", "password\\",   "Bearer ",
                             "Bearer/",  "://",       "http://a:b", "-----BEGIN ",  "-----BEGIN PRIVATE KEY-----",
                             "curl -u ", "-u/",       "-u'",        "'--password'", "eyJ.",
                             "a:b@",     "\n- ",      "= ",         "mysql -p ",    "PASSWORD='",
                             "sk-",      "$6$a$"})
        QTest::addRow("%s", QByteArray(unit).toPercentEncoding().constData()) << QString::fromLatin1(unit);
}

void TestRedaction::hugeTextTakesLinearTime()
{
    QFETCH(QString, unit);
    const auto timeOf = [&unit](qsizetype length) {
        QString text = u"curl "_s;
        while (text.size() < length)
            text += unit;
        const qint64 begin = threadNanoseconds();
        const QString clean = redacted(text);
        Q_UNUSED(clean)
        return threadNanoseconds() - begin;
    };
    // Quadratic work would take 64 times as long for 8 times the text; the best of three keeps noise out.
    qint64 small = std::numeric_limits<qint64>::max();
    qint64 large = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 3; ++i) {
        small = std::min(small, timeOf(20'000));
        large = std::min(large, timeOf(160'000));
    }
    QVERIFY2(large < 32 * std::max<qint64>(small, 200'000), qPrintable(u"%1 ns and %2 ns"_s.arg(small).arg(large)));
}

INFRA_TEST(TestRedaction)
#include "tst_redaction.moc"
