// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 2400
// serial
#include "tests/integration/app/kill_rounds.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra::test;

class TestAppKillFifty : public QObject
{
    Q_OBJECT
public:
    /// Longer than Qt Test allows a function by itself; read when it starts.
    TestAppKillFifty() { qputenv("QTEST_FUNCTION_TIMEOUT", "2400000"); }

private slots:
    void fiftyKillsLoseWhatWasUnderWayAndNothingElse();
};

void TestAppKillFifty::fiftyKillsLoseWhatWasUnderWayAndNothingElse()
{
    const KillRounds rounds = runKillRounds(50);
    if (!rounds.skipped.isEmpty())
        QSKIP(qPrintable(rounds.skipped));
    QVERIFY2(rounds.failed.isEmpty(), qPrintable(rounds.failed));
    qInfo("%s", qPrintable(rounds.report));
}

INFRA_TEST(TestAppKillFifty)
#include "tst_app_kill_fifty.moc"
