// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/repositories.h"
#include "core/store/sql/connection.h"

namespace infra::store::sql {

/// What the database itself knows: sizes, version, tables; checked whole when asked. Reader thread.
Result<StoreStatus> readStatus(Connection &connection, StatusDepth depth);

} // namespace infra::store::sql
