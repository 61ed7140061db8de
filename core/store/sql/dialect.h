// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QString>

class QSqlDatabase;
class QSqlError;

namespace infra::store::sql {

/// Looked at while a statement runs; false stops it. On the connection's thread.
class QueryGuard
{
public:
    virtual ~QueryGuard() = default;
    virtual bool keepGoing() = 0;
};

enum class Role
{
    Writer,
    InteractiveReader,
    ExportReader
};

/// What differs between database engines; everything else is SQL that all of them read. Stateless: any thread.
class Dialect
{
public:
    virtual ~Dialect() = default;
    virtual QString name() const = 0;
    virtual QString driver() const = 0; ///< Qt's driver name
    /// Options of the driver for a connection of this role.
    virtual QString connectOptions(Role role) const = 0;
    /// Run once on each new connection, in order.
    virtual QStringList onConnect(Role role) const = 0;
    /// Starts a transaction that will write, so that it cannot fail half-way for want of a lock.
    virtual QString beginWrite() const = 0;
    /// StoreFull, StoreReadOnly, StoreCorrupt, StoreFailed (I/O): writing stops. Busy, Canceled. Internal: a statement
    /// of ours is wrong.
    virtual ErrorCode classify(const QSqlError &error) const = 0;
    /// Asks the engine to look at the guard while a statement runs. The guard outlives the connection.
    virtual void installGuard(const QSqlDatabase &database, QueryGuard *guard) const = 0;
    /// Gives up to `pages` free pages back to the file system, where the engine leaves that to us.
    virtual Result<void> releasePages(void *nativeHandle, int pages) const = 0;
    /// Interrupts whatever runs on that connection; from any thread, while it is open.
    virtual void interrupt(void *nativeHandle) const = 0;
    virtual void *nativeHandle(const QSqlDatabase &database) const = 0;
};

const Dialect &sqliteDialect();

} // namespace infra::store::sql
