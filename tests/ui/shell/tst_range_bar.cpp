// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/support/window_fixture.h"

#include "ui/pages/device/range_bar.h"

#include <QtTest/QTest>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;
using namespace infra::ui;
using std::chrono::hours;
using std::chrono::minutes;

class TestRangeBar : public QObject
{
    Q_OBJECT
private slots:
    void spansThatWouldShowNothingAreOff()
    {
        ManualTime time(pictureTime());
        ChartRange range;
        RangeBar bar(windowTheme(), time, range);
        bar.setOldest(time.now() - minutes(4));
        QCOMPARE(bar.spanId(), u"15m"_s);
        QCOMPARE(range.to() - range.from(), milliseconds(minutes(15)));
        auto *spans = bar.findChild<SegmentedControl *>();
        QVERIFY(spans->isSegmentEnabled(u"15m"_s));
        QVERIFY(!spans->isSegmentEnabled(u"1h"_s) && !spans->isSegmentEnabled(u"1y"_s));
        QTest::keyClick(spans, Qt::Key_End);
        QCOMPARE(bar.spanId(), u"15m"_s); // keys pass over what is off
    }
    void theUsualSpanGrowsToAnHourWithTheHistory()
    {
        ManualTime time(pictureTime());
        ChartRange range;
        RangeBar bar(windowTheme(), time, range);
        bar.setOldest(time.now() - minutes(10));
        QCOMPARE(bar.spanId(), u"15m"_s);
        bar.setOldest(time.now() - minutes(40));
        QCOMPARE(bar.spanId(), u"1h"_s);
        bar.setOldest(time.now() - hours(24 * 400));
        QCOMPARE(bar.spanId(), u"1h"_s);
        QVERIFY(bar.findChild<SegmentedControl *>()->isSegmentEnabled(u"1y"_s));
        bar.setOldest({});
        QCOMPARE(bar.spanId(), u"1h"_s);
    }
    void aSpanChosenByHandStays()
    {
        ManualTime time(pictureTime());
        ChartRange range;
        RangeBar bar(windowTheme(), time, range);
        bar.setOldest(time.now() - hours(30));
        auto *spans = bar.findChild<SegmentedControl *>();
        QTest::keyClick(spans, Qt::Key_Right);
        QCOMPARE(bar.spanId(), u"6h"_s);
        bar.setOldest(time.now() - hours(31));
        QCOMPARE(bar.spanId(), u"6h"_s);
        // Another machine, watched since a minute: what was chosen shows nothing of it.
        bar.setOldest(time.now() - minutes(1));
        QCOMPARE(bar.spanId(), u"15m"_s);
    }
};

INFRA_TEST(TestRangeBar)
#include "tst_range_bar.moc"
