// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/sqlite_writer.h"

namespace infra::store::sql {

SqliteWriter::~SqliteWriter()
{
    m_queue->close();
    if (m_thread.joinable())
        m_thread.join();
    m_router->drain();
}

Result<void> SqliteWriter::start(const Dialect &dialect, const QString &path, const SettingsStore *settings,
                                 std::shared_ptr<WriterFigures> figures)
{
    m_figures = std::move(figures);
    auto opened = std::make_shared<Mailbox<Result<void>>>(1);
    m_thread = std::jthread([this, opened, &dialect, path, settings] {
        WriterLoop::run({dialect, path, settings, m_clock, *m_queue, *m_router, *m_figures}, *opened);
    });
    return opened->takeOne().value_or(
        Result<void>(fail(ErrorCode::Internal, QStringLiteral("The writer did not start"))));
}

void SqliteWriter::cycle(CycleRecord record)
{
    m_queue->putCycle(std::move(record), stamp());
}

bool SqliteWriter::audit(AuditEntry entry)
{
    return m_queue->putAudit(std::move(entry), stamp());
}

void SqliteWriter::gap(DeviceId device, Gap gap)
{
    m_queue->putGap({std::move(device), gap}, stamp());
}

void SqliteWriter::performance(QList<PerformanceValue> values)
{
    m_queue->putPerformance(std::move(values), stamp());
}

template <typename What>
QFuture<Result<void>> SqliteWriter::ask(What what)
{
    auto [id, future] = m_router->open<void>();
    m_queue->putRequest({id, std::move(what)}, stamp());
    return future;
}

QFuture<Result<void>> SqliteWriter::saveDevice(Device device)
{
    return ask(SaveDevice{std::move(device)});
}

QFuture<Result<void>> SqliteWriter::removeDevice(DeviceId device, bool withHistory)
{
    return ask(RemoveDevice{std::move(device), withHistory});
}

QFuture<Result<void>> SqliteWriter::saveCacheMetadata(QList<QJsonObject> rows)
{
    return ask(SaveCache{std::move(rows)});
}

QFuture<Result<void>> SqliteWriter::maintain(Instant now)
{
    return ask(MaintainNow{now});
}

QFuture<Result<void>> SqliteWriter::flush()
{
    return ask(FlushAll{});
}

} // namespace infra::store::sql
