// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/audit_rows.h"
#include "core/store/sql/device_rows.h"
#include "core/store/sql/history_rows.h"
#include "core/store/sql/metric_sql.h"
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

using namespace infra;
using namespace infra::test;
using namespace infra::store::sql;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// Runs every question of a page and looks at the plans of all statements that were prepared for it.
class TestQueryPlans : public QObject
{
    Q_OBJECT
private slots:
    void noPageReadsAWholeTable();
    void aScanIsFound();
    void theHistoryOfADeviceUsesItsKeyInEveryTier();

private:
    static QStringList scansOf(Connection &connection, const QString &sql);
};

QStringList TestQueryPlans::scansOf(Connection &connection, const QString &sql)
{
    // `devices` is the list itself; the join of the newest CPU values goes through it.
    static const QStringList lists{u"SCAN devices"_s, u"SCAN d"_s};
    QStringList scans;
    const Result<void> done =
        connection.each(u"EXPLAIN QUERY PLAN "_s + sql, QVariantList(sql.count(u'?'), 0), [&scans](const Row &row) {
            const QString detail = row.text(3);
            if (detail.startsWith(u"SCAN "_s) && !detail.startsWith(u"SCAN CONSTANT"_s) &&
                !lists.contains(detail.section(u' ', 0, 1)))
                scans.append(detail);
        });
    return done ? scans : QStringList{done.error().message};
}

void TestQueryPlans::noPageReadsAWholeTable()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(u"d_one"_s))));
    for (int hour = 0; hour < 60; ++hour) {
        auto cycle = StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 10);
        cycle.labelled = {{{u"cpu.core"_s, u"0"_s}, 1}, {{u"net.rx"_s, u"eth0"_s}, 1}};
        fixture.store->writer->cycle(cycle);
        fixture.time.advance(1h);
    }
    VERIFY_OK(fixture.maintain());
    const auto opened = Connection::open(sqliteDialect(), fixture.path(), Role::InteractiveReader);
    VERIFY_OK(opened);
    Connection &connection = **opened;
    const Instant now = fixture.time.now();
    VERIFY_OK(readDevices(connection));
    VERIFY_OK(readRecentCpu(connection, now - 1h));
    HistoryQuery history;
    history.device = DeviceId(u"d_one"_s);
    history.series = {{u"cpu.total"_s, {}}, {u"mem.used"_s, {}}, {u"cpu.core"_s, {}}, {u"net.rx"_s, u"eth0"_s}};
    VERIFY_OK(readHistory(connection, history, now));
    for (const auto span : {milliseconds(15min), milliseconds(24h), milliseconds(7 * 24h), milliseconds(30 * 24h),
                            milliseconds(365 * 24h)}) {
        for (const int points : {100, 1000}) {
            history.from = now - span;
            history.maxPoints = points;
            VERIFY_OK(readHistory(connection, history, now));
        }
    }
    for (int filter = 0; filter < 64; ++filter) {
        AuditQuery audit;
        if (filter & 1)
            audit.since = now - 1h;
        if (filter & 2)
            audit.device = DeviceId(u"d_one"_s);
        if (filter & 4)
            audit.source = filter & 32 ? AuditSource::Schedule : AuditSource::Ui;
        if (filter & 8)
            audit.status = filter & 32 ? AuditStatus::Ok : AuditStatus::Error;
        if (filter & 16)
            audit.text = u"x"_s;
        VERIFY_OK(readAudit(connection, audit));
    }
    int checked = 0;
    for (const QString &sql : connection.preparedTexts()) {
        if (!sql.startsWith(u"SELECT"_s))
            continue;
        const QStringList scans = scansOf(connection, sql);
        QVERIFY2(scans.isEmpty(), qPrintable(scans.join(u"; "_s) + u" in "_s + sql));
        ++checked;
    }
    QVERIFY(checked > 40);
}

void TestQueryPlans::aScanIsFound()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::InteractiveReader);
    QVERIFY(!scansOf(**connection, u"SELECT * FROM system_metrics WHERE cpu_total > 1"_s).isEmpty());
}

void TestQueryPlans::theHistoryOfADeviceUsesItsKeyInEveryTier()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::InteractiveReader);
    VERIFY_OK(connection);
    for (const Tier tier : {Tier::Raw, Tier::FiveMinutes, Tier::Hour, Tier::Day}) {
        const QString sql = u"EXPLAIN QUERY PLAN "_s + wideHistorySql(tier, {u"cpu_total"_s});
        const QString time = tier == Tier::Raw ? u"time"_s : u"bucket"_s;
        QString plan;
        VERIFY_OK((*connection)->each(sql, QVariantList(sql.count(u'?'), 0), [&plan](const Row &row) {
            plan += row.text(3) + u'\n';
        }));
        QVERIFY2(
            plan.contains(u"SEARCH %1 USING PRIMARY KEY (device=? AND %2>? AND %2<?)"_s.arg(wideTable(tier), time)),
            qPrintable(plan));
    }
}

INFRA_TEST(TestQueryPlans)
#include "tst_query_plans.moc"
