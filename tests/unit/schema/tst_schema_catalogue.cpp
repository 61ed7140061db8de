// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/schema_catalogue.h"
#include "core/schema/text_formats.h"
#include "tests/support/test_registry.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::schema;
using namespace Qt::Literals::StringLiterals;

class TestSchemaCatalogue : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void everySchemaIsCompiledIn();
    void goodDocumentsPass_data();
    void goodDocumentsPass();
    void aViolationNamesFieldValueAndRule_data();
    void aViolationNamesFieldValueAndRule();
    void aSecretIsNotRepeatedInTheError();
    void theStarterRulesPass();
    void wholeNumbersOf64BitsAreWhole();
    void aDeepValueIsRefused();
    void parseChecksTextAndShape();
    void anUnknownSchemaIsNotFound();
    void schemasOfAFolderAreUsed();
    void aBadSchemaIsRefusedWithItsPlace_data();
    void aBadSchemaIsRefusedWithItsPlace();
    void hugeDocumentsTakeNoTime();
    void formatsAreKept_data();
    void formatsAreKept();

private:
    Result<SchemaCatalogue> loadOne(const QByteArray &schema);

    std::optional<SchemaCatalogue> m_catalogue;
    QTemporaryDir m_dir;
};

namespace {

QJsonValue parsed(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (document.isNull())
        qFatal("not JSON: %s", text.constData());
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

const QByteArray fingerprint = "SHA256:" + QByteArray(43, 'a');

} // namespace

void TestSchemaCatalogue::initTestCase()
{
    auto loaded = SchemaCatalogue::load();
    if (!loaded)
        QFAIL(qPrintable(loaded.error().message));
    m_catalogue.emplace(std::move(*loaded));
}

void TestSchemaCatalogue::everySchemaIsCompiledIn()
{
    QStringList files = QDir(QStringLiteral(INFRA_SOURCE_DIR "/resources/schemas")).entryList({u"*.json"_s});
    for (QString &file : files)
        file.chop(5);
    files.sort();
    QCOMPARE(m_catalogue->names(), files);
    QVERIFY(files.size() >= 6);
}

void TestSchemaCatalogue::goodDocumentsPass_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("small device") << u"device"_s << QByteArray(R"({"name":"lab1"})");
    QTest::newRow("device")
        << u"device"_s
        << QByteArray(R"({"name":"lab1","address":"10.0.0.1","port":22,"user":"root","jump":null,"auth":["agent","key"],
        "sudo":"nopasswd","type":"zfs-nas","tags":["a","b"],"environment":"lab","notes":"x\ny","interval_s":60,"paused":false,"host_key":")" +
                      fingerprint + "\"}");
    QTest::newRow("inventory") << u"inventory"_s
                               << QByteArray(R"({"format":1,"devices":[{"name":"a"},{"name":"b","port":2222}]})");
    QTest::newRow("settings") << u"settings"_s << QByteArray(R"({"a.b":1,"c":true,"d":"x","e":["y"],"f":0.5})");
    QTest::newRow("no settings") << u"settings"_s << QByteArray("{}");
    QTest::newRow("request")
        << u"ctl_request"_s
        << QByteArray(
               R"({"command":"devices.add","args":{"name":"x","deep":{"a":1}},"secrets":{"login_password":"aHVudGVyMg=="}})");
    QTest::newRow("arguments") << u"ctl_device"_s
                               << QByteArray(
                                      R"({"name":"x","host":"h","port":"22","interval":60,"tag":["t"],"id":"d_1"})");
}

void TestSchemaCatalogue::goodDocumentsPass()
{
    QFETCH(QString, schema);
    QFETCH(QByteArray, text);
    const Result<void> valid = m_catalogue->validate(schema, parsed(text));
    QVERIFY2(valid.has_value(), valid ? "" : qPrintable(valid.error().message));
}

