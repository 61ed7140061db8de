// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/sqlite_reader.h"

#include "core/store/sql/device_rows.h"
#include "core/store/sql/history_rows.h"
#include "core/store/sql/status_rows.h"

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr milliseconds kPageDeadline = 10s;
constexpr milliseconds kStartDeadline = 60s;
constexpr milliseconds kCheckDeadline = 600s;
/// Answers beyond these are an export: a page would not show them.
constexpr int kPagePoints = 4000;
constexpr int kPageEntries = 500;

} // namespace

SqliteReader::~SqliteReader()
{
    m_interactive.reset();
    m_export.reset();
    m_router->drain();
}

Result<void> SqliteReader::start(const Dialect &dialect, const QString &path)
{
    m_interactive = std::make_unique<ReaderLane>();
    m_export = std::make_unique<ReaderLane>();
    if (Result<void> done = m_interactive->start(dialect, path, Role::InteractiveReader); !done)
        return done;
    return m_export->start(dialect, path, Role::ExportReader);
}

template <typename T>
QFuture<Result<T>> SqliteReader::ask(ReaderLane &lane, CancelToken cancel, milliseconds deadline,
                                     std::function<Result<T>(Connection &)> question)
{
    auto [id, future] = m_router->open<T>();
    const auto end = std::chrono::steady_clock::now() + deadline;
    const bool taken = lane.post(
        [router = m_router.get(), id = id, cancel, end, question = std::move(question)](Connection &connection) {
            if (cancel.isCanceled()) {
                router->post<T>(id, fail(ErrorCode::Canceled, u"Canceled before it began"_s));
                return;
            }
            connection.setLimits(cancel, end);
            Result<T> answer = question(connection);
            connection.clearLimits();
            router->post<T>(id, std::move(answer));
        });
    if (!taken)
        m_router->post<T>(id, fail(ErrorCode::Busy, u"Too many questions to the database wait already"_s));
    return future;
}

QFuture<Result<QList<Device>>> SqliteReader::devices()
{
    return ask<QList<Device>>(*m_interactive, {}, kStartDeadline, &readDevices);
}

QFuture<Result<HistoryResult>> SqliteReader::history(HistoryQuery query, CancelToken cancel)
{
    ReaderLane &lane = query.maxPoints > kPagePoints ? *m_export : *m_interactive;
    const milliseconds deadline = query.deadline;
    return ask<HistoryResult>(lane, std::move(cancel), deadline,
                              [query = std::move(query), now = m_clock.now()](Connection &connection) {
                                  return readHistory(connection, query, now);
                              });
}

QFuture<Result<QHash<DeviceId, QList<HistoryPoint>>>> SqliteReader::recentCpu(Instant from, CancelToken cancel)
{
    return ask<QHash<DeviceId, QList<HistoryPoint>>>(
        *m_interactive, std::move(cancel), kPageDeadline,
        [from](Connection &connection) { return readRecentCpu(connection, from); });
}

QFuture<Result<AuditPage>> SqliteReader::audit(AuditQuery query, CancelToken cancel)
{
    ReaderLane &lane = query.limit > kPageEntries ? *m_export : *m_interactive;
    return ask<AuditPage>(lane, std::move(cancel), kPageDeadline,
                          [query = std::move(query)](Connection &connection) { return readAudit(connection, query); });
}

QFuture<Result<QList<StoreReader::StoredSnapshot>>> SqliteReader::latestSnapshots()
{
    return ask<QList<StoredSnapshot>>(*m_interactive, {}, kStartDeadline, &readSnapshots);
}

QFuture<Result<QList<QJsonObject>>> SqliteReader::cacheMetadata()
{
    return ask<QList<QJsonObject>>(*m_interactive, {}, kStartDeadline, &readCacheMetadata);
}

QFuture<Result<StoreStatus>> SqliteReader::status(StatusDepth depth)
{
    ReaderLane &lane = depth == StatusDepth::Integrity ? *m_export : *m_interactive;
    return ask<StoreStatus>(
        lane, {}, depth == StatusDepth::Integrity ? kCheckDeadline : kPageDeadline,
        [depth, days = retentionDays(m_settings), queue = m_queue, figures = m_figures](Connection &connection) {
            Result<StoreStatus> status = readStatus(connection, depth);
            if (!status)
                return status;
            status->retention = retentionStatus(days);
            status->writable = figures->writable.load();
            status->writerQueue = qint64(queue->size());
            status->writerLagMs = qMax(figures->lagMs.load(), queue->oldestAgeMs());
            status->rowsPerS = double(figures->rowsInWindow.load()) / 60.0;
            status->droppedTelemetry = queue->droppedTelemetry();
            return status;
        });
}

} // namespace infra::store::sql
