// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/metrics.h"

#include <QtCore/QHash>

namespace infra::collect {

/// A device's newest hour in memory, each cycle: the labelled series and the columns of the wide row. Confined to one
/// thread.
class LiveRing
{
public:
    static constexpr milliseconds span = std::chrono::hours(1);

    void add(const MetricSample &sample, const QList<LabelledValue> &labelled);
    void addGap(const Gap &gap);
    /// In history's form, every reading a point. A labelled series with empty label: all its labels; series not kept
    /// are absent.
    HistoryResult query(const HistoryQuery &query, Instant now) const;
    /// The labelled series, for a dashboard's live charts.
    const QHash<SeriesKey, QList<QPair<Instant, double>>> &labelled() const { return m_labelled; }
    const QList<MetricSample> &samples() const { return m_samples; }
    /// CPU of the last 60 minutes, a mean a minute, oldest first; nothing where nothing was read.
    QList<std::optional<float>> cpuHour(Instant now) const;

private:
    QList<MetricSample> m_samples;
    QHash<SeriesKey, QList<QPair<Instant, double>>> m_labelled;
    QList<Gap> m_gaps;
};

} // namespace infra::collect
