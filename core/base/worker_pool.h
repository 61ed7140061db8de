// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mailbox.h"

#include <functional>
#include <thread>
#include <vector>

namespace infra {

/// A few threads for pure work (parsing, diffs, hashes). Jobs take values and hand results on by a Mailbox of their
/// own. Any thread may post. The destructor lets queued jobs finish.
class WorkerPool
{
public:
    /// @param threads 1 to 64. @param capacity queued jobs before `post` refuses.
    explicit WorkerPool(int threads, std::size_t capacity = 100'000);
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    /// False when the queue is full; the job was not taken.
    bool post(std::function<void()> job);
    std::size_t queued() const { return m_jobs.size(); }

private:
    Mailbox<std::function<void()>> m_jobs;
    std::vector<std::jthread> m_threads;
};

} // namespace infra
