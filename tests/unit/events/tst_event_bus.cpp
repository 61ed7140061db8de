// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/event_bus.h"
#include "tests/support/test_registry.h"

#include <QtCore/QList>
#include <QtTest/QTest>

using namespace infra::events;

namespace {

struct DeviceSeen
{
    int number = 0;
};

struct OtherEvent
{
    int number = 0;
};

} // namespace

class TestEventBus : public QObject
{
    Q_OBJECT
private slots:
    void handlersRunInTheOrderOfSubscription();
    void onlyTheOwnTypeIsDelivered();
    void lettingGoEndsTheSubscription();
    void anEventWithoutHandlersIsFine();
    void aHandlerMaySubscribeDuringDelivery();
    void aHandlerMayLetGoOfItselfAndOthers();
    void aHandlerMayPublishAgain();
    void subscriptionsOutliveTheBus();
};

void TestEventBus::handlersRunInTheOrderOfSubscription()
{
    EventBus bus;
    QList<int> order;
    const auto a = bus.subscribe<DeviceSeen>([&order](const DeviceSeen &event) { order.append(event.number); });
    const auto b = bus.subscribe<DeviceSeen>([&order](const DeviceSeen &event) { order.append(event.number + 1); });
    bus.publish(DeviceSeen{10});
    QCOMPARE(order, QList<int>({10, 11}));
}

void TestEventBus::onlyTheOwnTypeIsDelivered()
{
    EventBus bus;
    int seen = 0;
    int other = 0;
    const auto a = bus.subscribe<DeviceSeen>([&seen](const DeviceSeen &) { ++seen; });
    const auto b = bus.subscribe<OtherEvent>([&other](const OtherEvent &) { ++other; });
    bus.publish(OtherEvent{});
    bus.publish(OtherEvent{});
    QCOMPARE(seen, 0);
    QCOMPARE(other, 2);
}

void TestEventBus::lettingGoEndsTheSubscription()
{
    EventBus bus;
    int seen = 0;
    auto subscription = bus.subscribe<DeviceSeen>([&seen](const DeviceSeen &) { ++seen; });
    bus.publish(DeviceSeen{});
    subscription.reset();
    bus.publish(DeviceSeen{});
    QCOMPARE(seen, 1);
}

void TestEventBus::anEventWithoutHandlersIsFine()
{
    EventBus bus;
    bus.publish(DeviceSeen{});
    bool seen = false;
    const auto later = bus.subscribe<DeviceSeen>([&seen](const DeviceSeen &) { seen = true; });
    QVERIFY(!seen); // nothing is kept for later
}

void TestEventBus::aHandlerMaySubscribeDuringDelivery()
{
    EventBus bus;
    int late = 0;
    std::vector<Subscription> added;
    const auto first = bus.subscribe<DeviceSeen>([&](const DeviceSeen &) {
        // Many, so that the list of handlers moves in memory while it is walked.
        for (int i = 0; i < 100; ++i)
            added.push_back(bus.subscribe<DeviceSeen>([&late](const DeviceSeen &) { ++late; }));
    });
    bus.publish(DeviceSeen{});
    QCOMPARE(late, 0); // not this event
    bus.publish(DeviceSeen{});
    QCOMPARE(late, 100);
}

void TestEventBus::aHandlerMayLetGoOfItselfAndOthers()
{
    EventBus bus;
    int first = 0;
    int second = 0;
    int third = 0;
    Subscription a;
    Subscription b;
    a = bus.subscribe<DeviceSeen>([&](const DeviceSeen &) {
        ++first;
        b.reset();
        a.reset();
    });
    b = bus.subscribe<DeviceSeen>([&second](const DeviceSeen &) { ++second; });
    const auto c = bus.subscribe<DeviceSeen>([&third](const DeviceSeen &) { ++third; });
    bus.publish(DeviceSeen{});
    bus.publish(DeviceSeen{});
    QCOMPARE(first, 1);
    QCOMPARE(second, 0);
    QCOMPARE(third, 2);
}

void TestEventBus::aHandlerMayPublishAgain()
{
    EventBus bus;
    QList<int> seen;
    const auto handler = bus.subscribe<DeviceSeen>([&](const DeviceSeen &event) {
        seen.append(event.number);
        if (event.number < 3)
            bus.publish(DeviceSeen{event.number + 1});
    });
    bus.publish(DeviceSeen{1});
    QCOMPARE(seen, QList<int>({1, 2, 3}));
}

void TestEventBus::subscriptionsOutliveTheBus()
{
    Subscription kept;
    {
        EventBus bus;
        kept = bus.subscribe<DeviceSeen>([](const DeviceSeen &) {});
    }
    kept.reset();
    QVERIFY(kept == nullptr);
}

INFRA_TEST(TestEventBus)
#include "tst_event_bus.moc"
