// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/metrics.h"

#include <QtCore/QLatin1String>

#include <array>

namespace infra::store::sql {

/// A column of `system_metrics` and the field it holds.
struct WideColumn
{
    const char *name;
    std::optional<double> MetricSample::*member;
    QLatin1String text() const { return QLatin1String(name); }
};

inline constexpr std::array<WideColumn, 26> kWideColumns{{
    {"cpu_total", &MetricSample::cpuTotal},
    {"cpu_user", &MetricSample::cpuUser},
    {"cpu_system", &MetricSample::cpuSystem},
    {"cpu_iowait", &MetricSample::cpuIowait},
    {"cpu_steal", &MetricSample::cpuSteal},
    {"load1", &MetricSample::load1},
    {"load5", &MetricSample::load5},
    {"load15", &MetricSample::load15},
    {"mem_total", &MetricSample::memTotal},
    {"mem_used", &MetricSample::memUsed},
    {"mem_available", &MetricSample::memAvailable},
    {"mem_cached", &MetricSample::memCached},
    {"zfs_arc", &MetricSample::zfsArc},
    {"swap_total", &MetricSample::swapTotal},
    {"swap_used", &MetricSample::swapUsed},
    {"pressure_cpu", &MetricSample::pressureCpu},
    {"pressure_io", &MetricSample::pressureIo},
    {"pressure_memory", &MetricSample::pressureMemory},
    {"net_rx", &MetricSample::netRx},
    {"net_tx", &MetricSample::netTx},
    {"disk_read", &MetricSample::diskRead},
    {"disk_write", &MetricSample::diskWrite},
    {"temp_max", &MetricSample::tempMax},
    {"fs_fullest", &MetricSample::fsFullest},
    {"uptime", &MetricSample::uptime},
    {"processes", &MetricSample::processes},
}};

/// The column of a series without label; null when the series has none.
inline const WideColumn *wideColumn(QStringView series)
{
    const auto member = sampleColumn(series);
    if (!member)
        return nullptr;
    for (const WideColumn &column : kWideColumns) {
        if (column.member == member)
            return &column;
    }
    return nullptr;
}

} // namespace infra::store::sql
