// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/metrics.h"
#include "core/store/sql/metric_sql.h"

#include <limits>

namespace infra::store::sql {

/// From when on (ms) each tier is whole; nothing was deleted yet: the smallest number.
struct TierFloors
{
    qint64 raw = std::numeric_limits<qint64>::min();
    qint64 recentSeries = std::numeric_limits<qint64>::min();
    qint64 fiveMinutes = std::numeric_limits<qint64>::min();
    qint64 hours = std::numeric_limits<qint64>::min();
};

/// One table and the part of the range that it answers, [from, until) in ms.
struct HistorySegment
{
    Tier tier = Tier::Raw;
    qint64 from = 0, until = 0;
    bool operator==(const HistorySegment &) const = default;
};

struct HistoryPlan
{
    Tier tier = Tier::Raw; ///< what answers all that is rolled up
    qint64 widthMs = 0;    ///< of a bucket; buckets begin at multiples of it
    qint64 fromMs = 0;     ///< start of the first bucket
    qint64 untilMs = 0;    ///< exclusive
};

/// Chooses the coarsest tier that still gives about half of the points asked for, or a coarser one where the finer is
/// gone; then a round width of which at most `maxPoints` buckets touch [fromMs, toMs].
HistoryPlan planHistory(qint64 fromMs, qint64 toMs, int maxPoints, bool labelled, const TierFloors &floors);

/// The plan's range by table: what is rolled up from the plan's tier, the tail that is not (from `firstDirtyHourMs` on)
/// from raw rows.
QList<HistorySegment> segmentsOf(const HistoryPlan &plan, std::optional<qint64> firstDirtyHourMs);

/// First and last reading of a stretch without a gap, ms.
struct Presence
{
    qint64 first = 0, last = 0;
};

/// What the gaps of a range are made from.
struct GapFacts
{
    qint64 fromMs = 0, toMs = 0;  ///< the range, within the device's life
    qint64 thresholdMs = 120'000; ///< two intervals
    QList<Presence> presence;     ///< by time
    QList<Gap> recorded;          ///< those that were told, by time
    QList<Presence> runs;         ///< when this program was running
};

/// Recorded gaps cut to the range, and silences over the threshold that nobody recorded: `AppOff` where the program was
/// off for most of it. By time.
QList<Gap> findGaps(const GapFacts &facts);

} // namespace infra::store::sql
