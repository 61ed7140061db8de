// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QObject>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace infra::ui {

/// Notices when a thread's event loop does not answer for more than 50 ms, and logs the stack of the stalled thread.
/// Made on the thread that it watches (GUI or engine), which needs an event loop; a heartbeat of 20 ms runs while it
/// lives. For debug builds. The stack is taken by a signal (SIGUSR2) to that thread; at most one report a second.
class StallWatchdog : public QObject
{
    Q_OBJECT
public:
    struct Stall
    {
        int milliseconds = 0; ///< so far
        QString stack;        ///< one frame a line
    };
    /// @param name for the log: "gui". @param report called on the watchdog's own thread; null: logged.
    explicit StallWatchdog(const char *name, std::function<void(const Stall &)> report = {}, int limitMs = 50,
                           QObject *parent = nullptr);
    ~StallWatchdog() override;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void watch();
    QString stackOfWatched() const;

    const char *m_name;
    std::function<void(const Stall &)> m_report;
    const int m_limitMs;
    const unsigned long m_watched; ///< pthread_t
    std::atomic<qint64> m_beat;    ///< steady clock, ms
    std::mutex m_mutex;
    std::condition_variable m_ending;
    bool m_ended = false;
    std::thread m_thread;
};

} // namespace infra::ui
