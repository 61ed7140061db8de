// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer_service.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace std::chrono_literals;

class TestTimerService : public QObject
{
    Q_OBJECT
private slots:
    void manualTimeFiresInOrderOfTime();
    void manualTimeShowsTheDueTimeInsideAFunction();
    void manualTimeRepeats();
    void aDayPassesInMilliseconds();
    void droppingTheHandleCancels();
    void aTimerMayCancelItself();
    void aTimerMayStartAnother();
    void aTimerOfZeroWaitsForAdvance();
    void handlesOutliveManualTime();
    void steppingTheWallClockLeavesTimersAlone();
    void nextDueIsTheNearest();
    void realTimersFireOnce();
    void realTimersRepeatUntilDropped();
    void realTimersStopWithTheirHandle();
    void handlesOutliveTheRealService();
};

void TestTimerService::manualTimeFiresInOrderOfTime()
{
    ManualTime time(fromMs(0));
    QList<int> order;
    const auto a = time.after(30ms, [&order] { order.append(3); });
    const auto b = time.after(10ms, [&order] { order.append(1); });
    const auto c = time.after(10ms, [&order] { order.append(2); });
    time.advance(9ms);
    QVERIFY(order.isEmpty());
    time.advance(21ms);
    QCOMPARE(order, QList<int>({1, 2, 3}));
    QCOMPARE(toMs(time.now()), 30);
}

void TestTimerService::manualTimeShowsTheDueTimeInsideAFunction()
{
    ManualTime time(fromMs(1000));
    qint64 seen = 0;
    const MonotonicTime begin = time.monotonic();
    milliseconds passed{0};
    const auto handle = time.after(50ms, [&] {
        seen = toMs(time.now());
        passed = time.monotonic() - begin;
    });
    time.advance(500ms);
    QCOMPARE(seen, 1050);
    QCOMPARE(passed.count(), 50);
    QCOMPARE(toMs(time.now()), 1500);
}

void TestTimerService::manualTimeRepeats()
{
    ManualTime time(fromMs(0));
    int fired = 0;
    auto handle = time.every(10s, [&fired] { ++fired; });
    time.advance(95s);
    QCOMPARE(fired, 9);
    handle.cancel();
    time.advance(95s);
    QCOMPARE(fired, 9);
}

void TestTimerService::aDayPassesInMilliseconds()
{
    ManualTime time(fromMs(0));
    int fired = 0;
    std::vector<TimerHandle> handles;
    for (int i = 0; i < 10; ++i)
        handles.push_back(time.every(60s, [&fired] { ++fired; }));
    time.advance(24h);
    QCOMPARE(fired, 10 * 24 * 60);
    QCOMPARE(toMs(time.now()), 86'400'000);
}

void TestTimerService::droppingTheHandleCancels()
{
    ManualTime time(fromMs(0));
    int fired = 0;
    {
        const auto dropped = time.after(10ms, [&fired] { ++fired; });
        QVERIFY(dropped.isActive());
    }
    auto copied = time.after(10ms, [&fired] { ++fired; });
    const TimerHandle second = copied;
    copied.cancel();
    QVERIFY(!copied.isActive());
    time.advance(20ms);
    QCOMPARE(fired, 1); // the copy kept it
}

void TestTimerService::aTimerMayCancelItself()
{
    ManualTime time(fromMs(0));
    int fired = 0;
    TimerHandle handle;
    handle = time.every(10ms, [&] {
        if (++fired == 3)
            handle.cancel();
    });
    time.advance(1s);
    QCOMPARE(fired, 3);
    QVERIFY(!time.nextDue().has_value());
}

void TestTimerService::aTimerMayStartAnother()
{
    ManualTime time(fromMs(0));
    int fired = 0;
    TimerHandle second;
    const TimerHandle first = time.after(10ms, [&] { second = time.after(10ms, [&fired] { ++fired; }); });
    time.advance(19ms);
    QCOMPARE(fired, 0);
    time.advance(1ms);
    QCOMPARE(fired, 1);
}

void TestTimerService::aTimerOfZeroWaitsForAdvance()
{
    ManualTime time(fromMs(0));
    int fired = 0;
    const auto handle = time.after(0ms, [&fired] { ++fired; });
    const auto negative = time.after(-5ms, [&fired] { ++fired; });
    QCOMPARE(fired, 0);
    time.advance(0ms);
    QCOMPARE(fired, 2);
}

void TestTimerService::handlesOutliveManualTime()
{
    TimerHandle handle;
    {
        ManualTime time(fromMs(0));
        handle = time.after(10ms, [] { QFAIL("nobody moved the time"); });
    }
    handle.cancel();
    QVERIFY(!handle.isActive());
}

void TestTimerService::steppingTheWallClockLeavesTimersAlone()
{
    ManualTime time(fromMs(0));
    int fired = 0;
    const auto handle = time.after(10s, [&fired] { ++fired; });
    time.stepWallClock(1h);
    QCOMPARE(fired, 0);
    QCOMPARE(toMs(time.now()), 3'600'000);
    time.stepWallClock(-2h);
    time.advance(10s);
    QCOMPARE(fired, 1);
    QCOMPARE(toMs(time.now()), -3'590'000);
}

void TestTimerService::nextDueIsTheNearest()
{
    ManualTime time(fromMs(0));
    QVERIFY(!time.nextDue().has_value());
    const auto far = time.after(100ms, [] {});
    const auto near = time.after(5ms, [] {});
    QCOMPARE((*time.nextDue() - time.monotonic()).count(), 5);
}

void TestTimerService::realTimersFireOnce()
{
    const SystemClock clock;
    EventLoopTimerService timers(clock);
    int fired = 0;
    const auto handle = timers.after(1ms, [&fired] { ++fired; });
    QTRY_COMPARE(fired, 1);
    int later = 0;
    const auto other = timers.after(20ms, [&later] { ++later; });
    QTRY_COMPARE(later, 1);
    QCOMPARE(fired, 1);
    QCOMPARE(&timers.clock(), &clock);
}

void TestTimerService::realTimersRepeatUntilDropped()
{
    const SystemClock clock;
    EventLoopTimerService timers(clock);
    int fired = 0;
    TimerHandle handle;
    handle = timers.every(1ms, [&] {
        if (++fired == 5)
            handle.cancel();
    });
    QTRY_COMPARE(fired, 5);
    bool done = false;
    const auto wait = timers.after(20ms, [&done] { done = true; });
    QTRY_VERIFY(done);
    QCOMPARE(fired, 5);
}

void TestTimerService::realTimersStopWithTheirHandle()
{
    const SystemClock clock;
    EventLoopTimerService timers(clock);
    bool fired = false;
    {
        const auto dropped = timers.after(1ms, [&fired] { fired = true; });
    }
    bool done = false;
    const auto wait = timers.after(20ms, [&done] { done = true; });
    QTRY_VERIFY(done);
    QVERIFY(!fired);
}

void TestTimerService::handlesOutliveTheRealService()
{
    const SystemClock clock;
    TimerHandle handle;
    bool fired = false;
    {
        EventLoopTimerService timers(clock);
        handle = timers.after(1ms, [&fired] { fired = true; });
    }
    EventLoopTimerService others(clock);
    bool done = false;
    const auto wait = others.after(10ms, [&done] { done = true; });
    QTRY_VERIFY(done);
    QVERIFY(!fired);
    handle.cancel();
}

INFRA_TEST(TestTimerService)
#include "tst_timer_service.moc"
