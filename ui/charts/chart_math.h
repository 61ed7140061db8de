// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/metrics.h"

#include <QtCore/QPointF>
#include <QtCore/QString>

namespace infra::ui {

// What a chart computes, apart from drawing. Pure. Times are seconds since 1970 as double; no value is ever NaN or
// infinite.

/// Points without a gap between them: x time, y value.
using ChartRun = QList<QPointF>;

struct GapSpan
{
    double from = 0, to = 0;
    std::optional<GapReason> reason; ///< nothing: there are just no values
};

/// Two intervals without a sample end a line, and so does a known gap. Values that are not finite are left out.
QList<ChartRun> splitRuns(const ChartRun &points, int resolutionS, const QList<Gap> &gaps);
/// Points of a series, in its factor and sign.
ChartRun seriesPoints(const HistorySeries &series, double factor, bool negative);
/// Sums from the first series upwards, at the times that all of them have.
QList<ChartRun> stackSeries(const QList<ChartRun> &series);
/// Known gaps and holes between runs, within the range.
QList<GapSpan> gapSpans(const QList<ChartRun> &runs, const QList<Gap> &gaps, double from, double to);

/// At most one point a pixel: of every two columns the lowest and the highest stay, in their order of time. One
/// neighbour outside of the range is kept at each side, so that the line reaches the edge.
ChartRun decimate(const ChartRun &run, double from, double to, int columns);

struct ValueScale
{
    double low = 0, high = 1, step = 1;
    QList<double> ticks() const;
    int decimals() const; ///< so that every tick is written exactly
};
/// Steps of 1, 2, 2.5 or 5 × 10ⁿ, about `lines` of them.
ValueScale niceScale(double low, double high, int lines);

struct TimeTick
{
    double time = 0;
    QString label;
};
/// Round local times, at most `most` labels; the date at midnight.
QList<TimeTick> timeTicks(double from, double to, int most);

inline double toSeconds(Instant instant)
{
    return double(toMs(instant)) / 1000;
}
inline Instant fromSeconds(double seconds_)
{
    return fromMs(qint64(seconds_ * 1000 + 0.5));
}

} // namespace infra::ui
