// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/json_values.h"
#include "core/model/system_json.h"

namespace infra {

namespace {

/// As in /proc/stat: one array of ticks, in the kernel's order.
QJsonArray ticksJson(const CpuTicks &ticks)
{
    return {json::counter(ticks.user),    json::counter(ticks.nice),   json::counter(ticks.system),
            json::counter(ticks.idle),    json::counter(ticks.iowait), json::counter(ticks.irq),
            json::counter(ticks.softirq), json::counter(ticks.steal)};
}

std::optional<CpuTicks> ticksFromJson(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    if (array.size() != 8)
        return std::nullopt;
    const auto at = [&array](qsizetype i) { return json::toCounter(array.at(i)).value_or(0); };
    return CpuTicks{at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)};
}

QJsonArray disksJson(const QList<DiskCounters> &disks)
{
    QJsonArray array;
    for (const DiskCounters &disk : disks) {
        array.append(QJsonObject{{QStringLiteral("device"), disk.device},
                                 {QStringLiteral("read_bytes"), json::counter(disk.readBytes)},
                                 {QStringLiteral("written_bytes"), json::counter(disk.writtenBytes)},
                                 {QStringLiteral("read_ops"), json::counter(disk.readOps)},
                                 {QStringLiteral("write_ops"), json::counter(disk.writeOps)},
                                 {QStringLiteral("busy_ms"), json::counter(disk.busyMs)}});
    }
    return array;
}

QJsonArray netsJson(const QList<NetCounters> &nets)
{
    QJsonArray array;
    for (const NetCounters &net : nets) {
        array.append(QJsonObject{{QStringLiteral("interface"), net.interface},
                                 {QStringLiteral("rx_bytes"), json::counter(net.rxBytes)},
                                 {QStringLiteral("tx_bytes"), json::counter(net.txBytes)},
                                 {QStringLiteral("rx_errors"), json::counter(net.rxErrors)},
                                 {QStringLiteral("tx_errors"), json::counter(net.txErrors)},
                                 {QStringLiteral("counts_in_total"), net.countsInTotal}});
    }
    return array;
}

quint64 counterAt(const QJsonValue &item, QLatin1String key)
{
    return json::toCounter(item[key]).value_or(0);
}

void readLists(const QJsonObject &object, RawSystem &raw)
{
    const QJsonArray cores = object.value(QLatin1String("cpu_cores_ticks")).toArray();
    for (const QJsonValue &core : cores)
        raw.cpuCores.append(ticksFromJson(core).value_or(CpuTicks{}));
    const QJsonArray numbers = object.value(QLatin1String("core_numbers")).toArray();
    for (const QJsonValue &number : numbers)
        raw.coreNumbers.append(json::toInt(number).value_or(0));
    const QJsonArray disks = object.value(QLatin1String("disks")).toArray();
    for (const QJsonValue &item : disks) {
        raw.disks.append({item[QLatin1String("device")].toString(), counterAt(item, QLatin1String("read_bytes")),
                          counterAt(item, QLatin1String("written_bytes")), counterAt(item, QLatin1String("read_ops")),
                          counterAt(item, QLatin1String("write_ops")), counterAt(item, QLatin1String("busy_ms"))});
    }
    const QJsonArray nets = object.value(QLatin1String("nets")).toArray();
    for (const QJsonValue &item : nets) {
        raw.nets.append({item[QLatin1String("interface")].toString(), counterAt(item, QLatin1String("rx_bytes")),
                         counterAt(item, QLatin1String("tx_bytes")), counterAt(item, QLatin1String("rx_errors")),
                         counterAt(item, QLatin1String("tx_errors")),
                         item[QLatin1String("counts_in_total")].toBool(true)});
    }
}

} // namespace

