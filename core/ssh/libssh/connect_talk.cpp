// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/connect_talk.h"

#include <chrono>
#include <fcntl.h>
#include <sys/socket.h>

namespace infra::ssh {

ConnectTalk::ConnectTalk(quint64 id, std::function<void(ConnectQuestion)> ask)
    : m_id(id)
    , m_ask(std::move(ask))
{
}

void ConnectTalk::stop(ErrorCode reason)
{
    const std::lock_guard lock(m_mutex);
    if (m_stopped)
        return;
    m_stopped = reason;
    for (const UniqueFd &socket : m_guarded)
        ::shutdown(socket.get(), SHUT_RDWR);
    m_changed.notify_all();
}

void ConnectTalk::answer(ConnectAnswer answer)
{
    const std::lock_guard lock(m_mutex);
    m_answer = std::move(answer);
    m_changed.notify_all();
}

std::optional<ErrorCode> ConnectTalk::stopped() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}

ConnectAnswer ConnectTalk::ask(ConnectQuestion question)
{
    {
        const std::lock_guard lock(m_mutex);
        m_answer.reset();
        if (m_stopped)
            return {};
    }
    m_ask(std::move(question));
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_stopped || m_answer; });
    if (m_stopped)
        return {};
    ConnectAnswer answer = std::move(*m_answer);
    m_answer.reset();
    return answer;
}

void ConnectTalk::guard(int socket)
{
    UniqueFd copy(::fcntl(socket, F_DUPFD_CLOEXEC, 0));
    const std::lock_guard lock(m_mutex);
    if (m_stopped && copy.isOpen())
        ::shutdown(copy.get(), SHUT_RDWR);
    if (copy.isOpen())
        m_guarded.push_back(std::move(copy));
}

void ConnectTalk::unguardAll()
{
    const std::lock_guard lock(m_mutex);
    m_guarded.clear();
}

bool ConnectTalk::pause(int milliseconds)
{
    std::unique_lock lock(m_mutex);
    return !m_changed.wait_for(lock, std::chrono::milliseconds(milliseconds), [this] { return m_stopped.has_value(); });
}

} // namespace infra::ssh