void TestSchemaCatalogue::aViolationNamesFieldValueAndRule_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char *name, const QString &schema, const char *text, const QString &field,
                        const QString &value, const QString &rule) {
        QTest::newRow(name) << schema << QByteArray(text) << field << value << rule;
    };
    row("type", u"device"_s, R"({"name":5})", u"/name"_s, u"5"_s, u"1 to 64 characters"_s);
    row("empty", u"device"_s, R"({"name":""})", u"/name"_s, u""_s, u"1 to 64 characters"_s);
    row("lacks", u"device"_s, R"({"port":22})", u""_s, u"an object of 1 members"_s,
        u"Missing required property 'name'."_s);
    row("foreign", u"device"_s, R"({"name":"a","colour":"red"})", u""_s, u"an object of 2 members"_s, u"'colour'"_s);
    row("too large", u"device"_s, R"({"name":"a","port":65536})", u"/port"_s, u"65536"_s,
        u"a whole number from 1 to 65535"_s);
    row("fraction", u"device"_s, R"({"name":"a","port":22.5})", u"/port"_s, u"22.5"_s, u"a whole number"_s);
    row("word", u"device"_s, R"({"name":"a","sudo":"always"})", u"/sudo"_s, u"always"_s,
        u"none, nopasswd or password"_s);
    row("item", u"device"_s, R"({"name":"a","auth":["agent","magic"]})", u"/auth/1"_s, u"magic"_s,
        u"agent, key, password or keyboard-interactive"_s);
    row("host", u"device"_s, R"({"name":"a","address":"-oProxyCommand=x"})", u"/address"_s, u"-oProxyCommand=x"_s,
        u"a host name or IP address of at most 253 characters, not beginning with '-'"_s);
    row("control", u"device"_s, "{\"name\":\"a\\u001b[2J\"}", u"/name"_s, u"a\\u001b[2J"_s, u"no control characters"_s);
    row("host key", u"device"_s, R"({"name":"a","host_key":"SHA256:x"})", u"/host_key"_s, u"SHA256:x"_s,
        u"\"SHA256:\" and 43 characters of base 64"_s);
    row("in a list", u"inventory"_s, R"({"format":1,"devices":[{"name":"a"},{"name":"b","port":0}]})",
        u"/devices/1/port"_s, u"0"_s, u"a whole number from 1 to 65535"_s);
    row("format in a list", u"inventory"_s, R"({"format":1,"devices":[{"name":"a","user":"a b"}]})",
        u"/devices/0/user"_s, u"a b"_s, u"no blanks"_s);
    row("other format", u"inventory"_s, R"({"format":2,"devices":[]})", u"/format"_s, u"2"_s, u"1"_s);
    row("null setting", u"settings"_s, R"({"a":null})", u"/a"_s, u"null"_s, u"true or false, a number"_s);
    row("number in a list", u"settings"_s, R"({"a":["x",1]})", u"/a/1"_s, u"1"_s,
        u"a text of at most 4096 characters"_s);
    row("slash in a key", u"settings"_s, R"({"a/b~c":{}})", u"/a~1b~0c"_s, u"an object of 0 members"_s,
        u"true or false"_s);
    row("command", u"ctl_request"_s, R"({"command":"a b","args":{}})", u"/command"_s, u"a b"_s, u"1 to 128 letters"_s);
    row("args", u"ctl_request"_s, R"({"command":"a","args":[]})", u"/args"_s, u"a list of 0 items"_s,
        u"an object of at most 64 arguments"_s);
    row("threshold", u"rules"_s,
        R"({"format":1,"rules":[{"id":"a","kind":"device","metric":"m","compare":"is","warning":{}}]})",
        u"/rules/0/warning"_s, u"an object of 0 members"_s, u"a number, the name of a field"_s);
    row("top", u"rules"_s, "[]", u""_s, u"a list of 0 items"_s, u"type"_s);
}

void TestSchemaCatalogue::aViolationNamesFieldValueAndRule()
{
    QFETCH(QString, schema);
    QFETCH(QByteArray, text);
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, rule);
    const Result<void> valid = m_catalogue->validate(schema, parsed(text));
    QVERIFY(!valid);
    QCOMPARE(valid.error().code, ErrorCode::SchemaViolation);
    QCOMPARE(valid.error().field, field);
    QCOMPARE(valid.error().value, value);
    QVERIFY2(valid.error().rule.contains(rule), qPrintable(valid.error().rule));
    QVERIFY(valid.error().message.contains(schema));
}

