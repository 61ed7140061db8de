// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/reader_lane.h"

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

ReaderLane::~ReaderLane()
{
    m_shared->stopping.store(true);
    {
        const std::lock_guard lock(m_shared->mutex);
        if (m_shared->connection)
            m_shared->connection->stop();
    }
    m_shared->jobs.close();
    if (m_thread.joinable())
        m_thread.join();
}

Result<void> ReaderLane::start(const Dialect &dialect, const QString &path, Role role)
{
    auto opened = std::make_shared<Mailbox<Result<void>>>(1);
    m_thread = std::jthread([shared = m_shared, opened, &dialect, path, role] {
        Result<std::unique_ptr<Connection>> connection = Connection::open(dialect, path, role);
        if (!connection) {
            opened->put(fail(connection.error()));
            return;
        }
        {
            const std::lock_guard lock(shared->mutex);
            shared->connection = connection->get();
        }
        opened->put(Result<void>());
        while (std::optional<Job> job = shared->jobs.takeOne()) {
            if (shared->stopping.load())
                break;
            (*job)(**connection);
        }
        const std::lock_guard lock(shared->mutex);
        shared->connection = nullptr;
        connection->reset();
    });
    return opened->takeOne().value_or(Result<void>(fail(ErrorCode::Internal, u"The reader did not start"_s)));
}

bool ReaderLane::post(Job job)
{
    return m_shared->jobs.put(std::move(job)) != Mailbox<Job>::Put::Full;
}

} // namespace infra::store::sql
