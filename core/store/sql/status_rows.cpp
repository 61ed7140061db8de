// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/status_rows.h"

#include "core/store/sql/metric_sql.h"

#include <QtCore/QFileInfo>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

/// How the oldest and newest time of a table are found without reading it, and its unit in ms.
struct TableShape
{
    QString name;
    QString parent, parentKey, key; ///< empty parent: an index begins with the time itself
    QString time;
    qint64 unit = 1;
    bool counted = true; ///< in row_counts
};

QList<TableShape> tableShapes()
{
    QList<TableShape> shapes{{u"system_metrics"_s, u"devices"_s, u"key"_s, u"device"_s, u"time"_s}};
    for (const Tier tier : {Tier::FiveMinutes, Tier::Hour, Tier::Day})
        shapes.append({wideTable(tier), u"devices"_s, u"key"_s, u"device"_s, u"bucket"_s, 1000});
    shapes.append({u"series_recent"_s, u"devices"_s, u"key"_s, u"device"_s, u"time"_s});
    for (const Tier tier : {Tier::FiveMinutes, Tier::Hour, Tier::Day})
        shapes.append({seriesTable(tier), u"series_keys"_s, u"series"_s, u"series"_s, u"bucket"_s, 1000});
    shapes.append({u"data_collection_audit"_s, {}, {}, {}, u"time"_s});
    shapes.append({u"data_collection_audit_hourly"_s, {}, {}, {}, u"hour"_s});
    shapes.append({u"service_performance_metrics"_s, {}, {}, {}, u"time"_s});
    shapes.append({u"container_snapshots"_s, {}, {}, {}, u"time"_s, 1, false});
    shapes.append({u"network_interfaces"_s, {}, {}, {}, u"time"_s, 1, false});
    shapes.append({u"device_snapshots"_s, {}, {}, {}, u"time"_s, 1, false});
    shapes.append({u"gaps"_s, {}, {}, {}, u"from_ms"_s, 1, false});
    shapes.append({u"devices"_s, {}, {}, {}, {}, 1, false});
    shapes.append({u"cache_metadata"_s, {}, {}, {}, {}, 1, false});
    return shapes;
}

Result<std::optional<Instant>> edge(Connection &connection, const TableShape &shape, const QString &function)
{
    if (shape.time.isEmpty())
        return std::optional<Instant>();
    const QString inner = u"SELECT %1(%2) FROM %3"_s.arg(function, shape.time, shape.name);
    const QString sql = shape.parent.isEmpty()
                            ? inner
                            : u"SELECT %1(t) FROM (SELECT (%2 m WHERE m.%3 = p.%4) AS t FROM %5 p)"_s.arg(
                                  function, inner, shape.key, shape.parentKey, shape.parent);
    const auto value = connection.integer(sql);
    if (!value)
        return fail(value.error());
    return *value ? std::optional<Instant>(fromMs(**value * shape.unit)) : std::nullopt;
}

Result<TableStatus> tableStatus(Connection &connection, const TableShape &shape)
{
    TableStatus status;
    status.name = shape.name;
    const auto rows = shape.counted ? connection.integer(u"SELECT rows FROM row_counts WHERE name = ?"_s, {shape.name})
                                    : connection.integer(u"SELECT COUNT(*) FROM %1"_s.arg(shape.name));
    const auto oldest = edge(connection, shape, u"MIN"_s);
    const auto newest = edge(connection, shape, u"MAX"_s);
    if (!rows)
        return fail(rows.error());
    if (!oldest || !newest)
        return fail(oldest ? newest.error() : oldest.error());
    status.rows = rows->value_or(0);
    status.oldest = *oldest;
    status.newest = *newest;
    return status;
}

} // namespace

Result<StoreStatus> readStatus(Connection &connection, StatusDepth depth)
{
    StoreStatus status;
    status.dialect = connection.dialect().name();
    status.path = connection.path();
    const auto version = connection.integer(u"SELECT MAX(version) FROM schema_migrations"_s);
    const auto pages = connection.integer(u"PRAGMA page_count"_s);
    const auto pageSize = connection.integer(u"PRAGMA page_size"_s);
    if (!version)
        return fail(version.error());
    if (!pages || !pageSize)
        return fail(pages ? pageSize.error() : pages.error());
    status.version = int(version->value_or(0));
    status.sizeBytes = pages->value_or(0) * pageSize->value_or(0);
    status.walBytes = QFileInfo(QString(connection.path() + u"-wal"_s)).size();
    if (depth == StatusDepth::Figures)
        return status;
    for (const TableShape &shape : tableShapes()) {
        Result<TableStatus> table = tableStatus(connection, shape);
        if (!table)
            return fail(table.error());
        status.tables.append(std::move(*table));
    }
    if (depth == StatusDepth::Integrity) {
        QString verdict;
        const Result<void> checked =
            connection.each(u"PRAGMA integrity_check(1)"_s, {}, [&verdict](const Row &row) { verdict = row.text(0); });
        if (!checked && checked.error().code != ErrorCode::StoreCorrupt)
            return fail(checked.error());
        status.integrity = checked && verdict == u"ok"_s ? u"ok"_s : u"failed"_s;
    }
    return status;
}

} // namespace infra::store::sql
