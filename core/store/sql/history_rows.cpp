// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/history_rows.h"

#include "core/store/sql/cycle_rows.h"
#include "core/store/sql/history_plan.h"
#include "core/store/sql/roll_up.h"
#include "core/store/sql/wide_columns.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QMap>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kNoFloor = std::numeric_limits<qint64>::min();
constexpr qint64 kHeartMs = 60'000;
constexpr qsizetype kKeysAStatement = 400;
constexpr int kMostPoints = 20'000;

using Buckets = QMap<qint64, Accumulator>; ///< by start in ms

/// One series of the answer on its way.
struct Wanted
{
    SeriesKey key;
    const WideColumn *column = nullptr;
    qint64 series = -1; ///< labelled, and known
    Buckets buckets;
};

struct DeviceFacts
{
    qint64 key = 0;
    qint64 intervalMs = 60'000;
    std::optional<qint64> addedMs;
};

/// All that one question needs while it is answered.
class HistoryReading
{
public:
    HistoryReading(Connection &connection, const HistoryQuery &query, Instant now)
        : m_connection(connection)
        , m_query(query)
        , m_now(now)
    {
    }
    Result<HistoryResult> read();

private:
    Result<void> loadDevice();
    Result<void> loadWanted();
    Result<void> addLabelled(const SeriesKey &key);
    Result<TierFloors> loadFloors();
    Result<void> readNewest();
    Result<void> readRange();
    Result<void> readWide(const HistorySegment &segment);
    Result<void> readLabelled(const HistorySegment &segment);
    Result<void> readRecentLabelled(const HistorySegment &segment);
    Result<void> findGapsOfRange();
    HistoryResult result() const;
    bool hasLabelled() const;

    Connection &m_connection;
    const HistoryQuery &m_query;
    const Instant m_now;
    DeviceFacts m_device;
    QList<Wanted> m_wanted;
    HistoryPlan m_plan;
    QList<Presence> m_presence;
    QList<Gap> m_gaps;
    qint64 m_fromMs = 0, m_toMs = 0;
};

Result<HistoryResult> HistoryReading::read()
{
    if (Result<void> done = loadDevice(); !done)
        return fail(done.error());
    if (Result<void> done = loadWanted(); !done)
        return fail(done.error());
    if (m_device.key != 0) {
        if (Result<void> done = m_query.from ? readRange() : readNewest(); !done)
            return fail(done.error());
    }
    return result();
}

Result<void> HistoryReading::loadDevice()
{
    return m_connection.each(u"SELECT key, data FROM devices WHERE id = ?"_s, {m_query.device.toString()},
                             [this](const Row &row) {
                                 m_device.key = row.integer(0);
                                 const QJsonObject stored = QJsonDocument::fromJson(row.text(1).toUtf8()).object();
                                 if (const Result<Device> device = deviceFromStored(stored)) {
                                     m_device.intervalMs = qMax(1, device->intervalS) * 1000ll;
                                     m_device.addedMs = toMs(device->addedAt);
                                 }
                             });
}

Result<void> HistoryReading::loadWanted()
{
    for (const SeriesKey &key : m_query.series) {
        const SeriesInfo *info = seriesInfo(key.name);
        const WideColumn *column = key.label.isEmpty() ? wideColumn(key.name) : nullptr;
        if (!info && !column)
            return invalid(u"series"_s, key.name, u"must be the name of a series"_s);
        if (column)
            m_wanted.append({key, column, -1, {}});
        if (info && info->labelKey && m_device.key != 0) {
            if (Result<void> done = addLabelled(key); !done)
                return done;
        }
    }
    return {};
}

Result<void> HistoryReading::addLabelled(const SeriesKey &key)
{
    const qsizetype before = m_wanted.size();
    const auto add = [this](const Row &row) {
        m_wanted.append({SeriesKey{row.text(1), row.text(2)}, nullptr, row.integer(0), {}});
    };
    Result<void> done =
        key.label.isEmpty()
            ? m_connection.each(
                  u"SELECT series, name, label FROM series_keys WHERE device = ? AND name = ? ORDER BY label"_s,
                  {m_device.key, key.name}, add)
            : m_connection.each(
                  u"SELECT series, name, label FROM series_keys WHERE device = ? AND name = ? AND label = ?"_s,
                  {m_device.key, key.name, key.label}, add);
    if (done && m_wanted.size() == before && !key.label.isEmpty())
        m_wanted.append({key, nullptr, -1, {}});
    return done;
}

bool HistoryReading::hasLabelled() const
{
    return std::any_of(m_wanted.cbegin(), m_wanted.cend(), [](const Wanted &one) { return one.series >= 0; });
}

Result<TierFloors> HistoryReading::loadFloors()
{
    TierFloors floors;
    for (const auto &[name, floor] :
         {std::pair(u"floor.raw"_s, &floors.raw), std::pair(u"floor.series"_s, &floors.recentSeries),
          std::pair(u"floor.5min"_s, &floors.fiveMinutes), std::pair(u"floor.1h"_s, &floors.hours)}) {
        const auto value = m_connection.integer(u"SELECT value FROM store_state WHERE name = ?"_s, {name});
        if (!value)
            return fail(value.error());
        *floor = value->value_or(kNoFloor);
    }
    return floors;
}

