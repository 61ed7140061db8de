// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/history_plan.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::store::sql;
using namespace Qt::Literals::StringLiterals;

class TestHistoryPlan : public QObject
{
    Q_OBJECT
private slots:
    void theSpanChoosesTheTier_data();
    void theSpanChoosesTheTier();
    void neverMoreBucketsThanAsked();
    void whatIsDeletedIsReadFromACoarserTier();
    void labelledValuesBeyondTheirHoursComeFromRollUps();
    void theTailThatIsNotRolledUpComesFromFinerTiers();
    void silenceIsAGapAndTwoIntervalsAreNot();
    void recordedGapsAreCutToTheRange();
    void aSilenceWhileTheProgramWasOffIsCalledThat();
    void aRecordedGapIsNotToldTwice();
};

constexpr qint64 kNow = 1'790'000'000'000; // some Monday
constexpr qint64 kMinuteMs = 60'000;

void TestHistoryPlan::theSpanChoosesTheTier_data()
{
    QTest::addColumn<qint64>("span");
    QTest::addColumn<int>("points");
    QTest::addColumn<int>("tier");
    QTest::addColumn<qint64>("width");
    QTest::newRow("15 minutes") << 15 * kMinuteMs << 1000 << int(Tier::Raw) << qint64(1000);
    QTest::newRow("an hour") << 60 * kMinuteMs << 600 << int(Tier::Raw) << qint64(10'000);
    QTest::newRow("a day") << kDayMs << 800 << int(Tier::Raw) << 2 * kMinuteMs;
    QTest::newRow("a week") << 7 * kDayMs << 800 << int(Tier::FiveMinutes) << 15 * kMinuteMs;
    QTest::newRow("30 days") << 30 * kDayMs << 800 << int(Tier::Hour) << kHourMs;
    QTest::newRow("a year") << 365 * kDayMs << 800 << int(Tier::Hour) << 12 * kHourMs;
    QTest::newRow("a year, few points") << 365 * kDayMs << 300 << int(Tier::Day) << 2 * kDayMs;
    QTest::newRow("ten years") << 3650 * kDayMs << 1000 << int(Tier::Day) << 4 * kDayMs;
}

void TestHistoryPlan::theSpanChoosesTheTier()
{
    QFETCH(qint64, span);
    QFETCH(int, points);
    QFETCH(int, tier);
    QFETCH(qint64, width);
    const HistoryPlan plan = planHistory(kNow - span, kNow, points, false, {});
    QCOMPARE(int(plan.tier), tier);
    QCOMPARE(plan.widthMs, width);
    QCOMPARE(plan.fromMs % plan.widthMs, 0);
    QVERIFY(plan.fromMs <= kNow - span && plan.fromMs > kNow - span - plan.widthMs);
    QCOMPARE(plan.untilMs, kNow + 1);
}

void TestHistoryPlan::neverMoreBucketsThanAsked()
{
    for (const qint64 span :
         {qint64(0), qint64(1), kMinuteMs, kHourMs + 13, kDayMs, 30 * kDayMs, 365 * kDayMs, 9000 * kDayMs}) {
        for (const int points : {1, 2, 3, 60, 1000, 20'000}) {
            const HistoryPlan plan = planHistory(kNow - span, kNow, points, false, {});
            QVERIFY2((floorTo(kNow, plan.widthMs) - plan.fromMs) / plan.widthMs + 1 <= points,
                     qPrintable(u"%1 ms in %2 points"_s.arg(span).arg(points)));
            QCOMPARE(plan.widthMs % (tierSeconds(plan.tier) * 1000), 0);
        }
    }
}

void TestHistoryPlan::whatIsDeletedIsReadFromACoarserTier()
{
    TierFloors floors;
    floors.raw = kNow - 14 * kDayMs;
    floors.fiveMinutes = kNow - 90 * kDayMs;
    floors.hours = kNow - 730 * kDayMs;
    const auto tierAt = [&](qint64 daysAgo) {
        return planHistory(kNow - daysAgo * kDayMs, kNow - daysAgo * kDayMs + kHourMs, 1000, false, floors).tier;
    };
    QCOMPARE(tierAt(10), Tier::Raw);
    QCOMPARE(tierAt(20), Tier::FiveMinutes);
    QCOMPARE(tierAt(100), Tier::Hour);
    QCOMPARE(tierAt(800), Tier::Day);
}

void TestHistoryPlan::labelledValuesBeyondTheirHoursComeFromRollUps()
{
    TierFloors floors;
    floors.recentSeries = kNow - 6 * kHourMs;
    QCOMPARE(planHistory(kNow - kHourMs, kNow, 1000, true, floors).tier, Tier::Raw);
    QCOMPARE(planHistory(kNow - 8 * kHourMs, kNow - 7 * kHourMs, 1000, true, floors).tier, Tier::FiveMinutes);
    QCOMPARE(planHistory(kNow - 8 * kHourMs, kNow - 7 * kHourMs, 1000, false, floors).tier, Tier::Raw);
}

void TestHistoryPlan::theTailThatIsNotRolledUpComesFromFinerTiers()
{
    HistoryPlan plan;
    plan.fromMs = 10 * kDayMs;
    plan.untilMs = 20 * kDayMs;
    plan.tier = Tier::Day;
    const qint64 dirty = 18 * kDayMs + 5 * kHourMs;
    QCOMPARE(segmentsOf(plan, dirty), (QList<HistorySegment>{{Tier::Day, 10 * kDayMs, 18 * kDayMs},
                                                             {Tier::Hour, 18 * kDayMs, dirty},
                                                             {Tier::Raw, dirty, 20 * kDayMs}}));
    QCOMPARE(segmentsOf(plan, {}), (QList<HistorySegment>{{Tier::Day, 10 * kDayMs, 20 * kDayMs}}));
    plan.tier = Tier::FiveMinutes;
    QCOMPARE(segmentsOf(plan, dirty),
             (QList<HistorySegment>{{Tier::FiveMinutes, 10 * kDayMs, dirty}, {Tier::Raw, dirty, 20 * kDayMs}}));
    QCOMPARE(segmentsOf(plan, 30 * kDayMs), (QList<HistorySegment>{{Tier::FiveMinutes, 10 * kDayMs, 20 * kDayMs}}));
    plan.tier = Tier::Raw;
    QCOMPARE(segmentsOf(plan, dirty), (QList<HistorySegment>{{Tier::Raw, 10 * kDayMs, 20 * kDayMs}}));
}

void TestHistoryPlan::silenceIsAGapAndTwoIntervalsAreNot()
{
    GapFacts facts;
    facts.fromMs = 0;
    facts.toMs = 100 * kMinuteMs;
    facts.runs = {{0, 100 * kMinuteMs}};
    facts.presence = {
        {0, 0}, {2 * kMinuteMs, 2 * kMinuteMs}, {10 * kMinuteMs, 50 * kMinuteMs}, {50 * kMinuteMs, 98 * kMinuteMs}};
    QCOMPARE(findGaps(facts), (QList<Gap>{{fromMs(2 * kMinuteMs), fromMs(10 * kMinuteMs), GapReason::Unreachable}}));
    facts.presence.clear();
    QCOMPARE(findGaps(facts), (QList<Gap>{{fromMs(0), fromMs(100 * kMinuteMs), GapReason::Unreachable}}));
}

void TestHistoryPlan::recordedGapsAreCutToTheRange()
{
    GapFacts facts;
    facts.fromMs = 10 * kMinuteMs;
    facts.toMs = 20 * kMinuteMs;
    facts.presence = {{10 * kMinuteMs, 20 * kMinuteMs}};
    facts.recorded = {{fromMs(0), fromMs(12 * kMinuteMs), GapReason::Paused},
                      {fromMs(18 * kMinuteMs), fromMs(40 * kMinuteMs), GapReason::Asleep},
                      {fromMs(50 * kMinuteMs), fromMs(60 * kMinuteMs), GapReason::Asleep}};
    QCOMPARE(findGaps(facts), (QList<Gap>{{fromMs(10 * kMinuteMs), fromMs(12 * kMinuteMs), GapReason::Paused},
                                          {fromMs(18 * kMinuteMs), fromMs(20 * kMinuteMs), GapReason::Asleep}}));
}

void TestHistoryPlan::aSilenceWhileTheProgramWasOffIsCalledThat()
{
    GapFacts facts;
    facts.fromMs = 0;
    facts.toMs = 100 * kMinuteMs;
    facts.runs = {{0, 11 * kMinuteMs}, {49 * kMinuteMs, 100 * kMinuteMs}};
    facts.presence = {{0, 10 * kMinuteMs}, {50 * kMinuteMs, 60 * kMinuteMs}};
    QCOMPARE(findGaps(facts), (QList<Gap>{{fromMs(10 * kMinuteMs), fromMs(50 * kMinuteMs), GapReason::AppOff},
                                          {fromMs(60 * kMinuteMs), fromMs(100 * kMinuteMs), GapReason::Unreachable}}));
}

void TestHistoryPlan::aRecordedGapIsNotToldTwice()
{
    GapFacts facts;
    facts.fromMs = 0;
    facts.toMs = 60 * kMinuteMs;
    facts.runs = {{0, 60 * kMinuteMs}};
    facts.presence = {{0, 10 * kMinuteMs}, {40 * kMinuteMs, 60 * kMinuteMs}};
    const Gap recorded{fromMs(11 * kMinuteMs), fromMs(39 * kMinuteMs), GapReason::Asleep};
    facts.recorded = {recorded};
    QCOMPARE(findGaps(facts), QList<Gap>{recorded});
    facts.recorded = {{fromMs(11 * kMinuteMs), fromMs(20 * kMinuteMs), GapReason::Asleep}};
    QCOMPARE(findGaps(facts).size(), 2);
    QCOMPARE(findGaps(facts).last().from, fromMs(20 * kMinuteMs));
    QCOMPARE(findGaps(facts).last().to, fromMs(40 * kMinuteMs));
}

INFRA_TEST(TestHistoryPlan)
#include "tst_history_plan.moc"
