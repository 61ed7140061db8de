// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer_service.h"

#include <algorithm>

namespace infra {

ManualTime::ManualTime(Instant start)
    : m_now(start)
    , m_entries(std::make_shared<std::multimap<MonotonicTime, Entry>>())
{
}

ManualTime::~ManualTime() = default;

TimerHandle ManualTime::after(milliseconds delay, std::function<void()> function)
{
    return add(delay, milliseconds(0), std::move(function));
}

TimerHandle ManualTime::every(milliseconds period, std::function<void()> function)
{
    const milliseconds bounded = std::max(period, milliseconds(1));
    return add(bounded, bounded, std::move(function));
}

TimerHandle ManualTime::add(milliseconds delay, milliseconds period, std::function<void()> function)
{
    const quint64 id = m_nextId++;
    m_entries->emplace(m_monotonic + std::max(delay, milliseconds(0)), Entry{id, period, std::move(function)});
    return TimerHandle([entries = std::weak_ptr(m_entries), id] {
        const auto alive = entries.lock();
        if (!alive)
            return;
        const auto found =
            std::find_if(alive->begin(), alive->end(), [id](const auto &e) { return e.second.id == id; });
        if (found != alive->end()) {
            // What the function holds may itself hold handles: it must die after the map is whole again.
            const auto node = alive->extract(found);
        }
    });
}

void ManualTime::advance(milliseconds by)
{
    const MonotonicTime end = m_monotonic + by;
    while (!m_entries->empty() && m_entries->begin()->first <= end) {
        auto node = m_entries->extract(m_entries->begin());
        const milliseconds step = std::max(node.key() - m_monotonic, milliseconds(0));
        m_monotonic += step;
        m_now += step;
        const std::function<void()> function = node.mapped().function;
        if (node.mapped().period > milliseconds(0)) {
            node.key() = m_monotonic + node.mapped().period;
            m_entries->insert(std::move(node));
        }
        function();
    }
    const milliseconds rest = std::max(end - m_monotonic, milliseconds(0));
    m_monotonic += rest;
    m_now += rest;
}

std::optional<MonotonicTime> ManualTime::nextDue() const
{
    if (m_entries->empty())
        return std::nullopt;
    return m_entries->begin()->first;
}

} // namespace infra
