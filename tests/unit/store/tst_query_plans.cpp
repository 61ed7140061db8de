// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/unit/store/page_questions.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

using namespace infra;
using namespace infra::test;
using namespace infra::store::sql;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Where a question stands in the sources, as it stands there: its pieces put together, `%1` and such in it.
struct WrittenQuestion
{
    QString place;
    QString sql;
};

/// Every text of the store that begins with SELECT.
QList<WrittenQuestion> writtenQuestions()
{
    static const QRegularExpression literals(u"u?\"((?:[^\"\\\\]|\\\\.)*)\"(?:\\s*u?\"(?:[^\"\\\\]|\\\\.)*\")*"_s);
    static const QRegularExpression piece(u"u?\"((?:[^\"\\\\]|\\\\.)*)\""_s);
    QList<WrittenQuestion> questions;
    QDirIterator walk(QStringLiteral(INFRA_SOURCE_DIR "/core/store/sql"), {u"*.cpp"_s, u"*.h"_s}, QDir::Files);
    while (walk.hasNext()) {
        QFile file(walk.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto found = literals.globalMatch(QString::fromUtf8(file.readAll()));
        while (found.hasNext()) {
            const QString whole = found.next().captured(0);
            QString sql;
            auto pieces = piece.globalMatch(whole);
            while (pieces.hasNext())
                sql += pieces.next().captured(1);
            sql.replace(u"\\\\"_s, u"\\"_s);
            if (sql.trimmed().startsWith("SELECT "_L1))
                questions.append({QFileInfo(file).fileName(), sql});
        }
    }
    return questions;
}

/// A text with placeholders fits what it can become.
QRegularExpression fitting(const QString &sql)
{
    static const QRegularExpression placeholder(u"%\\d"_s);
    QStringList parts;
    for (const QString &part : sql.split(placeholder))
        parts.append(QRegularExpression::escape(part));
    return QRegularExpression(parts.join(u".*"_s), QRegularExpression::DotMatchesEverythingOption);
}

} // namespace

/// Runs every question of a page and looks at the plans of all statements that were prepared for it.
class TestQueryPlans : public QObject
{
    Q_OBJECT
private slots:
    void noPageReadsAWholeTable();
    void everyQuestionThatIsWrittenIsLookedAt();
    void aScanIsFound();
    void theHistoryOfADeviceUsesItsKeyInEveryTier();

private:
    static QStringList scansOf(Connection &connection, const QString &sql);
};

QStringList TestQueryPlans::scansOf(Connection &connection, const QString &sql)
{
    // Lists that are shown whole, with a row a device, an object, or a migration; `d` are the devices that a join
    // goes through, `p` the devices or series whose oldest and newest values are asked for.
    static const QStringList lists{u"SCAN devices"_s,
                                   u"SCAN d"_s,
                                   u"SCAN p"_s,
                                   u"SCAN cache_metadata"_s,
                                   u"SCAN schema_migrations"_s,
                                   u"SCAN sqlite_master"_s,
                                   u"SCAN sqlite_schema"_s};
    // Counted for the state of the database only; they hold changes, not readings.
    static const QStringList counted{u"SCAN container_snapshots"_s, u"SCAN network_interfaces"_s,
                                     u"SCAN device_snapshots"_s, u"SCAN gaps"_s};
    const bool counting = sql.startsWith("SELECT COUNT(*) FROM "_L1) || sql.startsWith("SELECT MIN("_L1) ||
                          sql.startsWith("SELECT MAX("_L1);
    QStringList scans;
    const Result<void> done =
        connection.each(u"EXPLAIN QUERY PLAN "_s + sql, QVariantList(sql.count(u'?'), 0), [&](const Row &row) {
            const QString detail = row.text(3);
            const QString head = detail.section(u' ', 0, 1);
            if (detail.startsWith("SCAN "_L1) && !detail.startsWith("SCAN CONSTANT"_L1) &&
                !detail.startsWith("SCAN (subquery"_L1) && !lists.contains(head) &&
                !(counting && counted.contains(head)))
                scans.append(detail);
        });
    return done ? scans : QStringList{done.error().message};
}

void TestQueryPlans::noPageReadsAWholeTable()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(fillForPages(fixture));
    const auto opened = Connection::open(sqliteDialect(), fixture.path(), Role::InteractiveReader);
    VERIFY_OK(opened);
    Connection &connection = **opened;
    VERIFY_OK(askEveryPage(connection, fixture.time.now()));
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

void TestQueryPlans::everyQuestionThatIsWrittenIsLookedAt()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    VERIFY_OK(fillForPages(fixture));
    const auto opened = Connection::open(sqliteDialect(), fixture.path(), Role::InteractiveReader);
    VERIFY_OK(opened);
    VERIFY_OK(askEveryPage(**opened, fixture.time.now()));
    const QStringList asked = (*opened)->preparedTexts();
    // The writer's own work list and what it deletes, a piece at a time.
    static const QStringList writers{u"retention.cpp"_s, u"roll_up.cpp"_s};
    int whole = 0, withPlaces = 0;
    for (const WrittenQuestion &question : writtenQuestions()) {
        if (writers.contains(question.place))
            continue;
        if (!question.sql.contains(u'%')) {
            const QStringList scans = scansOf(**opened, question.sql);
            QVERIFY2(scans.isEmpty(),
                     qPrintable(question.place + u": "_s + scans.join(u"; "_s) + u" in "_s + question.sql));
            ++whole;
        } else {
            const QRegularExpression expression = fitting(question.sql);
            QVERIFY2(std::any_of(asked.begin(), asked.end(),
                                 [&expression](const QString &sql) { return expression.match(sql).hasMatch(); }),
                     qPrintable(question.place + u": no page of this test asks: "_s + question.sql));
            ++withPlaces;
        }
    }
    QVERIFY(whole >= 15);
    QVERIFY(withPlaces >= 6);
}

void TestQueryPlans::aScanIsFound()
{
    StoreFixture fixture;
    VERIFY_OK(fixture.open());
    const auto connection = Connection::open(sqliteDialect(), fixture.path(), Role::InteractiveReader);
    QVERIFY(!scansOf(**connection, u"SELECT * FROM system_metrics WHERE cpu_total > 1"_s).isEmpty());
    QVERIFY(!scansOf(**connection, u"SELECT reason FROM gaps WHERE reason = 'x'"_s).isEmpty());
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
