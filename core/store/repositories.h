// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel_token.h"
#include "core/base/result.h"
#include "core/model/audit.h"
#include "core/model/device.h"
#include "core/model/metrics.h"
#include "core/model/section.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

namespace infra::store {

/// What one cycle of one device leaves: written as a whole or not at all.
struct CycleRecord
{
    DeviceId device;
    MetricSample sample;                      ///< the wide row; `sample.time` is the cycle's receive time
    bool hasSample = false;                   ///< false: only the rest is written
    QList<LabelledValue> labelled;            ///< rolled up to 5-minute rows by the writer
    QList<QPair<Kind, QJsonValue>> snapshots; ///< latest state of each kind read (containers also into their table)
    std::optional<AuditEntry> audit;
    std::optional<Gap> closedGap; ///< a gap that ended with this cycle
};

/// One measurement of this program by itself (service_performance_metrics).
struct PerformanceValue
{
    Instant time{};
    QString name; ///< "cache.hit_ratio", "ssh.connections", "writer.lag_ms"
    QString label;
    double value = 0;
};

/// The writing side. All calls are non-blocking and may come from the engine thread; one writer thread batches them.
/// Telemetry is latest-wins when the queue is full or the disk is; what is dropped is counted. Audit is never dropped:
/// `audit` says false while its queue is full and the source must pause. Device and settings changes are confirmed by
/// the future.
class StoreWriter
{
public:
    virtual ~StoreWriter() = default;
    virtual void cycle(CycleRecord record) = 0;
    virtual bool audit(AuditEntry entry) = 0;
    /// False while the audit's queue is full: who would add to it (a scheduler too) waits.
    virtual bool hasRoom() const { return true; }
    virtual void gap(DeviceId device, Gap gap) = 0; ///< opened or prolonged: same `from` replaces
    virtual void performance(QList<PerformanceValue> values) = 0;
    virtual QFuture<Result<void>> saveDevice(Device device) = 0;
    /// History of the device goes too when asked; in slices.
    virtual QFuture<Result<void>> removeDevice(DeviceId device, bool withHistory) = 0;
    virtual QFuture<Result<void>> saveCacheMetadata(QList<QJsonObject> rows) = 0;
    /// Roll-ups, retention and checkpoint that are due at `now`; the writer calls it by itself each minute too.
    virtual QFuture<Result<void>> maintain(Instant now) = 0;
    /// Everything queued before this call is on disk when the future finishes.
    virtual QFuture<Result<void>> flush() = 0;
};

struct TableStatus
{
    QString name;
    qint64 rows = 0;
    std::optional<Instant> oldest, newest;
};

struct RetentionStatus
{
    QString table, tier;
    std::optional<int> keepDays; ///< nothing: for ever
};

struct StoreStatus
{
    QString dialect, path;
    int version = 0;
    qint64 sizeBytes = 0, walBytes = 0;
    QString integrity = QStringLiteral("unchecked");
    bool writable = true;
    qint64 writerQueue = 0, writerLagMs = 0;
    double rowsPerS = 0;
    qint64 droppedTelemetry = 0;
    QList<TableStatus> tables;
    QList<RetentionStatus> retention;
};
QJsonObject toJson(const StoreStatus &status);

/// How much of the database is read for its state. Figures are at hand; each row of a table costs its oldest and newest
/// time, which reads some of it; integrity reads every page.
enum class StatusDepth
{
    Figures,
    Tables,
    Integrity
};

/// The reading side; never blocks the writer. Engine thread; futures finish there. `cancel` interrupts a running query.
class StoreReader
{
public:
    virtual ~StoreReader() = default;
    virtual QFuture<Result<QList<Device>>> devices() = 0;
    virtual QFuture<Result<HistoryResult>> history(HistoryQuery query, CancelToken cancel) = 0;
    /// CPU of the last hour for sparklines, one bucket a minute, all devices in one query.
    virtual QFuture<Result<QHash<DeviceId, QList<HistoryPoint>>>> recentCpu(Instant from, CancelToken cancel) = 0;
    virtual QFuture<Result<AuditPage>> audit(AuditQuery query, CancelToken cancel) = 0;
    /// The newest snapshot of each kind of each device, with its time: what a start shows before the first cycle.
    struct StoredSnapshot
    {
        DeviceId device;
        Kind kind = Kind::SystemMetrics;
        Instant time{};
        QJsonValue data;
    };
    virtual QFuture<Result<QList<StoredSnapshot>>> latestSnapshots() = 0;
    virtual QFuture<Result<QList<QJsonObject>>> cacheMetadata() = 0;
    virtual QFuture<Result<StoreStatus>> status(StatusDepth depth) = 0;
};

/// Signals of the store, on the engine thread.
class StoreEvents : public QObject
{
    Q_OBJECT
signals:
    /// The disk is full or the profile read-only: writing stopped; telemetry is dropped and counted until
    /// `writable(true)`.
    void writableChanged(bool writable, std::optional<infra::Error> error);
    void audited(infra::AuditEntry entry); ///< with its sequence, after commit
};

/// The whole store, as the composition root opens it (`openSqliteStore` in store/sql).
struct Store
{
    std::unique_ptr<StoreEvents> events;
    std::unique_ptr<StoreWriter> writer;
    std::unique_ptr<StoreReader> reader;
};

} // namespace infra::store
