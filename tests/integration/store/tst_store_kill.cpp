// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "core/store/sql/connection.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <csignal>

using namespace infra;
using namespace infra::store::sql;
using namespace Qt::Literals::StringLiterals;

/// A writer that is killed at any moment loses what was under way and nothing else.
class TestStoreKill : public QObject
{
    Q_OBJECT
private slots:
    void fiftyKillsLeaveAWholeDatabaseWithoutHalfBatches();
};

void TestStoreKill::fiftyKillsLeaveAWholeDatabaseWithoutHalfBatches()
{
    const QString program = QStringLiteral(INFRA_BIN_DIR) + u"/infra-test-store-writer"_s;
    QVERIFY2(QFile::exists(program), qPrintable(program));
    QTemporaryDir folder;
    const QString path = folder.filePath(u"infrastructor.db"_s);
    QRandomGenerator random(7);
    qint64 promised = 0;
    for (int turn = 0; turn < 50; ++turn) {
        QProcess writer;
        writer.setProcessChannelMode(QProcess::SeparateChannels);
        writer.start(program, {path});
        QVERIFY(writer.waitForStarted());
        QVERIFY2(writer.waitForReadyRead(30'000), writer.readAllStandardError().constData());
        QTest::qSleep(int(random.bounded(60)));
        QCOMPARE(::kill(pid_t(writer.processId()), SIGKILL), 0);
        QVERIFY(writer.waitForFinished());
        const QList<QByteArray> lines = writer.readAllStandardOutput().trimmed().split('\n');
        promised += lines.last().toLongLong();

        const auto connection = Connection::open(sqliteDialect(), path, Role::InteractiveReader);
        QVERIFY(connection.has_value());
        const auto number = [&](const QString &sql) {
            return (*connection)->integer(sql).value_or(std::nullopt).value_or(-1);
        };
        QString verdict;
        QVERIFY((*connection)
                    ->each(u"PRAGMA quick_check"_s, {}, [&](const Row &row) { verdict = row.text(0); })
                    .has_value());
        QCOMPARE(verdict, u"ok"_s);
        const qint64 audits = number(u"SELECT COUNT(*) FROM data_collection_audit"_s);
        QVERIFY2(audits >= promised, qPrintable(u"%1 of %2"_s.arg(audits).arg(promised)));
        // A cycle is whole: its wide row, its labelled values and its audit are there together.
        QCOMPARE(number(u"SELECT COUNT(*) FROM system_metrics"_s), audits);
        QCOMPARE(number(u"SELECT COUNT(*) FROM series_recent"_s), audits);
        QCOMPARE(number(u"SELECT COUNT(DISTINCT correlation) FROM data_collection_audit"_s), audits);
        QCOMPARE(number(u"SELECT rows FROM row_counts WHERE name = 'system_metrics'"_s), audits);
        promised = audits;
    }
    const auto connection = Connection::open(sqliteDialect(), path, Role::InteractiveReader);
    QString verdict;
    QVERIFY((*connection)
                ->each(u"PRAGMA integrity_check"_s, {}, [&](const Row &row) { verdict = row.text(0); })
                .has_value());
    QCOMPARE(verdict, u"ok"_s);
}

INFRA_TEST(TestStoreKill)
#include "tst_store_kill.moc"
