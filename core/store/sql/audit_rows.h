// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/audit.h"
#include "core/store/sql/write_context.h"

namespace infra::store::sql {

/// Adds an entry and gives it its sequence. Inside a transaction of the writer; writer thread.
Result<AuditEntry> addAudit(WriteContext &context, AuditEntry entry);

/// One page, newest first, and how many entries the filters leave in all. Reader thread.
Result<AuditPage> readAudit(Connection &connection, const AuditQuery &query);

} // namespace infra::store::sql
