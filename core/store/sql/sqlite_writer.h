// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sql/reply_router.h"
#include "core/store/sql/writer_loop.h"

#include <thread>

namespace infra::store::sql {

/// The engine's side of the writer: stamps, queues, and finishes futures. Engine thread. Its end writes all that is
/// queued.
class SqliteWriter final : public StoreWriter
{
public:
    SqliteWriter(const Clock &clock, std::shared_ptr<ReplyRouter> router, std::shared_ptr<WriteQueue> queue)
        : m_clock(clock)
        , m_router(std::move(router))
        , m_queue(std::move(queue))
    {
    }
    ~SqliteWriter() override;
    /// Starts the thread and waits until it has opened the database.
    Result<void> start(const Dialect &dialect, const QString &path, const SettingsStore *settings,
                       std::shared_ptr<WriterFigures> figures);

    void cycle(CycleRecord record) override;
    bool audit(AuditEntry entry) override;
    bool hasRoom() const override { return m_queue->hasRoom(); }
    void gap(DeviceId device, Gap gap) override;
    void performance(QList<PerformanceValue> values) override;
    QFuture<Result<void>> saveDevice(Device device) override;
    QFuture<Result<void>> removeDevice(DeviceId device, bool withHistory) override;
    QFuture<Result<void>> saveCacheMetadata(QList<QJsonObject> rows) override;
    QFuture<Result<void>> maintain(Instant now) override;
    QFuture<Result<void>> flush() override;

private:
    Stamp stamp() const { return {m_clock.now(), m_clock.monotonic()}; }
    template <typename What>
    QFuture<Result<void>> ask(What what);

    const Clock &m_clock;
    std::shared_ptr<ReplyRouter> m_router;
    std::shared_ptr<WriteQueue> m_queue;
    std::shared_ptr<WriterFigures> m_figures;
    std::jthread m_thread;
};

} // namespace infra::store::sql
