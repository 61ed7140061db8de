// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

namespace infra {

/// Where time comes from. No other file of core asks the system for it, so that a simulated day runs in seconds.
/// Implementations are safe on any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    virtual MonotonicTime monotonic() const = 0;
};

class SystemClock final : public Clock
{
public:
    Instant now() const override;
    MonotonicTime monotonic() const override; ///< CLOCK_BOOTTIME: goes on during suspend
};

} // namespace infra
