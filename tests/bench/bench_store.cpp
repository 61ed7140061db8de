// SPDX-License-Identifier: GPL-3.0-or-later
// The store against the driver below it, and what a page waits for with a year of history of a hundred devices.
#include "core/store/sql/metric_sql.h"
#include "core/store/sql/wide_columns.h"
#include "tests/bench/samples.h"
#include "tests/bench/year_of_history.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

using namespace infra;
using namespace infra::bench;
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
    if (!openStoreAt(folder.filePath(u"raw.db"_s), clock)) // makes the same tables
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
    Result<Store> store = openStoreAt(folder.filePath(u"store.db"_s), clock);
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
        if (number % 2000 == 1999 && !awaitStore(store->writer->flush()))
            return 0;
    }
    if (!awaitStore(store->writer->flush()))
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

/// A year of hourly rows, 30 days of 5-minute rows and two days of raw rows of a hundred devices.
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
        Result<Store> tables = openStoreAt(path, made->clock);
        if (!tables || !saveDevices(*tables, inventedDevices(kDevices)))
            return nullptr;
    }
    if (!fillHistory(path, made->now, {}))
        return nullptr;
    Result<Store> store = openStoreAt(path, made->clock);
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
        const auto history = awaitStore(year->store->reader->history(query, {}));
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
        if (!awaitStore(year->store->reader->recentCpu(year->now - 2h, {})))
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
