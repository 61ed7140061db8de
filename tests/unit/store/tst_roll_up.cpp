// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/connection.h"
#include "core/store/sql/metric_sql.h"
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

#include <QtCore/QMap>
#include <QtCore/QRandomGenerator>

#include <cmath>

using namespace infra;
using namespace infra::test;
using namespace infra::store::sql;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct OracleValue
{
    double sum = 0, min = 0, max = 0;
    int n = 0;
    void add(double value)
    {
        min = n == 0 ? value : std::min(min, value);
        max = n == 0 ? value : std::max(max, value);
        sum += value;
        ++n;
    }
};

/// The naive way: every value that was ever written, by time; a later one at the same time replaces it.
class RollUpOracle
{
public:
    void write(const QString &series, qint64 timeMs, std::optional<double> value) { m_values[series][timeMs] = value; }
    QMap<qint64, OracleValue> buckets(const QString &series, qint64 widthS) const
    {
        QMap<qint64, OracleValue> buckets;
        const auto &values = m_values[series];
        for (auto one = values.cbegin(); one != values.cend(); ++one) {
            if (one.value())
                buckets[floorTo(one.key() / 1000, widthS)].add(*one.value());
        }
        return buckets;
    }

private:
    QHash<QString, QMap<qint64, std::optional<double>>> m_values;
};

bool near(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

} // namespace

class TestRollUp : public QObject
{
    Q_OBJECT
private slots:
    void everyTierAgreesWithTheNaiveSums_data();
    void everyTierAgreesWithTheNaiveSums();
    void rollingUpAgainChangesNothing();
    void aLateReadingIsCountedOnceInEveryTier();
    void anHourThatIsNotOverStaysRaw();
    void historyReadsTheTailFromRawRows();
    void auditIsCountedByTheHour();

private:
    void compareTier(Connection &connection, const RollUpOracle &oracle, Tier tier);
    void compareWhole(StoreFixture &fixture, const RollUpOracle &oracle);
};

void TestRollUp::compareTier(Connection &connection, const RollUpOracle &oracle, Tier tier)
{
    for (const auto &[series, column] :
         {std::pair(u"cpu.total"_s, u"cpu_total"_s), std::pair(u"load.1"_s, u"load1"_s)}) {
        QMap<qint64, OracleValue> got;
        VERIFY_OK(connection.each(
            u"SELECT bucket, %1_avg * %1_n, COALESCE(%1_min, %1_avg), COALESCE(%1_max, %1_avg), %1_n FROM %2 "
            "WHERE %1_n > 0"_s.arg(column, wideTable(tier)),
            {}, [&got](const Row &row) {
                got.insert(row.integer(0), {row.number(1), row.number(2), row.number(3), int(row.integer(4))});
            }));
        const QMap<qint64, OracleValue> expected = oracle.buckets(series, tierSeconds(tier));
        QCOMPARE(got.keys(), expected.keys());
        for (const qint64 bucket : expected.keys()) {
            QCOMPARE(got[bucket].n, expected[bucket].n);
            QVERIFY2(near(got[bucket].sum, expected[bucket].sum) && near(got[bucket].min, expected[bucket].min) &&
                         near(got[bucket].max, expected[bucket].max),
                     qPrintable(u"%1 %2 %3"_s.arg(series, wideTable(tier)).arg(bucket)));
        }
    }
    QMap<qint64, OracleValue> labelled;
    VERIFY_OK(connection.each(
        u"SELECT t.bucket, t.avg * t.n, COALESCE(t.min, t.avg), COALESCE(t.max, t.avg), t.n FROM %1 t "
        "JOIN series_keys k ON k.series = t.series WHERE k.name = 'net.rx' AND k.label = 'eth0'"_s.arg(
            seriesTable(tier)),
        {}, [&labelled](const Row &row) {
            labelled.insert(row.integer(0), {row.number(1), row.number(2), row.number(3), int(row.integer(4))});
        }));
    const QMap<qint64, OracleValue> expected = oracle.buckets(u"net.rx"_s, tierSeconds(tier));
    QCOMPARE(labelled.keys(), expected.keys());
    for (const qint64 bucket : expected.keys()) {
        QCOMPARE(labelled[bucket].n, expected[bucket].n);
        QVERIFY(near(labelled[bucket].sum, expected[bucket].sum) && near(labelled[bucket].min, expected[bucket].min) &&
                near(labelled[bucket].max, expected[bucket].max));
    }
}

