// SPDX-License-Identifier: GPL-3.0-or-later
// The store against the driver below it, and what a page waits for with a year of history of a hundred devices.
#include "core/base/timer_service.h"
#include "core/store/sql/metric_sql.h"
#include "core/store/sql/sqlite_store.h"
#include "core/store/sql/wide_columns.h"
#include "core/store/sql/write_context.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

using namespace infra;
using namespace infra::store;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

using WallClock = std::chrono::steady_clock;

constexpr int kRows = 20'000;
constexpr int kDevices = 100;

double secondsSince(WallClock::time_point begin)
{
    return std::chrono::duration<double>(WallClock::now() - begin).count();
}

template <typename T>
Result<T> await(const QFuture<Result<T>> &future)
{
    while (!future.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); // the answer is an event
    return future.result();
}

Result<Store> openAt(const QString &path, const Clock &clock)
{
    sql::SqliteOptions options;
    options.path = path;
    options.migrationsFolder = u":/migrations/sqlite"_s;
    return sql::openSqliteStore(options, clock);
}

MetricSample sampleOf(int number)
{
    MetricSample sample;
    sample.time = fromMs(1'790'000'000'000ll + number / kDevices * 60'000ll);
    for (const sql::WideColumn &column : sql::kWideColumns)
        sample.*column.member = double(number % 1000) * 1.25;
    return sample;
}

/// Rows a second of the same wide rows through QSQLITE itself, prepared, 500 a transaction, as the store's own batches.
double rawRowsPerSecond()
{
    const QTemporaryDir folder;
    const SystemClock clock;
    if (!openAt(folder.filePath(u"raw.db"_s), clock)) // makes the same tables
        return 0;
    double rate = 0;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"raw"_s);
        database.setDatabaseName(folder.filePath(u"raw.db"_s));
        if (!database.open())
            return 0;
        QSqlQuery query(database);
        query.exec(u"PRAGMA synchronous = NORMAL"_s);
        for (int device = 1; device <= kDevices; ++device)
            query.exec(u"INSERT INTO devices (key, id, name, data) VALUES (%1, 'r_%1', '', '{}')"_s.arg(device));
        query.prepare(sql::insertSampleSql());
        const auto begin = WallClock::now();
        for (int number = 0; number < kRows; ++number) {
            if (number % 500 == 0)
                database.transaction();
            const MetricSample sample = sampleOf(number);
            query.bindValue(0, number % kDevices + 1);
            query.bindValue(1, toMs(sample.time));
            int at = 2;
            for (const sql::WideColumn &column : sql::kWideColumns)
                query.bindValue(at++, *(sample.*column.member));
            query.exec();
            if (number % 500 == 499)
                database.commit();
        }
        rate = kRows / secondsSince(begin);
    }
    QSqlDatabase::removeDatabase(u"raw"_s);
    return rate;
}

double storeRowsPerSecond()
{
    const QTemporaryDir folder;
    const SystemClock clock;
    Result<Store> store = openAt(folder.filePath(u"store.db"_s), clock);
    if (!store)
        return 0;
    QStringList ids;
    for (int device = 0; device < kDevices; ++device)
        ids.append(u"d_%1"_s.arg(device));
    const auto begin = WallClock::now();
    for (int number = 0; number < kRows; ++number) {
        CycleRecord record;
        record.device = DeviceId(ids.at(number % kDevices));
        record.hasSample = true;
        record.sample = sampleOf(number);
        store->writer->cycle(std::move(record));
        // The queue is bounded: what is measured is what arrives.
        if (number % 2000 == 1999 && !await(store->writer->flush()))
            return 0;
    }
    if (!await(store->writer->flush()))
        return 0;
    return kRows / secondsSince(begin);
}

void storeAgainstDriver(benchmark::State &state)
{
    double raw = 0, store = 0;
    for (auto _ : state) {
        raw = std::max(raw, rawRowsPerSecond());
        store = std::max(store, storeRowsPerSecond());
    }
    state.counters["raw_rows_per_s"] = raw;
    state.counters["store_rows_per_s"] = store;
    state.counters["ratio"] = raw > 0 ? store / raw : 0;
}
BENCHMARK(storeAgainstDriver)->Iterations(3)->Unit(benchmark::kMillisecond);

