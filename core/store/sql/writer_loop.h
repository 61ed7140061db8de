// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/store/sql/audit_rows.h"
#include "core/store/sql/cycle_rows.h"
#include "core/store/sql/maintenance.h"
#include "core/store/sql/reply_router.h"
#include "core/store/sql/write_queue.h"

#include <atomic>

namespace infra::store::sql {

/// Figures that the writer tells the readers' status. Any thread.
struct WriterFigures
{
    std::atomic<qint64> lagMs{0};
    std::atomic<qint64> rowsInWindow{0}; ///< written in the newest minute
    std::atomic<qint64> longestSliceMs{0};
    std::atomic_bool writable{true};
};

/// The life of the writer thread: batches, a transaction each; maintenance between them; and what to do while the disk
/// takes nothing.
class WriterLoop
{
public:
    struct Parts
    {
        const Dialect &dialect;
        QString path;
        const SettingsStore *settings;
        const Clock &clock;
        WriteQueue &queue;
        ReplyRouter &router;
        WriterFigures &figures;
    };
    /// Ends when the queue is closed and empty. `opened` gets how the opening went.
    static void run(const Parts &parts, Mailbox<Result<void>> &opened);

private:
    using SteadyClock = std::chrono::steady_clock;
    WriterLoop(const Parts &parts, Connection &connection);
    void loop();
    void finish();
    void write(std::vector<WriteItem> batch);
    Result<void> writeTogether(std::vector<WriteItem> &batch);
    void writeApart(std::vector<WriteItem> batch);
    Result<void> apply(WriteItem &item);
    Result<void> applyRequest(const Request &request, Stamp stamp);
    void refuse(std::vector<WriteItem> batch);
    void committed(const std::vector<WriteItem> &batch);
    void stopWriting(const Error &error);
    void probe();
    void watchDisk();
    void maintain();
    void noteRows(qint64 rows);

    Parts m_parts;
    WriteContext m_context;
    CycleRows m_cycles;
    Maintenance m_maintenance;
    QList<std::pair<quint64, Result<void>>> m_answers; ///< of the transaction under way
    QList<AuditEntry> m_audited;                       ///< of the transaction under way
    qint64 m_rows = 0;                                 ///< of the transaction under way
    std::deque<AuditEntry> m_held;                     ///< waits for the disk
    std::optional<Error> m_error;                      ///< while nothing can be written
    std::chrono::milliseconds m_backoff{0};
    SteadyClock::time_point m_nextProbe{}, m_nextDiskLook{}, m_nextMaintenance{};
    Stamp m_newest;
    std::optional<Instant> m_lastMaintained;
    std::deque<std::pair<SteadyClock::time_point, qint64>> m_window;
    qint64 m_windowRows = 0;
};

} // namespace infra::store::sql
