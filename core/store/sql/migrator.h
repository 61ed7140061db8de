// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/store/sql/connection.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace infra::store::sql {

/// One file `NNNN_name.sql`: statements split at lines `-- statement`. A comment line `-- no-transaction` above the
/// first statement asks to run without one (the file must then be re-runnable).
struct Migration
{
    int version = 0;
    QString name;
    QString sha256;
    bool transaction = true;
    QStringList statements;
};

/// Reads a folder (or a resource folder), in order of number. Errors: StoreFailed (unreadable, a number twice or
/// missing).
Result<QList<Migration>> loadMigrations(const QString &folder);

/// Brings a database to the newest migration, one transaction each, so that a stop between two resumes there. Any
/// thread, blocking.
class Migrator
{
public:
    Migrator(Connection &connection, const Clock &clock);

    /// Refuses an edited (StoreMigrationEdited) or newer (StoreNewer) database; before an existing one is changed,
    /// looks for free space (StoreFull) and keeps a verified copy beside it, `<file>.before-NNNN`.
    Result<int> migrate(const QList<Migration> &migrations);

private:
    struct Applied
    {
        int version = 0;
        QString name, sha256;
    };
    Result<void> prepareEmpty();
    Result<QList<Applied>> applied();
    Result<void> check(const QList<Migration> &migrations, const QList<Applied> &applied) const;
    Result<void> keepCopy(int version);
    Result<void> apply(const Migration &migration);

    Connection &m_connection;
    const Clock &m_clock;
};

} // namespace infra::store::sql
