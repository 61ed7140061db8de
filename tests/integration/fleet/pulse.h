// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QObject>

#include <chrono>
#include <mutex>
#include <vector>

namespace infra::test {

/// Beats every 20 ms on the thread that makes it and keeps how long that thread's event loop was silent. What the
/// thread spent waiting for a processor (by the kernel's own account, /proc/thread-self/schedstat) is the machine's
/// doing and taken off; what is left is the thread's.
class Pulse : public QObject
{
    Q_OBJECT
public:
    static constexpr double kBeatMs = 20;

    explicit Pulse(QObject *parent = nullptr);
    ~Pulse() override;

    struct Report
    {
        qsizetype beats = 0;
        double worstMs = 0;    ///< longest silence by the wall clock
        double worstOwnMs = 0; ///< without the wait for a processor
        qsizetype over = 0;    ///< how many of the thread's own were longer than `limitMs`
    };
    /// Any thread.
    Report report(double limitMs) const;
    void reset();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    double waitedMs() const;

    int m_account = -1;
    std::chrono::steady_clock::time_point m_last;
    double m_waited = 0;
    mutable std::mutex m_mutex;
    std::vector<std::pair<double, double>> m_silences; ///< wall, own; ms beyond the beat
};

} // namespace infra::test
