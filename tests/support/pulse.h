// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QObject>

#include <chrono>
#include <mutex>
#include <vector>

namespace infra::test {

/// Beats on the thread that it lives on and keeps how long that thread's event loop was silent. What the thread spent
/// waiting for a processor (by the kernel's own account, /proc/thread-self/schedstat) is the machine's doing and taken
/// off; what is left is the thread's.
class Pulse : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~Pulse() override;

    struct Silence
    {
        double wallMs = 0; ///< late by
        double ownMs = 0;  ///< without the wait for a processor
        double atS = 0;    ///< since `reset`
    };
    struct Report
    {
        qsizetype beats = 0;
        double worstMs = 0;            ///< longest silence by the wall clock
        double worstOwnMs = 0;         ///< without the wait for a processor
        qsizetype over = 0;            ///< how many of the thread's own were longer than the limit
        std::vector<Silence> longOnes; ///< those longer than the limit by the wall clock
    };
    /// On its own thread, once.
    void begin(int beatMs);
    /// Any thread.
    Report report(double limitMs) const;
    /// Forgets what was so far. Any thread.
    void reset();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    double waitedMs() const;

    int m_account = -1;
    int m_beatMs = 0;
    std::chrono::steady_clock::time_point m_last{}, m_since{};
    double m_waited = 0;
    mutable std::mutex m_mutex;
    std::vector<Silence> m_silences; ///< one a beat
};

} // namespace infra::test
