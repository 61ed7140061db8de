// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/settings.h"
#include "core/store/sql/maintenance.h"
#include "core/store/sql/metric_sql.h"
#include "core/store/store_settings.h"
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

#include <QtCore/QJsonObject>

using namespace infra;
using namespace infra::test;
using namespace infra::store::sql;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestRetention : public QObject
{
    Q_OBJECT
private slots:
    void eachTierKeepsItsDays();
    void settingsAreObeyed();
    void nothingIsDeletedBeforeItIsRolledUp();
    void auditAndPerformanceAreDeletedByAge();
    void slicesStayShortAndPagesAreGivenBack();
    void aReadingOlderThanWhatIsKeptIsCountedAsDropped();

private:
    static qint64 number(StoreFixture &fixture, const QString &sql);
    static void fill(StoreFixture &fixture, int days, int devices);
};

qint64 TestRetention::number(StoreFixture &fixture, const QString &sql)
{
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::ExportReader);
    return connection ? (*connection)->integer(sql).value_or(std::nullopt).value_or(-1) : -2;
}

/// Raw rows of every minute, made by the database itself.
void TestRetention::fill(StoreFixture &fixture, int days, int devices)
{
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::Writer);
    VERIFY_OK(connection);
    VERIFY_OK((*connection)->begin());
    for (int device = 1; device <= devices; ++device)
        VERIFY_OK((*connection)
                      ->run(u"INSERT INTO devices (key, id, name, data) VALUES (?, 'd_' || ?, 'x', '{}')"_s,
                            {device, device}));
    const qint64 start = toMs(fixture.time.now()) - days * kDayMs;
    VERIFY_OK(
        (*connection)
            ->run(
                u"WITH RECURSIVE t(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM t WHERE i < ?) "
                "INSERT INTO system_metrics (device, time, cpu_total) SELECT d.key, ? + t.i * 60000, t.i % 100 FROM devices d, t"_s,
                {days * 1440 - 1, start}));
    VERIFY_OK(
        (*connection)
            ->run(
                u"INSERT INTO rollup_dirty SELECT DISTINCT device, time / 3600000 * 3600000, 1 FROM system_metrics"_s));
    VERIFY_OK(
        (*connection)
            ->run(u"INSERT INTO row_counts (name, rows) SELECT 'system_metrics', COUNT(*) FROM system_metrics"_s));
    VERIFY_OK((*connection)->commit());
}

void TestRetention::eachTierKeepsItsDays()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    fill(fixture, 3, 2);
    VERIFY_OK(fixture.maintain());
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM system_metrics"_s), 2 * 3 * 1440);
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM system_metrics_5min"_s), 2 * 3 * 288);
    fixture.time.advance(13 * 24h);
    VERIFY_OK(fixture.maintain());
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM system_metrics"_s), 2 * 1 * 1440);
    QCOMPARE(number(fixture, u"SELECT rows FROM row_counts WHERE name = 'system_metrics'"_s), 2 * 1 * 1440);
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM system_metrics_5min"_s), 2 * 3 * 288);
    fixture.time.advance(90 * 24h);
    VERIFY_OK(fixture.maintain());
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM system_metrics"_s), 0);
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM system_metrics_5min"_s), 0);
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM system_metrics_1h"_s), 2 * 3 * 24);
    fixture.time.advance(800 * 24h);
    VERIFY_OK(fixture.maintain());
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM system_metrics_1h"_s), 0);
    QCOMPARE(number(fixture, u"SELECT SUM(samples) FROM system_metrics_1d"_s), 2 * 3 * 1440);
}

