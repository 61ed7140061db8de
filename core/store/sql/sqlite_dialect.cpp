// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/dialect.h"

#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>

#include <sqlite3.h>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Virtual machine steps between two looks at the guard: about a tenth of a millisecond of work.
constexpr int kGuardSteps = 4000;

int askGuard(void *guard)
{
    return static_cast<QueryGuard *>(guard)->keepGoing() ? 0 : 1;
}

class SqliteDialect final : public Dialect
{
public:
    QString name() const override { return u"sqlite"_s; }
    QString driver() const override { return u"QSQLITE"_s; }

    QString connectOptions(Role role) const override
    {
        return role == Role::Writer ? u"QSQLITE_BUSY_TIMEOUT=5000"_s : u"QSQLITE_BUSY_TIMEOUT=2000"_s;
    }

    QStringList onConnect(Role role) const override
    {
        // A negative cache size is KiB. `query_only` instead of a read-only open: WAL needs its shared memory file.
        QStringList statements{u"PRAGMA trusted_schema = OFF"_s, u"PRAGMA foreign_keys = ON"_s,
                               u"PRAGMA temp_store = MEMORY"_s};
        switch (role) {
        case Role::Writer:
            statements << u"PRAGMA synchronous = NORMAL"_s << u"PRAGMA cache_size = -16384"_s
                       << u"PRAGMA journal_size_limit = 33554432"_s;
            break;
        case Role::InteractiveReader:
            statements << u"PRAGMA query_only = ON"_s << u"PRAGMA cache_size = -16384"_s;
            break;
        case Role::ExportReader:
            statements << u"PRAGMA query_only = ON"_s << u"PRAGMA cache_size = -4096"_s;
            break;
        }
        return statements;
    }

    QString beginWrite() const override { return u"BEGIN IMMEDIATE"_s; }

    ErrorCode classify(const QSqlError &error) const override { return codeOf(error.nativeErrorCode().toInt()); }

    static ErrorCode codeOf(int code)
    {
        // The file of the shared memory could not be made as large as it must be: no space.
        if (code == SQLITE_IOERR_SHMSIZE)
            return ErrorCode::StoreFull;
        // The low byte is the primary result code. Source: sqlite.org/rescode.html.
        switch (code & 0xff) {
        case SQLITE_FULL:
            return ErrorCode::StoreFull;
        case SQLITE_IOERR: // a full disk shows as a failed write of the log too
            return ErrorCode::StoreFailed;
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return ErrorCode::StoreReadOnly;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorCode::StoreCorrupt;
        case SQLITE_INTERRUPT:
            return ErrorCode::Canceled;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorCode::Busy;
        default:
            return ErrorCode::Internal;
        }
    }

    void installGuard(const QSqlDatabase &database, QueryGuard *guard) const override
    {
        if (auto *handle = static_cast<sqlite3 *>(nativeHandle(database)))
            sqlite3_progress_handler(handle, kGuardSteps, guard ? &askGuard : nullptr, guard);
    }

    Result<void> releasePages(void *handle, int pages) const override
    {
        // One step a page, without a column: Qt's driver would stop after the first.
        const QByteArray sql = "PRAGMA incremental_vacuum(" + QByteArray::number(pages) + ")";
        auto *database = static_cast<sqlite3 *>(handle);
        const int code = sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK)
            return fail(codeOf(code), QString::fromUtf8(sqlite3_errmsg(database)));
        return {};
    }

    void interrupt(void *handle) const override
    {
        if (handle)
            sqlite3_interrupt(static_cast<sqlite3 *>(handle));
    }

    void *nativeHandle(const QSqlDatabase &database) const override
    {
        const QVariant handle = database.driver() ? database.driver()->handle() : QVariant();
        if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
            return nullptr;
        return *static_cast<sqlite3 *const *>(handle.constData());
    }
};

} // namespace

const Dialect &sqliteDialect()
{
    static const SqliteDialect dialect;
    return dialect;
}

} // namespace infra::store::sql