void TestRollUp::compareWhole(StoreFixture &fixture, const RollUpOracle &oracle)
{
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::ExportReader);
    VERIFY_OK(connection);
    QCOMPARE((*connection)->integer(u"SELECT COUNT(*) FROM rollup_dirty"_s)->value_or(-1), 0);
    for (const Tier tier : {Tier::FiveMinutes, Tier::Hour, Tier::Day}) {
        compareTier(**connection, oracle, tier);
        for (const QString &table : {wideTable(tier), seriesTable(tier)})
            QCOMPARE((*connection)->integer(u"SELECT COUNT(*) FROM "_s + table)->value_or(-1),
                     (*connection)->integer(u"SELECT rows FROM row_counts WHERE name = ?"_s, {table})->value_or(-2));
    }
}

void TestRollUp::everyTierAgreesWithTheNaiveSums_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<bool>("clockSteps");
    QTest::newRow("steady clock") << 1u << false;
    QTest::newRow("clock steps, one") << 2u << true;
    QTest::newRow("clock steps, two") << 3u << true;
}

void TestRollUp::everyTierAgreesWithTheNaiveSums()
{
    QFETCH(quint32, seed);
    QFETCH(bool, clockSteps);
    QRandomGenerator random(seed);
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    RollUpOracle oracle;
    for (int turn = 0; turn < 900; ++turn) {
        fixture.time.advance(milliseconds(20'000 + random.bounded(120'000)));
        if (clockSteps && random.bounded(60) == 0)
            fixture.time.stepWallClock(milliseconds(qint64(random.bounded(8'000'000)) - 4'000'000));
        auto cycle = StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 0);
        cycle.sample.cpuTotal.reset();
        if (random.bounded(10) != 0)
            cycle.sample.cpuTotal = random.bounded(100.0);
        cycle.sample.load1 = double(random.bounded(4));
        const double received = random.bounded(1e9);
        cycle.labelled = {{{u"net.rx"_s, u"eth0"_s}, received}};
        const qint64 at = toMs(fixture.time.now());
        oracle.write(u"cpu.total"_s, at, cycle.sample.cpuTotal);
        oracle.write(u"load.1"_s, at, cycle.sample.load1);
        oracle.write(u"net.rx"_s, at, received);
        fixture.store->writer->cycle(cycle);
        if (random.bounded(100) == 0)
            VERIFY_OK(fixture.maintain());
    }
    // Far enough on that every hour that has data is over; not so far that anything is deleted.
    VERIFY_OK(fixture.flush());
    fixture.time.advance(4h);
    VERIFY_OK(fixture.maintain());
    compareWhole(fixture, oracle);
}

void TestRollUp::rollingUpAgainChangesNothing()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    RollUpOracle oracle;
    for (int minute = 0; minute < 180; ++minute) {
        auto cycle = StoreFixture::cycle(u"d_one"_s, kStoreStart + minute * 60s, minute % 13);
        cycle.labelled = {{{u"net.rx"_s, u"eth0"_s}, double(minute)}};
        oracle.write(u"cpu.total"_s, toMs(cycle.sample.time), cycle.sample.cpuTotal);
        oracle.write(u"load.1"_s, toMs(cycle.sample.time), cycle.sample.load1);
        oracle.write(u"net.rx"_s, toMs(cycle.sample.time), minute);
        fixture.store->writer->cycle(cycle);
    }
    VERIFY_OK(fixture.flush());
    fixture.time.advance(4h);
    for (int turn = 0; turn < 3; ++turn) {
        VERIFY_OK(fixture.maintain());
        compareWhole(fixture, oracle);
        // The marks come back: the same hours are rolled up once more.
        fixture.close();
        {
            const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::Writer);
            VERIFY_OK(connection);
            VERIFY_OK(
                (*connection)
                    ->run(
                        u"INSERT INTO rollup_dirty SELECT DISTINCT device, bucket * 1000, 1 FROM system_metrics_1h"_s));
        }
        VERIFY_OK(fixture.open());
    }
}

