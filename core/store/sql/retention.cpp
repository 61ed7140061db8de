// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/retention.h"

#include "core/store/sql/metric_sql.h"
#include "core/store/store_settings.h"

#include <limits>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kEver = std::numeric_limits<qint64>::max();
constexpr qint64 kNever = std::numeric_limits<qint64>::min();
constexpr int kRowsARepeat = 200;

} // namespace

RetentionDays retentionDays(const SettingsStore *settings)
{
    RetentionDays days;
    if (settings) {
        days.raw = settings->integer(keys::rawDays);
        days.fiveMinutes = settings->integer(keys::fiveMinuteDays);
        days.hours = settings->integer(keys::hourDays);
        days.audit = settings->integer(keys::auditDays);
        days.performance = settings->integer(keys::performanceDays);
    }
    return days;
}

QList<RetentionStatus> retentionStatus(const RetentionDays &days)
{
    QList<RetentionStatus> rows;
    for (const Tier tier : {Tier::Raw, Tier::FiveMinutes, Tier::Hour, Tier::Day}) {
        std::optional<int> keep;
        if (tier != Tier::Day)
            keep = int(tier == Tier::Raw ? days.raw : tier == Tier::FiveMinutes ? days.fiveMinutes : days.hours);
        rows.append({wideTable(tier), tierWord(tier), keep});
        if (tier != Tier::Raw)
            rows.append({seriesTable(tier), tierWord(tier), keep});
    }
    rows.append({u"data_collection_audit"_s, u"raw"_s, int(days.audit)});
    rows.append({u"data_collection_audit_hourly"_s, u"1h"_s, int(days.hours)});
    rows.append({u"service_performance_metrics"_s, u"raw"_s, int(days.performance)});
    rows.append({u"container_snapshots"_s, u"changes"_s, int(days.fiveMinutes)});
    rows.append({u"network_interfaces"_s, u"changes"_s, int(days.fiveMinutes)});
    rows.append({u"gaps"_s, u"raw"_s, int(days.hours)});
    return rows;
}

Result<QList<qint64>> Retention::keysOf(const QString &sql, const QVariantList &arguments)
{
    QList<qint64> keys;
    const Result<void> read =
        m_context.connection().each(sql, arguments, [&keys](const Row &row) { keys.append(row.integer(0)); });
    if (!read)
        return fail(read.error());
    return keys;
}

Result<void> Retention::setFloors(Instant now, const RetentionDays &days, bool everything)
{
    // An hour that is not rolled up yet keeps its rows, whatever their age.
    const auto dirty = m_context.connection().integer(u"SELECT MIN(hour) FROM rollup_dirty WHERE device > 0"_s);
    const auto dirtyAudit = m_context.connection().integer(u"SELECT MIN(hour) FROM rollup_dirty WHERE device = 0"_s);
    if (!dirty || !dirtyAudit)
        return fail(dirty ? dirtyAudit.error() : dirty.error());
    const qint64 ms = toMs(now);
    const qint64 oldestDirty = dirty->value_or(kEver);
    const qint64 five = floorTo(ms - days.fiveMinutes * kDayMs, kDayMs);
    const qint64 hours = floorTo(ms - days.hours * kDayMs, kDayMs);
    QList<std::pair<QString, qint64>> floors{
        {u"floor.raw"_s, qMin(floorTo(ms - days.raw * kDayMs, kHourMs), oldestDirty)},
        {u"floor.series"_s, qMin(floorTo(ms - kRecentHours * kHourMs, kHourMs), oldestDirty)},
        {u"floor.audit"_s, qMin(floorTo(ms - days.audit * kDayMs, kHourMs), dirtyAudit->value_or(kEver))}};
    if (everything) {
        floors.append({u"floor.5min"_s, five});
        floors.append({u"floor.1h"_s, hours});
    }
    for (auto &[name, value] : floors) {
        const Result<qint64> before = m_context.state(name, kNever);
        if (!before)
            return fail(before.error());
        // What is gone does not come back when days are added; a floor in the future is from a clock that was wrong.
        if (*before <= ms)
            value = qMax(value, *before);
    }
    return m_context.transaction([&]() -> Result<void> {
        for (const auto &[name, value] : floors) {
            if (Result<void> done = m_context.setState(name, value); !done)
                return done;
        }
        // What is written must find all finer rows of its hour and all hours of its day.
        return m_context.setState(u"floor.late"_s, qMax(floors.first().second, qMax(five, hours)));
    });
}

