// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

class TestInstant : public QObject
{
    Q_OBJECT
private slots:
    void printsUtcWithMilliseconds();
    void readsWhatItPrints();
    void readsEveryOffset_data();
    void readsEveryOffset();
    void refusesWhatIsNotRfc3339_data();
    void refusesWhatIsNotRfc3339();
    void theSystemClockMovesForward();
};

void TestInstant::printsUtcWithMilliseconds()
{
    QCOMPARE(toRfc3339(fromMs(0)), u"1970-01-01T00:00:00.000Z"_s);
    QCOMPARE(toRfc3339(fromMs(1'795'582'800'123)), u"2026-11-25T05:00:00.123Z"_s);
    QCOMPARE(toRfc3339(fromMs(-1)), u"1969-12-31T23:59:59.999Z"_s);
    QCOMPARE(toDateTime(fromMs(86'400'000)).toString(Qt::ISODate), u"1970-01-02T00:00:00Z"_s);
}

void TestInstant::readsWhatItPrints()
{
    for (const qint64 ms :
         {0LL, 1LL, 999LL, 951'782'400'000LL, 1'795'496'400'000LL, 253'402'300'799'999LL, -62'135'596'800'000LL})
        QCOMPARE(fromRfc3339(toRfc3339(fromMs(ms))), std::optional(fromMs(ms)));
}

void TestInstant::readsEveryOffset_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("z") << u"2026-11-24T05:00:00Z"_s << 1'795'496'400'000LL;
    QTest::newRow("small") << u"2026-11-24t05:00:00z"_s << 1'795'496'400'000LL;
    QTest::newRow("blank") << u"2026-11-24 05:00:00Z"_s << 1'795'496'400'000LL;
    QTest::newRow("east") << u"2026-11-24T10:30:00+05:30"_s << 1'795'496'400'000LL;
    QTest::newRow("west") << u"2026-11-23T21:00:00-08:00"_s << 1'795'496'400'000LL;
    QTest::newRow("unknown offset") << u"2026-11-24T05:00:00-00:00"_s << 1'795'496'400'000LL;
    QTest::newRow("one digit") << u"2026-11-24T05:00:00.5Z"_s << 1'795'496'400'500LL;
    QTest::newRow("nanoseconds") << u"2026-11-24T05:00:00.123456789Z"_s << 1'795'496'400'123LL;
    QTest::newRow("leap day") << u"2024-02-29T00:00:00Z"_s << 1'709'164'800'000LL;
    QTest::newRow("leap second") << u"2016-12-31T23:59:60Z"_s << 1'483'228'800'000LL;
}

void TestInstant::readsEveryOffset()
{
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    const auto read = fromRfc3339(text);
    QVERIFY(read.has_value());
    QCOMPARE(toMs(*read), ms);
}

void TestInstant::refusesWhatIsNotRfc3339_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             "2026",
                             "2026-11-24",
                             "2026-11-24T05:00Z",
                             "2026-11-24T05:00:00",
                             "2026-13-24T05:00:00Z",
                             "2026-02-29T05:00:00Z",
                             "2026-11-24T24:00:00Z",
                             "2026-11-24T05:60:00Z",
                             "2026-11-24T05:00:61Z",
                             "2026-11-24T05:00:00.Z",
                             "2026-11-24T05:00:00+5:30",
                             "2026-11-24T05:00:00+24:00",
                             "2026-11-24T05:00:00+05:60",
                             "2026-11-24T05:00:00Zx",
                             " 2026-11-24T05:00:00Z",
                             "2026-W48-2T05:00:00Z",
                             "-026-11-24T05:00:00Z",
                             "2026-11-24T05:00:00 Z",
                             "now"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("arabic digits") << u"٢٠٢٦-11-24T05:00:00Z"_s;
}

void TestInstant::refusesWhatIsNotRfc3339()
{
    QFETCH(QString, text);
    QVERIFY(!fromRfc3339(text).has_value());
}

void TestInstant::theSystemClockMovesForward()
{
    const SystemClock clock;
    const MonotonicTime first = clock.monotonic();
    QVERIFY(first.time_since_epoch().count() > 0);
    QTRY_VERIFY_WITH_TIMEOUT(clock.monotonic() > first, 2000);
    // Later than the day this was written, earlier than the year 2200.
    QVERIFY(toMs(clock.now()) > 1'700'000'000'000LL && toMs(clock.now()) < 7'258'118'400'000LL);
}

INFRA_TEST(TestInstant)
#include "tst_instant.moc"
