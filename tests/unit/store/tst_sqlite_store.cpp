// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtTest/QSignalSpy>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestSqliteStore : public QObject
{
    Q_OBJECT
private slots:
    void aNewStoreIsEmptyAndWhole();
    void aSavedDeviceComesBackAsItWas();
    void aDeviceIsChangedInPlace();
    void aRemovedDeviceKeepsItsHistoryUnlessAskedOtherwise();
    void aDeviceThatComesBackAfterAPurgeStartsWithoutHistory();
    void aCycleIsReadBackWithItsNewestValues();
    void aCycleWrittenTwiceIsThereOnce();
    void theNewestSnapshotOfEachKindIsKept();
    void cacheMetadataIsReplacedAsAWhole();
    void everythingQueuedIsOnDiskAfterClosing();
    void questionsThatCannotBeAnsweredAnyMoreAreCanceled();
    void aCanceledQuestionIsToldSo();
    void notANumberIsNotAValue();
    void theFileIsForItsOwnerOnly();
    void aFileThatIsNoDatabaseIsToldApart();
};

void TestSqliteStore::aNewStoreIsEmptyAndWhole()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    const auto devices = StoreFixture::wait(fixture.store->reader->devices());
    VERIFY_OK(devices);
    QVERIFY(devices->isEmpty());
    const auto status = StoreFixture::wait(fixture.store->reader->status(store::StatusDepth::Integrity));
    VERIFY_OK(status);
    QCOMPARE(status->dialect, u"sqlite"_s);
    QCOMPARE(status->integrity, u"ok"_s);
    QCOMPARE(status->path, fixture.path());
    QVERIFY(status->version >= 6);
    QVERIFY(status->sizeBytes > 0);
    QVERIFY(status->writable);
    QVERIFY(!status->retention.isEmpty());
}

void TestSqliteStore::aSavedDeviceComesBackAsItWas()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    Device device = fixture.device(u"d_one"_s);
    device.tags = {u"web"_s, u"kitchen"_s};
    device.notes = u"behind the fridge; 'quoted' \u202e"_s;
    device.auth = {AuthMethod::KeyFile, AuthMethod::Password};
    device.hostKey = u"SHA256:abc"_s;
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(device)));
    fixture.close();
    VERIFY_OK(fixture.open());
    const auto devices = StoreFixture::wait(fixture.store->reader->devices());
    VERIFY_OK(devices);
    QCOMPARE(devices->size(), 1);
    QVERIFY(devices->first() == device);
}

void TestSqliteStore::aDeviceIsChangedInPlace()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    Device device = fixture.device(u"d_one"_s);
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(device)));
    device.name = u"renamed"_s;
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(device)));
    const auto devices = StoreFixture::wait(fixture.store->reader->devices());
    VERIFY_OK(devices);
    QCOMPARE(devices->size(), 1);
    QCOMPARE(devices->first().name, u"renamed"_s);
}

void TestSqliteStore::aRemovedDeviceKeepsItsHistoryUnlessAskedOtherwise()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    for (const QString &id : {u"d_kept"_s, u"d_gone"_s}) {
        VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(id))));
        auto cycle = StoreFixture::cycle(id, fixture.time.now(), 50);
        cycle.labelled = {{{u"cpu.core"_s, u"0"_s}, 10}};
        cycle.snapshots = {{Kind::Ports, QJsonArray{1, 2}}};
        fixture.store->writer->cycle(cycle);
    }
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->removeDevice(DeviceId(u"d_kept"_s), false)));
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->removeDevice(DeviceId(u"d_gone"_s), true)));
    QVERIFY(StoreFixture::wait(fixture.store->reader->devices())->isEmpty());
    QVERIFY(StoreFixture::wait(fixture.store->reader->latestSnapshots())->isEmpty());
    const auto kept = fixture.history(u"d_kept"_s, {{u"cpu.total"_s, {}}});
    VERIFY_OK(kept);
    QCOMPARE(kept->series.first().points.size(), 1);
    const auto gone = fixture.history(u"d_gone"_s, {{u"cpu.total"_s, {}}, {u"cpu.core"_s, {}}});
    VERIFY_OK(gone);
    for (const HistorySeries &series : gone->series)
        QVERIFY(series.points.isEmpty());
    // A cycle that was still on its way is not written for a device that is gone.
    fixture.store->writer->cycle(StoreFixture::cycle(u"d_gone"_s, fixture.time.now(), 50));
    VERIFY_OK(fixture.flush());
    QVERIFY(fixture.history(u"d_gone"_s, {{u"cpu.total"_s, {}}})->series.first().points.isEmpty());
}

