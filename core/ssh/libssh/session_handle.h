// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/libssh/unique_fd.h"

#include <QtCore/QString>

#include <libssh/libssh.h>

#include <memory>

namespace infra::ssh {

/// Owns one libssh session and the socket below it (libssh leaves a socket that was given to it open). Move-only; one
/// thread at a time: its connect thread until authenticated, then its SSH thread.
class SessionHandle
{
public:
    SessionHandle() = default;
    static SessionHandle make() { return SessionHandle(ssh_new()); }
    SessionHandle(SessionHandle &&other) noexcept
        : m_session(std::exchange(other.m_session, nullptr))
    {
    }
    SessionHandle &operator=(SessionHandle &&other) noexcept
    {
        if (this != &other) {
            reset();
            m_session = std::exchange(other.m_session, nullptr);
        }
        return *this;
    }
    SessionHandle(const SessionHandle &) = delete;
    SessionHandle &operator=(const SessionHandle &) = delete;
    ~SessionHandle() { reset(); }

    ssh_session get() const { return m_session; }
    explicit operator bool() const { return m_session != nullptr; }
    QString errorText() const { return QString::fromUtf8(ssh_get_error(m_session)); }
    /// Says goodbye where the link still lives, and closes the socket.
    void reset()
    {
        if (m_session == nullptr)
            return;
        // Asked first: −1 when libssh has closed it itself (it does after the peer's DISCONNECT).
        UniqueFd socket(ssh_get_fd(m_session));
        ssh_set_blocking(m_session, 0);
        ssh_disconnect(m_session);
        ssh_free(std::exchange(m_session, nullptr));
    }

private:
    explicit SessionHandle(ssh_session session)
        : m_session(session)
    {
    }
    ssh_session m_session = nullptr;
};

struct KeyDeleter
{
    void operator()(ssh_key key) const { ssh_key_free(key); }
};
using KeyHandle = std::unique_ptr<ssh_key_struct, KeyDeleter>;

} // namespace infra::ssh
