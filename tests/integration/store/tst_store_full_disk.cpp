// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 180
// serial
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtTest/QSignalSpy>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

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

private:
    static bool fill(const QString &path);
};

void TestStoreFullDisk::initTestCase()
{
    if (::geteuid() != 0)
        QSKIP("A small file system can only be mounted by root");
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        QSKIP("This machine gives no mount namespace");
}

bool TestStoreFullDisk::fill(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return false;
    for (const qsizetype size : {qsizetype(1) << 20, qsizetype(4096)}) {
        const QByteArray block(size, 'x');
        while (file.write(block) == block.size()) {
        }
    }
    return true;
}

void TestStoreFullDisk::aFullDiskIsToldWithinSecondsAndWritingResumesByItself()
{
    StoreFixture fixture;
    const QByteArray folder = QFile::encodeName(fixture.folder.path());
    if (::mount("tmpfs", folder.constData(), "tmpfs", 0, "size=64m") != 0)
        QSKIP("tmpfs cannot be mounted here");
    VERIFY_OK(fixture.open());
    QSignalSpy spy(fixture.store->events.get(), &store::StoreEvents::writableChanged);
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    QVERIFY(fill(fixture.folder.filePath(u"ballast"_s)));
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
    const auto status = StoreFixture::wait(fixture.store->reader->status(false));
    VERIFY_OK(status);
    QVERIFY(!status->writable);
    QCOMPARE(status->droppedTelemetry, 50);

    QVERIFY(QFile::remove(fixture.folder.filePath(u"ballast"_s)));
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
    ::umount2(folder.constData(), MNT_DETACH);
}

void TestStoreFullDisk::auditIsRefusedWhenItsMemoryIsFull()
{
    StoreFixture fixture;
    const QByteArray folder = QFile::encodeName(fixture.folder.path());
    if (::mount("tmpfs", folder.constData(), "tmpfs", 0, "size=64m") != 0)
        QSKIP("tmpfs cannot be mounted here");
    VERIFY_OK(fixture.open());
    QSignalSpy spy(fixture.store->events.get(), &store::StoreEvents::writableChanged);
    QVERIFY(fill(fixture.folder.filePath(u"ballast"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(!spy.isEmpty(), 10'000);
    QVERIFY(fixture.store->writer->hasRoom());
    AuditEntry entry;
    entry.time = fixture.time.now();
    qint64 accepted = 0;
    while (accepted < 1'000'000 && fixture.store->writer->audit(entry))
        ++accepted;
    QVERIFY2(accepted >= 10'000 && accepted < 1'000'000, qPrintable(QString::number(accepted)));
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.store->writer->hasRoom(), 20'000);
    QVERIFY(QFile::remove(fixture.folder.filePath(u"ballast"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 2, 30'000);
    QTRY_VERIFY(fixture.store->writer->hasRoom());
    VERIFY_OK(fixture.flush());
    QCOMPARE(StoreFixture::wait(fixture.store->reader->audit({}, {}))->total, accepted);
    fixture.close();
    ::umount2(folder.constData(), MNT_DETACH);
}

INFRA_TEST(TestStoreFullDisk)
#include "tst_store_full_disk.moc"
