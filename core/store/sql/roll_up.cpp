// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/roll_up.h"

#include "core/store/sql/cycle_rows.h"
#include "core/store/sql/metric_sql.h"

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Labelled series a transaction: each costs about twenty statements.
constexpr int kSeriesAStep = 12;

QVariant unlessEqual(double value, double mean)
{
    return value == mean ? QVariant(QMetaType(QMetaType::Double)) : QVariant(value);
}

} // namespace

void Accumulator::merge(const Accumulator &other)
{
    if (other.n == 0)
        return;
    min = n == 0 ? other.min : std::min(min, other.min);
    max = n == 0 ? other.max : std::max(max, other.max);
    sum += other.sum;
    n += other.n;
}

Result<void> RollUp::start(Instant now)
{
    abandon();
    return m_context.connection().each(
        u"SELECT device, hour, generation FROM rollup_dirty WHERE hour <= ? ORDER BY hour"_s, {toMs(now) - kHourMs},
        [this](const Row &row) {
            m_work.push_back({row.integer(0), row.integer(1), row.integer(2)});
        });
}

void RollUp::abandon()
{
    m_work.clear();
    m_labelled.clear();
    m_wideDone = false;
}

Result<bool> RollUp::step()
{
    if (m_work.empty())
        return false;
    const Work work = m_work.front();
    const bool audit = work.device == 0;
    if (!m_wideDone) {
        m_context.startsFolding(work.device, work.hour);
        if (!audit) {
            if (const Result<void> loaded = loadLabelled(work); !loaded)
                return fail(loaded.error());
        }
    }
    const Result<void> done = m_context.transaction([&]() -> Result<void> {
        if (!m_wideDone) {
            if (Result<void> folded = audit ? foldAudit(work) : foldWide(work); !folded)
                return folded;
        }
        for (int count = 0; count < kSeriesAStep && !m_labelled.empty(); ++count) {
            if (Result<void> folded = foldLabelled(work, m_labelled.front()); !folded)
                return folded;
            m_labelled.pop_front();
        }
        return m_labelled.empty() ? unmark(work) : Result<void>();
    });
    if (!done) {
        abandon(); // the marks are still there: the next maintenance begins anew
        return fail(done.error());
    }
    m_wideDone = !m_labelled.empty();
    if (m_labelled.empty())
        m_work.pop_front();
    return !m_work.empty();
}

Result<void> RollUp::change(const QString &table, qint64 sign, const QString &sql, const QVariantList &arguments)
{
    const Result<qint64> rows = m_context.connection().run(sql, arguments);
    if (!rows)
        return fail(rows.error());
    m_context.count(table, sign * *rows);
    return {};
}

Result<void> RollUp::foldWide(const Work &work)
{
    const qint64 hour = work.hour / 1000;
    const qint64 day = floorTo(hour, kDayS);
    struct Level
    {
        Tier tier;
        qint64 from, until, unit;
    };
    for (const Level &level : {Level{Tier::FiveMinutes, hour, hour + kHourS, 1000},
                               Level{Tier::Hour, hour, hour + kHourS, 1}, Level{Tier::Day, day, day + kDayS, 1}}) {
        const QString table = wideTable(level.tier);
        if (Result<void> done =
                change(table, -1, deleteWideBucketsSql(level.tier), {work.device, level.from, level.until});
            !done)
            return done;
        if (Result<void> done = change(table, 1, rollUpWideSql(level.tier),
                                       {work.device, level.from * level.unit, level.until * level.unit});
            !done)
            return done;
    }
    return {};
}

Result<void> RollUp::foldAudit(const Work &work)
{
    if (Result<void> done = change(u"data_collection_audit_hourly"_s, -1,
                                   u"DELETE FROM data_collection_audit_hourly WHERE hour = ?"_s, {work.hour});
        !done)
        return done;
    return change(
        u"data_collection_audit_hourly"_s, 1,
        u"INSERT INTO data_collection_audit_hourly (hour, device, source, status, operations, duration_ms, bytes) "
        "SELECT ?, COALESCE(device, 0), source, status, COUNT(*), SUM(duration_ms), SUM(bytes) "
        "FROM data_collection_audit WHERE time >= ? AND time < ? GROUP BY COALESCE(device, 0), source, status"_s,
        {work.hour, work.hour, work.hour + kHourMs});
}

Result<void> RollUp::loadLabelled(const Work &work)
{
    m_labelled.clear();
    QMap<qint64, QMap<qint64, Accumulator>> series;
    const Result<void> read = m_context.connection().each(
        u"SELECT time, points FROM series_recent WHERE device = ? AND time >= ? AND time < ?"_s,
        {work.device, work.hour, work.hour + kHourMs}, [&series](const Row &row) {
            const qint64 bucket = floorTo(row.integer(0) / 1000, kFiveMinutesS);
            for (const PackedPoint &point : unpackPoints(row.bytes(1)))
                series[point.series][bucket].add(point.value);
        });
    if (!read)
        return read;
    for (auto one = series.begin(); one != series.end(); ++one)
        m_labelled.push_back({one.key(), std::move(one.value())});
    return {};
}

Result<void> RollUp::foldLabelled(const Work &work, const LabelledHour &labelled)
{
    const qint64 hour = work.hour / 1000;
    const qint64 day = floorTo(hour, kDayS);
    Accumulator whole;
    if (Result<void> done =
            change(u"series_5min"_s, -1, u"DELETE FROM series_5min WHERE series = ? AND bucket >= ? AND bucket < ?"_s,
                   {labelled.series, hour, hour + kHourS});
        !done)
        return done;
    for (auto bucket = labelled.buckets.cbegin(); bucket != labelled.buckets.cend(); ++bucket) {
        if (Result<void> done = insertSeriesRow(u"series_5min"_s, labelled.series, bucket.key(), bucket.value()); !done)
            return done;
        whole.merge(bucket.value());
    }
    if (Result<void> done = change(u"series_1h"_s, -1, u"DELETE FROM series_1h WHERE series = ? AND bucket = ?"_s,
                                   {labelled.series, hour});
        !done)
        return done;
    if (Result<void> done = insertSeriesRow(u"series_1h"_s, labelled.series, hour, whole); !done)
        return done;
    if (Result<void> done = change(u"series_1d"_s, -1, u"DELETE FROM series_1d WHERE series = ? AND bucket = ?"_s,
                                   {labelled.series, day});
        !done)
        return done;
    return change(u"series_1d"_s, 1, rollUpSeriesSql(Tier::Day), {day, labelled.series, day, day + kDayS});
}

Result<void> RollUp::insertSeriesRow(const QString &table, qint64 series, qint64 bucket, const Accumulator &values)
{
    const double mean = values.mean();
    return change(table, 1, u"INSERT INTO %1 (series, bucket, avg, min, max, n) VALUES (?, ?, ?, ?, ?, ?)"_s.arg(table),
                  {series, bucket, mean, unlessEqual(values.min, mean), unlessEqual(values.max, mean), values.n});
}

Result<void> RollUp::unmark(const Work &work)
{
    return m_context.connection()
        .run(u"DELETE FROM rollup_dirty WHERE device = ? AND hour = ? AND generation = ?"_s,
             {work.device, work.hour, work.generation})
        .map([](qint64) {});
}

} // namespace infra::store::sql
