// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/cycle_rows.h"
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

#include <QtCore/QJsonArray>
#include <QtCore/QRandomGenerator>

using namespace infra;
using namespace infra::test;
using namespace infra::store::sql;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestSnapshotRows : public QObject
{
    Q_OBJECT
private slots:
    void aContainerLeavesARowOnlyWhenItChanges();
    void anInterfaceLeavesARowOnlyWhenItChanges();
    void changesAreKnownAgainAfterARestart();
    void anyJsonValueComesBack();
    void packedPointsComeBackAndNonsenseDoesNot();

private:
    static QStringList rows(StoreFixture &fixture, const QString &sql);
    static void write(StoreFixture &fixture, Kind kind, const QJsonValue &data);
};

namespace {

QJsonArray containersOf(const QString &state, const QString &health = u"healthy"_s)
{
    Container container;
    container.id = u"abc"_s;
    container.name = u"web"_s;
    container.image = u"nginx:1.22"_s;
    container.engine = u"docker"_s;
    container.state = state;
    container.health = health;
    container.restarts = 0;
    container.memoryBytes = QRandomGenerator::global()->bounded(1'000'000); // changes all the time and is no change
    return {toJson(container)};
}

} // namespace

QStringList TestSnapshotRows::rows(StoreFixture &fixture, const QString &sql)
{
    QStringList texts;
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::ExportReader);
    if (connection)
        static_cast<void>((*connection)->each(sql, {}, [&texts](const Row &row) { texts.append(row.text(0)); }));
    return texts;
}

void TestSnapshotRows::write(StoreFixture &fixture, Kind kind, const QJsonValue &data)
{
    auto cycle = StoreFixture::cycle(u"d_one"_s, fixture.time.now(), 1);
    cycle.snapshots = {{kind, data}};
    fixture.store->writer->cycle(cycle);
    fixture.time.advance(60s);
}

void TestSnapshotRows::aContainerLeavesARowOnlyWhenItChanges()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    for (const QString &state : {u"running"_s, u"running"_s, u"exited"_s, u"exited"_s, u"running"_s})
        write(fixture, Kind::Containers, containersOf(state));
    write(fixture, Kind::Containers, containersOf(u"running"_s, u"unhealthy"_s));
    write(fixture, Kind::Containers, QJsonArray{});
    write(fixture, Kind::Containers, QJsonArray{});
    VERIFY_OK(fixture.flush());
    QCOMPARE(rows(fixture, u"SELECT state || ' ' || health FROM container_snapshots ORDER BY time"_s),
             (QStringList{u"running healthy"_s, u"exited healthy"_s, u"running healthy"_s, u"running unhealthy"_s,
                          u"removed "_s}));
}

void TestSnapshotRows::anInterfaceLeavesARowOnlyWhenItChanges()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    for (const qint64 speed : {1000, 1000, 100, 100}) {
        NetInterface interface;
        interface.name = u"eth0"_s;
        interface.state = u"up"_s;
        interface.kind = u"physical"_s;
        interface.speedMbit = speed;
        write(fixture, Kind::Interfaces, QJsonArray{toJson(interface)});
    }
    VERIFY_OK(fixture.flush());
    QCOMPARE(rows(fixture, u"SELECT speed_mbit FROM network_interfaces ORDER BY time"_s),
             (QStringList{u"1000"_s, u"100"_s}));
}

void TestSnapshotRows::changesAreKnownAgainAfterARestart()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    write(fixture, Kind::Containers, containersOf(u"running"_s));
    fixture.close();
    VERIFY_OK(fixture.open());
    write(fixture, Kind::Containers, containersOf(u"running"_s));
    write(fixture, Kind::Containers, containersOf(u"paused"_s));
    VERIFY_OK(fixture.flush());
    QCOMPARE(rows(fixture, u"SELECT state FROM container_snapshots ORDER BY time"_s),
             (QStringList{u"running"_s, u"paused"_s}));
}

void TestSnapshotRows::anyJsonValueComesBack()
{
    for (const QJsonValue &value : {QJsonValue(), QJsonValue(true), QJsonValue(1.5), QJsonValue(u"a\u202e'\""_s),
                                    QJsonValue(QJsonArray{1, QJsonArray{}}), QJsonValue(QJsonObject{{u"a"_s, 1}})})
        QCOMPARE(snapshotFromText(snapshotText(value)), value);
}

void TestSnapshotRows::packedPointsComeBackAndNonsenseDoesNot()
{
    const QList<PackedPoint> points{{1, 0.1}, {2'000'000'000, -1e300}, {7, 0}};
    const QByteArray packed = packPoints(points);
    QCOMPARE(packed.size(), 1 + 3 * 12);
    QCOMPARE(unpackPoints(packed), points);
    for (qsizetype cut = 0; cut < packed.size(); ++cut)
        QCOMPARE(unpackPoints(packed.left(cut)).size(), (cut - 1) % 12 == 0 ? (cut - 1) / 12 : 0);
    QVERIFY(unpackPoints(QByteArray(13, '\x7f')).isEmpty());
}

INFRA_TEST(TestSnapshotRows)
#include "tst_snapshot_rows.moc"