Result<void> Retention::start(Instant now, const RetentionDays &days, bool everything)
{
    abandon();
    if (Result<void> done = setFloors(now, days, everything); !done)
        return done;
    const Result<QList<qint64>> devices = keysOf(u"SELECT key FROM devices"_s);
    if (!devices)
        return fail(devices.error());
    const auto floor = [this](const char *name) {
        return m_context.state(QLatin1String(name), kNever).value_or(kNever);
    };
    const qint64 fiveCut = floorTo(toMs(now) - days.fiveMinutes * kDayMs, kDayMs);
    const qint64 hourCut = floorTo(toMs(now) - days.hours * kDayMs, kDayMs);
    m_tasks.push_back({u"system_metrics"_s, u"device"_s, u"time"_s, *devices, floor("floor.raw"), 2 * kHourMs});
    m_tasks.push_back({u"series_recent"_s, u"device"_s, u"time"_s, *devices, floor("floor.series"), kHourMs});
    m_repeats.push_back({u"data_collection_audit"_s,
                         u"DELETE FROM data_collection_audit WHERE seq IN (SELECT seq FROM data_collection_audit "
                         "WHERE time < ? ORDER BY time LIMIT ?)"_s,
                         {floor("floor.audit"), kRowsARepeat}});
    m_repeats.push_back(
        {u"service_performance_metrics"_s,
         u"DELETE FROM service_performance_metrics WHERE id IN (SELECT id FROM service_performance_metrics "
         "WHERE time < ? ORDER BY time LIMIT ?)"_s,
         {toMs(now) - days.performance * kDayMs, kRowsARepeat}});
    if (!everything)
        return {};
    const Result<QList<qint64>> series = keysOf(u"SELECT series FROM series_keys"_s);
    if (!series)
        return fail(series.error());
    m_tasks.push_back({wideTable(Tier::FiveMinutes), u"device"_s, u"bucket"_s, *devices, fiveCut / 1000, 6 * kHourS});
    m_tasks.push_back({wideTable(Tier::Hour), u"device"_s, u"bucket"_s, *devices, hourCut / 1000, 3 * kDayS});
    m_tasks.push_back({seriesTable(Tier::FiveMinutes), u"series"_s, u"bucket"_s, *series, fiveCut / 1000, kDayS});
    m_tasks.push_back({seriesTable(Tier::Hour), u"series"_s, u"bucket"_s, *series, hourCut / 1000, 12 * kDayS});
    for (const qint64 device : *devices)
        addChanges(device, fiveCut);
    m_tasks.push_back({u"gaps"_s, u"device"_s, u"from_ms"_s, *devices, hourCut, kEver});
    m_repeats.push_back({u"data_collection_audit_hourly"_s,
                         u"DELETE FROM data_collection_audit_hourly WHERE hour >= ? AND hour < ?"_s,
                         {0, hourCut},
                         true});
    m_repeats.push_back({u"app_runs"_s, u"DELETE FROM app_runs WHERE alive_at < ?"_s, {hourCut}, true});
    return {};
}

Result<void> Retention::startPurge()
{
    abandon();
    const Result<QList<qint64>> devices = keysOf(u"SELECT key FROM devices WHERE purge = 1"_s);
    if (!devices)
        return fail(devices.error());
    for (const qint64 device : *devices) {
        if (Result<void> done = addPurge(device); !done)
            return done;
    }
    return {};
}

