// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/bounded_json.h"
#include "tests/support/test_registry.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::schema;
using namespace Qt::Literals::StringLiterals;

class TestBoundedJson : public QObject
{
    Q_OBJECT
private slots:
    void readsAnObjectAndAList();
    void everyTruncationIsRefused();
    void depthIsCountedOutsideOfStrings();
    void aDeepDocumentIsRefusedBeforeItIsParsed();
    void aLargeDocumentIsRefused();
    void garbageIsRefused_data();
    void garbageIsRefused();
    void depthOfAParsedValue();
};

void TestBoundedJson::readsAnObjectAndAList()
{
    const auto object = parseJsonBounded(R"({"a": [1, "x", null, true]})");
    QVERIFY(object.has_value());
    QCOMPARE(object->toObject().value("a"_L1).toArray().size(), 4);
    const auto list = parseJsonBounded(" [ ] ");
    QVERIFY(list.has_value() && list->isArray());
}

void TestBoundedJson::everyTruncationIsRefused()
{
    const QByteArray whole = R"({"name":"lab\u00e4 \"1\"","list":[1,2.5e3,{"x":null}],"yes":true})";
    QVERIFY(parseJsonBounded(whole).has_value());
    for (qsizetype cut = 0; cut < whole.size(); ++cut) {
        const auto parsed = parseJsonBounded(whole.left(cut));
        QVERIFY2(!parsed, whole.left(cut).constData());
        QCOMPARE(parsed.error().code, ErrorCode::SchemaViolation);
        QVERIFY(!parsed.error().rule.isEmpty());
    }
}

void TestBoundedJson::depthIsCountedOutsideOfStrings()
{
    JsonLimits limits;
    limits.depth = 2;
    QVERIFY(parseJsonBounded(R"({"a":["[[[[{{{{ \" [[["]})", limits).has_value());
    QVERIFY(parseJsonBounded(R"([[],[],[],[]])", limits).has_value());
    const auto deeper = parseJsonBounded(R"([[[]]])", limits);
    QVERIFY(!deeper);
    QVERIFY(deeper.error().rule.contains(u"2 levels"));
}

void TestBoundedJson::aDeepDocumentIsRefusedBeforeItIsParsed()
{
    for (const QByteArray &unit : {QByteArray("["), QByteArray("{\"a\":"), QByteArray("[{\"a\":[")}) {
        const auto parsed = parseJsonBounded(unit.repeated(100'000));
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().rule.contains(u"levels"), qPrintable(parsed.error().rule));
    }
    const QByteArray fits = QByteArray(64, '[') + QByteArray(64, ']');
    QVERIFY(parseJsonBounded(fits).has_value());
    QVERIFY(!parseJsonBounded(QByteArray('[' + fits + ']')));
}

void TestBoundedJson::aLargeDocumentIsRefused()
{
    const QByteArray large = QByteArray("[\"") + QByteArray(1024 * 1024, 'x') + "\"]";
    const auto parsed = parseJsonBounded(large);
    QVERIFY(!parsed);
    QVERIFY(parsed.error().rule.contains(u"1048576 bytes"));
    JsonLimits limits;
    limits.bytes = large.size();
    QVERIFY(parseJsonBounded(large, limits).has_value());
}

void TestBoundedJson::garbageIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("number") << QByteArray("5");
    QTest::newRow("word") << QByteArray("true");
    QTest::newRow("two") << QByteArray("{}{}");
    QTest::newRow("trailing") << QByteArray("{} x");
    QTest::newRow("comma") << QByteArray("[1,]");
    QTest::newRow("single quotes") << QByteArray("{'a':1}");
    QTest::newRow("binary") << QByteArray("\x00\x01\x02\xff", 4);
    QTest::newRow("bad utf-8") << QByteArray("[\"\xff\xfe\"]");
    QTest::newRow("closing only") << QByteArray("]]]]");
    QTest::newRow("open string") << QByteArray("[\"abc\\");
}

void TestBoundedJson::garbageIsRefused()
{
    QFETCH(QByteArray, text);
    const auto parsed = parseJsonBounded(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::SchemaViolation);
}

void TestBoundedJson::depthOfAParsedValue()
{
    QCOMPARE(jsonDepth(QJsonValue(5), 10), 0);
    QCOMPARE(jsonDepth(QJsonArray(), 10), 1);
    QCOMPARE(jsonDepth(QJsonObject({{u"a"_s, QJsonArray{QJsonArray()}}}), 10), 3);
    QJsonArray deep;
    for (int i = 0; i < 500; ++i)
        deep = QJsonArray{deep};
    QVERIFY(jsonDepth(deep, 10) > 10);
    QVERIFY(jsonDepth(deep, 10) < 20); // counted no further than asked
}

INFRA_TEST(TestBoundedJson)
#include "tst_bounded_json.moc"
