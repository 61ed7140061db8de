// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_math.h"

#include <QtCore/QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double kDayS = 86400;
constexpr int kMostTicks = 200;

bool gapBetween(double a, double b, const QList<Gap> &gaps)
{
    return std::any_of(gaps.cbegin(), gaps.cend(),
                       [a, b](const Gap &gap) { return toSeconds(gap.from) < b && toSeconds(gap.to) > a; });
}

double stepOf(double span, int lines)
{
    const double raw = span / std::max(1, lines);
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        if (raw <= factor * power * (1 + 1e-9))
            return factor * power;
    }
    return 10 * power;
}

QList<TimeTick> monthTicks(const QDateTime &from, const QDateTime &to, int most)
{
    QList<TimeTick> ticks;
    const int months = (to.date().year() - from.date().year()) * 12 + to.date().month() - from.date().month() + 1;
    const int step = months <= most ? 1 : months <= 3 * most ? 3 : 12;
    QDate day(from.date().year(), 1, 1);
    for (; ticks.size() < kMostTicks; day = day.addMonths(step)) {
        const QDateTime start = day.startOfDay();
        if (start > to)
            break;
        if (start < from)
            continue;
        const QString label = day.month() == 1 ? QString::number(day.year()) : QLocale().toString(day, u"MMM"_s);
        ticks.append({double(start.toMSecsSinceEpoch()) / 1000, label});
    }
    return ticks;
}

} // namespace

ChartRun seriesPoints(const HistorySeries &series, double factor, bool negative)
{
    ChartRun points;
    points.reserve(series.points.size());
    for (const HistoryPoint &point : series.points) {
        const double value = point.avg * factor;
        if (std::isfinite(value))
            points.append(QPointF(toSeconds(point.time), negative ? -value : value));
    }
    return points;
}

QList<ChartRun> splitRuns(const ChartRun &points, int resolutionS, const QList<Gap> &gaps)
{
    QList<ChartRun> runs;
    ChartRun run;
    // One late sample is no gap: two intervals without any are.
    const double longest = 2.5 * std::max(1, resolutionS);
    for (const QPointF &point : points) {
        if (!std::isfinite(point.x()) || !std::isfinite(point.y()))
            continue;
        if (!run.isEmpty() && (point.x() - run.last().x() > longest || gapBetween(run.last().x(), point.x(), gaps))) {
            runs.append(run);
            run.clear();
        }
        run.append(point);
    }
    if (!run.isEmpty())
        runs.append(run);
    return runs;
}

QList<ChartRun> stackSeries(const QList<ChartRun> &series)
{
    QList<ChartRun> stacked(series.size());
    QHash<qint64, QPair<int, double>> sums; // ms → how many series had it, the sum so far
    const auto keyOf = [](const QPointF &point) { return qint64(point.x() * 1000 + 0.5); };
    for (const ChartRun &run : series) {
        for (const QPointF &point : run)
            ++sums[keyOf(point)].first;
    }
    const auto wanted =
        int(std::count_if(series.cbegin(), series.cend(), [](const ChartRun &run) { return !run.isEmpty(); }));
    for (qsizetype i = 0; i < series.size(); ++i) {
        for (const QPointF &point : series.at(i)) {
            QPair<int, double> &sum = sums[keyOf(point)];
            if (sum.first != wanted)
                continue;
            sum.second += point.y();
            stacked[i].append(QPointF(point.x(), sum.second));
        }
    }
    return stacked;
}

QList<GapSpan> gapSpans(const QList<ChartRun> &runs, const QList<Gap> &gaps, double from, double to)
{
    QList<GapSpan> spans;
    for (const Gap &gap : gaps) {
        const GapSpan span{std::max(from, toSeconds(gap.from)), std::min(to, toSeconds(gap.to)), gap.reason};
        if (span.to > span.from)
            spans.append(span);
    }
    for (qsizetype i = 1; i < runs.size(); ++i) {
        const double left = runs.at(i - 1).last().x();
        const double right = runs.at(i).first().x();
        const bool told = std::any_of(spans.cbegin(), spans.cend(), [&](const GapSpan &span) {
            return span.reason && span.from < right && span.to > left;
        });
        const GapSpan span{std::max(from, left), std::min(to, right), std::nullopt};
        if (!told && span.to > span.from)
            spans.append(span);
    }
    return spans;
}