void TestSqliteStore::aDeviceThatComesBackAfterAPurgeStartsWithoutHistory()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_local"_s))));
    for (int minute = 0; minute < 600; ++minute)
        fixture.store->writer->cycle(StoreFixture::cycle(u"d_local"_s, fixture.time.now() + minute * 60s, 50));
    auto removed = fixture.store->writer->removeDevice(DeviceId(u"d_local"_s), true);
    auto saved = fixture.store->writer->saveDevice(fixture.device(u"d_local"_s));
    fixture.store->writer->cycle(StoreFixture::cycle(u"d_local"_s, fixture.time.now() + 700min, 7));
    VERIFY_OK(StoreFixture::wait(removed));
    VERIFY_OK(StoreFixture::wait(saved));
    VERIFY_OK(fixture.flush());
    const auto history = fixture.history(u"d_local"_s, {{u"cpu.total"_s, {}}}, kStoreStart, kStoreStart + 24h);
    VERIFY_OK(history);
    QCOMPARE(history->series.first().points.size(), 1);
    QCOMPARE(history->series.first().points.first().avg, 7.0);
}

void TestSqliteStore::aCycleIsReadBackWithItsNewestValues()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    for (int minute = 0; minute < 3; ++minute) {
        auto cycle = StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 10 + minute);
        cycle.labelled = {{{u"fs.used"_s, u"/"_s}, 100.0 + minute}, {{u"fs.used"_s, u"/home"_s}, 7}};
        fixture.store->writer->cycle(cycle);
        fixture.time.advance(60s);
    }
    VERIFY_OK(fixture.flush());
    const auto newest = fixture.history(u"d_one"_s, {{u"cpu.total"_s, {}}, {u"fs.used"_s, {}}, {u"mem.used"_s, {}}});
    VERIFY_OK(newest);
    QCOMPARE(newest->series.size(), 4);
    QCOMPARE(newest->series.at(0).unit, u"percent"_s);
    QCOMPARE(newest->series.at(0).points.size(), 1);
    QCOMPARE(newest->series.at(0).points.first().avg, 12.0);
    QCOMPARE(newest->series.at(0).points.first().time, kStoreStart + 120s);
    QCOMPARE(newest->series.at(1).key.label, u"/"_s);
    QCOMPARE(newest->series.at(1).points.first().avg, 102.0);
    QCOMPARE(newest->series.at(2).key.label, u"/home"_s);
    QVERIFY(newest->series.at(3).points.isEmpty());
    const auto unknown = fixture.history(u"d_one"_s, {{u"cpu.nonsense"_s, {}}});
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, ErrorCode::InvalidArgument);
}

void TestSqliteStore::aCycleWrittenTwiceIsThereOnce()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    fixture.store->writer->cycle(StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 10));
    fixture.store->writer->cycle(StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 30));
    VERIFY_OK(fixture.flush());
    const auto history = fixture.history(u"d_one"_s, {{u"cpu.total"_s, {}}}, kStoreStart, kStoreStart + 60s);
    VERIFY_OK(history);
    QCOMPARE(history->series.first().points.size(), 1);
    QCOMPARE(history->series.first().points.first().avg, 30.0);
    const auto status = StoreFixture::wait(fixture.store->reader->status(store::StatusDepth::Tables));
    QCOMPARE(status->tables.first().name, u"system_metrics"_s);
    QCOMPARE(status->tables.first().rows, 1);
    QCOMPARE(status->tables.first().newest, kStoreStart);
    const auto figures = StoreFixture::wait(fixture.store->reader->status(store::StatusDepth::Figures));
    QVERIFY(figures->tables.isEmpty());
    QCOMPARE(figures->sizeBytes, status->sizeBytes);
    QCOMPARE(figures->writable, status->writable);
}

