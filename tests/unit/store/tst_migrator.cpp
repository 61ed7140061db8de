// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer_service.h"
#include "core/store/sql/migrator.h"
#include "tests/support/test_registry.h"
#include "tests/unit/store/store_fixture.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

using namespace infra;
using namespace infra::store::sql;
using namespace Qt::Literals::StringLiterals;

/// A folder with migrations of the test's own and a database beside it.
class MigrationBench
{
public:
    MigrationBench() { QDir(folder.path()).mkpath(u"sql"_s); }
    void put(const QString &name, const QByteArray &text)
    {
        QFile file(folder.filePath(u"sql/"_s + name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }
    Result<int> migrate()
    {
        const Result<QList<Migration>> migrations = loadMigrations(folder.filePath(u"sql"_s));
        if (!migrations)
            return fail(migrations.error());
        const Result<std::unique_ptr<Connection>> connection = open();
        if (!connection)
            return fail(connection.error());
        return Migrator(**connection, time).migrate(*migrations);
    }
    Result<std::unique_ptr<Connection>> open() { return Connection::open(sqliteDialect(), database(), Role::Writer); }
    qint64 number(const QString &sql)
    {
        const Result<std::unique_ptr<Connection>> connection = open();
        return connection ? (*connection)->integer(sql).value_or(std::nullopt).value_or(-1) : -1;
    }
    QString database() const { return folder.filePath(u"x.db"_s); }
    QStringList copies() const { return QDir(folder.path()).entryList({u"*.before-*"_s}, QDir::Files, QDir::Name); }

    QTemporaryDir folder;
    ManualTime time{infra::test::kStoreStart};
};

class TestMigrator : public QObject
{
    Q_OBJECT
private slots:
    void aFreshDatabaseGetsItsSettingsBeforeTheFirstTable();
    void theProgramsOwnMigrationsApplyAndApplyOnce();
    void anOlderDatabaseIsBroughtForwardAndACopyIsKept();
    void anEditedMigrationIsRefused();
    void aNewerDatabaseIsRefused();
    void aFailedMigrationLeavesNothingAndResumes();
    void aDatabaseOfAnotherProgramIsLeftAlone();
    void numbersMustFollowEachOther();
    void onlyTheNewestCopiesStay();
};

void TestMigrator::aFreshDatabaseGetsItsSettingsBeforeTheFirstTable()
{
    MigrationBench bench;
    bench.put(u"0001_a.sql"_s, "-- statement\nCREATE TABLE a (x INTEGER)\n-- statement\nINSERT INTO a VALUES (1)\n");
    QCOMPARE(bench.migrate().value_or(-1), 1);
    QCOMPARE(bench.number(u"PRAGMA auto_vacuum"_s), 2);
    QCOMPARE(bench.number(u"PRAGMA page_size"_s), 8192);
    QCOMPARE(bench.number(u"SELECT x FROM a"_s), 1);
    const auto connection = bench.open();
    QString mode;
    VERIFY_OK((*connection)->each(u"PRAGMA journal_mode"_s, {}, [&](const Row &row) { mode = row.text(0); }));
    QCOMPARE(mode, u"wal"_s);
    QCOMPARE((*connection)->integer(u"PRAGMA trusted_schema"_s)->value_or(-1), 0);
    QCOMPARE((*connection)->integer(u"PRAGMA foreign_keys"_s)->value_or(-1), 1);
    QCOMPARE((*connection)->integer(u"PRAGMA synchronous"_s)->value_or(-1), 1);
    QVERIFY(bench.copies().isEmpty());
}

void TestMigrator::theProgramsOwnMigrationsApplyAndApplyOnce()
{
    infra::test::StoreFixture fixture;
    VERIFY_OK(fixture.open());
    fixture.close();
    VERIFY_OK(fixture.open());
    const auto migrations = loadMigrations(u":/migrations/sqlite"_s);
    VERIFY_OK(migrations);
    QCOMPARE(infra::test::StoreFixture::wait(fixture.store->reader->status(infra::store::StatusDepth::Tables))->version,
             int(migrations->size()));
}

void TestMigrator::anOlderDatabaseIsBroughtForwardAndACopyIsKept()
{
    MigrationBench bench;
    bench.put(u"0001_a.sql"_s, "-- statement\nCREATE TABLE a (x INTEGER)\n-- statement\nINSERT INTO a VALUES (7)\n");
    VERIFY_OK(bench.migrate());
    bench.put(u"0002_b.sql"_s,
              "-- statement\nALTER TABLE a ADD COLUMN y INTEGER\n-- statement\nUPDATE a SET y = x + 1\n");
    QCOMPARE(bench.migrate().value_or(-1), 2);
    QCOMPARE(bench.number(u"SELECT y FROM a"_s), 8);
    QCOMPARE(bench.copies(), QStringList{u"x.db.before-0002"_s});
    const auto copy =
        Connection::open(sqliteDialect(), bench.folder.filePath(bench.copies().first()), Role::ExportReader);
    VERIFY_OK(copy);
    QCOMPARE((*copy)->integer(u"SELECT x FROM a"_s)->value_or(-1), 7);
    QCOMPARE((*copy)->integer(u"SELECT COUNT(*) FROM schema_migrations"_s)->value_or(-1), 1);
}

void TestMigrator::anEditedMigrationIsRefused()
{
    MigrationBench bench;
    bench.put(u"0001_a.sql"_s, "-- statement\nCREATE TABLE a (x INTEGER)\n");
    VERIFY_OK(bench.migrate());
    bench.put(u"0001_a.sql"_s, "-- statement\nCREATE TABLE a (x TEXT)\n");
    const auto again = bench.migrate();
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::StoreMigrationEdited);
}

void TestMigrator::aNewerDatabaseIsRefused()
{
    MigrationBench bench;
    bench.put(u"0001_a.sql"_s, "-- statement\nCREATE TABLE a (x INTEGER)\n");
    bench.put(u"0002_b.sql"_s, "-- statement\nCREATE TABLE b (x INTEGER)\n");
    VERIFY_OK(bench.migrate());
    QFile::remove(bench.folder.filePath(u"sql/0002_b.sql"_s));
    const auto again = bench.migrate();
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::StoreNewer);
}

