// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sql/retention.h"
#include "core/store/sql/roll_up.h"
#include "core/store/sql/write_queue.h"

namespace infra::store::sql {

/// What the writer does beside writing: heartbeat, roll-ups, retention, purge of removed devices, giving pages back,
/// checkpoint. Cut into slices, so that a batch never waits longer than one. Writer thread.
class Maintenance
{
public:
    Maintenance(WriteContext &context, const SettingsStore *settings);

    /// The minute's work at the engine's time; retention is due once an hour, for roll-ups once a day. While the wall
    /// clock has just stepped by more than an hour, nothing is deleted for an hour.
    void startSelf(Stamp at);
    /// All that is due at `now`, because somebody asked; `id` is answered at the end.
    void startAsked(Instant now, quint64 id);
    /// Deletes what belongs to removed devices; `id` (0: none) is answered at the end.
    void startPurge(quint64 id);

    bool isActive() const { return !m_jobs.empty(); }
    /// One slice. The answers that are due now, with how it went.
    QList<std::pair<quint64, Result<void>>> step();
    std::chrono::milliseconds longestSlice() const { return m_longest; }

private:
    struct Job
    {
        std::function<Result<void>()> start; ///< once; may be empty
        std::function<Result<bool>()> step;  ///< until false; may be empty
    };
    struct Batch
    {
        std::deque<Job> jobs;
        quint64 id = 0;
    };
    void addCommon(Batch &batch, Instant now);
    Result<bool> runSlice(Batch &batch);
    Result<bool> vacuumSlice();

    WriteContext &m_context;
    const SettingsStore *m_settings;
    RollUp m_rollUp;
    Retention m_retention;
    std::deque<Batch> m_jobs;
    std::optional<Stamp> m_lastSelf;
    std::optional<Instant> m_lastRetention, m_lastWholeRetention;
    std::optional<MonotonicTime> m_holdUntil;
    RetentionDays m_lastDays;
    std::chrono::milliseconds m_longest{0};
};

} // namespace infra::store::sql
