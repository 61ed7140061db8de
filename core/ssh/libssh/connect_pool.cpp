// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/connect_pool.h"

#include <algorithm>

namespace infra::ssh {

ConnectPool::~ConnectPool()
{
    close(nullptr);
    std::vector<std::jthread> threads;
    {
        const std::lock_guard lock(m_mutex);
        threads.swap(m_threads);
    }
}

void ConnectPool::post(const QString &address, std::function<void()> job)
{
    const std::lock_guard lock(m_mutex);
    if (m_closed)
        return;
    m_jobs.push_back({address, std::move(job)});
    if (m_idle < static_cast<int>(m_jobs.size()) && m_alive < kMostThreads &&
        m_busy.value(address) < kMostOnOneAddress) {
        ++m_alive;
        m_threads.emplace_back([this] { work(); });
    }
    m_changed.notify_one();
}

void ConnectPool::close(std::function<void()> allDone)
{
    std::function<void()> now;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_jobs.clear();
        if (m_alive == 0)
            now = std::move(allDone);
        else if (allDone)
            m_allDone = std::move(allDone);
        m_changed.notify_all();
    }
    if (now)
        now();
}

std::deque<ConnectPool::Job>::iterator ConnectPool::nextFit()
{
    return std::find_if(m_jobs.begin(), m_jobs.end(),
                        [this](const Job &job) { return m_busy.value(job.address) < kMostOnOneAddress; });
}

void ConnectPool::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        auto fit = m_jobs.end();
        ++m_idle;
        m_changed.wait(lock, [this, &fit] {
            fit = nextFit();
            return m_closed || fit != m_jobs.end();
        });
        --m_idle;
        if (m_closed)
            break;
        Job job = std::move(*fit);
        m_jobs.erase(fit);
        ++m_busy[job.address];
        lock.unlock();
        job.run();
        job.run = nullptr; // what it holds goes outside the lock
        lock.lock();
        if (--m_busy[job.address] == 0)
            m_busy.remove(job.address);
        m_changed.notify_all();
    }
    std::function<void()> last;
    if (--m_alive == 0)
        last = std::move(m_allDone);
    lock.unlock();
    if (last)
        last();
}

} // namespace infra::ssh