ChartRun decimate(const ChartRun &run, double from, double to, int columns)
{
    const auto before = [](const QPointF &point, double time) { return point.x() < time; };
    auto first = std::lower_bound(run.cbegin(), run.cend(), from, before);
    auto last = std::lower_bound(first, run.cend(), to, before);
    if (first != run.cbegin())
        --first;
    if (last != run.cend())
        ++last;
    const auto count = qsizetype(last - first);
    if (columns < 4 || count <= columns)
        return run.mid(first - run.cbegin(), count);
    const int buckets = columns / 2;
    const double width = (to - from) / buckets;
    ChartRun kept;
    kept.reserve(columns + 2);
    for (auto it = first; it != last;) {
        const double bucket = std::floor((it->x() - from) / width);
        auto low = it;
        auto high = it;
        for (; it != last && std::floor((it->x() - from) / width) == bucket; ++it) {
            if (it->y() < low->y())
                low = it;
            if (it->y() > high->y())
                high = it;
        }
        if (low == high) {
            kept.append(*low);
        } else {
            kept.append(low < high ? *low : *high);
            kept.append(low < high ? *high : *low);
        }
    }
    return kept;
}

QList<double> ValueScale::ticks() const
{
    QList<double> values;
    const int count = std::min(kMostTicks, int(std::floor((high - low) / step + 1e-6)));
    for (int i = 0; i <= count; ++i) {
        const double value = low + i * step;
        values.append(std::fabs(value) < step * 1e-9 ? 0 : value);
    }
    return values;
}

int ValueScale::decimals() const
{
    int digits = 0;
    for (double scaled = std::fabs(step); digits < 6 && std::fabs(scaled - std::round(scaled)) > 1e-6; ++digits)
        scaled *= 10;
    return digits;
}

ValueScale niceScale(double low, double high, int lines)
{
    if (!std::isfinite(low) || !std::isfinite(high))
        return {};
    if (high <= low)
        high = low + (low == 0 ? 1 : std::fabs(low) * 0.1);
    const double step = stepOf(high - low, lines);
    return {std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step, step};
}

QList<TimeTick> timeTicks(double from, double to, int most)
{
    QList<TimeTick> ticks;
    if (!(to > from) || most < 1)
        return ticks;
    static constexpr std::array<double, 16> kSteps = {
        1, 5, 10, 30, 60, 300, 900, 1800, 3600, 10800, 21600, 43200, kDayS, 2 * kDayS, 7 * kDayS, 14 * kDayS};
    const double wanted = (to - from) / most;
    const auto found = std::find_if(kSteps.cbegin(), kSteps.cend(), [wanted](double step) { return step >= wanted; });
    const QDateTime start = QDateTime::fromMSecsSinceEpoch(qint64(from * 1000));
    const QDateTime end = QDateTime::fromMSecsSinceEpoch(qint64(to * 1000));
    if (found == kSteps.cend())
        return monthTicks(start, end, most);
    const double step = *found;
    const QLocale locale;
    // Day by day from local midnight: round hours stay round also over a change of the clock.
    const auto stepDays = int(std::max(1.0, step / kDayS));
    QDate day = start.date();
    if (stepDays > 1)
        day = day.addDays(-(day.toJulianDay() % stepDays));
    for (; ticks.size() < kMostTicks; day = day.addDays(stepDays)) {
        const QDateTime midnight = day.startOfDay();
        if (midnight > end)
            break;
        const double first = double(midnight.toMSecsSinceEpoch()) / 1000;
        const double next = double(day.addDays(1).startOfDay().toMSecsSinceEpoch()) / 1000;
        for (double time = first + std::max(0.0, std::floor((from - first) / step)) * step; time < next && time <= to;
             time += step) {
            if (time >= from) {
                const QDateTime local = QDateTime::fromMSecsSinceEpoch(qint64(time * 1000));
                const bool isMidnight = time == first;
                ticks.append({time, isMidnight
                                        ? locale.toString(day, u"d MMM"_s)
                                        : locale.toString(local.time(), step < 60 ? u"HH:mm:ss"_s : u"HH:mm"_s)});
            }
            if (step >= kDayS || ticks.size() >= kMostTicks)
                break;
        }
    }
    return ticks;
}

} // namespace infra::ui
