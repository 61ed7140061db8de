// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"

#include "ui/text/error_text.h"
#include "ui/text/error_text_rows.h"
#include "ui/text/format.h"

#include <QtCore/QLocale>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::ui;

namespace {

/// Spaces that do not break look like plain ones here.
QString plain(QString text)
{
    return text.replace(QChar(0xA0), u' ').replace(QChar(0x202F), u'\'');
}

} // namespace

class TestFormat : public QObject
{
    Q_OBJECT
private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void numbersKeepThreeDigits_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("load") << 0.84 << u"0.84"_s;
        QTest::newRow("trailing zero stays") << 5.2 << u"5.20"_s;
        QTest::newRow("two before the point") << 47.04 << u"47.0"_s;
        QTest::newRow("whole") << 462.4 << u"462"_s;
        QTest::newRow("thousands") << 1312.0 << u"1'312"_s;
        QTest::newRow("millions") << 1234567.0 << u"1'234'567"_s;
        QTest::newRow("rounds over a power") << 9.996 << u"10.0"_s;
        QTest::newRow("zero") << 0.0 << u"0"_s;
        QTest::newRow("negative") << -3.5 << u"-3.50"_s;
        QTest::newRow("no negative zero") << -0.0000001 << u"0"_s;
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << u"–"_s;
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << u"–"_s;
    }
    void numbersKeepThreeDigits()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(plain(number(value)), text);
    }
    void whatIsNotKnownIsADash()
    {
        QCOMPARE(number({}), u"–"_s);
        QCOMPARE(percent({}), u"–"_s);
        QCOMPARE(bytesBinary({}), u"–"_s);
        QCOMPARE(count({}), u"–"_s);
        QCOMPARE(age(std::optional<Instant>(), fromMs(0)), u"–"_s);
    }
    void sizesHaveTheirUnit_data()
    {
        QTest::addColumn<QString>("made");
        QTest::addColumn<QString>("text");
        QTest::newRow("memory") << bytesBinary(28'883'755'827.0) << u"26.9 GiB"_s;
        QTest::newRow("just below a step") << bytesBinary(1023.6 * 1024 * 1024) << u"1.00 GiB"_s;
        QTest::newRow("bytes are whole") << bytesBinary(512.0) << u"512 B"_s;
        QTest::newRow("zero") << bytesBinary(0.0) << u"0 B"_s;
        QTest::newRow("drive") << bytesDecimal(4e12) << u"4.00 TB"_s;
        QTest::newRow("rate") << rate(1.2e6) << u"1.20 MB/s"_s;
        QTest::newRow("percent") << percent(62.4) << u"62 %"_s;
        QTest::newRow("small percent") << percent(0.44) << u"0.4 %"_s;
        QTest::newRow("percent ten") << percent(9.97) << u"10 %"_s;
        QTest::newRow("temperature") << celsius(41.4) << u"41 °C"_s;
        QTest::newRow("count") << count(48210) << u"48'210"_s;
    }
    void sizesHaveTheirUnit()
    {
        QFETCH(QString, made);
        QFETCH(QString, text);
        QCOMPARE(plain(made), text);
    }
    void theDecimalPointIsTheLocales()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(number(0.84), u"0,84"_s);
        QCOMPARE(plain(percent(0.4)), u"0,4 %"_s);
        QLocale::setDefault(QLocale::c());
    }
    void agesGrowCoarser_data()
    {
        QTest::addColumn<qint64>("seconds_");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << qint64(-5) << u"0 s"_s;
        QTest::newRow("s") << qint64(59) << u"59 s"_s;
        QTest::newRow("min") << qint64(60) << u"1 min"_s;
        QTest::newRow("just below an hour") << qint64(3599) << u"59 min"_s;
        QTest::newRow("h") << qint64(3 * 3600) << u"3 h"_s;
        QTest::newRow("d") << qint64(41 * 86400) << u"41 d"_s;
        QTest::newRow("w") << qint64(63 * 86400) << u"9 w"_s;
    }
    void agesGrowCoarser()
    {
        QFETCH(qint64, seconds_);
        QFETCH(QString, text);
        QCOMPARE(plain(age(seconds(seconds_))), text);
    }
    void timesAreShortByTheirDistance()
    {
        const auto at = [](int y, int m, int d, int h, int min) {
            return fromMs(QDateTime(QDate(y, m, d), QTime(h, min)).toMSecsSinceEpoch());
        };
        const Instant now = at(2026, 3, 10, 14, 32);
        QCOMPARE(timeShort(at(2026, 3, 10, 14, 5), now), u"14:05"_s);
        QCOMPARE(timeShort(at(2026, 3, 9, 17, 20), now), u"Mon 17:20"_s);
        QCOMPARE(timeShort(at(2026, 3, 3, 16, 20), now), u"3 Mar 16:20"_s);
        QCOMPARE(timeShort(at(2025, 11, 3, 9, 0), now), u"3 Nov 2025 09:00"_s);
        QVERIFY(timeLong(now).endsWith(u" UTC"_s));
    }
    void everyErrorHasItsWords()
    {
        QSet<int> codes;
        for (const auto rows : {connectionErrorRows(), otherErrorRows()}) {
            for (const ErrorTextRow &row : rows) {
                QVERIFY2(!codes.contains(int(row.code)), row.what);
                codes.insert(int(row.code));
                // The words follow the published table: whoever changes one changes both.
                QCOMPARE(QString::fromUtf8(row.why), errorInfo(row.code).cause.toString());
                QCOMPARE(QString::fromUtf8(row.remedy), errorInfo(row.code).remedy.toString());
            }
        }
        for (int code = 0; code <= int(ErrorCode::FileUnwritable); ++code)
            QVERIFY2(codes.contains(code), qPrintable(errorInfo(ErrorCode(code)).name.toString()));
    }
    void systemsAreNamedShortly()
    {
        QCOMPARE(systemName(u"Debian GNU/Linux"_s, u"12"_s), u"Debian 12"_s);
        QCOMPARE(systemName(u"Alpine Linux"_s, u"3.20"_s), u"Alpine Linux 3.20"_s);
        QCOMPARE(systemName(u"Arch Linux"_s, QString()), u"Arch Linux"_s);
        QVERIFY(!systemName(u"Evil\u202e"_s, u"\x1b[31m"_s).contains(QChar(0x202e)));
    }
    void whatWasSeenComesBeforeTheGeneralText()
    {
        Error error;
        error.code = ErrorCode::AuthKeyRejected;
        error.cause = u"The agent's key is not in authorized_keys of jonas."_s;
        QCOMPARE(errorWords(error).why, error.cause);
        QVERIFY(!errorWords(error).remedy.isEmpty());
        error = {};
        error.code = ErrorCode::InvalidArgument;
        error.field = u"port"_s;
        error.value = u"99999"_s;
        error.rule = u"1 to 65535"_s;
        QVERIFY(errorWords(error).why.contains(u"99999"_s) && errorWords(error).why.contains(u"port"_s));
    }
};

INFRA_TEST(TestFormat)
#include "tst_format.moc"
