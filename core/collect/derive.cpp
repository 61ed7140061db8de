// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/derive.h"

#include <algorithm>

namespace infra::collect {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr double baseTicksPerS = 100;
constexpr double microsPerS = 1e6;
/// A newer reading than this is too near to be a base; the one before it serves.
constexpr double baseAgeS = 1;

template <typename T>
std::optional<double> asDouble(const std::optional<T> &value)
{
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

std::optional<qint64> memoryUsed(const RawSystem &raw)
{
    if (!raw.memTotalBytes)
        return std::nullopt;
    std::optional<qint64> used;
    if (raw.memAvailableBytes)
        used = *raw.memTotalBytes - *raw.memAvailableBytes;
    else if (raw.memFreeBytes && raw.buffersBytes && raw.cachedBytes)
        used = *raw.memTotalBytes - *raw.memFreeBytes - *raw.buffersBytes - *raw.cachedBytes; // kernels before 3.14
    return used && *used >= 0 ? used : std::nullopt;
}

std::optional<qint64> swapUsed(const RawSystem &raw)
{
    if (!raw.swapTotalBytes || !raw.swapFreeBytes || *raw.swapFreeBytes > *raw.swapTotalBytes)
        return std::nullopt;
    return *raw.swapTotalBytes - *raw.swapFreeBytes;
}

std::optional<double> avg10(const PressureLine &line)
{
    return line.some ? std::optional((*line.some)[0]) : std::nullopt;
}

void addFilesystems(const QList<Filesystem> &filesystems, MetricSample &sample, QList<LabelledValue> &labelled)
{
    for (const Filesystem &fs : filesystems) {
        if (fs.usedBytes)
            labelled.append({{u"fs.used"_s, fs.mount}, static_cast<double>(*fs.usedBytes)});
        if (fs.sizeBytes)
            labelled.append({{u"fs.size"_s, fs.mount}, static_cast<double>(*fs.sizeBytes)});
        const std::optional<double> percent = usedPercent(fs);
        if (percent && !fs.readOnly)
            sample.fsFullest = std::max(sample.fsFullest.value_or(0), *percent);
    }
}

void addSensors(const SensorReadings &sensors, MetricSample &sample, QList<LabelledValue> &labelled)
{
    for (const Temperature &t : sensors.temperatures) {
        labelled.append({{u"temp"_s, QString(t.chip + u'/' + t.sensor)}, t.celsius});
        sample.tempMax = std::max(sample.tempMax.value_or(t.celsius), t.celsius);
    }
}

} // namespace

void addLevels(const RawSystem &raw, MetricSample &sample)
{
    if (raw.load) {
        sample.load1 = (*raw.load)[0];
        sample.load5 = (*raw.load)[1];
        sample.load15 = (*raw.load)[2];
    }
    sample.memTotal = asDouble(raw.memTotalBytes);
    sample.memUsed = asDouble(memoryUsed(raw));
    if (raw.memAvailableBytes && raw.memAvailableBytes <= raw.memTotalBytes.value_or(*raw.memAvailableBytes))
        sample.memAvailable = asDouble(raw.memAvailableBytes);
    if (raw.cachedBytes)
        sample.memCached = static_cast<double>(*raw.cachedBytes + raw.buffersBytes.value_or(0));
    sample.zfsArc = asDouble(raw.zfsArcBytes);
    sample.swapTotal = asDouble(raw.swapTotalBytes);
    sample.swapUsed = asDouble(swapUsed(raw));
    sample.pressureCpu = avg10(raw.pressure.cpu);
    sample.pressureIo = avg10(raw.pressure.io);
    sample.pressureMemory = avg10(raw.pressure.memory);
    sample.uptime = raw.uptimeS;
    sample.processes = asDouble(raw.processes);
}

SystemInfo systemInfo(const RawSystem &raw, const ReadingMemory::Times &times)
{
    SystemInfo info;
    info.hostname = raw.hostname;
    info.kernel = raw.kernel;
    info.arch = raw.arch;
    info.os = raw.os;
    info.osVersion = raw.osVersion;
    info.cpuThreads = raw.cpuThreads;
    info.cpuCores = raw.cpuCoreCount;
    info.memTotalBytes = raw.memTotalBytes;
    info.memAvailableBytes = raw.memAvailableBytes;
    info.memUsedBytes = memoryUsed(raw);
    info.swapTotalBytes = raw.swapTotalBytes;
    info.swapUsedBytes = swapUsed(raw);
    info.load = raw.load;
    info.uptimeS = raw.uptimeS;
    info.bootTimeS = raw.bootTimeS;
    info.pressure = raw.pressure;
    info.processes = raw.processes;
    info.rebootRequired = raw.rebootRequired;
    if (raw.hostEpochS) {
        // The host read its clock somewhere between question and answer.
        const double middleMs = (static_cast<double>(toMs(times.sent)) + static_cast<double>(toMs(times.received))) / 2;
        info.clockOffsetS = *raw.hostEpochS - middleMs / 1000;
    }
    return info;
}

std::optional<double> usedPercent(const Filesystem &filesystem)
{
    if (!filesystem.usedBytes || !filesystem.availableBytes)
        return std::nullopt;
    const double used = static_cast<double>(*filesystem.usedBytes);
    const double room = used + static_cast<double>(*filesystem.availableBytes);
    if (room <= 0 || used < 0 || used > room)
        return std::nullopt;
    return 100 * used / room;
}

std::optional<double> inodesUsedPercent(const Filesystem &filesystem)
{
    if (!filesystem.inodesTotal || !filesystem.inodesUsed || *filesystem.inodesTotal <= 0 ||
        *filesystem.inodesUsed < 0 || *filesystem.inodesUsed > *filesystem.inodesTotal)
        return std::nullopt;
    return 100 * static_cast<double>(*filesystem.inodesUsed) / static_cast<double>(*filesystem.inodesTotal);
}

ReadingMemory::Derived ReadingMemory::derive(QList<Section> &sections, const Times &times, const HardwareFacts &facts)
{
    Derived derived;
    derived.sample.time = times.received;
    ReadingPoint point;
    point.at = times.receivedMonotonic;
    for (const Section &section : sections) {
        if (const auto *raw = std::get_if<RawSystem>(&section.data)) {
            point.raw = *raw;
            m_threads = std::max({1, raw->cpuThreads.value_or(1), static_cast<int>(raw->cpuCores.size())});
            addLevels(*raw, derived.sample);
            derived.system = systemInfo(*raw, times);
            derived.hasSystem = true;
        }
    }
    // Counters of a file: bytes of what the point needs for time only.
    ReadingPoint clock;
    clock.at = point.at;
    clock.raw.uptimeS = point.raw.uptimeS;
    clock.raw.bootTimeS = point.raw.bootTimeS;
    for (Section &section : sections) {
        if (auto *processes = std::get_if<QList<Process>>(&section.data))
            deriveProcesses(*processes, clock);
        else if (auto *containers = std::get_if<QList<Container>>(&section.data))
            deriveContainers(*containers, clock);
        else if (const auto *filesystems = std::get_if<QList<Filesystem>>(&section.data))
            addFilesystems(*filesystems, derived.sample, derived.labelled);
        else if (const auto *sensors = std::get_if<SensorReadings>(&section.data))
            addSensors(*sensors, derived.sample, derived.labelled);
    }
    if (derived.hasSystem)
        deriveSystem(point, facts, derived);
    return derived;
}

void ReadingMemory::deriveSystem(const ReadingPoint &point, const HardwareFacts &facts, Derived &derived)
{
    const bool newerServes = m_newer && point.at - m_newer->at >= milliseconds(static_cast<qint64>(baseAgeS * 1000));
    const std::optional<ReadingPoint> &base = newerServes ? m_newer : m_older;
    if (base) {
        Rates rates = ratesBetween(*base, point, facts);
        derived.sample.cpuTotal = rates.cpuTotal;
        derived.sample.cpuUser = rates.cpuUser;
        derived.sample.cpuSystem = rates.cpuSystem;
        derived.sample.cpuIowait = rates.cpuIowait;
        derived.sample.cpuSteal = rates.cpuSteal;
        derived.sample.netRx = rates.netRx;
        derived.sample.netTx = rates.netTx;
        derived.sample.diskRead = rates.diskRead;
        derived.sample.diskWrite = rates.diskWrite;
        derived.labelled.append(std::move(rates.labelled));
    }
    const bool startedAnew =
        m_newer && m_newer->raw.uptimeS && point.raw.uptimeS && *point.raw.uptimeS < *m_newer->raw.uptimeS;
    if (startedAnew)
        m_older.reset();
    if (newerServes && !startedAnew)
        m_older = std::move(m_newer);
    if (newerServes || startedAnew || !m_newer)
        m_newer = point;
}

void ReadingMemory::deriveProcesses(QList<Process> &processes, const ReadingPoint &point)
{
    Base<qint64> next;
    next.point = point;
    const double elapsed = m_processes ? secondsBetween(m_processes->point, point).value_or(0) : 0;
    for (Process &process : processes) {
        if (!process.cpuTicks)
            continue;
        if (elapsed > 0) {
            const auto old = m_processes->counts.constFind(process.pid);
            // A process younger than the base is another one under an old number.
            const bool same = old != m_processes->counts.constEnd() && old->name == process.name &&
                              static_cast<double>(process.elapsedS.value_or(1'000'000'000)) + 2 >= elapsed;
            if (same)
                process.cpuPercent = corePercent(old->count, *process.cpuTicks, baseTicksPerS, elapsed, m_threads);
        }
        next.counts.insert(process.pid, {process.name, *process.cpuTicks});
    }
    if (!m_processes || elapsed > 0 || point.at - m_processes->point.at > seconds(1))
        m_processes = std::move(next);
}

void ReadingMemory::deriveContainers(QList<Container> &containers, const ReadingPoint &point)
{
    Base<QString> next;
    next.point = point;
    const double elapsed = m_containers ? secondsBetween(m_containers->point, point).value_or(0) : 0;
    for (Container &container : containers) {
        if (!container.cpuUsageUs)
            continue;
        const QString start = container.started ? QString::number(toMs(*container.started)) : QString();
        if (elapsed > 0) {
            const auto old = m_containers->counts.constFind(container.id);
            if (old != m_containers->counts.constEnd() && old->name == start)
                container.cpuPercent = corePercent(old->count, *container.cpuUsageUs, microsPerS, elapsed, m_threads);
        }
        next.counts.insert(container.id, {start, *container.cpuUsageUs});
    }
    if (!m_containers || elapsed > 0 || point.at - m_containers->point.at > seconds(1))
        m_containers = std::move(next);
}

void ReadingMemory::forget()
{
    m_older.reset();
    m_newer.reset();
    m_processes.reset();
    m_containers.reset();
}

} // namespace infra::collect
