// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/settings.h"
#include "core/store/repositories.h"

namespace infra::store::sql {

struct SqliteOptions
{
    QString path;                      ///< PROFILE/infrastructor.db
    QString migrationsFolder;          ///< ":/migrations/sqlite" or a folder
    SettingsStore *settings = nullptr; ///< retention; null: defaults
};

/// Opens or makes the database: pragmas, migrations (a `VACUUM INTO` copy first), writer thread, two reader threads.
/// Blocks: call before the event loop starts. Must be called on the engine thread, where all futures finish. Errors:
/// StoreNewer, StoreMigrationEdited, StoreCorrupt, StoreFull, StoreReadOnly.
Result<Store> openSqliteStore(const SqliteOptions &options, const Clock &clock);

} // namespace infra::store::sql
