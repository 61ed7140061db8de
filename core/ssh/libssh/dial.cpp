// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/dial.h"

#include "core/base/redaction.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr milliseconds kSlice{50}; // how soon a stop is noticed

enum class Wait
{
    Ready,
    Late,
    Stopped
};

Wait awaitReady(int socket, short events, MonotonicTime deadline, ConnectTalk &talk, const Clock &clock)
{
    while (true) {
        if (talk.stopped())
            return Wait::Stopped;
        const milliseconds left = deadline - clock.monotonic();
        if (left.count() <= 0)
            return Wait::Late;
        pollfd waiting{socket, events, 0};
        if (::poll(&waiting, 1, static_cast<int>(std::min(left, kSlice).count())) > 0)
            return Wait::Ready;
    }
}

Unexpected stoppedError(ConnectTalk &talk, const QString &host)
{
    return fail(talk.stopped().value_or(ErrorCode::Canceled), u"stopped while connecting to %1"_s.arg(host));
}

Unexpected dialError(int code, const QString &host)
{
    const QString text = QString::fromLocal8Bit(std::strerror(code));
    switch (code) {
    case ECONNREFUSED:
        return fail(ErrorCode::Refused, u"%1 refused the connection"_s.arg(host));
    case ETIMEDOUT:
        return fail(ErrorCode::ConnectTimeout, u"%1 did not answer"_s.arg(host));
    default:
        return fail(ErrorCode::HostUnreachable, u"%1 cannot be reached: %2"_s.arg(host, text));
    }
}

void tune(int socket, milliseconds userTimeout)
{
    const int on = 1;
    const auto limit = static_cast<unsigned int>(userTimeout.count());
    // Best effort: without them the link only notices trouble later.
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
    ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
    ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

Result<UniqueFd> dialOne(const addrinfo &address, const QString &host, MonotonicTime deadline, milliseconds userTimeout,
                         ConnectTalk &talk, const Clock &clock)
{
    UniqueFd socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.isOpen())
        return dialError(errno, host);
    tune(socket.get(), userTimeout);
    if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) != 0) {
        if (errno != EINPROGRESS)
            return dialError(errno, host);
        const Wait waited = awaitReady(socket.get(), POLLOUT, deadline, talk, clock);
        if (waited == Wait::Stopped)
            return stoppedError(talk, host);
        if (waited == Wait::Late)
            return dialError(ETIMEDOUT, host);
        int code = 0;
        socklen_t size = sizeof code;
        if (::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &code, &size) != 0 || code != 0)
            return dialError(code != 0 ? code : errno, host);
    }
    return socket;
}

} // namespace

Result<AddressList> lookUp(const QString &host, quint16 port)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo *list = nullptr;
    const QByteArray name = host.toUtf8();
    const QByteArray service = QByteArray::number(port);
    int rc = ::getaddrinfo(name.constData(), service.constData(), &hints, &list);
    if (rc != 0) { // loopback-only machines have no "configured" address
        hints.ai_flags = 0;
        rc = ::getaddrinfo(name.constData(), service.constData(), &hints, &list);
    }
    if (rc != 0)
        return fail(ErrorCode::DnsFailed,
                    u"the name %1 has no address: %2"_s.arg(host, QString::fromLocal8Bit(::gai_strerror(rc))));
    return AddressList(list);
}

Result<UniqueFd> dial(const addrinfo *addresses, const QString &host, milliseconds timeout, milliseconds userTimeout,
                      ConnectTalk &talk, const Clock &clock)
{
    const MonotonicTime deadline = clock.monotonic() + timeout;
    int left = 0;
    for (const addrinfo *at = addresses; at != nullptr; at = at->ai_next)
        ++left;
    Result<UniqueFd> result = dialError(EHOSTUNREACH, host);
    for (const addrinfo *at = addresses; at != nullptr; at = at->ai_next, --left) {
        const MonotonicTime now = clock.monotonic();
        result = dialOne(*at, host, now + (deadline - now) / left, userTimeout, talk, clock);
        if (result || talk.stopped())
            break;
    }
    return result;
}

Result<void> awaitBanner(int socket, const QString &host, milliseconds timeout, ConnectTalk &talk, const Clock &clock)
{
    const MonotonicTime deadline = clock.monotonic() + timeout;
    std::array<char, 255> words{};
    while (true) {
        const Wait waited = awaitReady(socket, POLLIN, deadline, talk, clock);
        if (waited == Wait::Stopped)
            return stoppedError(talk, host);
        if (waited == Wait::Late)
            return fail(ErrorCode::ConnectTimeout, u"%1 accepted the connection and said nothing"_s.arg(host));
        const ssize_t count = ::recv(socket, words.data(), words.size(), MSG_PEEK | MSG_DONTWAIT);
        if (talk.stopped()) // a stop shuts the socket down, which looks like the host's doing
            return stoppedError(talk, host);
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
            return fail(ErrorCode::ServerBusy, u"%1 dropped the connection before it spoke"_s.arg(host));
        if (count < 0)
            continue;
        const QByteArray seen(words.data(), count);
        if (seen.contains("MaxStartups") || seen.contains("Not allowed at this time"))
            return fail(ErrorCode::ServerBusy, u"%1 has too many logins under way"_s.arg(host));
        // RFC 4253 §4.2 lets a server send lines before its version.
        if (seen.startsWith("SSH-") || seen.contains("\nSSH-"))
            return {};
        const bool couldBecome = count < 4 && QByteArray("SSH-").startsWith(seen);
        if (!couldBecome && (seen.contains('\n') || count >= 64))
            return fail(ErrorCode::BannerInvalid,
                        u"%1 does not speak SSH there; it said: %2"_s.arg(host, displayText(seen.left(80), 80)));
        if (!talk.pause(static_cast<int>(kSlice.count())))
            return stoppedError(talk, host);
    }
}

} // namespace infra::ssh
