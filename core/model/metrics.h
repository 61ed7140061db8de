// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/strong_id.h"

#include <QtCore/QHashFunctions>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>

namespace infra {

/// One wide row a device and cycle. Rates are means since the reading before; percent is 0–100 of the whole machine.
struct MetricSample
{
    Instant time{};
    std::optional<double> cpuTotal, cpuUser, cpuSystem, cpuIowait, cpuSteal;
    std::optional<double> load1, load5, load15;
    std::optional<double> memTotal, memUsed, memAvailable, memCached, zfsArc, swapTotal, swapUsed; ///< bytes
    std::optional<double> pressureCpu, pressureIo, pressureMemory; ///< some, avg10, percent
    std::optional<double> netRx, netTx, diskRead, diskWrite;       ///< bytes a second
    std::optional<double> tempMax;                                 ///< °C, hottest sensor
    std::optional<double> fsFullest;                               ///< percent of the fullest local file system
    std::optional<double> uptime;                                  ///< s
    std::optional<double> processes;
    bool operator==(const MetricSample &) const = default;
};

/// A series of the contract: name ("net.rx") and the value of its label ("eth0"), empty where it has none.
struct SeriesKey
{
    QString name;
    QString label;
    bool operator==(const SeriesKey &) const = default;
    friend size_t qHash(const SeriesKey &key, size_t seed = 0) { return qHashMulti(seed, key.name, key.label); }
};

/// A value of a labelled series (cpu.core, fs.*, net.*, disk.*, temp) at one cycle.
struct LabelledValue
{
    SeriesKey key;
    double value = 0;
    bool operator==(const LabelledValue &) const = default;
};

struct SeriesInfo
{
    const char *name;
    const char *unit;     ///< percent, bytes, bytes_per_s, load, celsius, s, count
    const char *labelKey; ///< "core", "mount", "if", "dev", "sensor"; nullptr: a column of the wide row
};

/// Every series there is: the contract's names first, then ours (cpu.user, cpu.system, cpu.iowait,
/// pressure.cpu|io|memory, mem.cached, load.5, load.15, net.rx and disk.read without a label are the totals).
const QList<SeriesInfo> &allSeries();
const SeriesInfo *seriesInfo(QStringView name);
/// The wide row's column of a series without label; null for a name that is not one.
std::optional<double> MetricSample::*sampleColumn(QStringView name);

enum class GapReason
{
    Unreachable,
    Asleep,
    AppOff,
    Paused
};
QString toName(GapReason reason);
std::optional<GapReason> gapReasonFromName(QStringView name);

struct Gap
{
    Instant from{};
    Instant to{};
    GapReason reason = GapReason::Unreachable;
    bool operator==(const Gap &) const = default;
};

struct HistoryPoint
{
    Instant time{};
    double avg = 0, min = 0, max = 0;
    bool operator==(const HistoryPoint &) const = default;
};

/// Asked of the store by charts and the command line. Without `from` the newest value of each series.
struct HistoryQuery
{
    DeviceId device;
    QList<SeriesKey> series; ///< a labelled series with empty label: all its labels
    std::optional<Instant> from;
    std::optional<Instant> to; ///< default: now
    int maxPoints = 1000;      ///< 1–20,000 buckets a series
    milliseconds deadline{5000};
};

struct HistorySeries
{
    SeriesKey key;
    QString unit;
    QList<HistoryPoint> points; ///< by time; between two points with a gap there is no line
    bool operator==(const HistorySeries &) const = default;
};

struct HistoryResult
{
    DeviceId device;
    int resolutionS = 0; ///< width of a bucket
    QList<HistorySeries> series;
    QList<Gap> gaps; ///< of the device, for all series alike
    bool operator==(const HistoryResult &) const = default;
};
QJsonObject toJson(const HistoryResult &result); ///< contract.md `metrics`, gaps repeated in each series

} // namespace infra
