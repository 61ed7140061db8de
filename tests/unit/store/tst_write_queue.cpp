// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "core/store/sql/write_queue.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <thread>

using namespace infra;
using namespace infra::store;
using namespace infra::store::sql;
using namespace std::chrono_literals;

class TestWriteQueue : public QObject
{
    Q_OBJECT
private slots:
    void theOldestTelemetryGoesAndItsAuditStays();
    void auditIsRefusedWhenFullAndTakenAgainLater();
    void entriesThatTheWriterHoldsCountToo();
    void aBatchEndsAtItsSize();
    void aBatchEndsAtItsAge();
    void aRequestEndsTheWaiting();
    void closingWakesTheWriter();
    void manyThreadsLoseNothing();

private:
    static std::vector<WriteItem> takeNow(WriteQueue &queue) { return queue.take(std::chrono::steady_clock::now()); }
};

void TestWriteQueue::theOldestTelemetryGoesAndItsAuditStays()
{
    WriteQueue queue({.telemetry = 3, .audit = 100, .batch = 100, .latency = 0ms});
    for (int number = 0; number < 5; ++number) {
        CycleRecord cycle;
        cycle.sample.time = fromMs(number);
        if (number == 0) {
            cycle.audit = AuditEntry{};
            cycle.audit->durationMs = 42;
        }
        queue.putCycle(cycle, {});
    }
    const auto items = takeNow(queue);
    QCOMPARE(items.size(), 4u);
    QCOMPARE(std::get<AuditEntry>(items.at(0).what).durationMs, 42);
    QCOMPARE(std::get<CycleRecord>(items.at(1).what).sample.time, fromMs(2));
    QCOMPARE(queue.droppedTelemetry(), 2);
}

void TestWriteQueue::auditIsRefusedWhenFullAndTakenAgainLater()
{
    WriteQueue queue({.telemetry = 10, .audit = 2, .batch = 100, .latency = 0ms});
    QVERIFY(queue.putAudit({}, {}));
    QVERIFY(queue.hasRoom());
    QVERIFY(queue.putAudit({}, {}));
    QVERIFY(!queue.hasRoom());
    QVERIFY(!queue.putAudit({}, {}));
    QCOMPARE(takeNow(queue).size(), 2u);
    QVERIFY(queue.putAudit({}, {}));
}

void TestWriteQueue::entriesThatTheWriterHoldsCountToo()
{
    WriteQueue queue({.telemetry = 10, .audit = 2, .batch = 100, .latency = 0ms});
    queue.setHeldAudit(2);
    QVERIFY(!queue.hasRoom());
    QVERIFY(!queue.putAudit({}, {}));
    CycleRecord cycle;
    cycle.audit = AuditEntry{};
    queue.putCycle(cycle, {});
    queue.setHeldAudit(4);
    queue.putCycle(cycle, {}); // beyond twice the limit: nobody looked at hasRoom
    QCOMPARE(queue.droppedTelemetry(), 1);
    queue.setHeldAudit(0);
    QVERIFY(queue.hasRoom());
}

void TestWriteQueue::aBatchEndsAtItsSize()
{
    WriteQueue queue({.telemetry = 100, .audit = 100, .batch = 10, .latency = 1h});
    for (int number = 0; number < 25; ++number)
        QVERIFY(queue.putAudit({}, {}));
    QCOMPARE(queue.take(std::chrono::steady_clock::now() + 1h).size(), 10u);
    QCOMPARE(queue.take(std::chrono::steady_clock::now() + 1h).size(), 10u);
    QCOMPARE(queue.size(), 5u);
}

void TestWriteQueue::aBatchEndsAtItsAge()
{
    WriteQueue queue({.telemetry = 100, .audit = 100, .batch = 10, .latency = 20ms});
    QVERIFY(queue.putAudit({}, {}));
    QCOMPARE(queue.take(std::chrono::steady_clock::now() + 1h).size(), 1u);
    QVERIFY(queue.take(std::chrono::steady_clock::now() + 1ms).empty());
}

void TestWriteQueue::aRequestEndsTheWaiting()
{
    WriteQueue queue({.telemetry = 100, .audit = 100, .batch = 10, .latency = 1h});
    QVERIFY(queue.putAudit({}, {}));
    queue.putRequest({1, FlushAll{}}, {});
    QCOMPARE(queue.take(std::chrono::steady_clock::now() + 1h).size(), 2u);
}

void TestWriteQueue::closingWakesTheWriter()
{
    WriteQueue queue({});
    std::jthread closer([&queue] { queue.close(); });
    QVERIFY(queue.take(std::chrono::steady_clock::now() + 1h).empty());
    QVERIFY(!queue.putAudit({}, {}));
}

void TestWriteQueue::manyThreadsLoseNothing()
{
    WriteQueue queue({.telemetry = 100'000, .audit = 100'000, .batch = 64, .latency = 1ms});
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 4; ++writer) {
        writers.emplace_back([&queue] {
            for (int number = 0; number < 1000; ++number) {
                if (number % 2 == 0)
                    queue.putAudit({}, {});
                else
                    queue.putCycle({}, {});
            }
        });
    }
    std::size_t taken = 0;
    while (taken < 4000)
        taken += queue.take(std::chrono::steady_clock::now() + 5ms).size();
    QCOMPARE(taken, 4000u);
    QCOMPARE(queue.droppedTelemetry(), 0);
}

INFRA_TEST(TestWriteQueue)
#include "tst_write_queue.moc"
