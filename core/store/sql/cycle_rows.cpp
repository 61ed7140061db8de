// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/cycle_rows.h"

#include "core/store/sql/metric_sql.h"
#include "core/store/sql/wide_columns.h"

#include <QtCore/QtEndian>

#include <bit>
#include <cmath>
#include <limits>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr char kPointsVersion = 1;
constexpr qsizetype kPointBytes = 12;
/// A host decides how many interfaces and mounts it has; a cycle keeps no more series than this.
constexpr qsizetype kMostLabelled = 4096;
constexpr qsizetype kLongestLabel = 255;

/// What is not a number has no place in a mean.
QVariant columnValue(const std::optional<double> &value)
{
    return value && std::isfinite(*value) ? QVariant(*value) : QVariant(QMetaType(QMetaType::Double));
}

} // namespace

QByteArray packPoints(const QList<PackedPoint> &points)
{
    QByteArray bytes(1 + points.size() * kPointBytes, Qt::Uninitialized);
    bytes[0] = kPointsVersion;
    char *at = bytes.data() + 1;
    for (const PackedPoint &point : points) {
        qToLittleEndian(point.series, at);
        qToLittleEndian(std::bit_cast<quint64>(point.value), at + 4);
        at += kPointBytes;
    }
    return bytes;
}

QList<PackedPoint> unpackPoints(const QByteArray &bytes)
{
    QList<PackedPoint> points;
    if (bytes.isEmpty() || bytes.at(0) != kPointsVersion || (bytes.size() - 1) % kPointBytes != 0)
        return points;
    points.reserve((bytes.size() - 1) / kPointBytes);
    for (const char *at = bytes.constData() + 1; at != bytes.constData() + bytes.size(); at += kPointBytes)
        points.append({qFromLittleEndian<qint32>(at), std::bit_cast<double>(qFromLittleEndian<quint64>(at + 4))});
    return points;
}

Result<CycleRows::Outcome> CycleRows::write(const CycleRecord &record)
{
    Outcome outcome;
    const Result<WriteContext::DeviceRef> device = m_context.device(record.device);
    if (!device)
        return fail(device.error());
    if (device->removed)
        return outcome;
    const qint64 time = toMs(record.sample.time);
    const Result<qint64> lateFloor = m_context.state(u"floor.late"_s, std::numeric_limits<qint64>::min());
    const Result<qint64> seriesFloor = m_context.state(u"floor.series"_s, std::numeric_limits<qint64>::min());
    if (!lateFloor || !seriesFloor)
        return fail(lateFloor ? seriesFloor.error() : lateFloor.error());
    bool telemetry = false;
    if (record.hasSample && time < *lateFloor) {
        outcome.tooLate = true;
    } else if (record.hasSample) {
        const Result<bool> added = writeSample(device->key, record.sample);
        if (!added)
            return fail(added.error());
        outcome.rows += 1;
        telemetry = true;
    }
    if (!record.labelled.isEmpty() && time < *seriesFloor) {
        outcome.tooLate = true;
    } else if (!record.labelled.isEmpty()) {
        if (const Result<void> done = writeLabelled(device->key, time, record.labelled); !done)
            return fail(done.error());
        outcome.rows += 1;
        telemetry = true;
    }
    if (telemetry) {
        if (const Result<void> done = m_context.markDirty(device->key, floorTo(time, kHourMs)); !done)
            return fail(done.error());
    }
    for (const auto &[kind, data] : record.snapshots) {
        if (const Result<void> done = m_snapshots.write(device->key, kind, time, data); !done)
            return fail(done.error());
        outcome.rows += 1;
    }
    if (record.closedGap) {
        if (const Result<void> done = writeGap(device->key, *record.closedGap); !done)
            return fail(done.error());
    }
    return outcome;
}

Result<bool> CycleRows::writeSample(qint64 device, const MetricSample &sample)
{
    QVariantList values;
    values.reserve(qsizetype(kWideColumns.size()) + 2);
    values << device << toMs(sample.time);
    for (const WideColumn &column : kWideColumns)
        values << columnValue(sample.*column.member);
    const Result<qint64> added = m_context.connection().run(insertSampleSql(), values);
    if (!added)
        return fail(added.error());
    if (*added > 0) {
        m_context.count(u"system_metrics"_s, 1);
        return true;
    }
    // The same millisecond again: the later reading stands.
    values = values.sliced(2) + values.first(2);
    if (const Result<qint64> replaced = m_context.connection().run(updateSampleSql(), values); !replaced)
        return fail(replaced.error());
    return false;
}

Result<void> CycleRows::writeLabelled(qint64 device, qint64 time, const QList<LabelledValue> &values)
{
    QList<PackedPoint> points;
    points.reserve(qMin(values.size(), kMostLabelled));
    for (const LabelledValue &value : values) {
        if (points.size() == kMostLabelled)
            break;
        if (!std::isfinite(value.value))
            continue;
        const Result<qint64> series =
            m_context.series(device, SeriesKey{value.key.name, value.key.label.left(kLongestLabel)});
        if (!series)
            return fail(series.error());
        points.append({qint32(*series), value.value});
    }
    if (points.isEmpty())
        return {};
    const QByteArray packed = packPoints(points);
    const Result<qint64> added =
        m_context.connection().run(u"INSERT INTO series_recent (device, time, points) VALUES (?, ?, ?) "
                                   "ON CONFLICT (device, time) DO NOTHING"_s,
                                   {device, time, packed});
    if (!added)
        return fail(added.error());
    if (*added > 0) {
        m_context.count(u"series_recent"_s, 1);
        return {};
    }
    return m_context.connection()
        .run(u"UPDATE series_recent SET points = ? WHERE device = ? AND time = ?"_s, {packed, device, time})
        .map([](qint64) {});
}

Result<void> CycleRows::writeGap(qint64 device, const Gap &gap)
{
    if (gap.to < gap.from)
        return {};
    return m_context.connection()
        .run(u"INSERT INTO gaps (device, from_ms, to_ms, reason) VALUES (?, ?, ?, ?) ON CONFLICT (device, from_ms) "
             "DO UPDATE SET to_ms = excluded.to_ms, reason = excluded.reason"_s,
             {device, toMs(gap.from), toMs(gap.to), toName(gap.reason)})
        .map([](qint64) {});
}

} // namespace infra::store::sql
