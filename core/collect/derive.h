// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collect/rates.h"
#include "core/model/section.h"

#include <QtCore/QHash>

namespace infra::collect {

/// What is kept of a device's last readings, to subtract from the next one. Confined to one thread.
class ReadingMemory
{
public:
    /// When a reading was asked for and when its answer came, by our clocks.
    struct Times
    {
        Instant sent{}, received{};
        MonotonicTime receivedMonotonic{};
    };
    struct Derived
    {
        MetricSample sample;
        QList<LabelledValue> labelled;
        SystemInfo system;
        bool hasSystem = false;
    };

    /// Makes levels and rates of a reading; sets `cpuPercent` of the processes and containers in `sections`.
    Derived derive(QList<Section> &sections, const Times &times, const HardwareFacts &facts);
    /// The next reading has no base (another machine may answer).
    void forget();

private:
    struct Counted
    {
        QString name; ///< guards against a number that was given anew
        quint64 count = 0;
    };
    template <typename Key>
    struct Base
    {
        ReadingPoint point; ///< uptime only
        QHash<Key, Counted> counts;
    };
    void deriveSystem(const ReadingPoint &point, const HardwareFacts &facts, Derived &derived);
    void deriveProcesses(QList<Process> &processes, const ReadingPoint &point);
    void deriveContainers(QList<Container> &containers, const ReadingPoint &point);

    std::optional<ReadingPoint> m_older, m_newer;
    std::optional<Base<qint64>> m_processes;
    std::optional<Base<QString>> m_containers;
    int m_threads = 1;
};

/// Levels of a reading that need no reading before: load, memory, uptime, pressure, and the contract's `system` entry.
void addLevels(const RawSystem &raw, MetricSample &sample);
SystemInfo systemInfo(const RawSystem &raw, const ReadingMemory::Times &times);
/// Percent of a file system's space (as `df` counts: used of used + available) and inodes; nothing where it has none.
std::optional<double> usedPercent(const Filesystem &filesystem);
std::optional<double> inodesUsedPercent(const Filesystem &filesystem);

} // namespace infra::collect
