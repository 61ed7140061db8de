// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redaction.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

class TestDisplayText : public QObject
{
    Q_OBJECT
private slots:
    void ordinaryTextStays_data();
    void ordinaryTextStays();
    void whatMovesOrHidesBecomesVisible_data();
    void whatMovesOrHidesBecomesVisible();
    void brokenTextIsReplaced();
    void theResultIsCutWithAnEllipsis();
    void aCutNeverSplitsACharacter();
    void bytesAreReadAsUtf8();
    void everyCodePointComesOutHarmless();
};

void TestDisplayText::ordinaryTextStays_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("ascii") << u"/mnt/data (95 %) \"x\" \\n"_s;
    QTest::newRow("umlauts") << u"Größe Ñandú"_s;
    QTest::newRow("cjk") << u"サーバー"_s;
    QTest::newRow("arabic") << u"خادم"_s;
    QTest::newRow("emoji with joiner") << u"👩‍💻 ok"_s;
}

void TestDisplayText::ordinaryTextStays()
{
    QFETCH(QString, text);
    QCOMPARE(displayText(text), text);
}

void TestDisplayText::whatMovesOrHidesBecomesVisible_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("terminal escape") << u"a\x1b[2Jb"_s << u"a\\u001b[2Jb"_s;
    QTest::newRow("line ends") << u"a\r\n\tb"_s << u"a\\r\\n\\tb"_s;
    QTest::newRow("delete") << u"a\x7f"_s << u"a\\u007f"_s;
    QTest::newRow("c1 control") << QString(u"a" + QString(QChar(0x9b)) + u"2J") << u"a\\u009b2J"_s;
    QTest::newRow("bidi override") << u"exe.\u202egpj"_s << u"exe.\\u202egpj"_s;
    QTest::newRow("bidi isolate") << u"\u2066x\u2069"_s << u"\\u2066x\\u2069"_s;
    QTest::newRow("marks of direction") << u"\u200e\u200f\u061c"_s << u"\\u200e\\u200f\\u061c"_s;
    QTest::newRow("nothing to see") << u"a\u200bb\ufeff\u00ad"_s << u"a\\u200bb\\ufeff\\u00ad"_s;
    QTest::newRow("line separator") << u"a\u2028b\u2029"_s << u"a\\u2028b\\u2029"_s;
    QTest::newRow("tag") << u"a\U000E0041"_s << u"a\\u{e0041}"_s;
}

void TestDisplayText::whatMovesOrHidesBecomesVisible()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(displayText(text), shown);
}

void TestDisplayText::brokenTextIsReplaced()
{
    QCOMPARE(displayText(QString(QChar(0))), u"\ufffd"_s);
    QCOMPARE(displayText(QString(QChar(0xd800))), u"\ufffd"_s);
    QCOMPARE(displayText(QString(QString(QChar(0xdc00)) + u'a')), u"\ufffda"_s);
    QCOMPARE(displayText(QString(QChar(0xffff))), u"\ufffd"_s);
}

void TestDisplayText::theResultIsCutWithAnEllipsis()
{
    QCOMPARE(displayText(u"abcdef"_s, 6), u"abcdef"_s);
    QCOMPARE(displayText(u"abcdefg"_s, 6), u"abcde…"_s);
    QCOMPARE(displayText(QString(100'000, u'x')).size(), 4096);
    QCOMPARE(displayText(u"ab"_s, 1), u"…"_s);
    QCOMPARE(displayText(u"ab"_s, 0), u"…"_s);
}

void TestDisplayText::aCutNeverSplitsACharacter()
{
    QCOMPARE(displayText(u"ab😀cd"_s, 4), u"ab…"_s);
    QCOMPARE(displayText(u"ab😀cd"_s, 5), u"ab😀…"_s);
    QCOMPARE(displayText(u"ab\x1b[2J"_s, 6), u"ab…"_s); // an escape is cut as a whole
    for (int limit = 1; limit < 40; ++limit) {
        const QString shown = displayText(u"😀\x1b😀\u202e😀x\x07yz😀😀"_s, limit);
        QVERIFY(shown.size() <= limit);
        QVERIFY(!shown.contains(QChar(QChar::ReplacementCharacter)));
        QVERIFY(shown.isValidUtf16());
    }
}

void TestDisplayText::bytesAreReadAsUtf8()
{
    QCOMPARE(displayText(QByteArray("Gr\xc3\xb6\xc3\x9f"
                                    "e")),
             u"Größe"_s);
    QCOMPARE(displayText(QByteArray("a\xff"
                                    "b")),
             u"a\ufffdb"_s);
    QCOMPARE(displayText(QByteArray("a\0b", 3)), u"a\ufffdb"_s);
    QCOMPARE(displayText(QByteArray("\xe2\x82")).contains(QChar(QChar::ReplacementCharacter)), true);
    QCOMPARE(displayText(QByteArray(1'000'000, 'x'), 10), u"xxxxxxxxx…"_s);
    const QByteArray euro = QByteArray("\xe2\x82\xac").repeated(50);
    QCOMPARE(displayText(euro, 10), QString(QString(9, u'€') + u'…'));
}

void TestDisplayText::everyCodePointComesOutHarmless()
{
    for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x30000 ? 1 : 257) {
        if (QChar::isSurrogate(c))
            continue;
        const QString shown = displayText(QStringView(QChar::fromUcs4(c)).toString());
        QVERIFY(!shown.isEmpty());
        for (const QChar unit : shown) {
            const bool control = unit.category() == QChar::Other_Control;
            QVERIFY2(!control && unit != QChar(0x202e) && unit != QChar(0x2066),
                     qPrintable(QString::number(static_cast<uint>(c), 16)));
        }
    }
}

INFRA_TEST(TestDisplayText)
#include "tst_display_text.moc"
