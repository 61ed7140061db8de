// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 1200
// serial
#include "tests/integration/app/kill_rounds.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra::test;

class TestAppKill : public QObject
{
    Q_OBJECT
private slots:
    void tenKillsLoseWhatWasUnderWayAndNothingElse();
};

void TestAppKill::tenKillsLoseWhatWasUnderWayAndNothingElse()
{
    const KillRounds rounds = runKillRounds(10);
    if (!rounds.skipped.isEmpty())
        QSKIP(qPrintable(rounds.skipped));
    QVERIFY2(rounds.failed.isEmpty(), qPrintable(rounds.failed));
    qInfo("%s", qPrintable(rounds.report));
}

INFRA_TEST(TestAppKill)
#include "tst_app_kill.moc"
