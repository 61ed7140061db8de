// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace infra::bench {

/// A link with a round-trip time of its own: a TCP relay on a loopback address that hands every byte on half a round
/// trip later. A connection is made known to the server one and a half round trips after the client made it, which is
/// when a server hears of one over a real link. What it does not show: loss, and what Nagle's algorithm does over a
/// real link. One thread of its own; made and destroyed on any one thread.
class DelayRelay
{
public:
    DelayRelay(QString targetAddress, quint16 targetPort, std::chrono::milliseconds roundTrip);
    ~DelayRelay();
    DelayRelay(const DelayRelay &) = delete;
    DelayRelay &operator=(const DelayRelay &) = delete;

    /// Listens; false when the system has no socket for it.
    bool start(const QString &address);
    QString address() const { return m_address; }
    quint16 port() const { return m_port; }

private:
    class Loop;

    const QString m_targetAddress;
    const quint16 m_targetPort;
    const std::chrono::milliseconds m_oneWay;
    QString m_address;
    quint16 m_port = 0;
    int m_listener = -1;
    std::atomic<bool> m_ended{false};
    std::thread m_thread;
};

} // namespace infra::bench
