// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>

#include <array>

namespace infra {

/// Pressure stall information: share of time in percent over 10, 60 and 300 s. Source:
/// Documentation/accounting/psi.rst.
struct PressureLine
{
    std::optional<std::array<double, 3>> some;
    std::optional<std::array<double, 3>> full;
    bool operator==(const PressureLine &) const = default;
};

struct Pressure
{
    PressureLine cpu;
    PressureLine io;
    PressureLine memory;
    bool operator==(const Pressure &) const = default;
};

/// One row of /proc/stat in USER_HZ ticks; absent columns of old kernels are 0. Source: proc(5).
struct CpuTicks
{
    quint64 user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0;
    bool operator==(const CpuTicks &) const = default;
};

/// /proc/diskstats, one whole device (no partitions, loops, zram, dm parents). Bytes (sectors × 512).
struct DiskCounters
{
    QString device;
    quint64 readBytes = 0;
    quint64 writtenBytes = 0;
    quint64 readOps = 0;
    quint64 writeOps = 0;
    quint64 busyMs = 0;
    bool operator==(const DiskCounters &) const = default;
};

/// /proc/net/dev, one interface. `counts`: it is part of the machine's total (no lo, veth, bridge port doubles).
struct NetCounters
{
    QString interface;
    quint64 rxBytes = 0;
    quint64 txBytes = 0;
    quint64 rxErrors = 0;
    quint64 txErrors = 0;
    bool countsInTotal = true;
    bool operator==(const NetCounters &) const = default;
};

/// What one reading of `system_metrics` gave: levels and raw counters. Rates are made by subtracting two of these
/// (collect). Everything that a host may lack is optional.
struct RawSystem
{
    std::optional<double> hostEpochS; ///< the host's own clock
    std::optional<double> uptimeS;
    std::optional<qint64> bootTimeS; ///< btime of /proc/stat
    std::optional<int> uid;
    QString hostname, kernel, arch, os, osVersion;
    std::optional<CpuTicks> cpuTotal;
    QList<CpuTicks> cpuCores; ///< by number; offline cores keep their place (all 0)
    QList<int> coreNumbers;   ///< the N of "cpuN" for each of `cpuCores`
    std::optional<int> cpuThreads, cpuCoreCount;
    std::optional<std::array<double, 3>> load;
    std::optional<qint64> processes; ///< total of /proc/loadavg
    std::optional<qint64> memTotalBytes, memAvailableBytes, memFreeBytes, buffersBytes, cachedBytes, swapTotalBytes,
        swapFreeBytes;
    std::optional<qint64> zfsArcBytes;
    Pressure pressure;
    QList<DiskCounters> disks;
    QList<NetCounters> nets;
    std::optional<bool> rebootRequired;
    bool operator==(const RawSystem &) const = default;
};

/// The contract's `system` entry.
struct SystemInfo
{
    QString hostname, kernel, arch, os, osVersion;
    std::optional<int> cpuThreads, cpuCores;
    std::optional<qint64> memTotalBytes, memAvailableBytes, memUsedBytes, swapTotalBytes, swapUsedBytes;
    std::optional<std::array<double, 3>> load;
    std::optional<double> uptimeS;
    std::optional<qint64> bootTimeS;
    Pressure pressure;
    std::optional<qint64> processes;
    std::optional<bool> rebootRequired;
    std::optional<double> clockOffsetS; ///< host − ours; positive: the host is ahead
    bool operator==(const SystemInfo &) const = default;
};
QJsonObject toJson(const SystemInfo &info);
SystemInfo systemInfoFromJson(const QJsonObject &object);

} // namespace infra
