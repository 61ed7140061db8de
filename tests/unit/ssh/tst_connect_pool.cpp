// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "core/ssh/libssh/connect_pool.h"
#include "core/ssh/libssh/connect_talk.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <atomic>

using namespace infra;
using namespace infra::ssh;
using namespace Qt::Literals::StringLiterals;

class TestConnectPool : public QObject
{
    Q_OBJECT
private slots:
    void atMostEightJobsRunOnOneAddress();
    void atMostFortyThreadsRun();
    void closingForgetsWhatWaits();
    void questionsAreAnsweredAcrossThreads();
    void aStopReachesWhoeverWaits();
};

namespace {
struct Gauge
{
    std::atomic_int now{0}, most{0}, done{0};
    void run()
    {
        const int here = ++now;
        int seen = most.load();
        while (here > seen && !most.compare_exchange_weak(seen, here)) {
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        --now;
        ++done;
    }
};
} // namespace

void TestConnectPool::atMostEightJobsRunOnOneAddress()
{
    Gauge busy, other;
    ConnectPool pool;
    for (int i = 0; i < 60; ++i)
        pool.post(u"a"_s, [&busy] { busy.run(); });
    pool.post(u"b"_s, [&other] { other.run(); });
    QTRY_COMPARE(other.done.load(), 1); // not behind the sixty
    QTRY_COMPARE(busy.done.load(), 60);
    QVERIFY(busy.most.load() <= ConnectPool::kMostOnOneAddress);
}

void TestConnectPool::atMostFortyThreadsRun()
{
    Gauge gauge;
    ConnectPool pool;
    for (int i = 0; i < 300; ++i)
        pool.post(QString::number(i), [&gauge] { gauge.run(); });
    QTRY_COMPARE(gauge.done.load(), 300);
    QVERIFY(gauge.most.load() <= ConnectPool::kMostThreads);
    QVERIFY(gauge.most.load() > 1);
}

void TestConnectPool::closingForgetsWhatWaits()
{
    Gauge gauge;
    std::atomic_int told{0};
    {
        ConnectPool pool;
        for (int i = 0; i < 100; ++i)
            pool.post(u"a"_s, [&gauge] { gauge.run(); });
        pool.close([&told] { ++told; });
        QTRY_COMPARE(told.load(), 1);
        pool.post(u"a"_s, [&gauge] { gauge.run(); });
    }
    QVERIFY(gauge.done.load() < 100);
    ConnectPool empty;
    empty.close([&told] { ++told; });
    QCOMPARE(told.load(), 2);
}

void TestConnectPool::questionsAreAnsweredAcrossThreads()
{
    std::atomic_int asked{0};
    ConnectTalk talk(1, [&asked](const ConnectQuestion &) { ++asked; });
    std::atomic_bool got{false};
    std::jthread job([&talk, &got] {
        const ConnectAnswer answer = talk.ask(OwnerQuestion{u"SHA256:x"_s});
        const auto *owner = std::get_if<OwnerAnswer>(&answer);
        got = owner != nullptr && owner->owner && owner->owner->toString() == u"d_1";
    });
    QTRY_COMPARE(asked.load(), 1);
    talk.answer(OwnerAnswer{DeviceId(u"d_1"_s)});
    job.join();
    QVERIFY(got.load());
}

void TestConnectPool::aStopReachesWhoeverWaits()
{
    std::atomic_int asked{0};
    ConnectTalk talk(1, [&asked](const ConnectQuestion &) { ++asked; });
    std::atomic_bool empty{false}, slept{true};
    std::jthread job([&] {
        const ConnectAnswer answer = talk.ask(PersonQuestion{});
        empty = std::holds_alternative<std::monostate>(answer);
        slept = talk.pause(60'000);
    });
    QTRY_COMPARE(asked.load(), 1);
    talk.stop(ErrorCode::ConnectTimeout);
    talk.stop(ErrorCode::Canceled);
    job.join();
    QVERIFY(empty.load());
    QVERIFY(!slept.load());
    QCOMPARE(talk.stopped(), std::optional(ErrorCode::ConnectTimeout));
}

INFRA_TEST(TestConnectPool)
#include "tst_connect_pool.moc"
