// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/repositories.h"
#include "core/store/sql/snapshot_rows.h"
#include "core/store/sql/write_context.h"

namespace infra::store::sql {

/// A labelled value of one cycle by its series key.
struct PackedPoint
{
    qint32 series = 0;
    double value = 0;
    bool operator==(const PackedPoint &) const = default;
};
/// The form of `series_recent.points`: a version byte, then 12 bytes a value (key, value; little endian).
QByteArray packPoints(const QList<PackedPoint> &points);
/// What is not in that form yields nothing.
QList<PackedPoint> unpackPoints(const QByteArray &bytes);

/// Writes cycles. Inside a transaction of the writer; writer thread.
class CycleRows
{
public:
    explicit CycleRows(WriteContext &context)
        : m_context(context)
        , m_snapshots(context)
    {
    }

    struct Outcome
    {
        bool tooLate = false; ///< older than what is kept: its telemetry was not written
        qint64 rows = 0;
    };
    /// All but the audit entry.
    Result<Outcome> write(const CycleRecord &record);
    Result<void> writeGap(qint64 device, const Gap &gap);
    void rolledBack() { m_snapshots.forget(); }

private:
    Result<bool> writeSample(qint64 device, const MetricSample &sample);
    Result<void> writeLabelled(qint64 device, qint64 time, const QList<LabelledValue> &values);

    WriteContext &m_context;
    SnapshotRows m_snapshots;
};

} // namespace infra::store::sql
