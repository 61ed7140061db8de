// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/correlation.h"
#include "core/collect/counters.h"
#include "core/collect/derive.h"
#include "core/collect/rates.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::collect;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint64 two32 = quint64(1) << 32;

ReadingPoint pointAt(double uptime, qint64 ms)
{
    ReadingPoint point;
    point.at = MonotonicTime(milliseconds(ms));
    point.raw.uptimeS = uptime;
    point.raw.bootTimeS = 1'700'000'000;
    return point;
}

std::optional<double> labelled(const Rates &rates, const QString &name, const QString &label)
{
    for (const LabelledValue &value : rates.labelled) {
        if (value.key == SeriesKey{name, label})
            return value.value;
    }
    return std::nullopt;
}

} // namespace

class TestRates : public QObject
{
    Q_OBJECT
private slots:
    void shares_of_the_processor_are_what_the_ticks_say()
    {
        ReadingPoint a = pointAt(100, 0);
        ReadingPoint b = pointAt(110, 10'000);
        a.raw.cpuTotal = CpuTicks{1000, 100, 500, 9000, 50, 10, 20, 5};
        b.raw.cpuTotal = CpuTicks{1200, 150, 600, 9500, 100, 20, 60, 55};
        const Rates rates = ratesBetween(a, b, {});
        QCOMPARE(*rates.cpuTotal, 45.0); // 1000 ticks, 500 idle, 50 iowait
        QCOMPARE(*rates.cpuUser, 25.0);
        QCOMPARE(*rates.cpuSystem, 15.0);
        QCOMPARE(*rates.cpuIowait, 5.0);
        QCOMPARE(*rates.cpuSteal, 5.0);
    }

    void iowait_that_goes_back_is_missing_and_spoils_nothing()
    {
        ReadingPoint a = pointAt(100, 0);
        ReadingPoint b = pointAt(110, 10'000);
        a.raw.cpuTotal = CpuTicks{.user = 1000, .idle = 9000, .iowait = 500};
        b.raw.cpuTotal = CpuTicks{.user = 1250, .idle = 9750, .iowait = 480};
        const Rates rates = ratesBetween(a, b, {});
        QVERIFY(!rates.cpuIowait);
        QCOMPARE(*rates.cpuTotal, 25.0);
    }

    void a_restart_leaves_no_rate_data()
    {
        QTest::addColumn<double>("uptime");
        QTest::addColumn<qint64>("boot");
        QTest::newRow("shortly after") << 5.0 << qint64(1'700'000'095);
        QTest::newRow("up longer than before") << 150.0 << qint64(1'700'000'550);
    }
    void a_restart_leaves_no_rate()
    {
        QFETCH(double, uptime);
        QFETCH(qint64, boot);
        ReadingPoint a = pointAt(100, 0);
        ReadingPoint b = pointAt(uptime, 600'000);
        b.raw.bootTimeS = boot;
        a.raw.nets = {{u"eth0"_s, 100, 100, 0, 0, true}};
        b.raw.nets = {{u"eth0"_s, 5'000, 5'000, 0, 0, true}};
        QVERIFY(!secondsBetween(a, b));
        const Rates rates = ratesBetween(a, b, {});
        QVERIFY(!rates.netRx && !rates.cpuTotal && rates.labelled.isEmpty());
    }

    void a_step_of_the_hosts_clock_changes_no_rate()
    {
        ReadingPoint a = pointAt(100, 0);
        ReadingPoint b = pointAt(160, 60'000);
        b.raw.bootTimeS = *a.raw.bootTimeS + 7200; // boot time follows the wall clock
        QCOMPARE(*secondsBetween(a, b), 60.0);
    }

    void without_uptime_our_clock_serves_unless_the_boot_time_moved()
    {
        ReadingPoint a = pointAt(0, 0);
        ReadingPoint b = pointAt(0, 30'000);
        a.raw.uptimeS.reset();
        b.raw.uptimeS.reset();
        QCOMPARE(*secondsBetween(a, b), 30.0);
        b.raw.bootTimeS = *a.raw.bootTimeS + 100;
        QVERIFY(!secondsBetween(a, b));
    }

    void too_short_an_interval_gives_no_rate()
    {
        QVERIFY(!secondsBetween(pointAt(100, 0), pointAt(100.2, 200)));
        QVERIFY(secondsBetween(pointAt(100, 0), pointAt(100.6, 600)));
    }

    void a_wrap_is_recognised_by_its_range_data()
    {
        QTest::addColumn<quint64>("before");
        QTest::addColumn<quint64>("after");
        QTest::addColumn<quint64>("unit");
        QTest::addColumn<qint64>("delta"); // −1: none
        QTest::newRow("plain") << quint64(100) << quint64(350) << quint64(1) << qint64(250);
        QTest::newRow("32 bit") << two32 - 100 << quint64(50) << quint64(1) << qint64(150);
        QTest::newRow("32 bit of sectors") << (two32 - 2) * 512 << quint64(1024) << quint64(512) << qint64(4 * 512);
        QTest::newRow("64 bit") << ~quint64(0) - 9 << quint64(5) << quint64(1) << qint64(15);
        QTest::newRow("a reset in the lower half") << two32 / 2 - 1 << quint64(10) << quint64(1) << qint64(-1);
        QTest::newRow("a reset of a large counter") << two32 * 40 << quint64(10) << quint64(1) << qint64(-1);
        QTest::newRow("a wrap that would mean too much") << two32 / 2 + 5 << quint64(10) << quint64(1) << qint64(-1);
        QTest::newRow("a jump that cannot be") << quint64(0) << quint64(2'000'000) << quint64(1) << qint64(-1);
    }
    void a_wrap_is_recognised_by_its_range()
    {
        QFETCH(quint64, before);
        QFETCH(quint64, after);
        QFETCH(quint64, unit);
        QFETCH(qint64, delta);
        const CounterStep step = counterStep(before, after, 1'000'000, unit);
        QCOMPARE(step.delta ? static_cast<qint64>(*step.delta) : -1, delta);
        QCOMPARE(step.backwards, after < before);
    }
    void a_reset_is_no_wrap_however_fast_the_hardware()
    {
        const double hundredGigabit = 12.5e9 * 30;
        QVERIFY(!counterStep(two32 / 2 - 1, 10, hundredGigabit).delta);
        QVERIFY(!counterStep(two32 * 40, 10, hundredGigabit).delta);
        QCOMPARE(counterStep(two32 / 2 + 1, 10, hundredGigabit).delta, std::optional<quint64>(two32 / 2 + 9));
    }

    void an_interface_whose_counter_wrapped_keeps_its_rate()
    {
        ReadingPoint a = pointAt(100, 0);
        ReadingPoint b = pointAt(110, 10'000);
        a.raw.nets = {{u"eth0"_s, two32 - 500, 1000, 0, 0, true}, {u"lo"_s, 5, 5, 0, 0, false}};
        b.raw.nets = {{u"eth0"_s, 1500, 3000, 0, 0, true}, {u"lo"_s, 105, 105, 0, 0, false}};
        const Rates rates = ratesBetween(a, b, {});
        QCOMPARE(*rates.netRx, 200.0);
        QCOMPARE(*rates.netTx, 200.0);
        QCOMPARE(*labelled(rates, u"net.rx"_s, u"lo"_s), 10.0);
    }

    void an_interface_made_anew_leaves_the_total_missing()
    {
        ReadingPoint a = pointAt(100, 0);
        ReadingPoint b = pointAt(110, 10'000);
        a.raw.nets = {{u"eth0"_s, two32 - 500, two32 - 700, 0, 0, true}, {u"eth1"_s, 1000, 1000, 0, 0, true}};
        b.raw.nets = {{u"eth0"_s, 1500, 3000, 0, 0, true}, {u"eth1"_s, 2000, 2000, 0, 0, true}};
        const Rates rates = ratesBetween(a, b, {});
        QVERIFY(!rates.netRx && !rates.netTx);
        QVERIFY(!labelled(rates, u"net.rx"_s, u"eth0"_s));
        QCOMPARE(*labelled(rates, u"net.rx"_s, u"eth1"_s), 100.0);
    }

    void what_appears_has_no_rate_yet()
    {
        ReadingPoint a = pointAt(100, 0);
        ReadingPoint b = pointAt(110, 10'000);
        a.raw.disks = {{u"sda"_s, 1000, 1000, 0, 0, 0}};
        b.raw.disks = {{u"sda"_s, 11'000, 21'000, 0, 0, 0}, {u"sdb"_s, 1'000'000, 1'000'000, 0, 0, 0}};
        b.raw.nets = {{u"tun0"_s, 1'000'000, 1'000'000, 0, 0, true}};
        const Rates rates = ratesBetween(a, b, {});
        QCOMPARE(*rates.diskRead, 1000.0);
        QCOMPARE(*rates.diskWrite, 2000.0);
        QVERIFY(!labelled(rates, u"disk.read"_s, u"sdb"_s));
        QVERIFY(!rates.netRx);
    }

    void a_link_is_never_faster_than_it_is()
    {
        ReadingPoint a = pointAt(100, 0);
        ReadingPoint b = pointAt(110, 10'000);
        a.raw.nets = {{u"eth0"_s, 0, 0, 0, 0, true}};
        b.raw.nets = {{u"eth0"_s, 140'000'000, 2'000'000'000, 0, 0, true}};
        HardwareFacts facts;
        facts.linkMbit.insert(u"eth0"_s, 100);
        const Rates rates = ratesBetween(a, b, facts);
        QCOMPARE(*rates.netRx, 12'500'000.0); // 14 MB/s measured: an error of the clocks
        QVERIFY(!rates.netTx);                // 200 MB/s: no such link
    }

    void cores_that_were_offline_have_no_share()
    {
        ReadingPoint a = pointAt(100, 0);
        ReadingPoint b = pointAt(110, 10'000);
        a.raw.coreNumbers = {0, 1, 2};
        b.raw.coreNumbers = {0, 1, 3};
        a.raw.cpuCores = {{.user = 100, .idle = 100}, {}, {.user = 5, .idle = 5}};
        b.raw.cpuCores = {{.user = 300, .idle = 900}, {.user = 50, .idle = 50}, {.user = 5, .idle = 5}};
        const Rates rates = ratesBetween(a, b, {});
        QCOMPARE(*labelled(rates, u"cpu.core"_s, u"0"_s), 20.0);
        QCOMPARE(rates.labelled.size(), 1);
    }

    void whatever_the_counters_do_no_rate_is_impossible()
    {
        SeededRandom random(20261124);
        HardwareFacts facts;
        facts.linkMbit.insert(u"eth0"_s, 1000);
        const auto wild = [&random]() -> quint64 {
            switch (random.next() % 4) {
            case 0:
                return random.next() % 1000;
            case 1:
                return two32 - random.next() % 1000;
            case 2:
                return random.next();
            default:
                return random.next() % 100'000'000;
            }
        };
        for (int round = 0; round < 50'000; ++round) {
            ReadingPoint a = pointAt(random.unit() * 1000, 0);
            ReadingPoint b = pointAt(random.unit() * 1000, static_cast<qint64>(random.next() % 600'000));
            a.raw.cpuTotal = CpuTicks{wild(), wild(), wild(), wild(), wild(), wild(), wild(), wild()};
            b.raw.cpuTotal = random.next() % 2 == 0
                                 ? CpuTicks{wild(), wild(), wild(), wild(), wild(), wild(), wild(), wild()}
                                 : *a.raw.cpuTotal;
            b.raw.cpuTotal->user += random.next() % 1000;
            a.raw.nets = {{u"eth0"_s, wild(), wild(), 0, 0, true}};
            b.raw.nets = {{u"eth0"_s, wild(), wild(), 0, 0, true}};
            a.raw.disks = {{u"sda"_s, wild() * 512, wild() * 512, 0, 0, 0}};
            b.raw.disks = {{u"sda"_s, wild() * 512, wild() * 512, 0, 0, 0}};
            const Rates rates = ratesBetween(a, b, facts);
            for (const auto &percent :
                 {rates.cpuTotal, rates.cpuUser, rates.cpuSystem, rates.cpuIowait, rates.cpuSteal})
                QVERIFY(!percent || (*percent >= 0 && *percent <= 100.0001));
            for (const auto &rate : {rates.netRx, rates.netTx})
                QVERIFY(!rate || (*rate >= 0 && *rate <= 125'000'000));
            for (const auto &rate : {rates.diskRead, rates.diskWrite})
                QVERIFY(!rate || (*rate >= 0 && *rate <= 32e9));
        }
    }

    void a_second_reading_at_once_is_measured_against_the_older_one()
    {
        ReadingMemory memory;
        const auto sections = [](double uptime, quint64 rx) {
            Section section;
            section.status = SectionStatus::Ok;
            RawSystem raw;
            raw.uptimeS = uptime;
            raw.nets = {{u"eth0"_s, rx, 0, 0, 0, true}};
            section.data = raw;
            return QList<Section>{section};
        };
        const auto derive = [&](double uptime, quint64 rx) {
            QList<Section> list = sections(uptime, rx);
            const auto ms = milliseconds(static_cast<qint64>(uptime * 1000));
            return memory.derive(list, {fromMs(0), fromMs(0), MonotonicTime(ms)}, {}).sample.netRx;
        };
        QVERIFY(!derive(100, 0));
        QCOMPARE(*derive(160, 6000), 100.0);
        QCOMPARE(*derive(160.2, 6020), 100.0); // from 100 s, not from 0.2 s ago
        QCOMPARE(*derive(220, 18'000), 200.0);
        QVERIFY(!derive(10, 50)); // restarted
        QCOMPARE(*derive(20, 1050), 100.0);
    }

    void use_of_processes_follows_their_number_and_name()
    {
        ReadingMemory memory;
        const auto read = [&](double uptime, QList<Process> processes) {
            Section system;
            RawSystem raw;
            raw.uptimeS = uptime;
            raw.cpuThreads = 2;
            system.data = raw;
            Section list;
            list.kind = Kind::Processes;
            list.data = processes;
            QList<Section> sections{system, list};
            memory.derive(sections,
                          {fromMs(0), fromMs(0), MonotonicTime(milliseconds(static_cast<qint64>(uptime * 1000)))}, {});
            return std::get<QList<Process>>(sections[1].data);
        };
        Process worker;
        worker.pid = 10;
        worker.name = u"worker"_s;
        worker.elapsedS = 1000;
        worker.cpuTicks = 5000;
        QVERIFY(!read(100, {worker})[0].cpuPercent);
        worker.cpuTicks = 5500;
        QCOMPARE(*read(110, {worker})[0].cpuPercent, 50.0);
        worker.cpuTicks = 5500 + 10'000; // 10 cores' worth on 2
        QVERIFY(!read(120, {worker})[0].cpuPercent);
        Process other = worker;
        other.name = u"other"_s;
        other.elapsedS = 3;
        other.cpuTicks = 15'600;
        QVERIFY(!read(130, {other})[0].cpuPercent);
    }

    void levels_are_what_the_contract_says()
    {
        RawSystem raw;
        raw.memTotalBytes = 1000;
        raw.memAvailableBytes = 400;
        raw.memFreeBytes = 100;
        raw.swapTotalBytes = 50;
        raw.swapFreeBytes = 20;
        raw.hostEpochS = 1010;
        MetricSample sample;
        addLevels(raw, sample);
        QCOMPARE(*sample.memUsed, 600.0);
        QCOMPARE(*sample.memAvailable, 400.0);
        QCOMPARE(*sample.swapUsed, 30.0);
        const SystemInfo info = systemInfo(raw, {fromMs(999'000), fromMs(1'001'000), {}});
        QCOMPARE(*info.clockOffsetS, 10.0);
        raw.memAvailableBytes = 2000; // a container that shows the machine's value
        MetricSample strange;
        addLevels(raw, strange);
        QVERIFY(!strange.memUsed);
        Filesystem fs;
        fs.sizeBytes = 1000;
        fs.usedBytes = 850;
        fs.availableBytes = 50; // the rest is root's
        QCOMPARE(qRound(*usedPercent(fs) * 10), 944);
        fs.usedBytes = 0;
        fs.availableBytes = 0;
        QVERIFY(!usedPercent(fs));
    }
};

INFRA_TEST(TestRates)
#include "tst_rates.moc"
