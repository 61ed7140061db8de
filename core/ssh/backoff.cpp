// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/backoff.h"

#include <algorithm>

namespace infra::ssh {

void Backoff::failed(MonotonicTime now, Random &random, milliseconds atLeast)
{
    const int doublings = std::min(m_failures, 9);
    ++m_failures;
    const milliseconds step = std::min(kLongest, milliseconds(kFirst.count() << doublings));
    const auto jittered = static_cast<qint64>(static_cast<double>(step.count()) * (0.5 + random.unit() / 2));
    m_until = now + std::max(atLeast, milliseconds(jittered));
}

milliseconds Backoff::remaining(MonotonicTime now) const
{
    return m_until > now ? m_until - now : milliseconds(0);
}

} // namespace infra::ssh
