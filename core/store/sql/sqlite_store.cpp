// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/sqlite_store.h"

#include "core/store/sql/device_rows.h"
#include "core/store/sql/migrator.h"
#include "core/store/sql/sqlite_reader.h"
#include "core/store/sql/sqlite_writer.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

// The macro declares an outside function: it must stand in no namespace.
static void loadMigrationResources()
{
    Q_INIT_RESOURCE(migrations);
}

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<void> prepareFolder(const QString &path)
{
    const QFileInfo file(path);
    if (!QDir().mkpath(file.absolutePath()))
        return fail(ErrorCode::StoreReadOnly, u"The folder %1 cannot be made"_s.arg(file.absolutePath()));
    if (file.exists() && !file.isWritable())
        return fail(ErrorCode::StoreReadOnly, u"%1 may not be written"_s.arg(path));
    if (!QFileInfo(file.absolutePath()).isWritable())
        return fail(ErrorCode::StoreReadOnly, u"%1 may not be written"_s.arg(file.absolutePath()));
    return {};
}

/// Migrations and the mark of this run, on a connection of the calling thread that is gone afterwards.
Result<void> prepareDatabase(const SqliteOptions &options, const Dialect &dialect, const Clock &clock)
{
    const Result<QList<Migration>> migrations = loadMigrations(options.migrationsFolder);
    if (!migrations)
        return fail(migrations.error());
    const Result<std::unique_ptr<Connection>> connection = Connection::open(dialect, options.path, Role::Writer);
    if (!connection)
        return fail(connection.error());
    // What is in it is for the owner's eyes.
    QFile::setPermissions(options.path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    Migrator migrator(**connection, clock);
    if (const Result<int> version = migrator.migrate(*migrations); !version)
        return fail(version.error());
    WriteContext context(**connection);
    const Result<void> begun = context.transaction([&] { return heartbeat(context, clock.now(), true); });
    // A disk that filled up meanwhile is no reason not to start: the writer tells it, and resumes.
    if (!begun && begun.error().code != ErrorCode::StoreFull)
        return begun;
    return {};
}

} // namespace

Result<Store> openSqliteStore(const SqliteOptions &options, const Clock &clock)
{
    loadMigrationResources();
    const Dialect &dialect = sqliteDialect();
    if (const Result<void> done = prepareFolder(options.path); !done)
        return fail(done.error());
    if (const Result<void> done = prepareDatabase(options, dialect, clock); !done)
        return fail(done.error());

    Store store;
    store.events = std::make_unique<StoreEvents>();
    const auto router = std::make_shared<ReplyRouter>(*store.events);
    const auto queue = std::make_shared<WriteQueue>(WriteQueue::Limits{});
    const auto figures = std::make_shared<WriterFigures>();
    auto writer = std::make_unique<SqliteWriter>(clock, router, queue);
    if (const Result<void> done = writer->start(dialect, options.path, options.settings, figures); !done)
        return fail(done.error());
    auto reader = std::make_unique<SqliteReader>(clock, router, queue, figures, options.settings);
    if (const Result<void> done = reader->start(dialect, options.path); !done)
        return fail(done.error());
    store.writer = std::move(writer);
    store.reader = std::move(reader);
    return store;
}

} // namespace infra::store::sql
