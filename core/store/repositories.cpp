// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

namespace infra::store {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonValue timeOrNull(const std::optional<Instant> &time)
{
    return time ? QJsonValue(toRfc3339(*time)) : QJsonValue(QJsonValue::Null);
}

} // namespace

QJsonObject toJson(const StoreStatus &status)
{
    QJsonArray tables;
    for (const TableStatus &table : status.tables) {
        tables.append(QJsonObject{{u"name"_s, table.name},
                                  {u"rows"_s, table.rows},
                                  {u"oldest"_s, timeOrNull(table.oldest)},
                                  {u"newest"_s, timeOrNull(table.newest)}});
    }
    QJsonArray retention;
    for (const RetentionStatus &row : status.retention) {
        retention.append(
            QJsonObject{{u"table"_s, row.table},
                        {u"tier"_s, row.tier},
                        {u"keep_days"_s, row.keepDays ? QJsonValue(*row.keepDays) : QJsonValue(QJsonValue::Null)}});
    }
    return QJsonObject{{u"dialect"_s, status.dialect},
                       {u"version"_s, status.version},
                       {u"path"_s, status.path},
                       {u"size_bytes"_s, status.sizeBytes},
                       {u"wal_bytes"_s, status.walBytes},
                       {u"integrity"_s, status.integrity},
                       {u"writable"_s, status.writable},
                       {u"writer"_s, QJsonObject{{u"queue"_s, status.writerQueue},
                                                 {u"lag_ms"_s, status.writerLagMs},
                                                 {u"rows_per_s"_s, status.rowsPerS},
                                                 {u"dropped_telemetry"_s, status.droppedTelemetry}}},
                       {u"tables"_s, tables},
                       {u"retention"_s, retention}};
}

} // namespace infra::store
