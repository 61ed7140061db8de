// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/metric_sql.h"

#include "core/store/sql/wide_columns.h"

#include <QtCore/QStringList>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

Tier finerTier(Tier tier)
{
    switch (tier) {
    case Tier::Day:
        return Tier::Hour;
    case Tier::Hour:
        return Tier::FiveMinutes;
    case Tier::FiveMinutes:
    case Tier::Raw:
        break;
    }
    return Tier::Raw;
}

QString columnNames()
{
    QStringList names;
    for (const WideColumn &column : kWideColumns)
        names.append(column.text());
    return names.join(u", "_s);
}

QString rollUpColumnNames()
{
    QStringList names;
    for (const WideColumn &column : kWideColumns)
        names.append(u"%1_avg, %1_min, %1_max, %1_n"_s.arg(column.text()));
    return names.join(u", "_s);
}

// A minimum or maximum that is the mean itself is kept as NULL: most columns of a quiet machine hardly move.
QString rawAggregates()
{
    QStringList aggregates;
    for (const WideColumn &column : kWideColumns)
        aggregates.append(
            u"AVG(%1), NULLIF(MIN(%1), AVG(%1)), NULLIF(MAX(%1), AVG(%1)), COUNT(%1)"_s.arg(column.text()));
    return aggregates.join(u", "_s);
}

QString tierAggregates()
{
    QStringList aggregates;
    for (const WideColumn &column : kWideColumns) {
        const QString mean = u"SUM(%1_avg * %1_n) / NULLIF(SUM(%1_n), 0)"_s.arg(column.text());
        aggregates.append(
            u"%2, NULLIF(MIN(COALESCE(%1_min, %1_avg)), %2), NULLIF(MAX(COALESCE(%1_max, %1_avg)), %2), SUM(%1_n)"_s
                .arg(column.text(), mean));
    }
    return aggregates.join(u", "_s);
}

} // namespace

qint64 tierSeconds(Tier tier)
{
    switch (tier) {
    case Tier::Raw:
        return 1;
    case Tier::FiveMinutes:
        return kFiveMinutesS;
    case Tier::Hour:
        return kHourS;
    case Tier::Day:
        break;
    }
    return kDayS;
}

QString tierWord(Tier tier)
{
    switch (tier) {
    case Tier::Raw:
        return u"raw"_s;
    case Tier::FiveMinutes:
        return u"5min"_s;
    case Tier::Hour:
        return u"1h"_s;
    case Tier::Day:
        break;
    }
    return u"1d"_s;
}

QString wideTable(Tier tier)
{
    return tier == Tier::Raw ? u"system_metrics"_s : QString(u"system_metrics_"_s + tierWord(tier));
}

QString seriesTable(Tier tier)
{
    return tier == Tier::Raw ? u"series_recent"_s : QString(u"series_"_s + tierWord(tier));
}

QString insertSampleSql()
{
    static const QString sql =
        u"INSERT INTO system_metrics (device, time, %1) VALUES (?, ?%2) ON CONFLICT (device, time) DO NOTHING"_s.arg(
            columnNames(), u", ?"_s.repeated(kWideColumns.size()));
    return sql;
}

QString updateSampleSql()
{
    static const QString sql = [] {
        QStringList parts;
        for (const WideColumn &column : kWideColumns)
            parts.append(u"%1 = ?"_s.arg(column.text()));
        return u"UPDATE system_metrics SET %1 WHERE device = ? AND time = ?"_s.arg(parts.join(u", "_s));
    }();
    return sql;
}

QString rollUpWideSql(Tier to)
{
    if (to == Tier::FiveMinutes) {
        static const QString sql =
            u"INSERT INTO system_metrics_5min (device, bucket, samples, %1) SELECT device, time / 300000 * 300, "
            u"COUNT(*), %2 "
            "FROM system_metrics WHERE device = ? AND time >= ? AND time < ? GROUP BY device, time / 300000"_s.arg(
                rollUpColumnNames(), rawAggregates());
        return sql;
    }
    return u"INSERT INTO %1 (device, bucket, samples, %2) SELECT device, bucket / %3 * %3, SUM(samples), %4 "
           "FROM %5 WHERE device = ? AND bucket >= ? AND bucket < ? GROUP BY device, bucket / %3"_s
               .arg(wideTable(to), rollUpColumnNames())
               .arg(tierSeconds(to))
               .arg(tierAggregates(), wideTable(finerTier(to)));
}

QString deleteWideBucketsSql(Tier tier)
{
    return u"DELETE FROM %1 WHERE device = ? AND bucket >= ? AND bucket < ?"_s.arg(wideTable(tier));
}

QString rollUpSeriesSql(Tier to)
{
    return u"INSERT INTO %1 (series, bucket, avg, min, max, n) SELECT series, ?, SUM(avg * n) / SUM(n), "
           "NULLIF(MIN(COALESCE(min, avg)), SUM(avg * n) / SUM(n)), NULLIF(MAX(COALESCE(max, avg)), SUM(avg * n) / "
           "SUM(n)), SUM(n) "
           "FROM %2 WHERE series = ? AND bucket >= ? AND bucket < ? GROUP BY series"_s.arg(seriesTable(to),
                                                                                           seriesTable(finerTier(to)));
}

QString wideHistorySql(Tier tier, const QList<QString> &columns)
{
    const bool raw = tier == Tier::Raw;
    const QString time = raw ? u"time"_s : u"bucket"_s;
    QStringList parts{u"%1 / ? * ?"_s.arg(time), u"MIN(%1)"_s.arg(time), u"MAX(%1)"_s.arg(time)};
    for (const QString &column : columns) {
        parts.append(
            raw ? u"SUM(%1), COUNT(%1), MIN(%1), MAX(%1)"_s.arg(column)
                : u"SUM(%1_avg * %1_n), SUM(%1_n), MIN(COALESCE(%1_min, %1_avg)), MAX(COALESCE(%1_max, %1_avg))"_s.arg(
                      column));
    }
    return u"SELECT %1 FROM %2 WHERE device = ? AND %3 >= ? AND %3 < ? GROUP BY 1 ORDER BY 1"_s.arg(
        parts.join(u", "_s), wideTable(tier), time);
}

QString seriesHistorySql(Tier tier, qsizetype keys)
{
    return u"SELECT series, bucket / ? * ?, SUM(avg * n), SUM(n), MIN(COALESCE(min, avg)), MAX(COALESCE(max, avg)) "
           u"FROM %1 "
           "WHERE bucket >= ? AND bucket < ? AND series IN (%2) GROUP BY 1, 2 ORDER BY 1, 2"_s.arg(
               seriesTable(tier), QString(u"?, "_s.repeated(keys - 1) + u"?"_s));
}

} // namespace infra::store::sql
