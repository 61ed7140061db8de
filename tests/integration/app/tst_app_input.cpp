// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 900
#include "tests/support/app_run.h"
#include "tests/support/test_registry.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QtEndian>
#include <QtNetwork/QLocalSocket>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// What comes from outside is wrong: the programs name what is wrong and change nothing.
class TestAppInput : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_app = std::make_unique<AppRun>(); }
    void cleanup() { m_app.reset(); }
    void aDatabaseThatIsNotOursIsRefusedAndLeftAlone_data();
    void aDatabaseThatIsNotOursIsRefusedAndLeftAlone();
    void aDamagedSettingsFileIsToldAndSetAside();
    void aSettingThatBreaksItsRuleIsToldByName();
    void aMalformedInventoryNamesFieldValueAndRule_data();
    void aMalformedInventoryNamesFieldValueAndRule();
    void anInventoryIsAddedWhole();
    void aHostileSshConfigurationRunsNothing();
    void rubbishOnTheSocketIsAnsweredAndHarmless_data();
    void rubbishOnTheSocketIsAnsweredAndHarmless();
    void escapesOfAProcessDoNotReachTheTerminal();

private:
    QString write(const QString &name, const QByteArray &content);
    int devices() { return m_app->ctl({u"devices"_s, u"list"_s}).body.value("total"_L1).toInt(); }
    QJsonObject check(const char *name);
    QJsonValue setting(const QString &name)
    {
        return m_app->ctl({u"settings"_s, u"get"_s, name}).body.value("setting"_L1).toObject().value("value"_L1);
    }

    std::unique_ptr<AppRun> m_app;
};

QString TestAppInput::write(const QString &name, const QByteArray &content)
{
    QFile file(m_app->path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(name));
    return file.fileName();
}

QJsonObject TestAppInput::check(const char *name)
{
    for (const QJsonValue &value : m_app->ctl({u"doctor"_s}).list("checks")) {
        if (value.toObject().value("name"_L1).toString() == QLatin1String(name))
            return value.toObject();
    }
    return {};
}

void TestAppInput::aDatabaseThatIsNotOursIsRefusedAndLeftAlone_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("code");
    QTest::newRow("newer")
        << u"INSERT INTO schema_migrations (version, name, sha256, applied_at) VALUES (999, 'later', 'x', '2030-01-01T00:00:00.000Z')"_s
        << u"store.newer"_s;
    QTest::newRow("edited migration") << u"UPDATE schema_migrations SET sha256 = '00' WHERE version = 2"_s
                                      << u"store.migration_edited"_s;
    QTest::newRow("no database") << QString() << u"store.corrupt"_s;
}

void TestAppInput::aDatabaseThatIsNotOursIsRefusedAndLeftAlone()
{
    QFETCH(QString, change);
    QFETCH(QString, code);
    QCOMPARE(devices(), 1);
    const QString path = m_app->profile() + u"/infrastructor.db"_s;
    if (change.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("this is no database at all\n").repeated(400));
    } else {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"edit"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY2(query.exec(change), qPrintable(change));
        database.close();
    }
    QSqlDatabase::removeDatabase(u"edit"_s);
    const auto hash = [&path] {
        QFile file(path);
        QCryptographicHash sum(QCryptographicHash::Sha256);
        return file.open(QIODevice::ReadOnly) && sum.addData(&file) ? sum.result() : QByteArray();
    };
    const QByteArray before = hash();
    const CtlAnswer answer = m_app->ctl({u"devices"_s, u"list"_s});
    QVERIFY2(answer.exitCode == 1, answer.text().constData());
    QCOMPARE(answer.code(), code);
    const QString remedy = answer.error().value("remedy"_L1).toString();
    QVERIFY(!remedy.isEmpty());
    m_app->begin({u"--headless"_s});
    QVERIFY(m_app->process().waitForFinished(60'000));
    QCOMPARE(m_app->process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_app->process().exitCode(), 1);
    QVERIFY2(m_app->text().contains(remedy.toUtf8()), m_app->text().constData());
    QCOMPARE(hash(), before);
}

void TestAppInput::aDamagedSettingsFileIsToldAndSetAside()
{
    QCOMPARE(m_app->ctl({u"settings"_s, u"set"_s, u"retention.raw_days"_s, u"7"_s}).exitCode, 0);
    QFile file(m_app->profile() + u"/settings.json"_s);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(file.size() / 2));
    file.close();
    const QJsonObject told = check("settings file");
    QCOMPARE(told.value("status"_L1).toString(), u"warn"_s);
    QVERIFY2(told.value("detail"_L1).toString().contains("settings.json"_L1),
             qPrintable(told.value("detail"_L1).toString()));
    QVERIFY(!told.value("remedy"_L1).toString().isEmpty());
    QCOMPARE(QDir(m_app->profile()).entryList({u"settings.json.broken-*"_s}).size(), 1);
    QCOMPARE(m_app->ctl({u"settings"_s, u"set"_s, u"retention.raw_days"_s, u"9"_s}).exitCode, 0);
    QCOMPARE(setting(u"retention.raw_days"_s).toInt(), 9);
}

