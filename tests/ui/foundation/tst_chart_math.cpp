// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/foundation/gallery.h"

#include "ui/charts/chart_math.h"
#include "ui/charts/chart_view.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::ui;

class TestChartMath : public QObject
{
    Q_OBJECT
private slots:
    void twoMissingSamplesEndALineAndOneDoesNot()
    {
        const ChartRun points{{0, 1}, {60, 1}, {180, 1}, {360, 1}, {420, 1}};
        const QList<ChartRun> runs = splitRuns(points, 60, {});
        QCOMPARE(runs.size(), 2);
        QCOMPARE(runs.at(0).size(), 3); // 60 to 180 lacks one sample only
        QCOMPARE(runs.at(1).first().x(), 360.0);
    }
    void aKnownGapEndsALineHoweverShort()
    {
        const QList<Gap> gaps{{fromMs(70'000), fromMs(80'000), GapReason::Paused}};
        QCOMPARE(splitRuns({{0, 1}, {60, 1}, {120, 1}}, 60, gaps).size(), 2);
    }
    void valuesThatAreNoNumbersNeverArrive()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double inf = std::numeric_limits<double>::infinity();
        HistorySeries series;
        series.points = {{fromMs(0), 1, 1, 1},
                         {fromMs(60'000), nan, nan, nan},
                         {fromMs(120'000), inf, 0, 0},
                         {fromMs(180'000), 3, 3, 3}};
        const ChartRun points = seriesPoints(series, 2, true);
        QCOMPARE(points.size(), 2);
        QCOMPARE(points.at(1).y(), -6.0);
        QCOMPARE(splitRuns({{0, nan}, {60, 1}}, 60, {}).first().size(), 1);
        QCOMPARE(niceScale(nan, inf, 4).step, 1.0);
    }
    void thinningKeepsEveryPeakAndTheOrder()
    {
        ChartRun run;
        for (int i = 0; i < 20'000; ++i)
            run.append(QPointF(i, i == 7'777 ? 500 : i == 12'345 ? -500 : std::sin(i * 0.01)));
        const ChartRun thin = decimate(run, 0, 20'000, 400);
        QVERIFY2(thin.size() <= 402, qPrintable(QString::number(thin.size())));
        QVERIFY(thin.contains(QPointF(7'777, 500)) && thin.contains(QPointF(12'345, -500)));
        for (qsizetype i = 1; i < thin.size(); ++i)
            QVERIFY(thin.at(i).x() > thin.at(i - 1).x());
        QCOMPARE(decimate(run.mid(0, 100), 0, 100, 400).size(), 100);
    }
    void thinningKeepsOneNeighbourOutsideAtEachSide()
    {
        const ChartRun run{{0, 0}, {10, 1}, {20, 2}, {30, 3}, {40, 4}};
        const ChartRun seen = decimate(run, 15, 25, 400);
        QCOMPARE(seen, (ChartRun{{10, 1}, {20, 2}, {30, 3}}));
    }
    void stacksOnlyAtTimesThatAllSeriesHave()
    {
        const QList<ChartRun> stacked = stackSeries({{{0, 1}, {60, 2}}, {}, {{0, 10}, {120, 5}}});
        QCOMPARE(stacked.at(0), (ChartRun{{0, 1}}));
        QVERIFY(stacked.at(1).isEmpty());
        QCOMPARE(stacked.at(2), (ChartRun{{0, 11}}));
    }
    void holesAreToldWithTheirCauseWhereItIsKnown()
    {
        const QList<ChartRun> runs{{{0, 1}, {60, 1}}, {{600, 1}, {660, 1}}, {{1200, 1}}};
        const QList<Gap> gaps{{fromMs(100'000), fromMs(580'000), GapReason::Unreachable}};
        const QList<GapSpan> spans = gapSpans(runs, gaps, 0, 1200);
        QCOMPARE(spans.size(), 2);
        QVERIFY(spans.at(0).reason == GapReason::Unreachable);
        QVERIFY(!spans.at(1).reason && spans.at(1).from == 660);
    }
    void stepsAreRound_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<double>("step");
        QTest::newRow("load") << 0.0 << 3.9 << 1.0;
        QTest::newRow("2.5") << 0.0 << 9.5 << 2.5;
        QTest::newRow("MB/s") << 0.0 << 1400.0 << 500.0;
        QTest::newRow("mirror") << -380.0 << 210.0 << 200.0;
        QTest::newRow("tiny") << 0.0 << 0.0031 << 0.001;
        QTest::newRow("flat zero") << 0.0 << 0.0 << 0.25;
    }
    void stepsAreRound()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(double, step);
        const ValueScale scale = niceScale(low, high, 4);
        QVERIFY2(std::fabs(scale.step - step) < 1e-9, qPrintable(QString::number(scale.step)));
        QVERIFY(scale.low <= low && scale.high >= high);
        QVERIFY(scale.ticks().size() >= 3 && scale.ticks().size() <= 7);
    }
    void timesAreRoundAlsoOverAChangeOfTheClock()
    {
        qputenv("TZ", "Europe/Berlin");
        tzset();
        const double from = double(QDateTime(QDate(2026, 3, 28), QTime(20, 17)).toMSecsSinceEpoch()) / 1000;
        const QList<TimeTick> ticks = timeTicks(from, from + 24 * 3600, 9);
        QVERIFY(ticks.size() >= 6 && ticks.size() <= 10);
        bool date = false;
        for (const TimeTick &tick : ticks) {
            const QTime time = QDateTime::fromMSecsSinceEpoch(qint64(tick.time * 1000)).time();
            QCOMPARE(time.minute(), 0);
            date = date || tick.label.startsWith(u"29 "_s);
        }
        QVERIFY2(date, "the date stands at midnight");
        qunsetenv("TZ");
        tzset();
    }
    void everySpanFromASecondToTwentyYearsHasLabels()
    {
        for (double span = 5; span < 20.0 * 366 * 86400; span *= 3) {
            const qsizetype count = timeTicks(1.7e9, 1.7e9 + span, 6).size();
            QVERIFY2(count >= 1 && count <= 14, qPrintable(u"%1 s: %2 labels"_s.arg(span).arg(count)));
        }
    }
    void aYearOfSamplesDrawsOnePointAPixel()
    {
        ChartRange range;
        const Instant to = fromMs(1'773'408'720'000);
        range.setRange(to - std::chrono::hours(24 * 7), to, false);
        ChartSpec spec{u"cpu"_s, u"CPU"_s, u"%"_s, {{{u"cpu.user"_s, {}}, u"User"_s, 0}}, false, true};
        HistoryChart chart(test::testTheme(), range, spec);
        chart.resize(376, 208);
        chart.show();
        chart.setData(test::sampleHistory(spec.series, range.from(), to, 20, 3));
        auto *view = chart.findChild<ChartView *>();
        QVERIFY(view != nullptr);
        QTRY_VERIFY(view->drawnPoints() > 0); // at the end of the turn
        QCOMPARE(view->content().lines.first().runs.size(), 2);
        QVERIFY2(view->drawnPoints() > 100 && view->drawnPoints() <= 376 + 8,
                 qPrintable(QString::number(view->drawnPoints())));
        QCOMPARE(view->content().gaps.size(), 1);
        QVERIFY(chart.toCsv().startsWith("time,\"User, %\"\r\n"));
        QVERIFY(chart.spokenValue().contains(u"User"_s));
    }
    void readingsOfAMinuteAreOneLineWhereABucketIsSeconds()
    {
        ChartRange range;
        const Instant to = fromMs(1'773'408'720'000);
        range.setRange(to - std::chrono::minutes(15), to, true);
        ChartSpec spec{u"disk"_s, u"Disk"_s, u"MB/s"_s, {{{u"disk.read"_s, {}}, u"Read"_s, 0}}};
        spec.least = 0.05;
        HistoryChart chart(test::testTheme(), range, spec);
        chart.resize(376, 208);
        chart.setInterval(60);
        HistoryResult result;
        result.resolutionS = 2;
        HistorySeries series;
        series.key = spec.series.first().key;
        for (int minute = 14; minute > 0; --minute) {
            HistoryPoint point;
            point.time = to - std::chrono::minutes(minute);
            point.avg = 0.00003;
            series.points.append(point);
        }
        result.series = {series};
        chart.setData(result);
        const ChartView::Content &content = chart.findChild<ChartView *>()->content();
        QTRY_COMPARE(content.lines.size(), 1); // drawn at the end of the turn
        QCOMPARE(content.lines.first().runs.size(), 1);
        QVERIFY(content.gaps.isEmpty());
        QVERIFY(content.scale.high >= 0.05);
        chart.setInterval(10); // read six times as often: then these are gaps
        QTRY_COMPARE(content.lines.first().runs.size(), 14);
    }
    void theCrosshairMovesByArrowsAndIsShared()
    {
        ChartRange range;
        const Instant to = fromMs(1'773'408'720'000);
        range.setRange(to - std::chrono::hours(6), to, true);
        ChartSpec spec{u"cpu"_s, u"CPU"_s, u"%"_s, {{{u"cpu.user"_s, {}}, u"User"_s, 0}}, false, true};
        HistoryChart chart(test::testTheme(), range, spec);
        chart.resize(376, 208);
        chart.show();
        chart.setData(test::sampleHistory(spec.series, range.from(), to, 20, 3));
        QSignalSpy spy(&range, &ChartRange::crosshairChanged);
        auto *view = chart.findChild<ChartView *>();
        QTRY_VERIFY(view->drawnPoints() > 0);
        QTest::keyClick(view, Qt::Key_Left);
        QCOMPARE(spy.count(), 1);
        QVERIFY(range.crosshair() && *range.crosshair() == to - std::chrono::seconds(120));
        QTest::keyClick(view, Qt::Key_Home);
        QVERIFY(*range.crosshair() == range.from());
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(!range.crosshair());
        QTest::keyClick(view, Qt::Key_Plus);
        QVERIFY(range.isZoomed() && !range.isLive());
        range.resetZoom();
        QVERIFY(!range.isZoomed() && range.isLive() && range.to() == to);
    }
};

INFRA_TEST(TestChartMath)
#include "tst_chart_math.moc"
