// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/migrator.h"

#include "core/base/logging.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QStorageInfo>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

/// "Infr" in ASCII: tells `file` and us whose database this is.
constexpr int kApplicationId = 0x496e6672;
constexpr qint64 kSpareBytes = 16ll * 1024 * 1024;
constexpr int kCopiesKept = 2;

Result<Migration> readMigration(const QString &path, int version, const QString &name)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::StoreFailed, u"The migration %1 cannot be read: %2"_s.arg(path, file.errorString()));
    const QByteArray bytes = file.readAll();
    Migration migration;
    migration.version = version;
    migration.name = name;
    migration.sha256 = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    QString current;
    bool inStatement = false;
    const auto finish = [&] {
        if (!current.trimmed().isEmpty())
            migration.statements.append(current.trimmed());
        current.clear();
    };
    for (const QString &line : QString::fromUtf8(bytes).split(u'\n')) {
        if (line.trimmed() == u"-- statement"_s) {
            finish();
            inStatement = true;
        } else if (!inStatement) {
            if (line.trimmed() == u"-- no-transaction"_s)
                migration.transaction = false;
        } else {
            current += line;
            current += u'\n';
        }
    }
    finish();
    return migration;
}

} // namespace

Result<QList<Migration>> loadMigrations(const QString &folder)
{
    static const QRegularExpression pattern(u"^(\\d{4})_([a-z0-9_]+)\\.sql$"_s);
    QList<Migration> migrations;
    for (const QString &fileName : QDir(folder).entryList({u"*.sql"_s}, QDir::Files, QDir::Name)) {
        const QRegularExpressionMatch match = pattern.match(fileName);
        if (!match.hasMatch())
            return fail(ErrorCode::StoreFailed, u"Not a name of a migration: %1"_s.arg(fileName));
        Result<Migration> migration =
            readMigration(QDir(folder).filePath(fileName), match.captured(1).toInt(), match.captured(2));
        if (!migration)
            return fail(migration.error());
        if (migration->version != migrations.size() + 1)
            return fail(ErrorCode::StoreFailed, u"Migrations are not numbered one by one at %1"_s.arg(fileName));
        migrations.append(std::move(*migration));
    }
    if (migrations.isEmpty())
        return fail(ErrorCode::StoreFailed, u"No migrations in %1"_s.arg(folder));
    return migrations;
}

Migrator::Migrator(Connection &connection, const Clock &clock)
    : m_connection(connection)
    , m_clock(clock)
{
}

Result<int> Migrator::migrate(const QList<Migration> &migrations)
{
    // The first read of the file: what is no database says so here.
    const auto tables = m_connection.integer(u"SELECT COUNT(*) FROM sqlite_schema"_s);
    if (!tables)
        return fail(tables.error());
    const bool fresh = tables->value_or(0) == 0;
    if (fresh) {
        if (const Result<void> done = prepareEmpty(); !done)
            return fail(done.error());
    }
    const Result<QList<Applied>> before = applied();
    if (!before)
        return fail(before.error());
    if (const Result<void> fits = check(migrations, *before); !fits)
        return fail(fits.error());
    const int version = int(before->size());
    if (version == migrations.size())
        return version;
    if (version > 0) {
        if (const Result<void> kept = keepCopy(version); !kept)
            return fail(kept.error());
    }
    for (const Migration &migration : migrations.sliced(version)) {
        if (const Result<void> done = apply(migration); !done)
            return fail(done.error());
        log::info("store.migration", u"Database migrated"_s,
                  {{"version", QString::number(migration.version)}, {"name", migration.name}});
    }
    return int(migrations.size());
}

Result<void> Migrator::prepareEmpty()
{
    // These take effect only before the first table; the journal mode comes last because it writes the header.
    // 8 KiB pages: a roll-up row has about a hundred columns, and several must fit on a page.
    for (const QString &pragma :
         {u"PRAGMA page_size = 8192"_s, u"PRAGMA auto_vacuum = INCREMENTAL"_s,
          u"PRAGMA application_id = %1"_s.arg(kApplicationId), u"PRAGMA journal_mode = WAL"_s}) {
        if (Result<void> done = m_connection.exec(pragma); !done)
            return done;
    }
    return {};
}

