// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/write_queue.h"

#include <algorithm>

namespace infra::store::sql {

using SteadyClock = std::chrono::steady_clock;

bool WriteQueue::carriesAudit(const WriteItem &item)
{
    if (const auto *cycle = std::get_if<CycleRecord>(&item.what))
        return cycle->audit.has_value();
    return std::holds_alternative<AuditEntry>(item.what);
}

bool WriteQueue::isTelemetry(const WriteItem &item)
{
    return std::holds_alternative<CycleRecord>(item.what) || std::holds_alternative<PerformanceWrite>(item.what);
}

void WriteQueue::push(WriteItem item)
{
    item.queuedAt = SteadyClock::now();
    m_telemetry += isTelemetry(item) ? 1 : 0;
    m_audit += carriesAudit(item) ? 1 : 0;
    m_requests += std::holds_alternative<Request>(item.what) ? 1 : 0;
    m_items.push_back(std::move(item));
    m_ready.notify_one();
}

void WriteQueue::dropOldestTelemetry()
{
    const auto oldest = std::find_if(m_items.begin(), m_items.end(), &WriteQueue::isTelemetry);
    if (oldest == m_items.end())
        return;
    ++m_dropped;
    --m_telemetry;
    auto *cycle = std::get_if<CycleRecord>(&oldest->what);
    if (cycle && cycle->audit) {
        AuditEntry entry = std::move(*cycle->audit);
        oldest->what = std::move(entry);
        return;
    }
    m_items.erase(oldest);
}

void WriteQueue::putCycle(CycleRecord record, Stamp stamp)
{
    const std::lock_guard lock(m_mutex);
    if (m_telemetry >= m_limits.telemetry)
        dropOldestTelemetry();
    // A source that does not look at `hasRoom` cannot fill the memory either.
    if (record.audit && m_audit + m_heldAudit >= 2 * m_limits.audit) {
        record.audit.reset();
        ++m_dropped;
    }
    push({stamp, {}, std::move(record)});
}

bool WriteQueue::putAudit(AuditEntry entry, Stamp stamp)
{
    const std::lock_guard lock(m_mutex);
    if (m_audit + m_heldAudit >= m_limits.audit || m_closed)
        return false;
    push({stamp, {}, std::move(entry)});
    return true;
}

void WriteQueue::putGap(GapWrite gap, Stamp stamp)
{
    const std::lock_guard lock(m_mutex);
    push({stamp, {}, std::move(gap)});
}

void WriteQueue::putPerformance(QList<PerformanceValue> values, Stamp stamp)
{
    const std::lock_guard lock(m_mutex);
    if (m_telemetry >= m_limits.telemetry)
        dropOldestTelemetry();
    push({stamp, {}, PerformanceWrite{std::move(values)}});
}

void WriteQueue::putRequest(Request request, Stamp stamp)
{
    const std::lock_guard lock(m_mutex);
    push({stamp, {}, std::move(request)});
}

bool WriteQueue::hasRoom() const
{
    const std::lock_guard lock(m_mutex);
    return m_audit + m_heldAudit < m_limits.audit;
}

std::vector<WriteItem> WriteQueue::take(SteadyClock::time_point until)
{
    std::unique_lock lock(m_mutex);
    m_ready.wait_until(lock, until, [this] { return m_closed || !m_items.empty(); });
    if (!m_items.empty()) {
        const auto full = m_items.front().queuedAt + m_limits.latency;
        m_ready.wait_until(lock, std::min(full, until),
                           [this] { return m_closed || m_requests > 0 || m_items.size() >= m_limits.batch; });
    }
    const std::size_t count = std::min(m_items.size(), m_limits.batch);
    std::vector<WriteItem> batch;
    batch.reserve(count);
    for (std::size_t at = 0; at < count; ++at) {
        WriteItem &item = m_items.front();
        m_telemetry -= isTelemetry(item) ? 1 : 0;
        m_audit -= carriesAudit(item) ? 1 : 0;
        m_requests -= std::holds_alternative<Request>(item.what) ? 1 : 0;
        batch.push_back(std::move(item));
        m_items.pop_front();
    }
    return batch;
}

void WriteQueue::setHeldAudit(std::size_t entries)
{
    const std::lock_guard lock(m_mutex);
    m_heldAudit = entries;
}

void WriteQueue::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_ready.notify_all();
}

bool WriteQueue::isClosed() const
{
    const std::lock_guard lock(m_mutex);
    return m_closed;
}

std::size_t WriteQueue::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_items.size();
}

qint64 WriteQueue::oldestAgeMs() const
{
    const std::lock_guard lock(m_mutex);
    if (m_items.empty())
        return 0;
    return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - m_items.front().queuedAt).count();
}

qint64 WriteQueue::droppedTelemetry() const
{
    const std::lock_guard lock(m_mutex);
    return m_dropped;
}

void WriteQueue::addDropped(qint64 count)
{
    const std::lock_guard lock(m_mutex);
    m_dropped += count;
}

} // namespace infra::store::sql
