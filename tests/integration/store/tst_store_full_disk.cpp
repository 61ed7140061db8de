// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 180
// serial
#include "tests/support/private_mounts.h"
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

#include <QtTest/QSignalSpy>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// A profile on a small file system that fills up. It is mounted in a mount namespace of this process, so that nothing
/// is left behind.
class TestStoreFullDisk : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void aFullDiskIsToldWithinSecondsAndWritingResumesByItself();
    void auditIsRefusedWhenItsMemoryIsFull();
};

void TestStoreFullDisk::initTestCase()
{
    if (const QString why = enterPrivateMounts(); !why.isEmpty())
        QSKIP(qPrintable(why));
}

void TestStoreFullDisk::aFullDiskIsToldWithinSecondsAndWritingResumesByItself()
{
    StoreFixture fixture;
    SmallDisk disk(fixture.folder.path());
    if (!disk.isMounted())
        QSKIP("tmpfs cannot be mounted here");
    VERIFY_OK(fixture.open());
    QSignalSpy spy(fixture.store->events.get(), &store::StoreEvents::writableChanged);
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    QVERIFY(disk.fill());
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY_WITH_TIMEOUT(!spy.isEmpty(), 10'000);
    qInfo("told after %lld ms", static_cast<long long>(timer.elapsed()));
    QCOMPARE(spy.first().at(0).toBool(), false);
    const auto error = spy.first().at(1).value<std::optional<Error>>();
    QVERIFY(error.has_value());
    QCOMPARE(error->code, ErrorCode::StoreFull);

    // It goes on: telemetry is dropped and counted, audit waits, changes are refused at once, questions are answered.
    for (int number = 0; number < 50; ++number) {
        auto cycle = StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 1);
        cycle.audit = AuditEntry{};
        cycle.audit->time = fixture.time.now();
        cycle.audit->durationMs = number;
        fixture.store->writer->cycle(cycle);
        fixture.time.advance(1s);
    }
    const auto refused = StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_two"_s)));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::StoreFull);
    const auto status = StoreFixture::wait(fixture.store->reader->status(store::StatusDepth::Tables));
    VERIFY_OK(status);
    QVERIFY(!status->writable);
    QCOMPARE(status->droppedTelemetry, 50);

    QVERIFY(disk.empty());
    QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 2, 15'000);
    QCOMPARE(spy.last().at(0).toBool(), true);
    const auto audits = StoreFixture::wait(fixture.store->reader->audit({}, {}));
    VERIFY_OK(audits);
    QCOMPARE(audits->total, 50);
    QCOMPARE(audits->entries.last().durationMs, 0);
    fixture.store->writer->cycle(StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 3));
    VERIFY_OK(fixture.flush());
    QCOMPARE(fixture.history(u"d_one"_s, {{u"cpu.total"_s, {}}})->series.first().points.first().avg, 3.0);
    fixture.close();
}

void TestStoreFullDisk::auditIsRefusedWhenItsMemoryIsFull()
{
    StoreFixture fixture;
    SmallDisk disk(fixture.folder.path());
    if (!disk.isMounted())
        QSKIP("tmpfs cannot be mounted here");
    VERIFY_OK(fixture.open());
    QSignalSpy spy(fixture.store->events.get(), &store::StoreEvents::writableChanged);
    QVERIFY(disk.fill());
    QTRY_VERIFY_WITH_TIMEOUT(!spy.isEmpty(), 10'000);
    QVERIFY(fixture.store->writer->hasRoom());
    AuditEntry entry;
    entry.time = fixture.time.now();
    qint64 accepted = 0;
    while (accepted < 1'000'000 && fixture.store->writer->audit(entry))
        ++accepted;
    QVERIFY2(accepted >= 10'000 && accepted < 1'000'000, qPrintable(QString::number(accepted)));
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.store->writer->hasRoom(), 20'000);
    QVERIFY(disk.empty());
    QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 2, 30'000);
    QTRY_VERIFY(fixture.store->writer->hasRoom());
    VERIFY_OK(fixture.flush());
    QCOMPARE(StoreFixture::wait(fixture.store->reader->audit({}, {}))->total, accepted);
    fixture.close();
}

INFRA_TEST(TestStoreFullDisk)
#include "tst_store_full_disk.moc"
