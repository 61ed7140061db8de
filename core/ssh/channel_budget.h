// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace infra::ssh {

/// How many channels a session may hold: the learned limit − 2, at least 1, at most 6. A host refuses a channel only
/// when it is full (sshd's MaxSessions), so that a refusal tells the limit. Any one thread.
class ChannelBudget
{
public:
    static constexpr int kMost = 6;

    int allowed() const { return m_limit == 0 ? kMost : std::clamp(m_limit - 2, 1, kMost); }
    int learnedLimit() const { return m_limit; }
    /// A channel was refused while `open` others were open.
    void refused(int open)
    {
        if (open > 0 && (m_limit == 0 || open < m_limit))
            m_limit = open;
    }

private:
    int m_limit = 0;
};

} // namespace infra::ssh