Result<void> HistoryReading::readNewest()
{
    QStringList columns;
    for (const WideColumn &column : kWideColumns)
        columns.append(column.text());
    Result<void> done = m_connection.each(
        u"SELECT time, %1 FROM system_metrics WHERE device = ? ORDER BY time DESC LIMIT 1"_s.arg(columns.join(u", "_s)),
        {m_device.key}, [this](const Row &row) {
            for (Wanted &wanted : m_wanted) {
                if (!wanted.column)
                    continue;
                const int at = int(wanted.column - kWideColumns.data()) + 1;
                if (!row.isNull(at))
                    wanted.buckets[row.integer(0)].add(row.number(at));
            }
        });
    if (!done || !hasLabelled())
        return done;
    done = m_connection.each(u"SELECT time, points FROM series_recent WHERE device = ? ORDER BY time DESC LIMIT 1"_s,
                             {m_device.key}, [this](const Row &row) {
                                 for (const PackedPoint &point : unpackPoints(row.bytes(1))) {
                                     for (Wanted &wanted : m_wanted) {
                                         if (wanted.series == point.series)
                                             wanted.buckets[row.integer(0)].add(point.value);
                                     }
                                 }
                             });
    for (Wanted &wanted : m_wanted) {
        if (!done || wanted.series < 0 || !wanted.buckets.isEmpty())
            continue;
        done = m_connection.each(u"SELECT bucket, avg, n, COALESCE(min, avg), COALESCE(max, avg) FROM series_5min "
                                 "WHERE series = ? ORDER BY bucket DESC LIMIT 1"_s,
                                 {wanted.series}, [&wanted](const Row &row) {
                                     const auto n = static_cast<double>(row.integer(2));
                                     wanted.buckets[row.integer(0) * 1000].merge(
                                         {row.number(1) * n, row.integer(2), row.number(3), row.number(4)});
                                 });
    }
    return done;
}

Result<void> HistoryReading::readRange()
{
    m_fromMs = toMs(*m_query.from);
    m_toMs = toMs(m_query.to.value_or(m_now));
    if (m_toMs < m_fromMs)
        return invalid(u"to"_s, toRfc3339(fromMs(m_toMs)), u"must not be before from"_s);
    const Result<TierFloors> floors = loadFloors();
    if (!floors)
        return fail(floors.error());
    m_plan = planHistory(m_fromMs, m_toMs, qBound(1, m_query.maxPoints, kMostPoints), hasLabelled(), *floors);
    const auto dirty = m_connection.integer(u"SELECT MIN(hour) FROM rollup_dirty WHERE device = ? AND hour >= ?"_s,
                                            {m_device.key, floorTo(m_plan.fromMs, kHourMs)});
    if (!dirty)
        return fail(dirty.error());
    for (const HistorySegment &segment : segmentsOf(m_plan, *dirty)) {
        if (Result<void> done = readWide(segment); !done)
            return done;
        if (!hasLabelled())
            continue;
        if (Result<void> done = segment.tier == Tier::Raw ? readRecentLabelled(segment) : readLabelled(segment); !done)
            return done;
    }
    return findGapsOfRange();
}

Result<void> HistoryReading::readWide(const HistorySegment &segment)
{
    QStringList columns;
    QList<Wanted *> targets;
    for (Wanted &wanted : m_wanted) {
        if (wanted.column) {
            columns.append(wanted.column->text());
            targets.append(&wanted);
        }
    }
    const qint64 unit = segment.tier == Tier::Raw ? 1 : 1000;
    const qint64 width = m_plan.widthMs / unit;
    const qint64 until = (segment.until + unit - 1) / unit;
    const qint64 rowMs = segment.tier == Tier::Raw ? 0 : tierSeconds(segment.tier) * 1000;
    return m_connection.each(wideHistorySql(segment.tier, columns),
                             {width, width, m_device.key, segment.from / unit, until}, [&](const Row &row) {
                                 const qint64 bucket = row.integer(0) * unit;
                                 m_presence.append({row.integer(1) * unit, row.integer(2) * unit + rowMs});
                                 for (int at = 0; at < int(targets.size()); ++at) {
                                     const int first = 3 + 4 * at;
                                     if (const qint64 n = row.integer(first + 1); n > 0)
                                         targets.at(at)->buckets[bucket].merge(
                                             {row.number(first), n, row.number(first + 2), row.number(first + 3)});
                                 }
                             });
}

Result<void> HistoryReading::readLabelled(const HistorySegment &segment)
{
    QHash<qint64, Wanted *> targets;
    QVariantList keys;
    for (Wanted &wanted : m_wanted) {
        if (wanted.series >= 0 && !targets.contains(wanted.series)) {
            targets.insert(wanted.series, &wanted);
            keys.append(wanted.series);
        }
    }
    const qint64 width = m_plan.widthMs / 1000;
    for (qsizetype at = 0; at < keys.size(); at += kKeysAStatement) {
        const QVariantList some = keys.mid(at, kKeysAStatement);
        const Result<void> done = m_connection.each(
            seriesHistorySql(segment.tier, some.size()),
            QVariantList{width, width, segment.from / 1000, (segment.until + 999) / 1000} + some, [&](const Row &row) {
                targets.value(row.integer(0))
                    ->buckets[row.integer(1) * 1000]
                    .merge({row.number(2), row.integer(3), row.number(4), row.number(5)});
            });
        if (!done)
            return done;
    }
    return {};
}

