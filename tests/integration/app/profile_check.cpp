// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/app/profile_check.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

constexpr auto kConnection = "profile-check"_L1;

struct Promise
{
    const char *what;
    const char *counted; ///< must be 0
};

/// A cycle's wide row, its labelled values and its audit row are written together or not at all.
constexpr Promise kPromises[] = {
    {"an operation of a device stands twice in the audit",
     "SELECT COUNT(*) FROM (SELECT 1 FROM data_collection_audit WHERE device IS NOT NULL GROUP BY device, correlation, "
     "operation "
     "HAVING COUNT(*) > 1)"},
    {"labelled values without their wide row", "SELECT COUNT(*) FROM series_recent r WHERE NOT EXISTS (SELECT 1 FROM "
                                               "system_metrics m WHERE m.device = r.device AND m.time = r.time)"},
    {"wide rows without labelled values", "SELECT COUNT(*) FROM system_metrics m WHERE NOT EXISTS (SELECT 1 FROM "
                                          "series_recent r WHERE m.device = r.device AND m.time = r.time)"},
    {"readings without their audit row", "SELECT COALESCE(SUM(MAX(0, readings - audits)), 0) FROM (SELECT (SELECT "
                                         "COUNT(*) FROM system_metrics m WHERE m.device = d.key) AS readings, "
                                         "(SELECT COUNT(*) FROM data_collection_audit a WHERE a.device = d.key AND "
                                         "a.operation = 'collect' AND a.round_trips > 0 "
                                         "AND a.detail LIKE '%system_metrics%') AS audits FROM devices d)"},
    // Its own, or that of a message which it joined.
    {"audit rows of readings that are not there",
     "SELECT COUNT(*) FROM data_collection_audit a WHERE a.operation = 'collect' AND a.round_trips > 0 AND a.status IN "
     "('ok', 'partial') AND a.detail LIKE '%system_metrics%' AND NOT EXISTS (SELECT 1 FROM system_metrics m WHERE "
     "m.device = a.device AND m.time BETWEEN a.time - a.duration_ms - 50 AND a.time)"},
    {"the count of wide rows is off", "SELECT ABS((SELECT COUNT(*) FROM system_metrics) - COALESCE((SELECT rows FROM "
                                      "row_counts WHERE name = 'system_metrics'), 0))"},
    {"the count of audit rows is off", "SELECT ABS((SELECT COUNT(*) FROM data_collection_audit) - COALESCE((SELECT "
                                       "rows FROM row_counts WHERE name = 'data_collection_audit'), 0))"},
};

qint64 numberOf(const QSqlDatabase &database, const QString &sql)
{
    QSqlQuery query(database);
    return query.exec(sql) && query.next() ? query.value(0).toLongLong() : -1;
}

QList<AuditRow> rowsAfter(const QSqlDatabase &database, qint64 after)
{
    QList<AuditRow> rows;
    QSqlQuery query(database);
    query.exec(
        u"SELECT a.seq, a.time, d.name, a.round_trips, a.status IN ('error', 'cancelled') "
        "FROM data_collection_audit a LEFT JOIN devices d ON d.key = a.device WHERE a.seq > %1 ORDER BY a.seq"_s.arg(
            after));
    while (query.next()) {
        rows.append({query.value(0).toLongLong(), query.value(1).toLongLong(), query.value(2).toString(),
                     query.value(3).toLongLong(), query.value(4).toBool()});
    }
    return rows;
}

ProfileCheck lookInto(const QString &file, qint64 after)
{
    ProfileCheck check;
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, kConnection);
    database.setDatabaseName(file);
    if (!database.open()) {
        check.wrong.append(database.lastError().text());
        return check;
    }
    QSqlQuery integrity(database);
    if (integrity.exec(u"PRAGMA integrity_check"_s) && integrity.next())
        check.integrity = integrity.value(0).toString();
    for (const Promise &promise : kPromises) {
        if (const qint64 broken = numberOf(database, QString::fromLatin1(promise.counted)); broken != 0)
            check.wrong.append(u"%1: %2"_s.arg(QString::fromLatin1(promise.what)).arg(broken));
    }
    check.audits = numberOf(database, u"SELECT COUNT(*) FROM data_collection_audit"_s);
    check.newRows = rowsAfter(database, after);
    return check;
}

} // namespace

ProfileCheck checkProfile(const QString &folder, qint64 after)
{
    const QTemporaryDir copy;
    for (const QString &name : {u"infrastructor.db"_s, u"infrastructor.db-wal"_s})
        QFile::copy(folder + u'/' + name, copy.filePath(name));
    const ProfileCheck check = lookInto(copy.filePath(u"infrastructor.db"_s), after);
    QSqlDatabase::removeDatabase(kConnection);
    return check;
}

} // namespace infra::test