QJsonObject toJson(const RawSystem &raw)
{
    QJsonArray cores;
    for (const CpuTicks &core : raw.cpuCores)
        cores.append(ticksJson(core));
    QJsonArray numbers;
    for (const int number : raw.coreNumbers)
        numbers.append(number);
    return {{QStringLiteral("host_epoch_s"), json::number(raw.hostEpochS)},
            {QStringLiteral("uptime_s"), json::number(raw.uptimeS)},
            {QStringLiteral("boot_time"), json::integer(raw.bootTimeS)},
            {QStringLiteral("uid"), json::integer(raw.uid)},
            {QStringLiteral("hostname"), json::text(raw.hostname)},
            {QStringLiteral("kernel"), json::text(raw.kernel)},
            {QStringLiteral("arch"), json::text(raw.arch)},
            {QStringLiteral("os"), json::text(raw.os)},
            {QStringLiteral("os_version"), json::text(raw.osVersion)},
            {QStringLiteral("cpu_total_ticks"),
             raw.cpuTotal ? QJsonValue(ticksJson(*raw.cpuTotal)) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("cpu_cores_ticks"), cores},
            {QStringLiteral("core_numbers"), numbers},
            {QStringLiteral("cpu_threads"), json::integer(raw.cpuThreads)},
            {QStringLiteral("cpu_cores"), json::integer(raw.cpuCoreCount)},
            {QStringLiteral("load"), json::triple(raw.load)},
            {QStringLiteral("processes"), json::integer(raw.processes)},
            {QStringLiteral("mem_total_bytes"), json::integer(raw.memTotalBytes)},
            {QStringLiteral("mem_available_bytes"), json::integer(raw.memAvailableBytes)},
            {QStringLiteral("mem_free_bytes"), json::integer(raw.memFreeBytes)},
            {QStringLiteral("buffers_bytes"), json::integer(raw.buffersBytes)},
            {QStringLiteral("cached_bytes"), json::integer(raw.cachedBytes)},
            {QStringLiteral("swap_total_bytes"), json::integer(raw.swapTotalBytes)},
            {QStringLiteral("swap_free_bytes"), json::integer(raw.swapFreeBytes)},
            {QStringLiteral("zfs_arc_bytes"), json::integer(raw.zfsArcBytes)},
            {QStringLiteral("pressure"), toJson(raw.pressure)},
            {QStringLiteral("disks"), disksJson(raw.disks)},
            {QStringLiteral("nets"), netsJson(raw.nets)},
            {QStringLiteral("reboot_required"), json::boolean(raw.rebootRequired)}};
}

RawSystem rawSystemFromJson(const QJsonObject &object)
{
    const auto value = [&object](QLatin1String key) { return object.value(key); };
    RawSystem raw;
    raw.hostEpochS = json::toNumber(value(QLatin1String("host_epoch_s")));
    raw.uptimeS = json::toNumber(value(QLatin1String("uptime_s")));
    raw.bootTimeS = json::toInteger(value(QLatin1String("boot_time")));
    raw.uid = json::toInt(value(QLatin1String("uid")));
    raw.hostname = value(QLatin1String("hostname")).toString();
    raw.kernel = value(QLatin1String("kernel")).toString();
    raw.arch = value(QLatin1String("arch")).toString();
    raw.os = value(QLatin1String("os")).toString();
    raw.osVersion = value(QLatin1String("os_version")).toString();
    raw.cpuTotal = ticksFromJson(value(QLatin1String("cpu_total_ticks")));
    raw.cpuThreads = json::toInt(value(QLatin1String("cpu_threads")));
    raw.cpuCoreCount = json::toInt(value(QLatin1String("cpu_cores")));
    raw.load = json::toTriple(value(QLatin1String("load")));
    raw.processes = json::toInteger(value(QLatin1String("processes")));
    raw.memTotalBytes = json::toInteger(value(QLatin1String("mem_total_bytes")));
    raw.memAvailableBytes = json::toInteger(value(QLatin1String("mem_available_bytes")));
    raw.memFreeBytes = json::toInteger(value(QLatin1String("mem_free_bytes")));
    raw.buffersBytes = json::toInteger(value(QLatin1String("buffers_bytes")));
    raw.cachedBytes = json::toInteger(value(QLatin1String("cached_bytes")));
    raw.swapTotalBytes = json::toInteger(value(QLatin1String("swap_total_bytes")));
    raw.swapFreeBytes = json::toInteger(value(QLatin1String("swap_free_bytes")));
    raw.zfsArcBytes = json::toInteger(value(QLatin1String("zfs_arc_bytes")));
    raw.pressure = pressureFromJson(value(QLatin1String("pressure")).toObject());
    raw.rebootRequired = json::toBoolean(value(QLatin1String("reboot_required")));
    readLists(object, raw);
    return raw;
}

} // namespace infra