void TestAppInput::aSettingThatBreaksItsRuleIsToldByName()
{
    QCOMPARE(devices(), 1);
    QFile file(m_app->profile() + u"/settings.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"ui.theme":{"dark":true},"retention.raw_days":7})");
    file.close();
    const QJsonObject told = check("settings file");
    QCOMPARE(told.value("status"_L1).toString(), u"warn"_s);
    QVERIFY2(told.value("detail"_L1).toString().contains("/ui.theme"_L1),
             qPrintable(told.value("detail"_L1).toString()));
    QCOMPARE(setting(u"ui.theme"_s).toString(), u"system"_s);
    QCOMPARE(setting(u"retention.raw_days"_s).toInt(), 7);
}

void TestAppInput::aMalformedInventoryNamesFieldValueAndRule_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const QByteArray &text, const char *field) {
        QTest::newRow(name) << text << QString::fromLatin1(field);
    };
    row("cut off", R"({"format":1,"devices":[{"name":"a"},{"na)", "");
    row("no JSON",
        "\x7f"
        "ELF\x02\x01",
        "");
    row("too deep", QByteArray(100, '[') + QByteArray(100, ']'), "");
    row("another format", R"({"format":2,"devices":[]})", "/format");
    row("no name", R"({"format":1,"devices":[{"address":"h"}]})", "/devices/0");
    row("foreign key", R"({"format":1,"devices":[{"name":"a","password":"canary"}]})", "/devices/0");
    row("port", R"({"format":1,"devices":[{"name":"a"},{"name":"b","address":"h","user":"u","port":70000}]})",
        "/devices/1/port");
    row("an option for a host", R"({"format":1,"devices":[{"name":"a","address":"-oProxyCommand=reboot","user":"u"}]})",
        "/devices/0/address");
    row("blanks in a host", R"({"format":1,"devices":[{"name":"a","address":"h; reboot","user":"u"}]})",
        "/devices/0/address");
    row("an escape in a name",
        "{\"format\":1,\"devices\":[{\"name\":\"a\\u001b[2J\",\"address\":\"h\",\"user\":\"u\"}]}", "/devices/0/name");
    row("the same name twice",
        R"({"format":1,"devices":[{"name":"a","address":"h","user":"u"},{"name":"A","address":"i","user":"u"}]})",
        "/devices/1/name");
    row("no such jump", R"({"format":1,"devices":[{"name":"a","address":"h","user":"u","jump":"nobody"}]})",
        "/devices/0/jump");
}

void TestAppInput::aMalformedInventoryNamesFieldValueAndRule()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, field);
    const QString file = write(u"inventory.json"_s, text);
    for (const QStringList &more : {QStringList(), QStringList{u"--dry-run"_s}}) {
        const CtlAnswer refused = m_app->ctl(QStringList{u"devices"_s, u"import"_s, u"--inventory"_s, file} + more);
        QVERIFY2(refused.exitCode == 2, refused.text().constData());
        QVERIFY2(refused.error().value("field"_L1).toString() == field, refused.text().constData());
        QVERIFY(!refused.error().value("rule"_L1).toString().isEmpty());
        QVERIFY(!refused.out.contains("canary"));
    }
    QCOMPARE(devices(), 1);
}

