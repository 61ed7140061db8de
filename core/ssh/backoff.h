// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"

namespace infra::ssh {

/// How long to leave a device alone after failures: doubling from 1 s to 5 min, each with jitter (half to the whole).
/// Any one thread.
class Backoff
{
public:
    static constexpr milliseconds kFirst{1'000};
    static constexpr milliseconds kLongest{300'000};

    /// @param atLeast the shortest pause wanted, for failures that a host counts against us (authentication).
    void failed(MonotonicTime now, Random &random, milliseconds atLeast = milliseconds(0));
    void succeeded() { *this = Backoff(); }
    milliseconds remaining(MonotonicTime now) const;
    int failures() const { return m_failures; }

private:
    int m_failures = 0;
    MonotonicTime m_until{};
};

} // namespace infra::ssh
