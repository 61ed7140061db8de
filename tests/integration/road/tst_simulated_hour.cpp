// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 400
#include "tests/integration/road/road.h"
#include "tests/integration/road/road_wait.h"
#include "tests/integration/road/virtual_road.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// An hour of polling by the real engine over real connections, on a clock that leaps from timer to timer.
class TestSimulatedHour : public QObject
{
    Q_OBJECT
private slots:
    void eachDeviceIsConnectedToOnceAndReadEachMinute()
    {
        if (const QString missing = Lab::missing(true); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        Lab lab;
        QVERIFY2(lab.start(0, {u"--mix"_s, u"linux,busybox"_s}), qPrintable(lab.error()));
        QList<Device> devices;
        for (const LabHost &host : lab.hosts())
            devices.append(deviceOf(lab, host));
        VirtualRoad road;
        QVERIFY2(road.start(devices), qPrintable(road.error()));
        const Instant begun = road.now();
        QVERIFY2(road.run(std::chrono::hours(1)), qPrintable(road.error()));
        QCOMPARE(road.now() - begun, milliseconds(std::chrono::hours(1)));

        for (const LabHost &host : lab.hosts()) {
            // By the lab's own log, and by sshd's.
            QCOMPARE(lab.count(host.name, u"accept"_s), 1);
            const QList<QJsonObject> events = lab.log(host.name);
            QCOMPARE(std::count_if(events.begin(), events.end(),
                                   [](const QJsonObject &event) {
                                       return event.value("event"_L1) == "auth"_L1 && event.value("ok"_L1).toBool();
                                   }),
                     1);
            QCOMPARE(lab.count(host.name, u"close"_s), 0);
            // At the start, five seconds later, then each minute: 61 or 62; and the pending updates, once.
            const int messages = lab.count(host.name, u"message"_s);
            QVERIFY2(messages >= 62 && messages <= 63, QByteArray::number(messages).constData());
        }
        QCOMPARE(road.sessionsOpened(), lab.hosts().size() + 1); // this computer has one too: its own shell
        QCOMPARE(road.sessionsLost(), 0);

        // All of it is in the database, each cycle a row.
        for (const engine::DeviceRow &row : road.engine().rows()) {
            QCOMPARE(toName(row.state), u"ok"_s);
            QVERIFY(awaited(road.store().writer->flush()));
            HistoryQuery query;
            query.device = row.device.id;
            query.series = {{u"mem.total"_s, {}}};
            query.from = begun;
            query.to = road.now() + seconds(1);
            query.maxPoints = 20'000;
            const auto history = awaited(road.store().reader->history(query, CancelToken()));
            QVERIFY(history && *history && !(*history)->series.isEmpty());
            QVERIFY2((*history)->series.first().points.size() >= 60,
                     QByteArray::number((*history)->series.first().points.size()).constData());
            QVERIFY((*history)->gaps.isEmpty());
        }
        QCOMPARE(lab.misses(), QStringList());
        road.stop();
        QVERIFY2(lab.stop(), qPrintable(lab.error()));
    }
};

INFRA_TEST(TestSimulatedHour)
#include "tst_simulated_hour.moc"