void TestAppInput::anInventoryIsAddedWhole()
{
    const QString file = write(
        u"inventory.json"_s,
        R"({"format":1,"devices":[{"name":"a","address":"192.0.2.1","user":"u","auth":["agent"],"port":2222,"type":"unraid","tags":["t"]},
        {"name":"b","address":"192.0.2.2","user":"u","auth":["agent"],"jump":null}]})");
    const QStringList words{u"devices"_s, u"import"_s, u"--inventory"_s, file};
    const CtlAnswer tried = m_app->ctl(words + QStringList{u"--dry-run"_s});
    QCOMPARE(tried.exitCode, 0);
    QCOMPARE(tried.list("hosts").size(), 2);
    QCOMPARE(devices(), 1);
    const CtlAnswer added = m_app->ctl(words);
    QVERIFY2(added.exitCode == 0, added.text().constData());
    QCOMPARE(added.list("added").size(), 2);
    QCOMPARE(devices(), 3);
    const QJsonObject device = m_app->ctl({u"devices"_s, u"show"_s, u"a"_s}).body.value("device"_L1).toObject();
    QCOMPARE(device.value("port"_L1).toInt(), 2222);
    QCOMPARE(device.value("type"_L1).toString(), u"unraid"_s);
    QCOMPARE(device.value("type_source"_L1).toString(), u"set"_s);
    QCOMPARE(m_app->ctl(words).list("added").size(), 0); // all are there already
    QCOMPARE(devices(), 3);
}

void TestAppInput::aHostileSshConfigurationRunsNothing()
{
    const QString ran = m_app->path(u"ran"_s);
    static constexpr char kHostile[] = "\xff\xfe\x00garbage\nMatch exec \"touch RAN\"\n  User x\n"
                                       "Host good\n  HostName 192.0.2.7\n  User u\n"
                                       "Host cmd\n  HostName $(touch RAN)\n  ProxyCommand touch RAN\n"
                                       "Host -oProxyCommand=x\n  HostName 192.0.2.8\n"
                                       "Host ev\x1b[2Jil\n  HostName 192.0.2.9\n"
                                       "Host big\n  HostName 192.0.2.9\n  Port 99999\n";
    const QString file = write(u"hosts.conf"_s, QByteArray(kHostile, sizeof kHostile - 1).replace("RAN", ran.toUtf8()));
    const CtlAnswer tried = m_app->ctl({u"devices"_s, u"import"_s, u"--ssh-config"_s, file, u"--dry-run"_s});
    QVERIFY2(tried.exitCode >= 0, tried.text().constData()); // refused or answered, not crashed
    for (const QJsonValue &value : tried.list("hosts")) {
        const QJsonObject host = value.toObject();
        if (host.value("action"_L1).toString() == "refused"_L1)
            QVERIFY2(!host.value("error"_L1).toObject().value("rule"_L1).toString().isEmpty(), tried.out.constData());
        else
            QVERIFY2(!host.value("address"_L1).toString().contains(u' ') &&
                         !host.value("alias"_L1).toString().startsWith(u'-'),
                     tried.out.constData());
    }
    const CtlAnswer added = m_app->ctl({u"devices"_s, u"import"_s, u"--ssh-config"_s, file});
    QVERIFY2(added.exitCode >= 0, added.text().constData());
    for (const QJsonValue &value : m_app->ctl({u"devices"_s, u"list"_s}).list("devices")) {
        const QJsonObject device = value.toObject();
        const QString address = device.value("address"_L1).toString();
        QVERIFY2(!address.startsWith(u'-') && !address.contains(u'$') && !address.contains(u' '), qPrintable(address));
        QVERIFY(!device.value("name"_L1).toString().contains(QChar(0x1b)));
    }
    QVERIFY(!QFile::exists(ran));
}

