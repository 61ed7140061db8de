// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/device.h"
#include "core/store/repositories.h"
#include "core/store/sql/write_context.h"

namespace infra::store::sql {

// Inside a transaction of the writer; writer thread.
Result<void> saveDevice(WriteContext &context, const Device &device);
/// Takes the device out of the lists. With history: what was collected of it is marked to be purged in slices (see
/// Retention).
Result<void> removeDevice(WriteContext &context, const DeviceId &id, bool withHistory, Instant now);
Result<void> savePerformance(WriteContext &context, const QList<PerformanceValue> &values);
/// Replaces all rows.
Result<void> saveCacheMetadata(WriteContext &context, const QList<QJsonObject> &rows);
/// Says that the program is alive at `now`; a silence (suspend, clock step) starts a new run.
Result<void> heartbeat(WriteContext &context, Instant now, bool newRun);

// Reader thread.
Result<QList<Device>> readDevices(Connection &connection);
Result<QList<StoreReader::StoredSnapshot>> readSnapshots(Connection &connection);
Result<QList<QJsonObject>> readCacheMetadata(Connection &connection);

} // namespace infra::store::sql
