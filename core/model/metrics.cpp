// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/metrics.h"

#include "core/model/json_values.h"
#include "core/model/name_table.h"

#include <algorithm>

namespace infra {

namespace {

constexpr std::array<NameRow<GapReason>, 4> gapReasonNames = {{
    {GapReason::Unreachable, u"unreachable"},
    {GapReason::Asleep, u"asleep"},
    {GapReason::AppOff, u"app_off"},
    {GapReason::Paused, u"paused"},
}};

using SampleColumn = std::optional<double> MetricSample::*;

struct SeriesRow
{
    SeriesInfo info;
    SampleColumn column; ///< of the series without label; null where there is none
};

// The contract's names first, in its order.
constexpr std::array<SeriesRow, 31> seriesRows = {{
    {{"cpu.total", "percent", nullptr}, &MetricSample::cpuTotal},
    {{"cpu.core", "percent", "core"}, nullptr},
    {{"load.1", "load", nullptr}, &MetricSample::load1},
    {{"mem.total", "bytes", nullptr}, &MetricSample::memTotal},
    {{"mem.used", "bytes", nullptr}, &MetricSample::memUsed},
    {{"mem.available", "bytes", nullptr}, &MetricSample::memAvailable},
    {{"swap.used", "bytes", nullptr}, &MetricSample::swapUsed},
    {{"fs.used", "bytes", "mount"}, nullptr},
    {{"fs.size", "bytes", "mount"}, nullptr},
    {{"net.rx", "bytes_per_s", "if"}, &MetricSample::netRx},
    {{"net.tx", "bytes_per_s", "if"}, &MetricSample::netTx},
    {{"disk.read", "bytes_per_s", "dev"}, &MetricSample::diskRead},
    {{"disk.write", "bytes_per_s", "dev"}, &MetricSample::diskWrite},
    {{"temp", "celsius", "sensor"}, &MetricSample::tempMax},
    {{"uptime", "s", nullptr}, &MetricSample::uptime},
    {{"cpu.user", "percent", nullptr}, &MetricSample::cpuUser},
    {{"cpu.system", "percent", nullptr}, &MetricSample::cpuSystem},
    {{"cpu.iowait", "percent", nullptr}, &MetricSample::cpuIowait},
    {{"cpu.steal", "percent", nullptr}, &MetricSample::cpuSteal},
    {{"load.5", "load", nullptr}, &MetricSample::load5},
    {{"load.15", "load", nullptr}, &MetricSample::load15},
    {{"mem.cached", "bytes", nullptr}, &MetricSample::memCached},
    {{"mem.zfs_arc", "bytes", nullptr}, &MetricSample::zfsArc},
    {{"swap.total", "bytes", nullptr}, &MetricSample::swapTotal},
    {{"pressure.cpu", "percent", nullptr}, &MetricSample::pressureCpu},
    {{"pressure.io", "percent", nullptr}, &MetricSample::pressureIo},
    {{"pressure.memory", "percent", nullptr}, &MetricSample::pressureMemory},
    {{"fs.fullest", "percent", nullptr}, &MetricSample::fsFullest},
    {{"fs.inodes_used", "count", "mount"}, nullptr},
    {{"fs.inodes_total", "count", "mount"}, nullptr},
    {{"processes", "count", nullptr}, &MetricSample::processes},
}};

const SeriesRow *seriesRow(QStringView name)
{
    const auto found = std::find_if(seriesRows.begin(), seriesRows.end(),
                                    [name](const SeriesRow &row) { return name == QLatin1String(row.info.name); });
    return found == seriesRows.end() ? nullptr : &*found;
}

QJsonArray gapsJson(const QList<Gap> &gaps)
{
    QJsonArray array;
    for (const Gap &gap : gaps) {
        array.append(QJsonObject{{QStringLiteral("from"), toRfc3339(gap.from)},
                                 {QStringLiteral("to"), toRfc3339(gap.to)},
                                 {QStringLiteral("reason"), toName(gap.reason)}});
    }
    return array;
}

} // namespace

const QList<SeriesInfo> &allSeries()
{
    static const QList<SeriesInfo> series = [] {
        QList<SeriesInfo> all;
        for (const SeriesRow &row : seriesRows)
            all.append(row.info);
        return all;
    }();
    return series;
}

const SeriesInfo *seriesInfo(QStringView name)
{
    const SeriesRow *row = seriesRow(name);
    return row == nullptr ? nullptr : &row->info;
}

std::optional<double> MetricSample::*sampleColumn(QStringView name)
{
    const SeriesRow *row = seriesRow(name);
    return row == nullptr ? nullptr : row->column;
}

QString toName(GapReason reason)
{
    return nameIn(gapReasonNames, reason);
}

std::optional<GapReason> gapReasonFromName(QStringView name)
{
    return valueIn(gapReasonNames, name);
}

QJsonObject toJson(const HistoryResult &result)
{
    const QJsonArray gaps = gapsJson(result.gaps);
    QJsonArray series;
    for (const HistorySeries &one : result.series) {
        QJsonArray points;
        for (const HistoryPoint &point : one.points)
            points.append(QJsonArray{toRfc3339(point.time), point.avg, point.min, point.max});
        QJsonObject labels;
        if (const SeriesInfo *info = seriesInfo(one.key.name);
            info != nullptr && info->labelKey != nullptr && !one.key.label.isEmpty())
            labels.insert(QString::fromLatin1(info->labelKey), one.key.label);
        series.append(QJsonObject{{QStringLiteral("name"), one.key.name},
                                  {QStringLiteral("unit"), one.unit},
                                  {QStringLiteral("labels"), labels},
                                  {QStringLiteral("points"), points},
                                  {QStringLiteral("gaps"), gaps}});
    }
    return {{QStringLiteral("device"), result.device.toString()},
            {QStringLiteral("resolution_s"), result.resolutionS},
            {QStringLiteral("series"), series}};
}

} // namespace infra