void TestRetention::settingsAreObeyed()
{
    QTemporaryDir folder;
    const auto settings = openSettingsFile(folder.filePath(u"settings.json"_s),
                                           {store::keys::rawDays, store::keys::fiveMinuteDays, store::keys::hourDays,
                                            store::keys::auditDays, store::keys::performanceDays});
    VERIFY_OK(settings->set(store::keys::rawDays, 2));
    VERIFY_OK(settings->set(store::keys::performanceDays, 77));
    const RetentionDays days = retentionDays(settings.get());
    QCOMPARE(days.raw, 2);
    QCOMPARE(days.performance, 77);
    QCOMPARE(days.hours, 730);
    QVERIFY(retentionDays(nullptr) == RetentionDays{});
    bool found = false;
    for (const store::RetentionStatus &row : retentionStatus(days)) {
        found = found || (row.table == u"system_metrics"_s && row.tier == u"raw"_s && row.keepDays == 2);
        if (row.tier == u"1d"_s)
            QVERIFY(!row.keepDays);
    }
    QVERIFY(found);
}

void TestRetention::nothingIsDeletedBeforeItIsRolledUp()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    fill(fixture, 2, 1);
    fixture.close();
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::Writer);
    VERIFY_OK(connection);
    WriteContext context(**connection);
    Retention retention(context);
    VERIFY_OK(retention.start(fixture.time.now() + 100 * 24h, {}, true));
    while (retention.step(8ms).value_or(false)) {
    }
    QCOMPARE((*connection)->integer(u"SELECT COUNT(*) FROM system_metrics"_s)->value_or(-1), 2 * 1440);
}

void TestRetention::auditAndPerformanceAreDeletedByAge()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    for (int day = 0; day < 40; ++day) {
        AuditEntry entry;
        entry.time = fixture.time.now();
        QVERIFY(fixture.store->writer->audit(entry));
        fixture.store->writer->performance({{fixture.time.now(), u"cache.hit_ratio"_s, u"x"_s, 0.5}});
        VERIFY_OK(fixture.flush());
        fixture.time.advance(24h);
    }
    VERIFY_OK(fixture.maintain());
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM data_collection_audit"_s), 14);
    QCOMPARE(number(fixture, u"SELECT rows FROM row_counts WHERE name = 'data_collection_audit'"_s), 14);
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM service_performance_metrics"_s), 30);
    QCOMPARE(number(fixture, u"SELECT SUM(operations) FROM data_collection_audit_hourly"_s), 40);
}

void TestRetention::slicesStayShortAndPagesAreGivenBack()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    fill(fixture, 6, 4);
    VERIFY_OK(fixture.maintain());
    fixture.close();
    const qint64 before = number(fixture, u"PRAGMA page_count"_s);
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::Writer);
    VERIFY_OK(connection);
    WriteContext context(**connection);
    Maintenance maintenance(context, nullptr);
    maintenance.startAsked(fixture.time.now() + 100 * 24h, 7);
    QList<std::pair<quint64, Result<void>>> answers;
    int slices = 0;
    while (answers.isEmpty()) {
        answers = maintenance.step();
        ++slices;
    }
    QCOMPARE(answers.first().first, 7u);
    VERIFY_OK(answers.first().second);
    QVERIFY(slices > 10);
    QVERIFY(number(fixture, u"PRAGMA freelist_count"_s) <= 64);
    QVERIFY(number(fixture, u"PRAGMA page_count"_s) < before - 100);
    // A guide on a busy machine, not a promise: one unsliced deletion would take seconds.
    qInfo("longest slice: %lld ms of %d slices", static_cast<long long>(maintenance.longestSlice().count()), slices);
    QVERIFY(maintenance.longestSlice() < 500ms);
}

void TestRetention::aReadingOlderThanWhatIsKeptIsCountedAsDropped()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(fixture.maintain());
    fixture.store->writer->cycle(StoreFixture::cycle(u"d_1"_s, fixture.time.now() - 20 * 24h, 5));
    fixture.store->writer->cycle(StoreFixture::cycle(u"d_1"_s, fixture.time.now(), 5));
    VERIFY_OK(fixture.flush());
    QCOMPARE(number(fixture, u"SELECT COUNT(*) FROM system_metrics"_s), 1);
    QCOMPARE(StoreFixture::wait(fixture.store->reader->status(store::StatusDepth::Tables))->droppedTelemetry, 1);
}

INFRA_TEST(TestRetention)
#include "tst_retention.moc"
