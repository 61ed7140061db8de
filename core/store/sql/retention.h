// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/settings.h"
#include "core/store/repositories.h"
#include "core/store/sql/write_context.h"

#include <deque>

namespace infra::store::sql {

/// How many days each kind is kept.
struct RetentionDays
{
    qint64 raw = 14, fiveMinutes = 90, hours = 730, audit = 14, performance = 30;
    bool operator==(const RetentionDays &) const = default;
};
/// From the settings; their defaults without any. Any thread.
RetentionDays retentionDays(const SettingsStore *settings);
/// As the status shows them.
QList<RetentionStatus> retentionStatus(const RetentionDays &days);

/// Labelled values as they were read stay this long; beyond that as roll-ups.
inline constexpr qint64 kRecentHours = 6;

/// Deletes what is older than it is kept, and what belongs to a removed device, in short transactions. Writer thread.
class Retention
{
public:
    explicit Retention(WriteContext &context)
        : m_context(context)
    {
    }
    /// @param everything false: only what moves each hour; true also the roll-ups.
    Result<void> start(Instant now, const RetentionDays &days, bool everything);
    Result<void> startPurge();
    /// Works for at most `slice`; false when nothing is left.
    Result<bool> step(std::chrono::milliseconds slice);
    void abandon();

private:
    /// Rows of one table in order of one key; `until` is in the unit of the table's time column.
    struct Task
    {
        QString table, keyColumn, timeColumn;
        QList<qint64> keys;
        qint64 until = 0;
        qint64 chunk = 0;
    };
    /// A statement that deletes a few rows and is repeated until it finds none.
    struct Repeat
    {
        QString table, sql;
        QVariantList arguments;
        bool once = false;
    };
    Result<void> setFloors(Instant now, const RetentionDays &days, bool everything);
    Result<QList<qint64>> keysOf(const QString &sql, const QVariantList &arguments = {});
    Result<void> addPurge(qint64 device);
    void addChanges(qint64 device, qint64 until);
    Result<bool> prune(std::chrono::steady_clock::time_point end);
    Result<bool> pruneTable(Task &task, std::chrono::steady_clock::time_point end);
    Result<bool> pruneRepeat(Repeat &repeat);

    WriteContext &m_context;
    std::deque<Task> m_tasks;
    std::deque<Repeat> m_repeats;
};

} // namespace infra::store::sql
