// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 600
// serial
#include "tests/integration/road/replay_transport.h"
#include "tests/integration/road/road_wait.h"
#include "tests/integration/road/virtual_road.h"
#include "tests/support/memory_in_use.h"
#include "tests/support/test_registry.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// A day of fifty devices through scheduler, collector, parsers, rules, read model and database, on a clock that leaps.
/// A build that is slowed down simulates its last hour only and promises no time.
class TestSimulatedDay : public QObject
{
    Q_OBJECT
private slots:
    void aDayOfFiftyDevicesTakesLessThanAMinute()
    {
        constexpr int devices = 50;
        const int hours = isSlowBuild() ? 1 : 24;
        QList<Device> fleet;
        for (int i = 0; i < devices; ++i) {
            Device device;
            device.name = u"host%1"_s.arg(i);
            device.address = u"192.0.2.%1"_s.arg(i + 1);
            device.user = u"ops"_s;
            device.auth = {AuthMethod::KeyFile};
            device.keyFile = u"/nonexistent/key"_s;
            device.hostKey = u"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS"_s + QString::number(100 + i);
            fleet.append(device);
        }
        auto made = std::make_unique<ReplayTransport>();
        const ReplayTransport &transport = *made;
        VirtualRoad road;
        QVERIFY2(road.start(fleet, std::move(made)), qPrintable(road.error()));
        road.setPatience(4);
        const Instant begun = road.now();
        QElapsedTimer timer;
        timer.start();
        QVERIFY2(road.run(std::chrono::hours(hours)), qPrintable(road.error()));
        // Without what the answers took to be recorded: that is this computer's package manager, not ours.
        const double tookS = static_cast<double>(timer.elapsed() - transport.recordingMs()) / 1000;
        qInfo("%d hours of %d devices in %.1f s (and %.1f s for the recordings): %llu readings of %lld bytes, %lld "
              "different messages",
              hours, devices, tookS, static_cast<double>(transport.recordingMs()) / 1000,
              static_cast<unsigned long long>(transport.runs()),
              static_cast<long long>(transport.bytes() / static_cast<qint64>(std::max<quint64>(transport.runs(), 1))),
              static_cast<long long>(transport.messages()));
        if (!isSlowBuild())
            QVERIFY2(tookS < 60, QByteArray::number(tookS).constData());

        // At the start, five seconds later, then each minute; and the pending updates each six hours. This computer
        // too.
        const quint64 cycles = static_cast<quint64>(60 * hours + 1) * (devices + 1);
        const quint64 slow = static_cast<quint64>(hours / 6 + 1) * (devices + 1);
        QVERIFY(transport.runs() >= cycles);
        QVERIFY2(transport.runs() <= cycles + slow + 2 * (devices + 1),
                 QByteArray::number(transport.runs()).constData());
        for (const engine::DeviceRow &row : road.engine().rows()) {
            QCOMPARE(toName(row.state), u"ok"_s);
            QVERIFY(row.readAt && road.now() - *row.readAt <= seconds(61));
        }
        QVERIFY(awaited(road.store().writer->flush()));
        HistoryQuery query;
        query.device = road.engine().rows().last().device.id;
        query.series = {{u"mem.total"_s, {}}};
        query.from = begun;
        query.to = road.now() + seconds(1);
        query.maxPoints = 20'000;
        const auto history = awaited(road.store().reader->history(query, CancelToken()));
        QVERIFY(history && *history && !(*history)->series.isEmpty());
        QVERIFY((*history)->series.first().points.size() >= 60 * hours - 1);
        road.stop();
    }
};

INFRA_TEST(TestSimulatedDay)
#include "tst_simulated_day.moc"