void TestSqliteStore::theNewestSnapshotOfEachKindIsKept()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    for (int turn = 0; turn < 3; ++turn) {
        auto cycle = StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 1);
        cycle.snapshots = {{Kind::Ports, QJsonArray{u"same"_s}}, {Kind::Users, turn}};
        fixture.store->writer->cycle(cycle);
        fixture.time.advance(60s);
    }
    VERIFY_OK(fixture.flush());
    const auto snapshots = StoreFixture::wait(fixture.store->reader->latestSnapshots());
    VERIFY_OK(snapshots);
    QCOMPARE(snapshots->size(), 2);
    for (const store::StoreReader::StoredSnapshot &snapshot : *snapshots) {
        QCOMPARE(snapshot.time, kStoreStart + 120s);
        QCOMPARE(snapshot.data, snapshot.kind == Kind::Ports ? QJsonValue(QJsonArray{u"same"_s}) : QJsonValue(2));
    }
}

void TestSqliteStore::cacheMetadataIsReplacedAsAWhole()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    const QJsonObject one{{u"key"_s, u"a"_s}, {u"bytes"_s, 12}};
    const QJsonObject two{{u"key"_s, u"b"_s}, {u"bytes"_s, 13}};
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveCacheMetadata({one, two})));
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveCacheMetadata({two})));
    const auto rows = StoreFixture::wait(fixture.store->reader->cacheMetadata());
    VERIFY_OK(rows);
    QCOMPARE(*rows, QList<QJsonObject>{two});
}

void TestSqliteStore::everythingQueuedIsOnDiskAfterClosing()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    for (int turn = 0; turn < 2000; ++turn)
        fixture.store->writer->cycle(StoreFixture::cycle(u"d_one"_s, kStoreStart + turn * 1s, turn));
    fixture.close();
    QVERIFY(!QFile::exists(QString(fixture.path() + u"-wal"_s)));
    VERIFY_OK(fixture.open());
    QCOMPARE(StoreFixture::wait(fixture.store->reader->status(store::StatusDepth::Tables))->tables.first().rows, 2000);
}

void TestSqliteStore::questionsThatCannotBeAnsweredAnyMoreAreCanceled()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    QList<QFuture<Result<AuditPage>>> futures;
    for (int turn = 0; turn < 20; ++turn)
        futures.append(fixture.store->reader->audit({}, {}));
    fixture.close();
    for (const auto &future : futures) {
        QVERIFY(future.isFinished());
        if (!future.result())
            QCOMPARE(future.result().error().code, ErrorCode::Canceled);
    }
}

void TestSqliteStore::aCanceledQuestionIsToldSo()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    CancelToken cancel;
    cancel.cancel();
    const auto page = StoreFixture::wait(fixture.store->reader->audit({}, cancel));
    QVERIFY(!page);
    QCOMPARE(page.error().code, ErrorCode::Canceled);
}

void TestSqliteStore::notANumberIsNotAValue()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    auto cycle = StoreFixture::cycle(u"d_one"_s, fixture.time.now(), std::numeric_limits<double>::quiet_NaN());
    cycle.labelled = {{{u"temp"_s, u"x"_s}, std::numeric_limits<double>::infinity()}};
    fixture.store->writer->cycle(cycle);
    VERIFY_OK(fixture.flush());
    const auto newest = fixture.history(u"d_one"_s, {{u"cpu.total"_s, {}}, {u"temp"_s, {}}, {u"mem.total"_s, {}}});
    VERIFY_OK(newest);
    QVERIFY(newest->series.first().points.isEmpty());
    QCOMPARE(newest->series.last().points.first().avg, 8e9);
}

void TestSqliteStore::theFileIsForItsOwnerOnly()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    QCOMPARE(QFile::permissions(fixture.path()) & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
}

void TestSqliteStore::aFileThatIsNoDatabaseIsToldApart()
{
    StoreFixture fixture;
    QFile file(fixture.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const Result<void> opened = fixture.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::StoreCorrupt);
}

INFRA_TEST(TestSqliteStore)
#include "tst_sqlite_store.moc"
