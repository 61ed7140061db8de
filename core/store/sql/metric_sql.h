// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

namespace infra::store::sql {

/// The four widths in which metrics are kept. Raw rows carry a time in ms, roll-ups a bucket in s.
enum class Tier
{
    Raw,
    FiveMinutes,
    Hour,
    Day
};

inline constexpr qint64 kFiveMinutesS = 300;
inline constexpr qint64 kHourS = 3600;
inline constexpr qint64 kDayS = 86400;
inline constexpr qint64 kHourMs = kHourS * 1000;
inline constexpr qint64 kDayMs = kDayS * 1000;

/// Rounds down to a multiple, for negative numbers too.
constexpr qint64 floorTo(qint64 value, qint64 step)
{
    const qint64 rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

qint64 tierSeconds(Tier tier); ///< 1 for Raw
QString wideTable(Tier tier);
QString seriesTable(Tier tier); ///< `series_recent` for Raw
QString tierWord(Tier tier);    ///< raw, 5min, 1h, 1d

/// Values: device, time, then the columns in order.
QString insertSampleSql();
/// Values: the columns in order, then device and time.
QString updateSampleSql();
/// Makes the buckets of `to` out of the next finer tier. Values: device, from, until in the finer tier's own unit.
QString rollUpWideSql(Tier to);
/// Values: device, from, until (s).
QString deleteWideBucketsSql(Tier tier);
/// One bucket of a labelled series out of the next finer tier. Values: bucket, series, from, until (s).
QString rollUpSeriesSql(Tier to);

/// Sums that history adds up over tiers: `bucket`, first and last time (ms) in it, and for each column sum, count, min,
/// max. Values: bucket width in the unit of the tier (twice), device, from, until (exclusive).
QString wideHistorySql(Tier tier, const QList<QString> &columns);
/// The same for labelled series of roll-up tiers: series, bucket, sum, count, min, max. Values: width, width, from,
/// until, then the series keys.
QString seriesHistorySql(Tier tier, qsizetype keys);

} // namespace infra::store::sql
