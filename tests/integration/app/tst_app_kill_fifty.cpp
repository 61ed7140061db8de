// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 3600
// serial
#include "tests/integration/app/kill_rounds.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra::test;

/// The same, fifty times.
class TestAppKillFifty : public QObject
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

void TestAppKillFifty::initTestCase()
{
    if (const QString why = KillRounds::missing(); !why.isEmpty())
        QSKIP(qPrintable(why));
    const QString wrong = m_rounds.begin();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestAppKillFifty::aKillTakesWhatWasUnderWayAndNothingElse_data()
{
    QTest::addColumn<int>("turn");
    for (int turn = 1; turn <= 50; ++turn)
        QTest::addRow("kill %d", turn) << turn;
}

void TestAppKillFifty::aKillTakesWhatWasUnderWayAndNothingElse()
{
    QFETCH(int, turn);
    const QString wrong = m_rounds.kill(turn);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestAppKillFifty::afterAllOfThemItGoesOnAndEndsInOrder()
{
    const QString wrong = m_rounds.end();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    qInfo("%s", qPrintable(m_rounds.report()));
}

INFRA_TEST(TestAppKillFifty)
#include "tst_app_kill_fifty.moc"
