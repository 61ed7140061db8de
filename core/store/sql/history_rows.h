// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/repositories.h"
#include "core/store/sql/connection.h"

namespace infra::store::sql {

/// Answers a chart: see HistoryQuery. An unknown device has no series; a series name that does not exist is
/// InvalidArgument. Reader thread.
Result<HistoryResult> readHistory(Connection &connection, const HistoryQuery &query, Instant now);

/// CPU by minute of all devices since `from`, one query.
Result<QHash<DeviceId, QList<HistoryPoint>>> readRecentCpu(Connection &connection, Instant from);

} // namespace infra::store::sql
