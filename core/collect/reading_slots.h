// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/strong_id.h"

#include <functional>
#include <vector>

namespace infra::collect {

/// How many readings of the schedule may be under way at once. At start every device is due within seconds, and each
/// first reading is a login: all at once they only make each other late, on the workstation, on the uplink and at a
/// jump host. A reading that is not answered after `patience` gives its place up, so that machines that are down never
/// keep others waiting. Engine thread.
class ReadingSlots
{
public:
    static constexpr std::size_t places = 24;
    static constexpr milliseconds patience{5'000};

    void take(const DeviceId &device, MonotonicTime at) { m_taken.push_back({device, at}); }
    /// Forgets what `isBusy` no longer knows and what has waited too long.
    bool isFree(MonotonicTime now, const std::function<bool(const DeviceId &)> &isBusy)
    {
        if (m_taken.size() < places)
            return true;
        std::erase_if(m_taken, [&](const Taken &taken) { return now - taken.at > patience || !isBusy(taken.device); });
        return m_taken.size() < places;
    }
    void clear() { m_taken.clear(); }

private:
    struct Taken
    {
        DeviceId device;
        MonotonicTime at;
    };
    std::vector<Taken> m_taken;
};

} // namespace infra::collect
