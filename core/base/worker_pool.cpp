// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/worker_pool.h"

#include <algorithm>

namespace infra {

WorkerPool::WorkerPool(int threads, std::size_t capacity)
    : m_jobs(capacity)
{
    const int count = std::clamp(threads, 1, 64);
    m_threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        m_threads.emplace_back([this] {
            while (const auto job = m_jobs.takeOne())
                (*job)();
        });
    }
}

WorkerPool::~WorkerPool()
{
    m_jobs.close();
    // Joined here: the threads use m_jobs, which would otherwise outlive them only by the order of members.
    m_threads.clear();
}

bool WorkerPool::post(std::function<void()> job)
{
    return m_jobs.put(std::move(job)) != Mailbox<std::function<void()>>::Put::Full;
}

} // namespace infra
