// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QObject>

#include <atomic>
#include <chrono>
#include <mutex>
#include <vector>

namespace infra::bench {

/// Beats every 10 ms on the thread that it lives on, and keeps every silence of more than 50 ms. From the kernel's own
/// account of the thread it takes what it spent waiting for a processor: what is left is the thread's own doing.
/// Begin it on its thread; `report` may be called from any.
class Heartbeat : public QObject
{
    Q_OBJECT
public:
    explicit Heartbeat(QObject *parent = nullptr);
    ~Heartbeat() override;

public slots:
    void begin();

public:
    /// Forgets what was so far.
    void reset();
    QJsonObject report() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Silence
    {
        double ms = 0;    ///< late by
        double ownMs = 0; ///< without the wait for a processor
        double atS = 0;   ///< since `reset`
    };
    double waitedMs() const;

    int m_account = -1; ///< /proc/thread-self/schedstat, of its thread
    std::chrono::steady_clock::time_point m_last{}, m_since{};
    double m_waited = 0;
    mutable std::mutex m_mutex;
    std::vector<Silence> m_silences;
    long long m_beats = 0;
};

} // namespace infra::bench
