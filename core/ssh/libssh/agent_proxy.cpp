// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/agent_proxy.h"

#include <QtCore/QFile>
#include <QtCore/QtEndian>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint32 kLargestMessage = 256 * 1024;
constexpr char kFailure = 5, kRequestIdentities = 11, kIdentitiesAnswer = 12, kSignRequest = 13;
constexpr int kForEver = -1;

bool readExactly(int fd, char *to, std::size_t count, int timeoutMs)
{
    while (count > 0) {
        pollfd waiting{fd, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, timeoutMs);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return false;
        const ssize_t got = ::recv(fd, to, count, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        count -= static_cast<std::size_t>(got);
    }
    return true;
}

/// One message without its length; nothing when the other side went, or is late.
std::optional<QByteArray> readMessage(int fd, int timeoutMs)
{
    std::array<char, 4> head{};
    if (!readExactly(fd, head.data(), head.size(), timeoutMs))
        return std::nullopt;
    const auto size = qFromBigEndian<quint32>(head.data());
    if (size == 0 || size > kLargestMessage)
        return std::nullopt;
    QByteArray body(static_cast<qsizetype>(size), Qt::Uninitialized);
    if (!readExactly(fd, body.data(), size, timeoutMs))
        return std::nullopt;
    return body;
}

void appendNumber(QByteArray &to, quint32 number)
{
    std::array<char, 4> bytes{};
    qToBigEndian(number, bytes.data());
    to.append(bytes.data(), bytes.size());
}

void appendString(QByteArray &to, const QByteArray &text)
{
    appendNumber(to, static_cast<quint32>(text.size()));
    to += text;
}

bool writeMessage(int fd, const QByteArray &body)
{
    QByteArray bytes;
    appendString(bytes, body);
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t put =
            ::send(fd, bytes.constData() + done, static_cast<std::size_t>(bytes.size() - done), MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        done += put;
    }
    return true;
}

/// Takes a length-prefixed string off the front of `from`.
std::optional<QByteArray> takeString(QByteArrayView &from)
{
    if (from.size() < 4)
        return std::nullopt;
    const auto size = qFromBigEndian<quint32>(from.data());
    if (size > static_cast<quint64>(from.size() - 4))
        return std::nullopt;
    const QByteArray text = from.sliced(4, static_cast<qsizetype>(size)).toByteArray();
    from = from.sliced(4 + static_cast<qsizetype>(size));
    return text;
}

Result<UniqueFd> reach(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.isEmpty() || name.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        return fail(ErrorCode::AuthAgentUnavailable, u"no SSH agent is known (SSH_AUTH_SOCK)"_s);
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    UniqueFd agent(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const void *generic = &address;
    if (!agent.isOpen() || ::connect(agent.get(), static_cast<const sockaddr *>(generic), sizeof address) != 0)
        return fail(ErrorCode::AuthAgentUnavailable, u"the SSH agent at %1 cannot be reached: %2"_s.arg(
                                                         path, QString::fromLocal8Bit(std::strerror(errno))));
    return agent;
}

} // namespace

AgentProxy::AgentProxy(UniqueFd agent, UniqueFd ourEnd, UniqueFd clientEnd, std::chrono::milliseconds deadline)
    : m_agent(std::move(agent))
    , m_ourEnd(std::move(ourEnd))
    , m_clientEnd(std::move(clientEnd))
    , m_deadline(deadline)
{
}

Result<std::unique_ptr<AgentProxy>> AgentProxy::start(const QString &socketPath, const QList<QByteArray> &preferred,
                                                      bool only, std::chrono::milliseconds deadline)
{
    auto agent = reach(socketPath);
    if (!agent)
        return fail(agent.error());
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
        return fail(ErrorCode::AuthAgentUnavailable, u"no socket for the SSH agent"_s);
    std::unique_ptr<AgentProxy> proxy(
        new AgentProxy(*std::move(agent), UniqueFd(pair[0]), UniqueFd(pair[1]), deadline));

    const Unexpected silent =
        fail(ErrorCode::AuthAgentSilent, u"the SSH agent at %1 does not answer"_s.arg(socketPath));
    if (!writeMessage(proxy->m_agent.get(), QByteArray(1, kRequestIdentities)))
        return silent;
    const auto answer = readMessage(proxy->m_agent.get(), static_cast<int>(deadline.count()));
    if (!answer)
        return silent;
    if (answer->size() < 5 || answer->at(0) != kIdentitiesAnswer)
        return fail(ErrorCode::AuthAgentUnavailable, u"the SSH agent at %1 lists no keys"_s.arg(socketPath));
    QByteArrayView rest = QByteArrayView(*answer).sliced(5);
    QList<Identity> all;
    while (auto blob = takeString(rest)) {
        const auto comment = takeString(rest);
        if (!comment)
            break;
        all.append({*blob, *comment});
    }
    const auto isPreferred = [&preferred](const Identity &identity) { return preferred.contains(identity.blob); };
    std::stable_partition(all.begin(), all.end(), isPreferred);
    for (const Identity &identity : all) {
        if (proxy->m_identities.size() < kMostKeys && (!only || isPreferred(identity)))
            proxy->m_identities.append(identity);
    }
    proxy->m_thread = std::thread([raw = proxy.get()] { raw->serve(); });
    return proxy;
}

AgentProxy::~AgentProxy()
{
    ::shutdown(m_ourEnd.get(), SHUT_RDWR);
    ::shutdown(m_agent.get(), SHUT_RDWR);
    if (m_thread.joinable())
        m_thread.join();
}

QByteArray AgentProxy::identitiesAnswer() const
{
    QByteArray body(1, kIdentitiesAnswer);
    appendNumber(body, static_cast<quint32>(m_identities.size()));
    for (const Identity &identity : m_identities) {
        appendString(body, identity.blob);
        appendString(body, identity.comment);
    }
    return body;
}

void AgentProxy::serve()
{
    while (const auto request = readMessage(m_ourEnd.get(), kForEver)) {
        const char kind = request->at(0);
        if (kind == kRequestIdentities) {
            if (!writeMessage(m_ourEnd.get(), identitiesAnswer()))
                break;
            continue;
        }
        if (kind != kSignRequest) {
            if (!writeMessage(m_ourEnd.get(), QByteArray(1, kFailure)))
                break;
            continue;
        }
        std::optional<QByteArray> answer;
        if (writeMessage(m_agent.get(), *request))
            answer = readMessage(m_agent.get(), static_cast<int>(m_deadline.count()));
        if (!answer)
            m_silent.store(true);
        if (!answer || !writeMessage(m_ourEnd.get(), *answer))
            break;
    }
    ::shutdown(m_ourEnd.get(), SHUT_RDWR);
}

} // namespace infra::ssh
