// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QHash>
#include <QtCore/QString>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace infra::ssh {

/// The blocking threads in which connections are made: grown on demand up to 40, at most 8 jobs on one address at a
/// time (a host drops more: MaxStartups). Any thread posts. The destructor waits for running jobs; queued ones are
/// dropped by `close`.
class ConnectPool
{
public:
    static constexpr int kMostThreads = 40;
    static constexpr int kMostOnOneAddress = 8;

    ConnectPool() = default;
    ~ConnectPool();
    ConnectPool(const ConnectPool &) = delete;
    ConnectPool &operator=(const ConnectPool &) = delete;

    void post(const QString &address, std::function<void()> job);
    /// Takes no more, forgets what waits. Returns at once; `allDone` is called on the last thread to end (here, when
    /// none runs).
    void close(std::function<void()> allDone);

private:
    struct Job
    {
        QString address;
        std::function<void()> run;
    };
    std::deque<Job>::iterator nextFit();
    void work();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Job> m_jobs;
    QHash<QString, int> m_busy;
    int m_idle = 0;
    int m_alive = 0;
    bool m_closed = false;
    std::function<void()> m_allDone;
    std::vector<std::jthread> m_threads;
};

} // namespace infra::ssh
