// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/history_plan.h"

#include <algorithm>
#include <array>

namespace infra::store::sql {

namespace {

/// Round widths in seconds: a reader of the chart can say "5 minute averages".
constexpr std::array<qint64, 27> kRoundSeconds{1,     2,     5,     10,    15,    20,    30,     60,     120,
                                               180,   240,   300,   600,   900,   1200,  1800,   3600,   7200,
                                               10800, 14400, 21600, 28800, 43200, 86400, 172800, 345600, 604800};

qint64 bucketsTouched(qint64 fromMs, qint64 toMs, qint64 widthMs)
{
    return (floorTo(toMs, widthMs) - floorTo(fromMs, widthMs)) / widthMs + 1;
}

qint64 roundWidth(qint64 fromMs, qint64 toMs, int maxPoints, Tier tier)
{
    const qint64 tierS = tierSeconds(tier);
    for (const qint64 widthS : kRoundSeconds) {
        if (widthS % tierS == 0 && bucketsTouched(fromMs, toMs, widthS * 1000) <= maxPoints)
            return widthS * 1000;
    }
    qint64 widthMs = kRoundSeconds.back() * 1000;
    while (bucketsTouched(fromMs, toMs, widthMs) > maxPoints)
        widthMs *= 2;
    return widthMs;
}

Tier availableTier(Tier tier, qint64 fromMs, bool labelled, const TierFloors &floors)
{
    if (tier == Tier::Raw && (fromMs < floors.raw || (labelled && fromMs < floors.recentSeries)))
        tier = Tier::FiveMinutes;
    if (tier == Tier::FiveMinutes && fromMs < floors.fiveMinutes)
        tier = Tier::Hour;
    if (tier == Tier::Hour && fromMs < floors.hours)
        tier = Tier::Day;
    return tier;
}

/// How much of [from, to] lies in `runs`, in ms.
qint64 coveredBy(const QList<Presence> &runs, qint64 from, qint64 to)
{
    qint64 covered = 0;
    qint64 at = from;
    for (const Presence &run : runs) {
        const qint64 begin = std::max(run.first, at);
        const qint64 end = std::min(run.last, to);
        if (end > begin) {
            covered += end - begin;
            at = end;
        }
    }
    return covered;
}

} // namespace

HistoryPlan planHistory(qint64 fromMs, qint64 toMs, int maxPoints, bool labelled, const TierFloors &floors)
{
    const qint64 neededMs = std::max<qint64>(1, (toMs - fromMs) / maxPoints);
    Tier tier = Tier::Raw;
    for (const Tier coarser : {Tier::FiveMinutes, Tier::Hour, Tier::Day}) {
        if (tierSeconds(coarser) * 1000 <= 2 * neededMs)
            tier = coarser;
    }
    HistoryPlan plan;
    plan.tier = availableTier(tier, fromMs, labelled, floors);
    plan.widthMs = roundWidth(fromMs, toMs, maxPoints, plan.tier);
    plan.fromMs = floorTo(fromMs, plan.widthMs);
    plan.untilMs = toMs + 1;
    return plan;
}

QList<HistorySegment> segmentsOf(const HistoryPlan &plan, std::optional<qint64> firstDirtyHourMs)
{
    QList<HistorySegment> segments;
    const auto add = [&segments](Tier tier, qint64 from, qint64 until) {
        if (from < until)
            segments.append({tier, from, until});
    };
    if (plan.tier == Tier::Raw) {
        add(Tier::Raw, plan.fromMs, plan.untilMs);
        return segments;
    }
    const qint64 tail = std::clamp(firstDirtyHourMs.value_or(plan.untilMs), plan.fromMs, plan.untilMs);
    if (plan.tier == Tier::Day) {
        // A day of which an hour is missing is put together from its hours.
        const qint64 lastDay = firstDirtyHourMs && tail < plan.untilMs ? floorTo(tail, kDayMs) : tail;
        add(Tier::Day, plan.fromMs, lastDay);
        add(Tier::Hour, std::max(lastDay, plan.fromMs), tail);
    } else {
        add(plan.tier, plan.fromMs, tail);
    }
    add(Tier::Raw, tail, plan.untilMs);
    return segments;
}

QList<Gap> findGaps(const GapFacts &facts)
{
    QList<Gap> gaps;
    for (const Gap &gap : facts.recorded) {
        const qint64 from = std::max(toMs(gap.from), facts.fromMs);
        const qint64 to = std::min(toMs(gap.to), facts.toMs);
        if (from < to)
            gaps.append({fromMs(from), fromMs(to), gap.reason});
    }
    const auto addSilence = [&gaps, &facts](qint64 from, qint64 to) {
        if (to - from <= facts.thresholdMs)
            return;
        const bool off = coveredBy(facts.runs, from, to) * 2 < to - from;
        gaps.append({fromMs(from), fromMs(to), off ? GapReason::AppOff : GapReason::Unreachable});
    };
    const qsizetype recorded = gaps.size();
    const auto addUnrecorded = [&](qint64 from, qint64 to) {
        if (to - from <= facts.thresholdMs)
            return;
        qint64 at = from;
        for (qsizetype index = 0; index < recorded; ++index) {
            const qint64 begin = toMs(gaps.at(index).from);
            const qint64 end = toMs(gaps.at(index).to);
            if (end <= at || begin >= to)
                continue;
            addSilence(at, begin);
            at = std::max(at, end);
        }
        addSilence(at, to);
    };
    qint64 last = facts.fromMs;
    for (const Presence &stretch : facts.presence) {
        addUnrecorded(last, std::min(stretch.first, facts.toMs));
        last = std::max(last, stretch.last);
    }
    addUnrecorded(last, facts.toMs);
    std::stable_sort(gaps.begin(), gaps.end(), [](const Gap &a, const Gap &b) { return a.from < b.from; });
    return gaps;
}

} // namespace infra::store::sql