Result<QList<Migrator::Applied>> Migrator::applied()
{
    const auto exists = m_connection.integer(
        u"SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'"_s);
    if (!exists)
        return fail(exists.error());
    QList<Applied> rows;
    if (exists->value_or(0) == 0) {
        const auto others = m_connection.integer(u"SELECT COUNT(*) FROM sqlite_schema"_s);
        if (others && others->value_or(0) > 0) {
            return fail(ErrorCode::StoreCorrupt, u"%1 is a database of another program"_s.arg(m_connection.path()));
        }
        const Result<void> made =
            m_connection.exec(u"CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                              "sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL)"_s);
        if (!made)
            return fail(made.error());
        return rows;
    }
    const Result<void> read = m_connection.each(
        u"SELECT version, name, sha256 FROM schema_migrations ORDER BY version"_s, {}, [&rows](const Row &row) {
            rows.append({int(row.integer(0)), row.text(1), row.text(2)});
        });
    if (!read)
        return fail(read.error());
    return rows;
}

Result<void> Migrator::check(const QList<Migration> &migrations, const QList<Applied> &applied) const
{
    if (!applied.isEmpty() && applied.last().version > migrations.size()) {
        return fail(
            ErrorCode::StoreNewer,
            u"The database has version %1, this program knows %2"_s.arg(applied.last().version).arg(migrations.size()));
    }
    for (qsizetype at = 0; at < applied.size(); ++at) {
        const Migration &ours = migrations.at(at);
        if (applied.at(at).version != ours.version || applied.at(at).sha256 != ours.sha256) {
            return fail(ErrorCode::StoreMigrationEdited,
                        u"Migration %1 (%2) is not the one that was applied"_s.arg(ours.version).arg(ours.name));
        }
    }
    return {};
}

Result<void> Migrator::keepCopy(int version)
{
    const QString base = m_connection.path();
    const QString copy = u"%1.before-%2"_s.arg(base).arg(version + 1, 4, 10, QLatin1Char('0'));
    if (QFile::exists(copy))
        return {}; // a stopped migration goes on: the copy was complete before it began
    const auto pages = m_connection.integer(u"PRAGMA page_count"_s);
    const auto pageSize = m_connection.integer(u"PRAGMA page_size"_s);
    if (!pages || !pageSize)
        return fail(pages ? pageSize.error() : pages.error());
    // The copy, and as much again for what the migration itself rewrites.
    const qint64 needed = 2 * pages->value_or(0) * pageSize->value_or(0) + kSpareBytes;
    const qint64 available = QStorageInfo(QFileInfo(base).absolutePath()).bytesAvailable();
    if (available >= 0 && available < needed) {
        Error error;
        error.code = ErrorCode::StoreFull;
        error.message =
            u"Bringing the database to the new version needs %1 MiB free, there are %2"_s.arg(needed / 1048576 + 1)
                .arg(available / 1048576);
        return fail(std::move(error));
    }
    const QString partial = copy + u".part"_s;
    QFile::remove(partial);
    const Result<qint64> copied = m_connection.run(u"VACUUM INTO ?"_s, {partial});
    if (!copied)
        return fail(copied.error());
    QFile::setPermissions(partial, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    {
        Result<std::unique_ptr<Connection>> check =
            Connection::open(m_connection.dialect(), partial, Role::ExportReader);
        if (!check)
            return fail(check.error());
        QString verdict;
        const Result<void> checked =
            (*check)->each(u"PRAGMA quick_check(1)"_s, {}, [&verdict](const Row &row) { verdict = row.text(0); });
        if (!checked || verdict != u"ok"_s)
            return fail(ErrorCode::StoreCorrupt, u"The copy of the database is not whole: %1"_s.arg(verdict));
    }
    if (!QFile::rename(partial, copy))
        return fail(ErrorCode::FileUnwritable, u"The copy %1 could not be put in place"_s.arg(copy));
    const QFileInfo file(base);
    QStringList copies =
        file.dir().entryList({QString(file.fileName() + u".before-*"_s)}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString &old : copies.sliced(qMin<qsizetype>(kCopiesKept, copies.size())))
        QFile::remove(file.dir().filePath(old));
    return {};
}

Result<void> Migrator::apply(const Migration &migration)
{
    const auto body = [&]() -> Result<void> {
        for (const QString &statement : migration.statements) {
            if (Result<void> done = m_connection.exec(statement); !done)
                return done;
        }
        return m_connection
            .run(u"INSERT INTO schema_migrations (version, name, sha256, applied_at) VALUES (?, ?, ?, ?)"_s,
                 {migration.version, migration.name, migration.sha256, toMs(m_clock.now())})
            .map([](qint64) {});
    };
    return migration.transaction ? m_connection.transaction(body) : body();
}

} // namespace infra::store::sql