void TestRollUp::aLateReadingIsCountedOnceInEveryTier()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    RollUpOracle oracle;
    const auto write = [&](Instant at, double value) {
        auto cycle = StoreFixture::cycle(u"d_one"_s, at, value);
        cycle.labelled = {{{u"net.rx"_s, u"eth0"_s}, value}};
        oracle.write(u"cpu.total"_s, toMs(at), value);
        oracle.write(u"load.1"_s, toMs(at), value / 10);
        oracle.write(u"net.rx"_s, toMs(at), value);
        fixture.store->writer->cycle(cycle);
    };
    for (int minute = 0; minute < 120; ++minute)
        write(kStoreStart + minute * 60s, 10);
    fixture.time.advance(3h);
    VERIFY_OK(fixture.flush());
    VERIFY_OK(fixture.maintain());
    write(kStoreStart + 30min + 7s, 99);
    VERIFY_OK(fixture.flush());
    VERIFY_OK(fixture.maintain());
    compareWhole(fixture, oracle);
}

void TestRollUp::anHourThatIsNotOverStaysRaw()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    for (int minute = 0; minute < 90; ++minute) {
        fixture.store->writer->cycle(StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 1));
        fixture.time.advance(60s);
    }
    VERIFY_OK(fixture.maintain());
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::ExportReader);
    QCOMPARE((*connection)->integer(u"SELECT COUNT(*) FROM system_metrics_5min"_s)->value_or(-1), 12);
    QCOMPARE((*connection)->integer(u"SELECT COUNT(*) FROM rollup_dirty"_s)->value_or(-1), 1);
}

void TestRollUp::historyReadsTheTailFromRawRows()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    double sum = 0;
    for (int minute = 0; minute < 3 * 24 * 60 + 17; ++minute) {
        auto cycle = StoreFixture::cycle(u"d_one"_s, fixture.time.now(), minute % 101);
        cycle.labelled = {{{u"net.rx"_s, u"eth0"_s}, double(minute % 101)}};
        sum += minute % 101;
        fixture.store->writer->cycle(cycle);
        if (minute % 1000 == 0)
            VERIFY_OK(fixture.flush());
        fixture.time.advance(60s);
    }
    VERIFY_OK(fixture.maintain());
    for (const int points : {12, 100, 1000}) {
        const auto history = fixture.history(u"d_one"_s, {{u"cpu.total"_s, {}}, {u"net.rx"_s, u"eth0"_s}}, kStoreStart,
                                             fixture.time.now(), points);
        VERIFY_OK(history);
        QVERIFY(history->gaps.isEmpty());
        for (const HistorySeries &series : history->series) {
            QVERIFY(!series.points.isEmpty() && series.points.size() <= points);
            double total = 0;
            for (const HistoryPoint &point : series.points)
                total += point.avg;
            // Every bucket but the first and the last has the same weight.
            QVERIFY2(std::abs(total / double(series.points.size()) - sum / (3 * 24 * 60 + 17)) < 2.5,
                     qPrintable(u"%1 points, mean %2"_s.arg(points).arg(total / double(series.points.size()))));
            QVERIFY(series.points.last().time + seconds(history->resolutionS) >= fixture.time.now() - 60s);
        }
    }
}

void TestRollUp::auditIsCountedByTheHour()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    for (int minute = 0; minute < 150; ++minute) {
        AuditEntry entry;
        entry.time = fixture.time.now();
        entry.status = minute % 3 == 0 ? AuditStatus::Error : AuditStatus::Ok;
        entry.device = DeviceId(u"d_one"_s);
        QVERIFY(fixture.store->writer->audit(entry));
        fixture.time.advance(60s);
    }
    VERIFY_OK(fixture.maintain());
    VERIFY_OK(fixture.maintain());
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::ExportReader);
    QCOMPARE((*connection)->integer(u"SELECT SUM(operations) FROM data_collection_audit_hourly"_s)->value_or(-1), 120);
    QCOMPARE((*connection)
                 ->integer(u"SELECT SUM(operations) FROM data_collection_audit_hourly WHERE status = 'error'"_s)
                 ->value_or(-1),
             40);
}

INFRA_TEST(TestRollUp)
#include "tst_roll_up.moc"
