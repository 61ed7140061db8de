// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/repositories.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <variant>

namespace infra::store::sql {

/// The engine's clocks when something was asked for: the writer thread keeps no clock of its own for data.
struct Stamp
{
    Instant now{};
    MonotonicTime monotonic{};
};

struct GapWrite
{
    DeviceId device;
    Gap gap;
};
struct PerformanceWrite
{
    QList<PerformanceValue> values;
};
struct SaveDevice
{
    Device device;
};
struct RemoveDevice
{
    DeviceId device;
    bool withHistory = false;
};
struct SaveCache
{
    QList<QJsonObject> rows;
};
struct MaintainNow
{
    Instant now{};
};
struct FlushAll
{
};
/// Something whose end is told under an id of the ReplyRouter.
struct Request
{
    quint64 id = 0;
    std::variant<SaveDevice, RemoveDevice, SaveCache, MaintainNow, FlushAll> what;
};

struct WriteItem
{
    Stamp stamp;
    std::chrono::steady_clock::time_point queuedAt{};
    std::variant<CycleRecord, AuditEntry, GapWrite, PerformanceWrite, Request> what;
};

/// What waits for the writer, in order. Bounded: at the limit the oldest telemetry goes and is counted (its audit
/// stays), audit is refused. Any thread puts; the writer takes.
class WriteQueue
{
public:
    struct Limits
    {
        std::size_t telemetry = 4000; ///< cycles and performance lists
        std::size_t audit = 50'000;   ///< entries that wait, alone or in a cycle
        std::size_t batch = 500;      ///< items a transaction
        std::chrono::milliseconds latency{200};
    };
    explicit WriteQueue(Limits limits)
        : m_limits(limits)
    {
    }

    void putCycle(CycleRecord record, Stamp stamp);
    bool putAudit(AuditEntry entry, Stamp stamp);
    void putGap(GapWrite gap, Stamp stamp);
    void putPerformance(QList<PerformanceValue> values, Stamp stamp);
    void putRequest(Request request, Stamp stamp);
    bool hasRoom() const;

    /// Waits until a batch is full, its oldest item has waited the latency, somebody asks for an answer, or `until`;
    /// may be empty.
    std::vector<WriteItem> take(std::chrono::steady_clock::time_point until);
    /// Entries that the writer keeps until the disk takes them again; they count against the limit.
    void setHeldAudit(std::size_t entries);
    void close();
    bool isClosed() const;
    std::size_t size() const;
    qint64 oldestAgeMs() const;
    qint64 droppedTelemetry() const;
    void addDropped(qint64 count);

private:
    static bool carriesAudit(const WriteItem &item);
    static bool isTelemetry(const WriteItem &item);
    void push(WriteItem item);
    void dropOldestTelemetry();

    const Limits m_limits;
    mutable std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<WriteItem> m_items;
    std::size_t m_telemetry = 0;
    std::size_t m_audit = 0;
    std::size_t m_heldAudit = 0;
    std::size_t m_requests = 0;
    qint64 m_dropped = 0;
    bool m_closed = false;
};

} // namespace infra::store::sql
