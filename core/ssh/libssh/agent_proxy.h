// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/ssh/libssh/unique_fd.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace infra::ssh {

/// Stands between libssh and the user's agent: shows libssh only the keys that may be offered, preferred ones first and
/// at most five (a host counts each refused key against us), and gives up when the agent never answers. Runs a thread
/// of its own until it goes. Source of the protocol: draft-miller-ssh-agent.
class AgentProxy
{
public:
    static constexpr int kMostKeys = 5;

    /// @param preferred wire forms of public keys that go first. @param only nothing but those.
    /// Errors: AuthAgentUnavailable, AuthAgentSilent.
    static Result<std::unique_ptr<AgentProxy>> start(const QString &socketPath, const QList<QByteArray> &preferred,
                                                     bool only, std::chrono::milliseconds deadline);
    ~AgentProxy();
    AgentProxy(const AgentProxy &) = delete;
    AgentProxy &operator=(const AgentProxy &) = delete;

    /// For `ssh_set_agent_socket`; the caller owns it from then on.
    int takeClientEnd() { return m_clientEnd.release(); }
    int keyCount() const { return static_cast<int>(m_identities.size()); }
    bool fellSilent() const { return m_silent.load(); }

private:
    struct Identity
    {
        QByteArray blob, comment;
    };
    AgentProxy(UniqueFd agent, UniqueFd ourEnd, UniqueFd clientEnd, std::chrono::milliseconds deadline);

    void serve();
    QByteArray identitiesAnswer() const;

    UniqueFd m_agent, m_ourEnd, m_clientEnd;
    const std::chrono::milliseconds m_deadline;
    QList<Identity> m_identities;
    std::atomic_bool m_silent{false};
    std::thread m_thread;
};

} // namespace infra::ssh
