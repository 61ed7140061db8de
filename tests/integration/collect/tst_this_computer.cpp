// SPDX-License-Identifier: GPL-3.0-or-later
// serial
#include "core/collect/collector.h"
#include "core/ssh/local/local_transport.h"
#include "tests/support/fake_store.h"
#include "tests/support/memory_secret_store.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

namespace {

/// What the kernel says, read by the test itself.
struct KernelView
{
    double busy = 0, all = 0, memTotal = 0, memAvailable = 0;
    QHash<QString, QPair<double, double>> net;
};

QStringList linesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n') : QStringList();
}

KernelView look()
{
    KernelView view;
    const QStringList cpu = linesOf(u"/proc/stat"_s).value(0).simplified().split(u' ');
    for (qsizetype i = 1; i <= 8 && i < cpu.size(); ++i) {
        view.all += cpu[i].toDouble();
        if (i != 4 && i != 5)
            view.busy += cpu[i].toDouble();
    }
    for (const QString &line : linesOf(u"/proc/meminfo"_s)) {
        const QStringList words = line.simplified().split(u' ');
        if (words[0] == u"MemTotal:")
            view.memTotal = words[1].toDouble() * 1024;
        else if (words[0] == u"MemAvailable:")
            view.memAvailable = words[1].toDouble() * 1024;
    }
    for (const QString &line : linesOf(u"/proc/net/dev"_s).mid(2)) {
        const qsizetype colon = line.indexOf(u':');
        if (colon < 0)
            continue;
        const QStringList words = line.mid(colon + 1).simplified().split(u' ');
        view.net.insert(line.left(colon).trimmed(), {words[0].toDouble(), words[8].toDouble()});
    }
    return view;
}

class LocalDirectory final : public ssh::DeviceDirectory
{
public:
    Device local;
    std::optional<Device> device(const DeviceId &id) const override
    {
        return id == local.id ? std::optional(local) : std::nullopt;
    }
    std::optional<DeviceId> ownerOfHostKey(const QString & /*fingerprint*/, const DeviceId & /*except*/) const override
    {
        return std::nullopt;
    }
};

} // namespace

