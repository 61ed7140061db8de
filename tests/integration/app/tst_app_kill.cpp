// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 1200
// serial
#include "tests/integration/app/kill_rounds.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra::test;

/// A row a kill: together they take longer than a function may.
class TestAppKill : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void aKillTakesWhatWasUnderWayAndNothingElse_data();
    void aKillTakesWhatWasUnderWayAndNothingElse();
    void afterAllOfThemItGoesOnAndEndsInOrder();

private:
    KillRounds m_rounds;
};

void TestAppKill::initTestCase()
{
    if (const QString why = KillRounds::missing(); !why.isEmpty())
        QSKIP(qPrintable(why));
    const QString wrong = m_rounds.begin();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestAppKill::aKillTakesWhatWasUnderWayAndNothingElse_data()
{
    QTest::addColumn<int>("turn");
    for (int turn = 1; turn <= 10; ++turn)
        QTest::addRow("kill %d", turn) << turn;
}

void TestAppKill::aKillTakesWhatWasUnderWayAndNothingElse()
{
    QFETCH(int, turn);
    const QString wrong = m_rounds.kill(turn);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestAppKill::afterAllOfThemItGoesOnAndEndsInOrder()
{
    const QString wrong = m_rounds.end();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    qInfo("%s", qPrintable(m_rounds.report()));
}

INFRA_TEST(TestAppKill)
#include "tst_app_kill.moc"