Result<void> HistoryReading::readRecentLabelled(const HistorySegment &segment)
{
    QHash<qint64, Wanted *> targets;
    for (Wanted &wanted : m_wanted) {
        if (wanted.series >= 0)
            targets.insert(wanted.series, &wanted);
    }
    return m_connection.each(
        u"SELECT time, points FROM series_recent WHERE device = ? AND time >= ? AND time < ? ORDER BY time"_s,
        {m_device.key, segment.from, segment.until}, [&](const Row &row) {
            const qint64 bucket = floorTo(row.integer(0), m_plan.widthMs);
            for (const PackedPoint &point : unpackPoints(row.bytes(1))) {
                if (Wanted *wanted = targets.value(point.series))
                    wanted->buckets[bucket].add(point.value);
            }
        });
}

Result<void> HistoryReading::findGapsOfRange()
{
    GapFacts facts;
    facts.toMs = qMin(m_toMs, toMs(m_now));
    facts.thresholdMs = 2 * m_device.intervalMs;
    std::sort(m_presence.begin(), m_presence.end(),
              [](const Presence &a, const Presence &b) { return a.first < b.first; });
    facts.presence = m_presence;
    // Nothing is missing from a time when the device was not there yet; without a record of that, from before the first
    // reading.
    if (m_device.addedMs)
        facts.fromMs = qMax(m_fromMs, *m_device.addedMs);
    else
        facts.fromMs = m_presence.isEmpty() ? facts.toMs : qMax(m_fromMs, m_presence.first().first);
    if (facts.fromMs >= facts.toMs)
        return {};
    Result<void> done = m_connection.each(
        u"SELECT from_ms, to_ms, reason FROM gaps WHERE device = ? AND from_ms < ? AND to_ms > ? ORDER BY from_ms"_s,
        {m_device.key, facts.toMs, m_fromMs}, [&facts](const Row &row) {
            facts.recorded.append({fromMs(row.integer(0)), fromMs(row.integer(1)),
                                   gapReasonFromName(row.text(2)).value_or(GapReason::Unreachable)});
        });
    if (!done)
        return done;
    done = m_connection.each(
        u"SELECT started_at, alive_at FROM app_runs WHERE alive_at >= ? AND started_at <= ? ORDER BY started_at"_s,
        {facts.fromMs - kHeartMs, facts.toMs}, [&facts](const Row &row) {
            facts.runs.append({row.integer(0), row.integer(1) + kHeartMs});
        });
    m_gaps = findGaps(facts);
    return done;
}

HistoryResult HistoryReading::result() const
{
    HistoryResult result;
    result.device = m_query.device;
    result.resolutionS = int(m_plan.widthMs / 1000);
    result.gaps = m_gaps;
    for (const Wanted &wanted : m_wanted) {
        HistorySeries series;
        series.key = wanted.key;
        if (const SeriesInfo *info = seriesInfo(wanted.key.name))
            series.unit = QLatin1String(info->unit);
        for (auto bucket = wanted.buckets.cbegin(); bucket != wanted.buckets.cend(); ++bucket)
            series.points.append({fromMs(bucket.key()), bucket->mean(), bucket->min, bucket->max});
        result.series.append(std::move(series));
    }
    return result;
}

} // namespace

Result<HistoryResult> readHistory(Connection &connection, const HistoryQuery &query, Instant now)
{
    // One snapshot for marks, floors and rows: a roll-up between two statements would be seen twice or not at all.
    if (Result<qint64> begun = connection.run(u"BEGIN"_s); !begun)
        return fail(begun.error());
    Result<HistoryResult> result = HistoryReading(connection, query, now).read();
    connection.clearLimits();
    connection.rollback();
    return result;
}

Result<QHash<DeviceId, QList<HistoryPoint>>> readRecentCpu(Connection &connection, Instant from)
{
    QHash<DeviceId, QList<HistoryPoint>> points;
    const Result<void> done = connection.each(
        u"SELECT d.id, m.time / 60000 * 60000, AVG(m.cpu_total), MIN(m.cpu_total), MAX(m.cpu_total) "
        "FROM devices d JOIN system_metrics m ON m.device = d.key AND m.time >= ? "
        "WHERE d.removed_at IS NULL AND m.cpu_total IS NOT NULL GROUP BY d.key, m.time / 60000 ORDER BY d.key, 2"_s,
        {toMs(from)}, [&points](const Row &row) {
            points[DeviceId(row.text(0))].append({fromMs(row.integer(1)), row.number(2), row.number(3), row.number(4)});
        });
    if (!done)
        return fail(done.error());
    return points;
}

} // namespace infra::store::sql