class TestThisComputer : public QObject
{
    Q_OBJECT
private slots:
    void numbers_agree_with_the_kernels_own_files()
    {
        SystemClock clock;
        EventLoopTimerService timers(clock);
        SystemRandom random;
        WorkerPool workers(2);
        MemorySecretStore secrets;
        LocalDirectory directory;
        directory.local.id = localDeviceId();
        directory.local.name = u"here"_s;
        ssh::LocalTransport transport(clock, timers, random, directory, secrets);
        const commands::CommandRegistry registry;
        guard::DestructiveActionManager gate(registry, clock, random);
        const auto memory = std::make_shared<StoreMemory>();
        store::Store store = makeFakeStore(memory);
        cache::CacheManager cache(clock);
        events::EventBus bus;
        collect::GapKeeper gaps(*store.writer);
        collect::Collector collector({clock,
                                      timers,
                                      random,
                                      &workers,
                                      cache,
                                      registry,
                                      gate,
                                      transport,
                                      directory,
                                      *store.writer,
                                      bus,
                                      gaps,
                                      {}});
        std::optional<collect::DeviceRead> read;
        const auto subscription =
            bus.subscribe<collect::DeviceRead>([&read](const collect::DeviceRead &one) { read = one; });
        const auto collect = [&] {
            read.reset();
            collect::CollectRequest request;
            request.device = localDeviceId();
            request.force = true;
            const auto future = collector.collect(request);
            const bool done = QTest::qWaitFor([&] { return future.isFinished(); }, 60'000);
            return done ? std::optional(future.result()) : std::nullopt;
        };
        const auto first = collect();
        QVERIFY(first);
        QVERIFY2(!first->error, qPrintable(first->error ? first->error->message : QString()));
        QCOMPARE(first->roundTrips, 1);
        for (const collect::CollectedSection &section : first->sections) {
            QVERIFY2(section.section.status != SectionStatus::Error,
                     qPrintable(QString(toName(section.section.kind) + u": "_s +
                                        (section.section.error ? section.section.error->message : QString()))));
        }
        QVERIFY(read && read->hasSystem);
        QVERIFY(!read->sample.cpuTotal); // one reading makes no rate

        // The same window for both, as near as can be: our look, the product's, a load, and once more.
        QVERIFY(collect());
        const KernelView before = look();
        volatile double burn = 0;
        const MonotonicTime until = clock.monotonic() + seconds(4);
        while (clock.monotonic() < until)
            burn = burn + 1.5;
        QVERIFY(collect());
        const KernelView after = look();
        QVERIFY(read && read->hasSystem && read->sample.cpuTotal);
        const double cpu = 100 * (after.busy - before.busy) / (after.all - before.all);
        qInfo("cpu %.2f, the kernel's own %.2f", *read->sample.cpuTotal, cpu);
        QVERIFY(std::abs(*read->sample.cpuTotal - cpu) <= 3);
        QCOMPARE(*read->sample.memTotal, after.memTotal);
        const double used = after.memTotal - after.memAvailable;
        QVERIFY(std::abs(*read->sample.memUsed - used) <= 0.01 * after.memTotal);
        QVERIFY(read->system.clockOffsetS && std::abs(*read->system.clockOffsetS) < 2);
        QCOMPARE(memory->audits.size(), 3);
        QCOMPARE(memory->cycles.size(), 3);
        const QFuture<void> down = transport.shutdown();
        QTRY_VERIFY_WITH_TIMEOUT(down.isFinished(), 10'000);
    }

    void counters_of_interfaces_are_the_kernels()
    {
        SystemClock clock;
        EventLoopTimerService timers(clock);
        SystemRandom random;
        WorkerPool workers(1);
        MemorySecretStore secrets;
        LocalDirectory directory;
        directory.local.id = localDeviceId();
        ssh::LocalTransport transport(clock, timers, random, directory, secrets);
        const commands::CommandRegistry registry;
        guard::DestructiveActionManager gate(registry, clock, random);
        const auto memory = std::make_shared<StoreMemory>();
        store::Store store = makeFakeStore(memory);
        cache::CacheManager cache(clock);
        events::EventBus bus;
        collect::GapKeeper gaps(*store.writer);
        collect::Collector collector({clock,
                                      timers,
                                      random,
                                      &workers,
                                      cache,
                                      registry,
                                      gate,
                                      transport,
                                      directory,
                                      *store.writer,
                                      bus,
                                      gaps,
                                      {}});
        collect::CollectRequest request;
        request.device = localDeviceId();
        request.kinds = {Kind::SystemMetrics};
        const KernelView before = look();
        const auto future = collector.collect(request);
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 60'000);
        const KernelView after = look();
        const collect::CollectResult result = future.result();
        const auto *raw = std::get_if<RawSystem>(&result.sections[0].section.data);
        QVERIFY(raw != nullptr);
        QVERIFY(!raw->nets.isEmpty());
        for (const NetCounters &net : raw->nets) {
            QVERIFY(before.net.contains(net.interface));
            QVERIFY(static_cast<double>(net.rxBytes) >= before.net[net.interface].first);
            QVERIFY(static_cast<double>(net.rxBytes) <= after.net[net.interface].first);
            QVERIFY(static_cast<double>(net.txBytes) >= before.net[net.interface].second);
            QVERIFY(static_cast<double>(net.txBytes) <= after.net[net.interface].second);
        }
        const QFuture<void> down = transport.shutdown();
        QTRY_VERIFY_WITH_TIMEOUT(down.isFinished(), 10'000);
    }
};

INFRA_TEST(TestThisComputer)
#include "tst_this_computer.moc"
