// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/model/metrics.h"
#include "core/model/system.h"

#include <QtCore/QHash>

namespace infra::collect {

/// One reading and when its answer came.
struct ReadingPoint
{
    RawSystem raw;
    MonotonicTime at{};
};

/// What is known of the hardware, to tell a wrap from a reset.
struct HardwareFacts
{
    QHash<QString, qint64> linkMbit; ///< by interface; of real hardware only, the kernel invents one for virtual links
};

/// The time between two readings by the host's own uptime (which no clock step moves), else by our monotonic clock.
/// Nothing when the host was started anew in between, or when too little time passed for a rate.
std::optional<double> secondsBetween(const ReadingPoint &before, const ReadingPoint &after);

/// Rates are means between two readings; what cannot be told is missing, never negative, and never more than the
/// hardware can do. Fills cpu*, net*, disk* of the sample and the labelled series cpu.core, net.rx|tx, disk.read|write.
/// Pure; any thread.
struct Rates
{
    std::optional<double> cpuTotal, cpuUser, cpuSystem, cpuIowait, cpuSteal; ///< percent of the whole machine
    std::optional<double> netRx, netTx, diskRead, diskWrite;                 ///< bytes a second
    QList<LabelledValue> labelled;
};
Rates ratesBetween(const ReadingPoint &before, const ReadingPoint &after, const HardwareFacts &facts);

/// Percent of one core that a counter of CPU time used. Nothing for a reset or more than `threads` cores can give.
/// @param perSecond counts in a second of one core: 100 for ticks, 1,000,000 for µs.
std::optional<double> corePercent(quint64 before, quint64 after, double perSecond, double elapsedS, int threads);

} // namespace infra::collect
