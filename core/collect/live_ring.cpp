// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/live_ring.h"

#include <array>

namespace infra::collect {

namespace {

constexpr qsizetype mostReadings = 2'000; // an hour at the shortest interval; a clock set back must not let it grow

Instant timeOf(const MetricSample &sample)
{
    return sample.time;
}
Instant timeOf(const QPair<Instant, double> &point)
{
    return point.first;
}

template <typename T>
void trim(QList<T> &list, Instant newest)
{
    while (!list.isEmpty() && (timeOf(list.first()) + LiveRing::span < newest || list.size() > mostReadings))
        list.removeFirst();
}

QString unitOf(const QString &name)
{
    const SeriesInfo *info = seriesInfo(name);
    return info == nullptr ? QString() : QString::fromLatin1(info->unit);
}

bool inside(Instant time, const HistoryQuery &query)
{
    return (!query.from || time >= *query.from) && (!query.to || time <= *query.to);
}

} // namespace

void LiveRing::add(const MetricSample &sample, const QList<LabelledValue> &labelled)
{
    m_samples.append(sample);
    trim(m_samples, sample.time);
    for (const LabelledValue &value : labelled)
        m_labelled[value.key].append({sample.time, value.value});
    for (auto it = m_labelled.begin(); it != m_labelled.end();) {
        trim(it.value(), sample.time);
        it = it.value().isEmpty() ? m_labelled.erase(it) : std::next(it);
    }
    while (!m_gaps.isEmpty() && m_gaps.first().to + span < sample.time)
        m_gaps.removeFirst();
}

void LiveRing::addGap(const Gap &gap)
{
    m_gaps.append(gap);
}

HistoryResult LiveRing::query(const HistoryQuery &query, Instant now) const
{
    HistoryResult result;
    result.device = query.device;
    const auto add = [&](const SeriesKey &key, const QList<QPair<Instant, double>> &values) {
        HistorySeries series;
        series.key = key;
        series.unit = unitOf(key.name);
        for (const auto &[time, value] : values) {
            if (inside(time, query))
                series.points.append({time, value, value, value});
        }
        // Without a span asked for, the newest value is the answer.
        if (!query.from && series.points.size() > 1)
            series.points = {series.points.last()};
        while (series.points.size() > query.maxPoints)
            series.points.removeFirst();
        if (!series.points.isEmpty())
            result.series.append(series);
    };
    for (const SeriesKey &key : query.series) {
        if (const auto column = sampleColumn(key.name); column != nullptr && key.label.isEmpty()) {
            QList<QPair<Instant, double>> values;
            for (const MetricSample &sample : m_samples) {
                if (sample.*column)
                    values.append({sample.time, *(sample.*column)});
            }
            add(key, values);
        }
        for (auto it = m_labelled.constBegin(); it != m_labelled.constEnd(); ++it) {
            if (it.key().name == key.name && (key.label.isEmpty() || key.label == it.key().label))
                add(it.key(), it.value());
        }
    }
    for (const Gap &gap : m_gaps) {
        if (gap.to >= query.from.value_or(now - span) && gap.from <= query.to.value_or(now))
            result.gaps.append(gap);
    }
    if (m_samples.size() > 1) {
        const auto width = m_samples.last().time - m_samples[m_samples.size() - 2].time;
        result.resolutionS = static_cast<int>(std::max<qint64>(1, width.count() / 1000));
    }
    return result;
}

QList<std::optional<float>> LiveRing::cpuHour(Instant now) const
{
    std::array<double, 60> sum{};
    std::array<int, 60> count{};
    const qint64 minute = toMs(now) / 60'000;
    for (const MetricSample &sample : m_samples) {
        const qint64 at = 59 - (minute - toMs(sample.time) / 60'000);
        if (at < 0 || at > 59 || !sample.cpuTotal)
            continue;
        sum[static_cast<std::size_t>(at)] += *sample.cpuTotal;
        ++count[static_cast<std::size_t>(at)];
    }
    QList<std::optional<float>> hour(60);
    for (std::size_t i = 0; i < 60; ++i) {
        if (count[i] > 0)
            hour[static_cast<qsizetype>(i)] = static_cast<float>(sum[i] / count[i]);
    }
    return hour;
}

} // namespace infra::collect
