// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/integration/app/kill_rounds.h"

#include <QtTest/QTest>

namespace infra::test {

/// The rounds as a test, a row a kill: together they may take longer than a function may.
class KillTest : public QObject
{
    Q_OBJECT
public:
    explicit KillTest(int kills)
        : m_kills(kills)
    {
    }

private slots:
    void initTestCase()
    {
        if (const QString why = KillRounds::missing(); !why.isEmpty())
            QSKIP(qPrintable(why));
        const QString wrong = m_rounds.begin();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    void aKillTakesWhatWasUnderWayAndNothingElse_data()
    {
        QTest::addColumn<int>("turn");
        for (int turn = 1; turn <= m_kills; ++turn)
            QTest::addRow("kill %d", turn) << turn;
    }
    void aKillTakesWhatWasUnderWayAndNothingElse()
    {
        QFETCH(int, turn);
        const QString wrong = m_rounds.kill(turn);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    void afterAllOfThemItGoesOnAndEndsInOrder()
    {
        const QString wrong = m_rounds.end();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        qInfo("%s", qPrintable(m_rounds.report()));
    }

private:
    const int m_kills;
    KillRounds m_rounds;
};

} // namespace infra::test
