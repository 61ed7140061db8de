// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

#include <QtTest/QSignalSpy>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestAuditRows : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_fixture.reset(); }
    void entriesComeBackWholeAndNumbered();
    void anEntryIsToldAfterItsCommit();
    void pagesFollowEachOtherWithoutLossOrRepeat();
    void eachFilterLeavesItsOwn_data();
    void eachFilterLeavesItsOwn();
    void wildcardsInTheSearchAreText();
    void anEntryOfACycleIsWrittenWithIt();
    void anUnknownDeviceHasNoEntries();

private:
    AuditPage page(const AuditQuery &query);
    std::unique_ptr<StoreFixture> m_fixture;
};

namespace {

AuditEntry auditEntry(int number)
{
    AuditEntry entry;
    entry.time = kStoreStart + number * 60s;
    entry.correlation = CorrelationId(u"01J%1"_s.arg(number));
    entry.source = number % 10 == 0 ? AuditSource::Ui : number % 7 == 0 ? AuditSource::Ctl : AuditSource::Schedule;
    entry.actor = number % 10 == 0 ? u"os:alice"_s : u"schedule"_s;
    entry.operation = number % 25 == 0 ? u"device.edit"_s : u"collect"_s;
    if (number % 5 != 0)
        entry.device = DeviceId(number % 2 == 0 ? u"d_even"_s : u"d_odd"_s);
    entry.status = number % 20 == 0 ? AuditStatus::Error : number % 15 == 0 ? AuditStatus::Partial : AuditStatus::Ok;
    entry.durationMs = number;
    entry.bytes = 100 + number;
    entry.cache = CacheUse::Miss;
    entry.roundTrips = 1;
    entry.detail = u"entry 100% number %1_"_s.arg(number);
    if (entry.status == AuditStatus::Error) {
        Error error;
        error.code = ErrorCode::LinkLost;
        error.message = u"The link to \u202e was lost"_s;
        entry.error = error;
    }
    return entry;
}

} // namespace

void TestAuditRows::init()
{
    m_fixture = std::make_unique<StoreFixture>();
    VERIFY_OK(m_fixture->open());
    for (int number = 1; number <= 300; ++number)
        QVERIFY(m_fixture->store->writer->audit(auditEntry(number)));
    VERIFY_OK(m_fixture->flush());
}

AuditPage TestAuditRows::page(const AuditQuery &query)
{
    const auto page = StoreFixture::wait(m_fixture->store->reader->audit(query, {}));
    if (!page)
        qWarning("%s", qPrintable(page.error().message));
    return page.value_or(AuditPage{});
}

void TestAuditRows::entriesComeBackWholeAndNumbered()
{
    const AuditPage got = page({});
    QCOMPARE(got.entries.size(), 200);
    QCOMPARE(got.total, 300);
    for (int at = 0; at < 200; ++at) {
        AuditEntry expected = auditEntry(300 - at);
        expected.seq = 300 - at;
        QVERIFY2(got.entries.at(at) == expected, qPrintable(got.entries.at(at).detail));
    }
}

void TestAuditRows::anEntryIsToldAfterItsCommit()
{
    QSignalSpy spy(m_fixture->store->events.get(), &store::StoreEvents::audited);
    QVERIFY(m_fixture->store->writer->audit(auditEntry(301)));
    VERIFY_OK(m_fixture->flush());
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(spy.first().first().value<AuditEntry>().seq, 301);
}

void TestAuditRows::pagesFollowEachOtherWithoutLossOrRepeat()
{
    AuditQuery query;
    query.limit = 37;
    QList<qint64> seen;
    for (int turn = 0; turn < 20; ++turn) {
        const AuditPage got = page(query);
        for (const AuditEntry &entry : got.entries)
            seen.append(entry.seq);
        if (!got.next)
            break;
        query.cursor = got.next;
        // What is added meanwhile belongs to no later page.
        QVERIFY(m_fixture->store->writer->audit(auditEntry(1)));
        VERIFY_OK(m_fixture->flush());
    }
    QCOMPARE(seen.size(), 300);
    for (qsizetype at = 0; at < seen.size(); ++at)
        QCOMPARE(seen.at(at), 300 - at);
}

