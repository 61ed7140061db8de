// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mailbox.h"
#include "core/store/sql/connection.h"

#include <functional>
#include <thread>

namespace infra::store::sql {

/// One reader thread with a connection of its own; questions are answered one after another. Made and used on the
/// engine thread.
class ReaderLane
{
public:
    using Job = std::function<void(Connection &)>;

    ReaderLane() = default;
    ~ReaderLane(); ///< interrupts what runs; what waits is not answered
    ReaderLane(const ReaderLane &) = delete;
    ReaderLane &operator=(const ReaderLane &) = delete;

    Result<void> start(const Dialect &dialect, const QString &path, Role role);
    /// False when too many questions wait already.
    bool post(Job job);

private:
    struct Shared
    {
        Mailbox<Job> jobs{256};
        std::mutex mutex;
        Connection *connection = nullptr; ///< while the thread has it
        std::atomic_bool stopping{false};
    };
    std::shared_ptr<Shared> m_shared = std::make_shared<Shared>();
    std::jthread m_thread;
};

} // namespace infra::store::sql
