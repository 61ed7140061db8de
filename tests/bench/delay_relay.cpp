// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/delay_relay.h"

#include <algorithm>
#include <array>
#include <deque>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace infra::bench {

namespace {

using Tick = std::chrono::steady_clock;

sockaddr_in relayAddress(const QString &address, quint16 port)
{
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    ::inet_pton(AF_INET, address.toLatin1().constData(), &at.sin_addr);
    return at;
}

void sendAtOnce(int fd)
{
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int connectTo(const QString &address, quint16 port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at = relayAddress(address, port);
    void *generic = &at;
    if (fd >= 0 && ::connect(fd, static_cast<sockaddr *>(generic), sizeof at) == 0) {
        sendAtOnce(fd);
        return fd;
    }
    if (fd >= 0)
        ::close(fd);
    return -1;
}

struct Chunk
{
    Tick::time_point due;
    std::vector<char> bytes; ///< empty: the sender will say no more
};

/// One direction of a connection.
struct Direction
{
    std::deque<Chunk> queue;
    bool ended = false; ///< nothing more comes in

    void take(int from, Tick::duration delay)
    {
        std::array<char, 65536> buffer{};
        const ssize_t got = ::recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got > 0)
            queue.push_back({Tick::now() + delay, {buffer.data(), buffer.data() + got}});
        else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            ended = true;
            queue.push_back({Tick::now() + delay, {}});
        }
    }

    void deliver(int to, Tick::time_point now)
    {
        while (!queue.empty() && queue.front().due <= now) {
            const std::vector<char> &bytes = queue.front().bytes;
            if (bytes.empty())
                ::shutdown(to, SHUT_WR);
            size_t sent = 0;
            while (sent < bytes.size()) {
                const ssize_t done = ::send(to, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
                if (done <= 0)
                    break;
                sent += static_cast<size_t>(done);
            }
            queue.pop_front();
        }
    }
};

struct Connection
{
    int client = -1, server = -1;
    Tick::time_point opens;
    Direction up, down;

    bool isOver() const { return server >= 0 && up.ended && down.ended && up.queue.empty() && down.queue.empty(); }
};

} // namespace

class DelayRelay::Loop
{
public:
    explicit Loop(DelayRelay &relay)
        : m_relay(relay)
    {
    }

    ~Loop()
    {
        for (const Connection &connection : m_connections)
            closeBoth(connection);
    }

    void turn()
    {
        std::vector<pollfd> waits{{m_relay.m_listener, POLLIN, 0}};
        Tick::time_point next = Tick::now() + std::chrono::milliseconds(50);
        for (const Connection &connection : m_connections) {
            waits.push_back({connection.up.ended ? -1 : connection.client, POLLIN, 0});
            waits.push_back({connection.down.ended ? -1 : connection.server, POLLIN, 0});
            if (connection.server < 0)
                next = std::min(next, connection.opens);
            else if (!connection.up.queue.empty())
                next = std::min(next, connection.up.queue.front().due);
            if (!connection.down.queue.empty())
                next = std::min(next, connection.down.queue.front().due);
        }
        const auto pause = std::max<std::chrono::nanoseconds>(next - Tick::now(), std::chrono::nanoseconds(0));
        const timespec time{0, static_cast<long>(pause.count())};
        if (::ppoll(waits.data(), waits.size(), &time, nullptr) < 0)
            return;
        size_t at = 1;
        for (Connection &connection : m_connections) {
            if (waits[at++].revents != 0)
                connection.up.take(connection.client, m_relay.m_oneWay);
            if (waits[at++].revents != 0)
                connection.down.take(connection.server, m_relay.m_oneWay);
            step(connection);
        }
        if (waits.front().revents != 0)
            accept();
        const auto over = std::partition(m_connections.begin(), m_connections.end(),
                                         [](const Connection &connection) { return !connection.isOver(); });
        std::for_each(over, m_connections.end(), closeBoth);
        m_connections.erase(over, m_connections.end());
    }

private:
    static void closeBoth(const Connection &connection)
    {
        ::close(connection.client);
        if (connection.server >= 0)
            ::close(connection.server);
    }

    void accept()
    {
        Connection connection;
        connection.client = ::accept4(m_relay.m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection.client < 0)
            return;
        sendAtOnce(connection.client);
        connection.opens = Tick::now() + 3 * m_relay.m_oneWay;
        m_connections.push_back(std::move(connection));
    }

    void step(Connection &connection)
    {
        const Tick::time_point now = Tick::now();
        if (connection.server < 0 && now >= connection.opens) {
            connection.server = connectTo(m_relay.m_targetAddress, m_relay.m_targetPort);
            if (connection.server < 0) {
                connection.opens = now + std::chrono::seconds(1);
                return;
            }
        }
        if (connection.server >= 0)
            connection.up.deliver(connection.server, now);
        connection.down.deliver(connection.client, now);
    }

    DelayRelay &m_relay;
    std::vector<Connection> m_connections;
};

DelayRelay::DelayRelay(QString targetAddress, quint16 targetPort, std::chrono::milliseconds roundTrip)
    : m_targetAddress(std::move(targetAddress))
    , m_targetPort(targetPort)
    , m_oneWay(roundTrip / 2)
{
}

DelayRelay::~DelayRelay()
{
    m_ended = true;
    if (m_thread.joinable())
        m_thread.join();
    if (m_listener >= 0)
        ::close(m_listener);
}

bool DelayRelay::start(const QString &address)
{
    m_address = address;
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at = relayAddress(address, 0);
    void *generic = &at;
    socklen_t size = sizeof at;
    if (m_listener < 0 || ::bind(m_listener, static_cast<sockaddr *>(generic), size) != 0 ||
        ::listen(m_listener, 64) != 0 || ::getsockname(m_listener, static_cast<sockaddr *>(generic), &size) != 0)
        return false;
    m_port = ntohs(at.sin_port);
    m_thread = std::thread([this] {
        Loop loop(*this);
        while (!m_ended)
            loop.turn();
    });
    return true;
}

} // namespace infra::bench
