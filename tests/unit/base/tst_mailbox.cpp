// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "core/base/cancel_token.h"
#include "core/base/mailbox.h"
#include "core/base/worker_pool.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <atomic>
#include <memory>
#include <numeric>
#include <thread>

using namespace infra;

class TestMailbox : public QObject
{
    Q_OBJECT
private slots:
    void theFirstItemRingsTheBell();
    void aFullBoxRefusesAndLeavesTheValue();
    void latestWinsDropsTheOldest();
    void takeOneWaitsAndEndsWithClose();
    void everyItemOfManyThreadsArrivesOnce();
    void thePoolRunsEveryJob();
    void thePoolFinishesQueuedJobsBeforeItGoes();
    void thePoolRefusesWhenItsQueueIsFull();
    void aTokenIsSharedByItsCopies();
};

void TestMailbox::theFirstItemRingsTheBell()
{
    using Put = Mailbox<int>::Put;
    Mailbox<int> box(3);
    QCOMPARE(box.put(1), Put::First);
    QCOMPARE(box.put(2), Put::Queued);
    QCOMPARE(box.takeAll(), std::vector<int>({1, 2}));
    QCOMPARE(box.put(3), Put::First);
    QCOMPARE(box.size(), std::size_t(1));
}

void TestMailbox::aFullBoxRefusesAndLeavesTheValue()
{
    Mailbox<std::unique_ptr<int>> box(1);
    QCOMPARE(box.put(std::make_unique<int>(1)), Mailbox<std::unique_ptr<int>>::Put::First);
    auto kept = std::make_unique<int>(2);
    QCOMPARE(box.put(std::move(kept)), Mailbox<std::unique_ptr<int>>::Put::Full);
    QVERIFY(kept != nullptr);
    QCOMPARE(box.refused(), quint64(1));
    QCOMPARE(*box.takeAll().front(), 1);
}

void TestMailbox::latestWinsDropsTheOldest()
{
    Mailbox<int> box(2);
    for (int i = 1; i <= 5; ++i)
        box.putLatest(int(i));
    QCOMPARE(box.takeAll(), std::vector<int>({4, 5}));
    QCOMPARE(box.dropped(), quint64(3));
    QCOMPARE(box.refused(), quint64(0));
}

void TestMailbox::takeOneWaitsAndEndsWithClose()
{
    Mailbox<int> box(10);
    std::vector<int> taken;
    std::thread taker([&] {
        while (const auto item = box.takeOne())
            taken.push_back(*item);
    });
    for (int i = 0; i < 5; ++i)
        box.put(int(i));
    box.close();
    taker.join();
    QCOMPARE(taken, std::vector<int>({0, 1, 2, 3, 4})); // what was queued before the close still comes
}

void TestMailbox::everyItemOfManyThreadsArrivesOnce()
{
    constexpr int perThread = 5000;
    constexpr int threads = 4;
    Mailbox<int> box(perThread * threads);
    std::vector<std::thread> putters;
    for (int t = 0; t < threads; ++t) {
        putters.emplace_back([&box, t] {
            for (int i = 0; i < perThread; ++i)
                box.put(t * perThread + i);
        });
    }
    std::vector<int> seen;
    while (seen.size() < static_cast<std::size_t>(perThread * threads)) {
        const std::vector<int> some = box.takeAll();
        seen.insert(seen.end(), some.begin(), some.end());
        std::this_thread::yield();
    }
    for (std::thread &putter : putters)
        putter.join();
    std::sort(seen.begin(), seen.end());
    std::vector<int> expected(static_cast<std::size_t>(perThread * threads));
    std::iota(expected.begin(), expected.end(), 0);
    QCOMPARE(seen, expected);
}

void TestMailbox::thePoolRunsEveryJob()
{
    Mailbox<int> results(1000);
    {
        WorkerPool pool(4);
        for (int i = 0; i < 1000; ++i)
            QVERIFY(pool.post([&results, i] { results.put(int(i)); }));
    }
    std::vector<int> seen = results.takeAll();
    std::sort(seen.begin(), seen.end());
    QCOMPARE(seen.size(), std::size_t(1000));
    QCOMPARE(seen.front(), 0);
    QCOMPARE(seen.back(), 999);
}

void TestMailbox::thePoolFinishesQueuedJobsBeforeItGoes()
{
    std::atomic_int done{0};
    std::atomic_bool open{false};
    auto pool = std::make_unique<WorkerPool>(1);
    pool->post([&open] {
        while (!open.load())
            std::this_thread::yield();
    });
    for (int i = 0; i < 50; ++i)
        pool->post([&done] { ++done; });
    QVERIFY(pool->queued() >= 50);
    open.store(true);
    pool.reset();
    QCOMPARE(done.load(), 50);
}

void TestMailbox::thePoolRefusesWhenItsQueueIsFull()
{
    std::atomic_bool open{false};
    std::atomic_bool started{false};
    WorkerPool pool(1, 2);
    pool.post([&] {
        started.store(true);
        while (!open.load())
            std::this_thread::yield();
    });
    while (!started.load())
        std::this_thread::yield();
    QVERIFY(pool.post([] {}));
    QVERIFY(pool.post([] {}));
    QVERIFY(!pool.post([] {}));
    open.store(true);
}

void TestMailbox::aTokenIsSharedByItsCopies()
{
    const CancelToken token;
    CancelToken copy = token;
    QVERIFY(!token.isCanceled());
    std::thread([&copy] { copy.cancel(); }).join();
    QVERIFY(token.isCanceled());
    QVERIFY(!CancelToken().isCanceled());
}

INFRA_TEST(TestMailbox)
#include "tst_mailbox.moc"
