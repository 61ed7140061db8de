// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include <ctime>

namespace infra {

Instant SystemClock::now() const
{
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

MonotonicTime SystemClock::monotonic() const
{
    timespec time{};
    // Fails only for an unknown clock id; Linux has this one since 2.6.39.
    clock_gettime(CLOCK_BOOTTIME, &time);
    return MonotonicTime(seconds(time.tv_sec) +
                         std::chrono::duration_cast<milliseconds>(std::chrono::nanoseconds(time.tv_nsec)));
}

} // namespace infra
