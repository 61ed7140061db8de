// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "tests/support/test_registry.h"

#include "ui/shell/stall_watchdog.h"

#include <QtTest/QTest>

#include <thread>

using namespace infra::ui;

class TestStallWatchdog : public QObject
{
    Q_OBJECT
private slots:
    void aStallIsToldWithItsStackAndAQuietLoopIsNot()
    {
        std::mutex mutex;
        QList<StallWatchdog::Stall> stalls;
        StallWatchdog watchdog(
            "test",
            [&](const StallWatchdog::Stall &stall) {
                const std::lock_guard lock(mutex);
                stalls.append(stall);
            },
            150);
        QTest::qWait(100);
        const auto busyUntil = std::chrono::steady_clock::now() + std::chrono::milliseconds(600);
        while (std::chrono::steady_clock::now() < busyUntil) {
        }
        QTest::qWait(50);
        const std::lock_guard lock(mutex);
        QVERIFY(!stalls.isEmpty());
        QVERIFY(stalls.last().milliseconds > 150);
        QVERIFY(stalls.last().stack.count(QLatin1Char('\n')) > 3);
    }
};

INFRA_TEST(TestStallWatchdog)
#include "tst_stall_watchdog.moc"