void TestAuditRows::eachFilterLeavesItsOwn_data()
{
    QTest::addColumn<QString>("device");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("sinceMinute");
    QTest::addColumn<int>("untilMinute");
    QTest::addColumn<QString>("text");
    QTest::newRow("a device") << u"d_even"_s << QString() << QString() << -1 << -1 << QString();
    QTest::newRow("a rare source") << QString() << u"ctl"_s << QString() << -1 << -1 << QString();
    QTest::newRow("the common source") << QString() << u"schedule"_s << QString() << -1 << -1 << QString();
    QTest::newRow("errors") << QString() << QString() << u"error"_s << -1 << -1 << QString();
    QTest::newRow("what went well") << QString() << QString() << u"ok"_s << -1 << -1 << QString();
    QTest::newRow("a time") << QString() << QString() << QString() << 100 << 120 << QString();
    QTest::newRow("since") << QString() << QString() << QString() << 290 << -1 << QString();
    QTest::newRow("until, of a device") << u"d_odd"_s << QString() << QString() << -1 << 50 << QString();
    QTest::newRow("no such time") << QString() << QString() << QString() << 4000 << 5000 << QString();
    QTest::newRow("text in the operation") << QString() << QString() << QString() << -1 << -1 << u"DEVICE.ed"_s;
    QTest::newRow("text in the error") << QString() << QString() << QString() << -1 << -1 << u"was lost"_s;
    QTest::newRow("all at once") << u"d_even"_s << u"schedule"_s << u"ok"_s << 20 << 200 << u"number 1"_s;
}

void TestAuditRows::eachFilterLeavesItsOwn()
{
    QFETCH(QString, device);
    QFETCH(QString, source);
    QFETCH(QString, status);
    QFETCH(int, sinceMinute);
    QFETCH(int, untilMinute);
    QFETCH(QString, text);
    AuditQuery query;
    query.limit = 1000;
    query.text = text;
    if (!device.isEmpty())
        query.device = DeviceId(device);
    query.source = auditSourceFromName(source);
    query.status = auditStatusFromName(status);
    if (sinceMinute >= 0)
        query.since = kStoreStart + sinceMinute * 60s;
    if (untilMinute >= 0)
        query.until = kStoreStart + untilMinute * 60s;
    QList<qint64> expected;
    for (int number = 300; number >= 1; --number) {
        const AuditEntry entry = auditEntry(number);
        const bool hasText = entry.operation.contains(text, Qt::CaseInsensitive) ||
                             entry.actor.contains(text, Qt::CaseInsensitive) ||
                             entry.detail.contains(text, Qt::CaseInsensitive) ||
                             (entry.error && entry.error->message.contains(text, Qt::CaseInsensitive));
        if ((!query.device || entry.device == query.device) && (!query.source || entry.source == *query.source) &&
            (!query.status || entry.status == *query.status) && (!query.since || entry.time >= *query.since) &&
            (!query.until || entry.time <= *query.until) && hasText)
            expected.append(number);
    }
    const AuditPage got = page(query);
    QList<qint64> seen;
    for (const AuditEntry &entry : got.entries)
        seen.append(entry.seq);
    QCOMPARE(seen, expected);
    QCOMPARE(got.total, expected.size());
    QVERIFY(!got.next);
}

void TestAuditRows::wildcardsInTheSearchAreText()
{
    AuditQuery query;
    query.text = u"100%"_s;
    QCOMPARE(page(query).total, 300);
    query.text = u"1%0"_s;
    QCOMPARE(page(query).total, 0);
    query.text = u"number 7_"_s;
    QCOMPARE(page(query).total, 1);
    query.text = u"'; DROP TABLE devices; --"_s;
    QCOMPARE(page(query).total, 0);
}

void TestAuditRows::anEntryOfACycleIsWrittenWithIt()
{
    auto cycle = StoreFixture::cycle(u"d_even"_s, kStoreStart, 5);
    cycle.audit = auditEntry(2);
    m_fixture->store->writer->cycle(cycle);
    VERIFY_OK(m_fixture->flush());
    QCOMPARE(page({}).total, 301);
    QCOMPARE(page({}).entries.first().detail, auditEntry(2).detail);
}

void TestAuditRows::anUnknownDeviceHasNoEntries()
{
    AuditQuery query;
    query.device = DeviceId(u"d_nobody"_s);
    QCOMPARE(page(query).total, 0);
}

INFRA_TEST(TestAuditRows)
#include "tst_audit_rows.moc"
