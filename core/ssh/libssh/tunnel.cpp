// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/tunnel.h"

#include <array>
#include <cerrno>
#include <sys/socket.h>

namespace infra::ssh {

namespace {
constexpr qsizetype kMostUnwritten = 256 * 1024; // then the local end waits
} // namespace

Tunnel::Tunnel(RequestId request, std::unique_ptr<SshChannel> channel, UniqueFd end, const std::function<void()> &wake)
    : m_request(request)
    , m_channel(std::move(channel))
    , m_end(std::move(end))
    , m_readable(std::make_unique<QSocketNotifier>(m_end.get(), QSocketNotifier::Read))
    , m_writable(std::make_unique<QSocketNotifier>(m_end.get(), QSocketNotifier::Write))
{
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    QObject::connect(m_readable.get(), &QSocketNotifier::activated, m_readable.get(), wake);
    QObject::connect(m_writable.get(), &QSocketNotifier::activated, m_writable.get(), wake);
}

bool Tunnel::carry()
{
    if (!m_open)
        return true;
    const bool alive = toLocal() && fromLocal();
    m_readable->setEnabled(alive && m_channel->unwritten() < kMostUnwritten);
    m_writable->setEnabled(alive && !m_toLocal.isEmpty());
    return alive;
}

bool Tunnel::toLocal()
{
    m_toLocal += m_channel->takeOut();
    m_channel->takeErr();
    while (!m_toLocal.isEmpty()) {
        const ssize_t put = ::send(m_end.get(), m_toLocal.constData(), static_cast<std::size_t>(m_toLocal.size()),
                                   MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put < 0)
            return errno == EAGAIN || errno == EINTR;
        m_toLocal.remove(0, put);
    }
    return !m_channel->remoteEof();
}

bool Tunnel::fromLocal()
{
    std::array<char, 32 * 1024> bytes{};
    while (m_channel->unwritten() < kMostUnwritten) {
        const ssize_t got = ::recv(m_end.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got < 0)
            return errno == EAGAIN || errno == EINTR;
        if (got == 0)
            return false;
        m_channel->write(QByteArray(bytes.data(), got));
        m_channel->advance();
    }
    return true;
}

} // namespace infra::ssh