Result<void> Retention::addPurge(qint64 device)
{
    const Result<QList<qint64>> series = keysOf(u"SELECT series FROM series_keys WHERE device = ?"_s, {device});
    if (!series)
        return fail(series.error());
    m_tasks.push_back({u"system_metrics"_s, u"device"_s, u"time"_s, {device}, kEver, 2 * kHourMs});
    m_tasks.push_back({u"series_recent"_s, u"device"_s, u"time"_s, {device}, kEver, kHourMs});
    for (const Tier tier : {Tier::FiveMinutes, Tier::Hour, Tier::Day}) {
        const qint64 chunk = 72 * tierSeconds(tier);
        m_tasks.push_back({wideTable(tier), u"device"_s, u"bucket"_s, {device}, kEver, chunk});
        m_tasks.push_back({seriesTable(tier), u"series"_s, u"bucket"_s, *series, kEver, 4 * chunk});
    }
    addChanges(device, kEver);
    m_tasks.push_back({u"gaps"_s, u"device"_s, u"from_ms"_s, {device}, kEver, kEver});
    // The row itself stays for the audit, which names the device.
    for (const QString &sql :
         {u"DELETE FROM device_snapshots WHERE device = ?"_s, u"DELETE FROM rollup_dirty WHERE device = ?"_s,
          u"DELETE FROM series_keys WHERE device = ?"_s, u"UPDATE devices SET purge = 0 WHERE key = ?"_s})
        m_repeats.push_back({QString(), sql, {device}, true});
    return {};
}

/// Changes stand in order of their object, not of time: they go by number.
void Retention::addChanges(qint64 device, qint64 until)
{
    for (const auto &[table, object] :
         {std::pair(u"container_snapshots"_s, u"container"_s), std::pair(u"network_interfaces"_s, u"name"_s)})
        m_repeats.push_back(
            {QString(),
             u"DELETE FROM %1 WHERE device = ? AND (%2, time) IN (SELECT %2, time FROM %1 WHERE device = ? AND time < ? LIMIT %3)"_s
                 .arg(table, object)
                 .arg(kRowsARepeat),
             {device, device, until}});
}

void Retention::abandon()
{
    m_tasks.clear();
    m_repeats.clear();
}

Result<bool> Retention::step(std::chrono::milliseconds slice)
{
    if (m_tasks.empty() && m_repeats.empty())
        return false;
    const auto end = std::chrono::steady_clock::now() + slice;
    bool more = false;
    const Result<void> done = m_context.transaction([&]() -> Result<void> {
        const Result<bool> pruned = prune(end);
        if (!pruned)
            return fail(pruned.error());
        more = *pruned;
        return {};
    });
    if (!done) {
        abandon();
        return fail(done.error());
    }
    return more;
}

Result<bool> Retention::prune(std::chrono::steady_clock::time_point end)
{
    while (std::chrono::steady_clock::now() < end) {
        if (!m_tasks.empty()) {
            const Result<bool> more = pruneTable(m_tasks.front(), end);
            if (!more)
                return fail(more.error());
            if (!*more)
                m_tasks.pop_front();
        } else if (!m_repeats.empty()) {
            const Result<bool> more = pruneRepeat(m_repeats.front());
            if (!more)
                return fail(more.error());
            if (!*more)
                m_repeats.pop_front();
        } else {
            return false;
        }
    }
    return !m_tasks.empty() || !m_repeats.empty();
}

Result<bool> Retention::pruneTable(Task &task, std::chrono::steady_clock::time_point end)
{
    const QString oldestSql = u"SELECT MIN(%1) FROM %2 WHERE %3 = ?"_s.arg(task.timeColumn, task.table, task.keyColumn);
    const QString deleteSql =
        u"DELETE FROM %1 WHERE %2 = ? AND %3 < ?"_s.arg(task.table, task.keyColumn, task.timeColumn);
    while (!task.keys.isEmpty()) {
        if (std::chrono::steady_clock::now() >= end)
            return true;
        const qint64 key = task.keys.last();
        const auto oldest = m_context.connection().integer(oldestSql, {key});
        if (!oldest)
            return fail(oldest.error());
        if (!*oldest || **oldest >= task.until) {
            task.keys.removeLast();
            continue;
        }
        const qint64 until = task.chunk > task.until - **oldest ? task.until : **oldest + task.chunk;
        const Result<qint64> deleted = m_context.connection().run(deleteSql, {key, until});
        if (!deleted)
            return fail(deleted.error());
        m_context.count(task.table, -*deleted);
    }
    return false;
}

Result<bool> Retention::pruneRepeat(Repeat &repeat)
{
    const Result<qint64> deleted = m_context.connection().run(repeat.sql, repeat.arguments);
    if (!deleted)
        return fail(deleted.error());
    if (!repeat.table.isEmpty())
        m_context.count(repeat.table, -*deleted);
    return !repeat.once && *deleted > 0;
}

} // namespace infra::store::sql
