// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/read_model.h"

#include <algorithm>

namespace infra::engine {

namespace {

/// Nothing that a view shows differs: the version alone is no change.
bool sameToSee(const DeviceRow &a, const DeviceRow &b)
{
    const auto session = [](const DeviceRow &row) {
        return row.session ? QString(row.session->authUsed + row.session->route +
                                     QString::number(toMs(row.session->connectedAt)) + u'/' +
                                     QString::number(row.session->channelLimit))
                           : QString();
    };
    return a.device == b.device && a.state == b.state && a.health == b.health && a.findings == b.findings &&
           a.error == b.error && a.readAt == b.readAt && a.unreachableSince == b.unreachableSince &&
           a.nextTry == b.nextTry && a.system == b.system && a.sample == b.sample && a.cpuHour == b.cpuHour &&
           a.containersUp == b.containersUp && a.containersTotal == b.containersTotal &&
           a.fullestMount == b.fullestMount && a.fullestPercent == b.fullestPercent && session(a) == session(b) &&
           a.reading == b.reading && a.hostCpuMs == b.hostCpuMs;
}

} // namespace

void ReadModel::touch(const DeviceId &device, bool details)
{
    if (!device.isNull())
        m_dirty.insert(device);
    if (details && isWatched(device))
        m_dirtyDetails.insert(device);
    if (!m_timer.isActive())
        m_timer = m_parts.timers.after(tellEvery, [this] { tell(); });
}

void ReadModel::tell()
{
    m_timer.cancel();
    QList<DeviceRow> changed;
    const Instant now = m_parts.timers.clock().now();
    for (const DeviceId &id : std::exchange(m_dirty, {})) {
        const StatePtr state = m_states.value(id);
        if (state == nullptr)
            continue;
        DeviceRow &row = state->row;
        const milliseconds backoff = m_parts.backoff(id);
        row.nextTry = row.error && backoff > milliseconds(0) ? std::optional(now + backoff) : std::nullopt;
        row.reading = m_parts.isBusy(id);
        const auto told = m_told.constFind(id);
        if (told != m_told.constEnd() && sameToSee(*told, row))
            continue;
        row.version = ++m_version;
        m_told.insert(id, row);
        changed.append(row);
    }
    const QList<DeviceId> removed = std::exchange(m_removed, {});
    const QSet<DeviceId> details = std::exchange(m_dirtyDetails, {});
    if (!changed.isEmpty() || !removed.isEmpty())
        emit rowsChanged(changed, removed);
    for (const DeviceId &id : details) {
        const StatePtr state = m_states.value(id);
        if (state == nullptr || !isWatched(id))
            continue;
        ++state->detailsVersion;
        emit detailsChanged(detailsOf(*state));
    }
}

QList<DeviceRow> ReadModel::rows() const
{
    QList<DeviceRow> rows;
    rows.reserve(m_states.size());
    for (const StatePtr &state : m_states)
        rows.append(state->row);
    std::sort(rows.begin(), rows.end(), [](const DeviceRow &a, const DeviceRow &b) {
        const int order = a.device.name.compare(b.device.name, Qt::CaseInsensitive);
        return order != 0 ? order < 0 : a.device.id < b.device.id;
    });
    return rows;
}

std::optional<DeviceRow> ReadModel::row(const DeviceId &device) const
{
    const StatePtr state = m_states.value(device);
    return state == nullptr ? std::nullopt : std::optional(state->row);
}

DeviceDetails ReadModel::detailsOf(const State &state) const
{
    return {state.row.device.id, state.detailsVersion, state.data, state.ring.labelled()};
}

std::optional<DeviceDetails> ReadModel::details(const DeviceId &device) const
{
    const StatePtr state = m_states.value(device);
    return state == nullptr ? std::nullopt : std::optional(detailsOf(*state));
}

HistoryResult ReadModel::liveHistory(const HistoryQuery &query) const
{
    const StatePtr state = m_states.value(query.device);
    if (state != nullptr)
        return state->ring.query(query, m_parts.timers.clock().now());
    HistoryResult result;
    result.device = query.device;
    return result;
}

void ReadModel::count(FleetStatus &status) const
{
    std::optional<Health> worst;
    for (const StatePtr &state : m_states) {
        ++status.devices;
        status.live += state->row.state == DeviceState::Ok ? 1 : 0;
        ++status.counts[state->row.health];
        if (!worst || worseThan(state->row.health, *worst))
            worst = state->row.health;
    }
    status.worst = worst.value_or(Health::Unknown);
}

std::optional<Instant> ReadModel::newestReading(const DeviceId &device) const
{
    const StatePtr state = m_states.value(device);
    return state == nullptr ? std::nullopt : state->row.readAt;
}

bool ReadModel::isWatched(const DeviceId &device) const
{
    return m_watchers->value(device) > 0 || m_watchers->value(DeviceId()) > 0;
}

std::shared_ptr<void> ReadModel::watchDetails(const DeviceId &device)
{
    ++(*m_watchers)[device];
    // What is known is told at once.
    for (auto it = m_states.constBegin(); it != m_states.constEnd(); ++it) {
        if (device.isNull() || it.key() == device)
            touch(it.key(), true);
    }
    return std::shared_ptr<void>(m_watchers.get(), [watchers = m_watchers, device](void *) {
        if (--(*watchers)[device] <= 0)
            watchers->remove(device);
    });
}

} // namespace infra::engine