void TestAppInput::rubbishOnTheSocketIsAnsweredAndHarmless_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("cut off") << QByteArray(R"({"command":"devices.list","args":{)");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("no arguments") << QByteArray(R"({"command":"devices.list"})");
    QTest::newRow("foreign key") << QByteArray(R"({"command":"devices.list","args":{},"actor":"os:root"})");
    QTest::newRow("arguments are a list") << QByteArray(R"({"command":"devices.list","args":[]})");
    QTest::newRow("a secret is a number") << QByteArray(R"({"command":"unlock","args":{},"secrets":{"passphrase":5}})");
    QTest::newRow("deep") << QByteArray(R"({"command":"devices.list","args":{"id":)") + QByteArray(5000, '[') +
                                 QByteArray(5000, ']') + "}}";
    QTest::newRow("an argument that nobody takes") << QByteArray(R"({"command":"devices.list","args":{"id":{"a":1}}})");
    QTest::newRow("a command that is none") << QByteArray(R"({"command":"explode","args":{}})");
}

void TestAppInput::rubbishOnTheSocketIsAnsweredAndHarmless()
{
    QFETCH(QByteArray, payload);
    QVERIFY2(m_app->start(), m_app->text().constData());
    QFile endpoint(m_app->profile() + u"/run/endpoint.json"_s);
    QVERIFY(endpoint.open(QIODevice::ReadOnly));
    QLocalSocket socket;
    socket.connectToServer(QJsonDocument::fromJson(endpoint.readAll()).object().value("socket"_L1).toString());
    QVERIFY(socket.waitForConnected());
    QByteArray message(4, '\0');
    qToBigEndian(static_cast<quint32>(payload.size()), message.data());
    socket.write(message + payload);
    QByteArray answer;
    while (answer.size() < 4 ||
           answer.size() < 4 + static_cast<qsizetype>(qFromBigEndian<quint32>(answer.constData()))) {
        QVERIFY(socket.waitForReadyRead(30'000));
        answer += socket.readAll();
    }
    const QJsonObject reply = QJsonDocument::fromJson(answer.mid(4)).object();
    QCOMPARE(reply.value("exit"_L1).toInt(), 2);
    const QJsonObject error = reply.value("body"_L1).toObject().value("error"_L1).toObject();
    QVERIFY2(error.value("code"_L1).toString().startsWith("input."_L1), answer.mid(4).constData());
    QVERIFY(!error.value("rule"_L1).toString().isEmpty());
    // A length that no message has ends this connection only.
    socket.write("\xff\xff\xff\xff");
    QVERIFY(socket.state() == QLocalSocket::UnconnectedState || socket.waitForDisconnected(30'000));
    QCOMPARE(devices(), 1);
    QCOMPARE(m_app->stop(), 0);
}

void TestAppInput::escapesOfAProcessDoNotReachTheTerminal()
{
    QProcess hostile;
    hostile.start(u"/bin/sh"_s, {u"-c"_s, u"read line"_s, u"hostile-name"_s,
                                 QString(u"\u001b]0;owned\u0007\u001b[2J\u202Etxt.exe\u2066"_s)});
    QVERIFY(hostile.waitForStarted());
    QCOMPARE(m_app->ctl({u"collect"_s, u"d_local"_s, u"--kinds"_s, u"processes"_s, u"--force"_s}).exitCode, 0);
    QProcess person;
    person.setProcessEnvironment(m_app->environment());
    person.start(QStringLiteral(INFRA_BIN_DIR "/infrastructorctl"),
                 {u"--profile"_s, m_app->profile(), u"processes"_s, u"d_local"_s});
    const CtlAnswer shown = AppRun::end(person);
    QCOMPARE(shown.exitCode, 0);
    QVERIFY(shown.out.contains("hostile-name"));
    QVERIFY(!shown.out.contains('\x1b') && !shown.out.contains('\x07'));
    QVERIFY(!shown.out.contains("\u202e") && !shown.out.contains("\u2066"));
    hostile.kill();
    hostile.waitForFinished();
}

INFRA_TEST(TestAppInput)
#include "tst_app_input.moc"