void TestSchemaCatalogue::aSecretIsNotRepeatedInTheError()
{
    const QJsonValue request = parsed(R"({"command":"unlock","args":{},"secrets":{"passphrase":["Canary99"]}})");
    const Result<void> valid = m_catalogue->validate(u"ctl_request", request);
    QVERIFY(!valid);
    QCOMPARE(valid.error().field, u"/secrets/passphrase"_s);
    QCOMPARE(valid.error().value, u"‹masked›"_s);
    QVERIFY(!valid.error().message.contains(u"Canary99"));
    const Result<void> other = m_catalogue->validate(u"settings", parsed(R"({"api_token":{"x":"Canary99"}})"));
    QVERIFY(!other);
    QCOMPARE(other.error().value, u"‹masked›"_s);
}

void TestSchemaCatalogue::theStarterRulesPass()
{
    QFile file(QStringLiteral(INFRA_SOURCE_DIR "/resources/rules/starter.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto rules = m_catalogue->parse(u"rules", file.readAll());
    QVERIFY2(rules.has_value(), rules ? "" : qPrintable(rules.error().message));
}

void TestSchemaCatalogue::wholeNumbersOf64BitsAreWhole()
{
    auto catalogue = loadOne(R"({"type":"object","additionalProperties":{"type":"integer"}})");
    QVERIFY(catalogue.has_value());
    for (const char *number : {"0", "1", "-1", "4294967296", "9007199254740993", "9223372036854775807", "1.0", "1e3"})
        QVERIFY2(catalogue->validate(u"one", parsed(QByteArray("{\"a\":") + number + "}")).has_value(), number);
    for (const char *number : {"0.5", "1e300", "-1e-5", "\"1\"", "true", "null"})
        QVERIFY2(!catalogue->validate(u"one", parsed(QByteArray("{\"a\":") + number + "}")), number);
}

void TestSchemaCatalogue::aDeepValueIsRefused()
{
    QJsonValue deep = QJsonObject();
    for (int i = 0; i < 70; ++i)
        deep = QJsonObject({{u"a"_s, deep}});
    const Result<void> valid =
        m_catalogue->validate(u"ctl_request", QJsonObject({{u"command"_s, u"x"_s}, {u"args"_s, deep}}));
    QVERIFY(!valid);
    QVERIFY(valid.error().rule.contains(u"64 levels"));
}

void TestSchemaCatalogue::parseChecksTextAndShape()
{
    const QByteArray whole = R"({"format":1,"devices":[{"name":"a","port":22}]})";
    QVERIFY(m_catalogue->parse(u"inventory", whole).has_value());
    for (qsizetype cut = 0; cut < whole.size(); ++cut)
        QVERIFY(!m_catalogue->parse(u"inventory", whole.left(cut)));
    QVERIFY(!m_catalogue->parse(u"inventory", "[]"));
    QVERIFY(!m_catalogue->parse(u"inventory", QByteArray(200'000, '[')));
}

void TestSchemaCatalogue::anUnknownSchemaIsNotFound()
{
    QCOMPARE(m_catalogue->validate(u"nope", QJsonObject()).error().code, ErrorCode::NotFound);
}

Result<SchemaCatalogue> TestSchemaCatalogue::loadOne(const QByteArray &schema)
{
    QFile file(m_dir.filePath(u"one.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(schema) != schema.size())
        qFatal("the schema could not be written");
    file.close();
    return SchemaCatalogue::load(m_dir.path());
}

void TestSchemaCatalogue::schemasOfAFolderAreUsed()
{
    const auto catalogue = loadOne(R"({"type":"object","required":["x"]})");
    QVERIFY(catalogue.has_value());
    QCOMPARE(catalogue->names(), QStringList({u"one"_s}));
    QVERIFY(!catalogue->validate(u"one", QJsonObject()));
    QVERIFY(catalogue->validate(u"one", QJsonObject({{u"x"_s, 1}})).has_value());
    QCOMPARE(SchemaCatalogue::load(m_dir.filePath(u"none"_s)).error().code, ErrorCode::FileUnreadable);
}

void TestSchemaCatalogue::aBadSchemaIsRefusedWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("place");
    QTest::newRow("pattern") << QByteArray(R"({"properties":{"a":{"pattern":"(x+)+"}}})")
                             << u"one/properties/a/pattern"_s;
    QTest::newRow("pattern in items") << QByteArray(R"({"items":{"pattern":"x"}})") << u"one/items/pattern"_s;
    QTest::newRow("patternProperties") << QByteArray(R"({"patternProperties":{"x":{}}})") << u"one/patternProperties"_s;
    QTest::newRow("uniqueItems") << QByteArray(R"({"uniqueItems":true})") << u"one/uniqueItems"_s;
    QTest::newRow("format") << QByteArray(R"({"format":"email"})") << u"one/format"_s;
    QTest::newRow("format in anyOf") << QByteArray(R"({"anyOf":[{"format":"host"}]})") << u"one/anyOf"_s;
    QTest::newRow("integer in not") << QByteArray(R"({"not":{"type":"integer"}})") << u"one/not/type"_s;
    QTest::newRow("reference") << QByteArray(R"({"items":{"$ref":"other"}})") << u"one/items"_s;
    QTest::newRow("to itself") << QByteArray(R"({"items":{"$ref":"one"}})") << u"one"_s;
    QTest::newRow("wrong keyword") << QByteArray(R"({"maxLength":-5})") << u"one"_s;
    QTest::newRow("no schema") << QByteArray(R"({"properties":{"a":5}})") << u"one/properties/a"_s;
    QTest::newRow("no object") << QByteArray("[]") << u"one"_s;
    QTest::newRow("no JSON") << QByteArray("{") << u"one"_s;
}

void TestSchemaCatalogue::aBadSchemaIsRefusedWithItsPlace()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, place);
    const auto catalogue = loadOne(schema);
    QVERIFY(!catalogue);
    QVERIFY2(catalogue.error().message.contains(place), qPrintable(catalogue.error().message));
}

void TestSchemaCatalogue::hugeDocumentsTakeNoTime()
{
    // A text of nearly 1 MiB in a place with a format: what overflows the stack in a regular expression is one pass
    // here.
    const QString text(1'000'000, u'a');
    QVERIFY(!m_catalogue->validate(u"device", QJsonObject({{u"name"_s, text}})));
    QVERIFY(!m_catalogue->validate(u"device", QJsonObject({{u"name"_s, u"a"_s}, {u"host_key"_s, text}})));
    QJsonArray devices;
    for (int i = 0; i < 4000; ++i)
        devices.append(QJsonObject({{u"name"_s, QString::number(i)}}));
    QVERIFY(m_catalogue->validate(u"inventory", QJsonObject({{u"format"_s, 1}, {u"devices"_s, devices}})).has_value());
}

void TestSchemaCatalogue::formatsAreKept_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("good");
    QTest::addColumn<QString>("bad");
    QTest::newRow("host") << u"host"_s << u"fe80::1%eth0"_s << u"a;b"_s;
    QTest::newRow("id") << u"id"_s << u"a-b_c.1"_s << u"a/b"_s;
    QTest::newRow("line") << u"line"_s << u"ä b"_s << u"a\nb"_s;
    QTest::newRow("text") << u"text"_s << u"a\n\tb"_s << u"a\x07"_s;
    QTest::newRow("date-time") << u"date-time"_s << u"2026-11-24T05:00:00Z"_s << u"2026-11-24"_s;
    QTest::newRow("ssh-name") << u"ssh-name"_s << u"DOMAIN\\bob"_s << u"-l"_s;
}

void TestSchemaCatalogue::formatsAreKept()
{
    QFETCH(QString, format);
    QFETCH(QString, good);
    QFETCH(QString, bad);
    QVERIFY(isKnownFormat(format));
    QVERIFY(!brokenFormat(format, good).has_value());
    QVERIFY(brokenFormat(format, bad).has_value());
    QVERIFY(!isKnownFormat(u"email"));
}

INFRA_TEST(TestSchemaCatalogue)
#include "tst_schema_catalogue.moc"
