// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 600
#include "core/collect/scheduler.h"
#include "tests/support/collect_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <algorithm>
#include <array>
#include <ctime>

using namespace infra;
using namespace infra::collect;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

namespace {

Scheduler::Parts partsOf(CollectFixture &f)
{
    return {f.time,
            f.registry,
            f.transport,
            f.collector,
            f.gaps,
            [] { return seconds(60); },
            [] { return seconds(10); },
            [] { return seconds(21'600); }};
}

} // namespace

class TestScheduler : public QObject
{
    Q_OBJECT
private slots:
    void a_day_of_fifty_devices_has_exactly_its_cycles()
    {
        CollectFixture f;
        f.transport.keepSent = false;
        f.memory->keepCycles = false;
        f.transport.timers = &f.time;
        f.transport.delay = milliseconds(40);
        QHash<DeviceId, QList<Instant>> cycles;
        QHash<DeviceId, int> updates;
        const auto subscription = f.bus.subscribe<DeviceRead>([&](const DeviceRead &read) {
            if (read.hasSystem)
                cycles[read.device].append(read.readAt);
            else
                ++updates[read.device];
        });
        QList<Device> devices;
        for (int i = 0; i < 50; ++i)
            devices.append(f.add(QString::number(i)));
        Scheduler scheduler(partsOf(f));
        const std::clock_t begun = std::clock(); // of the processor: a busy machine shall not fail it
        scheduler.start(devices);
        const Instant start = f.time.now();
        f.time.advance(std::chrono::hours(24));
        scheduler.stop();
        f.time.advance(seconds(5));
        const double cpuS = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
        qInfo("a day of fifty devices in %.1f s of the processor", cpuS);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY(cpuS < 60);
#endif
        QCOMPARE(cycles.size(), 50);
        qint64 operations = 0;
        std::array<int, 60> perSecond{};
        for (const Device &device : devices) {
            const QList<Instant> &times = cycles[device.id];
            // The first, the second five seconds later, then one a minute from its place in the minute on.
            QVERIFY2(times.size() == 1441 || times.size() == 1442, qPrintable(QString::number(times.size())));
            QVERIFY(times[0] - start < seconds(3));
            QCOMPARE(times[1] - times[0], milliseconds(5'000));
            for (qsizetype i = 3; i < times.size(); ++i)
                QCOMPARE(times[i] - times[i - 1], milliseconds(60'000));
            ++perSecond[static_cast<std::size_t>(((times[5] - start).count() / 1000) % 60)];
            // Every six hours; the fifth is due fifteen seconds after the day, and may ride along with its last cycle.
            QVERIFY2(updates[device.id] == 4 || updates[device.id] == 5,
                     qPrintable(QString::number(updates[device.id])));
            operations += times.size() + updates[device.id];
        }
        // No thundering herd: fifty devices do not share a few seconds.
        QVERIFY(*std::max_element(perSecond.begin(), perSecond.end()) <= 8);
        QCOMPARE(f.memory->audits.size(), operations);
        QCOMPARE(f.transport.runs, static_cast<quint64>(operations));
        QCOMPARE(f.transport.mostUnderWay, 1);
        QCOMPARE(scheduler.counts().missed, 0u);
    }

    void rarer_kinds_ride_along_when_due()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        Scheduler scheduler(partsOf(f));
        scheduler.start({device});
        f.time.advance(std::chrono::hours(1));
        qsizetype services = 0;
        qsizetype metrics = 0;
        for (const QList<Kind> &kinds : std::as_const(f.parsedKinds)) {
            services += kinds.count(Kind::Services);
            metrics += kinds.count(Kind::SystemMetrics);
        }
        QVERIFY2(services == 6 || services == 7, qPrintable(QString::number(services)));
        QVERIFY(metrics >= 61);
    }

    void a_watched_device_is_read_every_ten_seconds()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        Scheduler scheduler(partsOf(f));
        scheduler.start({device});
        f.time.advance(std::chrono::minutes(5));
        const quint64 before = f.transport.runs;
        auto token = scheduler.watch(device.id);
        f.time.advance(std::chrono::minutes(1));
        const quint64 watched = f.transport.runs - before;
        QVERIFY2(watched >= 6 && watched <= 8, qPrintable(QString::number(watched)));
        token.reset();
        f.time.advance(seconds(15));
        const quint64 settled = f.transport.runs;
        f.time.advance(std::chrono::minutes(10));
        QVERIFY(f.transport.runs - settled <= 11);
    }

    void paused_devices_and_a_paused_fleet_are_not_read()
    {
        CollectFixture f;
        Device device = f.add(u"a"_s);
        Scheduler scheduler(partsOf(f));
        scheduler.start({device});
        f.time.advance(seconds(90));
        device.paused = true;
        f.directory.devices.insert(device.id, device);
        scheduler.add(device);
        const quint64 before = f.transport.runs;
        f.time.advance(std::chrono::hours(1));
        QCOMPARE(f.transport.runs, before);
        device.paused = false;
        f.directory.devices.insert(device.id, device);
        scheduler.add(device);
        f.time.advance(seconds(1));
        QCOMPARE(f.transport.runs, before + 1);
        QVERIFY(f.memory->cycles.last().closedGap->reason == GapReason::Paused);
        scheduler.setCollecting(false);
        f.time.advance(std::chrono::hours(1));
        QCOMPARE(f.transport.runs, before + 1);
        scheduler.setCollecting(true);
        f.time.advance(std::chrono::minutes(2));
        QVERIFY(f.transport.runs > before + 1);
    }

    void while_the_pool_waits_a_cycle_counts_as_failed()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        f.transport.answer = [](const FakeTransport::Sent &) -> Result<ssh::CommandOutput> {
            return fail(ErrorCode::Refused, u"no"_s);
        };
        int most = 0;
        const auto subscription =
            f.bus.subscribe<DeviceFailed>([&](const DeviceFailed &failed) { most = failed.failuresInARow; });
        Scheduler scheduler(partsOf(f));
        scheduler.start({device});
        f.time.advance(seconds(1));
        f.transport.backoffs.insert(device.id, std::chrono::minutes(5));
        const quint64 tried = f.transport.runs;
        f.time.advance(std::chrono::minutes(3));
        QCOMPARE(f.transport.runs, tried);
        QVERIFY(most >= 3);
        QVERIFY(scheduler.counts().backedOff >= 2);
    }

    void a_busy_device_misses_its_cycle_and_nothing_piles_up()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        f.transport.hold = true;
        Scheduler scheduler(partsOf(f));
        scheduler.start({device});
        f.time.advance(std::chrono::minutes(10));
        QCOMPARE(f.transport.runs, 1u);
        QVERIFY(scheduler.counts().missed >= 9);
    }

    void a_fleet_does_not_log_in_all_at_once_and_dead_machines_keep_nobody_waiting()
    {
        CollectFixture f;
        f.transport.hold = true; // nobody answers
        QList<Device> devices;
        for (int i = 0; i < 100; ++i)
            devices.append(f.add(QString::number(i)));
        Scheduler scheduler(partsOf(f));
        scheduler.start(devices);
        f.time.advance(milliseconds(4'900));
        QCOMPARE(f.transport.runs, quint64(ReadingSlots::places));
        f.time.advance(milliseconds(2'000)); // the first ones have had their patience
        QVERIFY(f.transport.runs > ReadingSlots::places);
        f.time.advance(milliseconds(25'000));
        QCOMPARE(f.transport.runs, 100u);
    }

    void a_place_is_free_as_soon_as_its_reading_is_answered()
    {
        CollectFixture f;
        f.transport.timers = &f.time;
        f.transport.delay = milliseconds(500);
        QList<Device> devices;
        for (int i = 0; i < 200; ++i)
            devices.append(f.add(QString::number(i)));
        Scheduler scheduler(partsOf(f));
        scheduler.start(devices);
        // One every 40 ms and half a second each: 13 under way, far from the bound.
        f.time.advance(milliseconds(40 * 200 + 600));
        QVERIFY(f.transport.runs >= 200);
        QCOMPARE(scheduler.counts().missed, 0u);
    }
};

INFRA_TEST(TestScheduler)
#include "tst_scheduler.moc"