void TestMigrator::aFailedMigrationLeavesNothingAndResumes()
{
    MigrationBench bench;
    bench.put(u"0001_a.sql"_s, "-- statement\nCREATE TABLE a (x INTEGER)\n");
    VERIFY_OK(bench.migrate());
    bench.put(u"0002_b.sql"_s, "-- statement\nCREATE TABLE b (x INTEGER)\n");
    bench.put(u"0003_c.sql"_s,
              "-- statement\nCREATE TABLE c (x INTEGER)\n-- statement\nINSERT INTO nowhere VALUES (1)\n");
    QVERIFY(!bench.migrate());
    QCOMPARE(bench.number(u"SELECT MAX(version) FROM schema_migrations"_s), 2);
    QCOMPARE(bench.number(u"SELECT COUNT(*) FROM sqlite_schema WHERE name = 'c'"_s), 0);
    bench.put(u"0003_c.sql"_s, "-- statement\nCREATE TABLE c (x INTEGER)\n");
    QCOMPARE(bench.migrate().value_or(-1), 3);
    QCOMPARE(bench.number(u"SELECT COUNT(*) FROM sqlite_schema WHERE name = 'c'"_s), 1);
}

void TestMigrator::aDatabaseOfAnotherProgramIsLeftAlone()
{
    MigrationBench bench;
    bench.put(u"0001_a.sql"_s, "-- statement\nCREATE TABLE a (x INTEGER)\n");
    {
        const auto connection = bench.open();
        VERIFY_OK(connection);
        VERIFY_OK((*connection)->exec(u"CREATE TABLE theirs (x INTEGER)"_s));
    }
    const auto migrated = bench.migrate();
    QVERIFY(!migrated);
    QCOMPARE(migrated.error().code, ErrorCode::StoreCorrupt);
    QCOMPARE(bench.number(u"SELECT COUNT(*) FROM sqlite_schema"_s), 1);
}

void TestMigrator::numbersMustFollowEachOther()
{
    MigrationBench bench;
    bench.put(u"0001_a.sql"_s, "-- statement\nSELECT 1\n");
    bench.put(u"0003_c.sql"_s, "-- statement\nSELECT 1\n");
    QVERIFY(!loadMigrations(bench.folder.filePath(u"sql"_s)));
    QVERIFY(!loadMigrations(bench.folder.filePath(u"nowhere"_s)));
    bench.put(u"Nonsense.sql"_s, "");
    QVERIFY(!loadMigrations(bench.folder.filePath(u"sql"_s)));
}

void TestMigrator::onlyTheNewestCopiesStay()
{
    MigrationBench bench;
    for (int version = 1; version <= 5; ++version) {
        bench.put(u"000%1_x.sql"_s.arg(version),
                  "-- statement\nCREATE TABLE t" + QByteArray::number(version) + " (x INTEGER)\n");
        VERIFY_OK(bench.migrate());
    }
    QCOMPARE(bench.copies(), (QStringList{u"x.db.before-0004"_s, u"x.db.before-0005"_s}));
}

INFRA_TEST(TestMigrator)
#include "tst_migrator.moc"
