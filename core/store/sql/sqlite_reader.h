// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/store/sql/reader_lane.h"
#include "core/store/sql/reply_router.h"
#include "core/store/sql/writer_loop.h"

namespace infra::store::sql {

/// The engine's side of the two readers: what a page waits for goes to the interactive one, long answers to the export
/// one. Engine thread.
class SqliteReader final : public StoreReader
{
public:
    SqliteReader(const Clock &clock, std::shared_ptr<ReplyRouter> router, std::shared_ptr<WriteQueue> queue,
                 std::shared_ptr<WriterFigures> figures, const SettingsStore *settings)
        : m_clock(clock)
        , m_router(std::move(router))
        , m_queue(std::move(queue))
        , m_figures(std::move(figures))
        , m_settings(settings)
    {
    }
    ~SqliteReader() override;
    Result<void> start(const Dialect &dialect, const QString &path);

    QFuture<Result<QList<Device>>> devices() override;
    QFuture<Result<HistoryResult>> history(HistoryQuery query, CancelToken cancel) override;
    QFuture<Result<QHash<DeviceId, QList<HistoryPoint>>>> recentCpu(Instant from, CancelToken cancel) override;
    QFuture<Result<AuditPage>> audit(AuditQuery query, CancelToken cancel) override;
    QFuture<Result<QList<StoredSnapshot>>> latestSnapshots() override;
    QFuture<Result<QList<QJsonObject>>> cacheMetadata() override;
    QFuture<Result<StoreStatus>> status(StatusDepth depth) override;

private:
    template <typename T>
    QFuture<Result<T>> ask(ReaderLane &lane, CancelToken cancel, milliseconds deadline,
                           std::function<Result<T>(Connection &)> question);

    const Clock &m_clock;
    std::shared_ptr<ReplyRouter> m_router;
    std::shared_ptr<WriteQueue> m_queue;
    std::shared_ptr<WriterFigures> m_figures;
    const SettingsStore *m_settings;
    std::unique_ptr<ReaderLane> m_interactive, m_export;
};

} // namespace infra::store::sql
