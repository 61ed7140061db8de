// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/libssh/pump_messages.h"
#include "core/ssh/libssh/ssh_channel.h"

#include <QtCore/QSocketNotifier>

#include <functional>

namespace infra::ssh {

/// A direct-tcpip channel of a jump session and the local end it is carried to, pumped in the session's own loop.
class Tunnel
{
public:
    /// @param wake asks the session to pump, after the local end became ready.
    Tunnel(RequestId request, std::unique_ptr<SshChannel> channel, UniqueFd end, const std::function<void()> &wake);

    RequestId request() const { return m_request; }
    SshChannel &channel() { return *m_channel; }
    bool isOpen() const { return m_open; }
    void setOpen() { m_open = true; }
    /// Carries what can be carried. False when the tunnel is over.
    bool carry();

private:
    bool fromLocal();
    bool toLocal();

    RequestId m_request;
    std::unique_ptr<SshChannel> m_channel;
    UniqueFd m_end;
    bool m_open = false;
    QByteArray m_toLocal;
    std::unique_ptr<QSocketNotifier> m_readable, m_writable;
};

} // namespace infra::ssh
