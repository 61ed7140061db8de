// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
// timeout: 180
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// Readers and the writer at the same time.
class TestStoreReaders : public QObject
{
    Q_OBJECT
private slots:
    void twoReadersAnswerWhileTheWriterWrites();
    void aQuestionInTheDatabaseIsStoppedByItsDeadline();
    void aQuestionInTheDatabaseIsStoppedByItsToken();

private:
    static void fill(StoreFixture &fixture, int cycles);
};

void TestStoreReaders::fill(StoreFixture &fixture, int cycles)
{
    for (int number = 0; number < cycles; ++number) {
        auto cycle = StoreFixture::cycle(u"d_%1"_s.arg(number % 10), fixture.time.now(), number % 100);
        cycle.labelled = {{{u"net.rx"_s, u"eth0"_s}, double(number)}};
        cycle.audit = AuditEntry{};
        cycle.audit->time = fixture.time.now();
        cycle.audit->detail = u"cycle %1"_s.arg(number);
        fixture.store->writer->cycle(cycle);
        fixture.time.advance(2s);
    }
}

void TestStoreReaders::twoReadersAnswerWhileTheWriterWrites()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    for (int device = 0; device < 10; ++device)
        VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_%1"_s.arg(device)))));
    qint64 lastTotal = 0;
    for (int turn = 0; turn < 40; ++turn) {
        fill(fixture, 100);
        HistoryQuery query;
        query.device = DeviceId(u"d_%1"_s.arg(turn % 10));
        query.series = {{u"cpu.total"_s, {}}, {u"net.rx"_s, {}}};
        query.from = kStoreStart;
        query.maxPoints = turn % 2 == 0 ? 500 : 10'000; // one a lane
        auto history = fixture.store->reader->history(query, {});
        auto audit = fixture.store->reader->audit({}, {});
        auto maintained = fixture.store->writer->maintain(fixture.time.now());
        VERIFY_OK(StoreFixture::wait(history));
        const auto page = StoreFixture::wait(audit);
        VERIFY_OK(page);
        QVERIFY(page->total >= lastTotal);
        lastTotal = page->total;
        VERIFY_OK(StoreFixture::wait(maintained));
    }
    VERIFY_OK(fixture.flush());
    QCOMPARE(StoreFixture::wait(fixture.store->reader->audit({}, {}))->total, 4000);
    const auto status = StoreFixture::wait(fixture.store->reader->status(store::StatusDepth::Integrity));
    VERIFY_OK(status);
    QCOMPARE(status->integrity, u"ok"_s);
    QCOMPARE(status->droppedTelemetry, 0);
    QVERIFY(status->rowsPerS > 0);
}

void TestStoreReaders::aQuestionInTheDatabaseIsStoppedByItsDeadline()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    fill(fixture, 3000);
    VERIFY_OK(fixture.flush());
    HistoryQuery query;
    query.device = DeviceId(u"d_1"_s);
    query.series = {{u"cpu.total"_s, {}}, {u"net.rx"_s, {}}};
    query.from = kStoreStart;
    query.deadline = 0ms;
    const auto history = StoreFixture::wait(fixture.store->reader->history(query, {}));
    // So short a question may be over before anybody looks at the clock; one that is stopped says why.
    if (!history)
        QCOMPARE(history.error().code, ErrorCode::Timeout);
    QVERIFY(StoreFixture::wait(fixture.store->reader->devices()).has_value());
}

void TestStoreReaders::aQuestionInTheDatabaseIsStoppedByItsToken()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    fill(fixture, 3000);
    VERIFY_OK(fixture.flush());
    AuditQuery query;
    query.text = u"nowhere to be found"_s;
    CancelToken cancel;
    QList<QFuture<Result<AuditPage>>> futures;
    for (int turn = 0; turn < 50; ++turn)
        futures.append(fixture.store->reader->audit(query, cancel));
    cancel.cancel();
    int canceled = 0;
    for (auto &future : futures) {
        const auto page = StoreFixture::wait(future);
        if (!page) {
            QCOMPARE(page.error().code, ErrorCode::Canceled);
            ++canceled;
        }
    }
    QVERIFY(canceled > 25);
    VERIFY_OK(StoreFixture::wait(fixture.store->reader->audit({}, {})));
}

INFRA_TEST(TestStoreReaders)
#include "tst_store_readers.moc"