/// A year of hourly rows, 30 days of 5-minute rows and two days of raw rows of a hundred devices, made by the database
/// itself.
Result<void> fillYear(const QString &path, Instant now)
{
    const auto opened = sql::Connection::open(sql::sqliteDialect(), path, sql::Role::Writer);
    if (!opened)
        return fail(opened.error());
    sql::Connection &connection = **opened;
    QStringList columns, values, raw, rawValues;
    for (const sql::WideColumn &column : sql::kWideColumns) {
        columns << u"%1_avg, %1_min, %1_max, %1_n"_s.arg(column.text());
        values << u"t.i % 97 + 0.5, t.i % 97, t.i % 97 + 1, 5"_s;
        raw << column.text();
        rawValues << u"t.i % 97 + 0.25"_s;
    }
    const QString steps = u"WITH RECURSIVE t(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM t WHERE i < %1) "_s;
    const qint64 s = sql::floorTo(toMs(now) / 1000, sql::kHourS);
    return connection.transaction([&]() -> Result<void> {
        QStringList statements{steps.arg(kDevices - 1) +
                               u"INSERT INTO devices (id, name, data) SELECT 'd_' || i, 'host ' || i, '{}' FROM t"_s};
        for (const auto &[tier, count] : {std::pair(sql::Tier::Day, 365ll), std::pair(sql::Tier::Hour, 365ll * 24),
                                          std::pair(sql::Tier::FiveMinutes, 30ll * 288)}) {
            const qint64 width = sql::tierSeconds(tier);
            statements.append(
                steps.arg(count - 1) +
                u"INSERT INTO %1 (device, bucket, samples, %2) SELECT d.key, %3 + t.i * %4, 5, %5 FROM devices d, t"_s
                    .arg(sql::wideTable(tier), columns.join(u", "_s))
                    .arg(sql::floorTo(s, width) - count * width)
                    .arg(width)
                    .arg(values.join(u", "_s)));
        }
        statements.append(
            steps.arg(2 * 1440 - 1) +
            u"INSERT INTO system_metrics (device, time, %1) SELECT d.key, %2 + t.i * 60000, %3 FROM devices d, t"_s
                .arg(raw.join(u", "_s))
                .arg((s - 2 * sql::kDayS) * 1000)
                .arg(rawValues.join(u", "_s)));
        for (const QString &statement : statements) {
            if (Result<void> done = connection.exec(statement); !done)
                return done;
        }
        return {};
    });
}

struct Year
{
    QTemporaryDir folder;
    SystemClock clock;
    std::optional<Store> store;
    Instant now;
};

std::unique_ptr<Year> makeYear()
{
    auto made = std::make_unique<Year>();
    made->now = made->clock.now();
    const QString path = made->folder.filePath(u"year.db"_s);
    {
        const Result<Store> tables = openAt(path, made->clock);
        if (!tables || !fillYear(path, made->now))
            return nullptr;
    }
    Result<Store> store = openAt(path, made->clock);
    if (!store)
        return nullptr;
    made->store.emplace(std::move(*store));
    return made;
}

/// Made at its first use; `main` lets it go while the application is still there.
std::unique_ptr<Year> &yearHolder()
{
    static std::unique_ptr<Year> year;
    return year;
}

Year *yearOfHistory()
{
    if (!yearHolder())
        yearHolder() = makeYear();
    return yearHolder().get();
}

/// One chart page: six charts' series of one device over a span.
void rangeSwitch(benchmark::State &state)
{
    Year *year = yearOfHistory();
    if (!year) {
        state.SkipWithError("no history");
        return;
    }
    std::vector<double> times;
    int device = 0;
    for (auto _ : state) {
        HistoryQuery query;
        query.device = DeviceId(u"d_%1"_s.arg(device++ * 37 % kDevices));
        query.series = {{u"cpu.total"_s, {}}, {u"cpu.user"_s, {}},   {u"cpu.system"_s, {}},   {u"mem.used"_s, {}},
                        {u"mem.total"_s, {}}, {u"load.1"_s, {}},     {u"net.rx"_s, {}},       {u"net.tx"_s, {}},
                        {u"disk.read"_s, {}}, {u"disk.write"_s, {}}, {u"pressure.cpu"_s, {}}, {u"pressure.io"_s, {}}};
        query.from = year->now - std::chrono::hours(24 * state.range(0));
        query.maxPoints = 1000;
        const auto begin = WallClock::now();
        const auto history = await(year->store->reader->history(query, {}));
        times.push_back(1000 * secondsSince(begin));
        if (!history || history->series.first().points.isEmpty())
            state.SkipWithError("no answer");
    }
    std::sort(times.begin(), times.end());
    state.counters["p50_ms"] = times.at(times.size() / 2);
    state.counters["p95_ms"] = times.at(times.size() * 95 / 100);
}
BENCHMARK(rangeSwitch)->Arg(1)->Arg(7)->Arg(30)->Arg(365)->Iterations(100)->Unit(benchmark::kMillisecond);

void sparklinesOfAllDevices(benchmark::State &state)
{
    Year *year = yearOfHistory();
    if (!year) {
        state.SkipWithError("no history");
        return;
    }
    for (auto _ : state) {
        if (!await(year->store->reader->recentCpu(year->now - 2h, {})))
            state.SkipWithError("no answer");
    }
}
BENCHMARK(sparklinesOfAllDevices)->Iterations(50)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    yearHolder().reset();
    return 0;
}
