// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/gap_keeper.h"

namespace infra::collect {

namespace {

/// A restart of the program that took no longer than this leaves no gap worth a mark.
constexpr milliseconds shortestAppOff = std::chrono::minutes(2);

} // namespace

void GapKeeper::open(const DeviceId &device, Instant from, GapReason reason)
{
    State &state = m_states[device];
    if (state.open) {
        if (state.open->reason == reason)
            return;
        Gap ended = *state.open;
        ended.to = std::max(from, ended.from);
        if (ended.to > ended.from)
            m_writer.gap(device, ended);
    }
    state.open = Gap{from, from, reason};
}

void GapKeeper::failed(const DeviceId &device, Instant at, GapReason reason)
{
    State &state = m_states[device];
    const Instant from = state.open ? at : state.lastGood.value_or(at);
    open(device, from, reason);
    Gap &gap = *m_states[device].open;
    gap.to = std::max(at, gap.from);
    m_writer.gap(device, gap);
}

std::optional<Gap> GapKeeper::read(const DeviceId &device, Instant at)
{
    State &state = m_states[device];
    std::optional<Gap> closed = std::exchange(state.open, std::nullopt);
    state.lastGood = at;
    if (!closed)
        return std::nullopt;
    closed->to = std::max(at, closed->from);
    if (closed->reason == GapReason::AppOff && closed->to - closed->from < shortestAppOff)
        return std::nullopt;
    return closed;
}

void GapKeeper::prolong(Instant now)
{
    for (auto it = m_states.begin(); it != m_states.end(); ++it) {
        if (!it->open || now <= it->open->to)
            continue;
        it->open->to = now;
        if (it->open->reason != GapReason::AppOff || now - it->open->from >= shortestAppOff)
            m_writer.gap(it.key(), *it->open);
    }
}

} // namespace infra::collect
