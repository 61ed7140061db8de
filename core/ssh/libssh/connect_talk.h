// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/model/device.h"
#include "core/ssh/libssh/unique_fd.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

namespace infra::ssh {

/// What a connect thread must ask of the engine thread.
struct OwnerQuestion
{
    QString fingerprint;
};
struct PersonQuestion
{
    QString title, instruction, text;
    bool echo = false;
};
using ConnectQuestion = std::variant<OwnerQuestion, PersonQuestion>;

struct OwnerAnswer
{
    std::optional<DeviceId> owner;
};
struct PersonAnswer
{
    std::optional<SecretBytes> text; ///< none: declined
};
using ConnectAnswer = std::variant<std::monostate, OwnerAnswer, PersonAnswer>;

/// The thread of one connect job and the engine talk through this: questions with answers, and a stop that reaches a
/// job inside a blocking call by shutting its sockets down. Any thread.
class ConnectTalk
{
public:
    /// @param ask hands a question to the engine thread; called on the connect thread.
    ConnectTalk(quint64 id, std::function<void(ConnectQuestion)> ask);

    quint64 id() const { return m_id; }

    // Engine thread.
    /// The first reason stands.
    void stop(ErrorCode reason);
    void answer(ConnectAnswer answer);

    // Connect thread.
    std::optional<ErrorCode> stopped() const;
    /// Blocks until the answer or a stop; monostate after a stop.
    ConnectAnswer ask(ConnectQuestion question);
    /// A stop shuts this socket down too; a duplicate is kept, so that a reused number is never hit.
    void guard(int socket);
    void unguardAll();
    /// Sleeps; false when stopped meanwhile.
    bool pause(int milliseconds);

private:
    const quint64 m_id;
    const std::function<void(ConnectQuestion)> m_ask;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<ErrorCode> m_stopped;
    std::optional<ConnectAnswer> m_answer;
    std::vector<UniqueFd> m_guarded;
};

} // namespace infra::ssh
