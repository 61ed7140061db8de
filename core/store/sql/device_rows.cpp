// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/device_rows.h"

#include "core/base/logging.h"
#include "core/store/sql/snapshot_rows.h"

#include <QtCore/QJsonDocument>

#include <cmath>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A heart that beats each minute and was silent longer than this did not beat in between.
constexpr qint64 kSilenceMs = 180'000;

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Result<void> ignoreCount(const Result<qint64> &done)
{
    if (!done)
        return fail(done.error());
    return {};
}

} // namespace

Result<void> saveDevice(WriteContext &context, const Device &device)
{
    Connection &connection = context.connection();
    // An id that comes back while its old history is still being purged is a new device.
    const Result<qint64> moved = connection.run(
        u"UPDATE devices SET id = id || '#' || key WHERE id = ? AND purge <> 0"_s, {device.id.toString()});
    if (!moved)
        return fail(moved.error());
    context.forgetDevice(device.id);
    return ignoreCount(
        connection.run(u"INSERT INTO devices (id, name, removed_at, data) VALUES (?, ?, NULL, ?) ON CONFLICT (id) "
                       "DO UPDATE SET name = excluded.name, removed_at = NULL, data = excluded.data"_s,
                       {device.id.toString(), notNull(device.name), compact(toStored(device))}));
}

Result<void> removeDevice(WriteContext &context, const DeviceId &id, bool withHistory, Instant now)
{
    Connection &connection = context.connection();
    context.forgetDevice(id);
    // Only name and id stay of a device whose history is kept: the rest may be private.
    if (Result<void> done =
            ignoreCount(connection.run(u"UPDATE devices SET removed_at = ?, purge = ?, data = '{}' WHERE id = ?"_s,
                                       {qMax<qint64>(1, toMs(now)), withHistory ? 1 : 0, id.toString()}));
        !done)
        return done;
    return ignoreCount(connection.run(
        u"DELETE FROM device_snapshots WHERE device = (SELECT key FROM devices WHERE id = ?)"_s, {id.toString()}));
}

Result<void> savePerformance(WriteContext &context, const QList<PerformanceValue> &values)
{
    for (const PerformanceValue &value : values) {
        if (!std::isfinite(value.value))
            continue;
        const Result<qint64> done = context.connection().run(
            u"INSERT INTO service_performance_metrics (name, label, time, value) VALUES (?, ?, ?, ?)"_s,
            {notNull(value.name), notNull(value.label), toMs(value.time), value.value});
        if (!done)
            return fail(done.error());
        context.count(u"service_performance_metrics"_s, 1);
    }
    return {};
}

Result<void> saveCacheMetadata(WriteContext &context, const QList<QJsonObject> &rows)
{
    if (Result<void> done = ignoreCount(context.connection().run(u"DELETE FROM cache_metadata WHERE key >= ''"_s));
        !done)
        return done;
    for (const QJsonObject &row : rows) {
        const Result<qint64> done = context.connection().run(
            u"INSERT INTO cache_metadata (key, data) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET data = excluded.data"_s,
            {notNull(row.value(u"key"_s).toString()), compact(row)});
        if (!done)
            return fail(done.error());
    }
    return {};
}

Result<void> heartbeat(WriteContext &context, Instant now, bool newRun)
{
    Connection &connection = context.connection();
    const qint64 time = toMs(now);
    if (!newRun) {
        const Result<qint64> beaten = connection.run(
            u"UPDATE app_runs SET alive_at = ? WHERE run = (SELECT MAX(run) FROM app_runs) AND alive_at <= ? AND alive_at >= ?"_s,
            {time, time, time - kSilenceMs});
        if (!beaten)
            return fail(beaten.error());
        if (*beaten > 0)
            return {};
    }
    return ignoreCount(connection.run(u"INSERT INTO app_runs (started_at, alive_at) VALUES (?, ?)"_s, {time, time}));
}

Result<QList<Device>> readDevices(Connection &connection)
{
    QList<Device> devices;
    const Result<void> read = connection.each(
        u"SELECT id, data FROM devices WHERE removed_at IS NULL ORDER BY name"_s, {}, [&devices](const Row &row) {
            Result<Device> device = deviceFromStored(QJsonDocument::fromJson(row.text(1).toUtf8()).object());
            if (device)
                devices.append(std::move(*device));
            else
                log::error("store.devices", device.error());
        });
    if (!read)
        return fail(read.error());
    return devices;
}

Result<QList<StoreReader::StoredSnapshot>> readSnapshots(Connection &connection)
{
    QList<StoreReader::StoredSnapshot> snapshots;
    const Result<void> read = connection.each(
        // In this order: removed devices whose history was kept have snapshots too, and theirs are not touched.
        u"SELECT d.id, s.kind, s.time, s.data FROM devices d CROSS JOIN device_snapshots s "
        "WHERE s.device = d.key AND d.removed_at IS NULL"_s,
        {}, [&snapshots](const Row &row) {
            // A kind of another version of the program is none of ours.
            if (const std::optional<Kind> kind = kindFromName(row.text(1)))
                snapshots.append(
                    {DeviceId(row.text(0)), *kind, fromMs(row.integer(2)), snapshotFromText(row.text(3).toUtf8())});
        });
    if (!read)
        return fail(read.error());
    return snapshots;
}

Result<QList<QJsonObject>> readCacheMetadata(Connection &connection)
{
    QList<QJsonObject> rows;
    const Result<void> read =
        connection.each(u"SELECT data FROM cache_metadata ORDER BY key"_s, {}, [&rows](const Row &row) {
            rows.append(QJsonDocument::fromJson(row.text(0).toUtf8()).object());
        });
    if (!read)
        return fail(read.error());
    return rows;
}

} // namespace infra::store::sql
