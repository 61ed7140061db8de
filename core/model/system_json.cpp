// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/system_json.h"

#include "core/model/json_values.h"

namespace infra {

namespace {

QJsonObject lineJson(const PressureLine &line)
{
    return {{QStringLiteral("some"), json::triple(line.some)}, {QStringLiteral("full"), json::triple(line.full)}};
}

PressureLine lineFromJson(const QJsonValue &value)
{
    return {json::toTriple(value[QLatin1String("some")]), json::toTriple(value[QLatin1String("full")])};
}

} // namespace

QJsonObject toJson(const Pressure &pressure)
{
    return {{QStringLiteral("cpu"), lineJson(pressure.cpu)},
            {QStringLiteral("io"), lineJson(pressure.io)},
            {QStringLiteral("memory"), lineJson(pressure.memory)}};
}

Pressure pressureFromJson(const QJsonObject &object)
{
    return {lineFromJson(object.value(QLatin1String("cpu"))), lineFromJson(object.value(QLatin1String("io"))),
            lineFromJson(object.value(QLatin1String("memory")))};
}

QJsonObject toJson(const SystemInfo &info)
{
    return {{QStringLiteral("hostname"), json::text(info.hostname)},
            {QStringLiteral("kernel"), json::text(info.kernel)},
            {QStringLiteral("arch"), json::text(info.arch)},
            {QStringLiteral("os"), json::text(info.os)},
            {QStringLiteral("os_version"), json::text(info.osVersion)},
            {QStringLiteral("cpu_threads"), json::integer(info.cpuThreads)},
            {QStringLiteral("cpu_cores"), json::integer(info.cpuCores)},
            {QStringLiteral("mem_total_bytes"), json::integer(info.memTotalBytes)},
            {QStringLiteral("mem_available_bytes"), json::integer(info.memAvailableBytes)},
            {QStringLiteral("mem_used_bytes"), json::integer(info.memUsedBytes)},
            {QStringLiteral("swap_total_bytes"), json::integer(info.swapTotalBytes)},
            {QStringLiteral("swap_used_bytes"), json::integer(info.swapUsedBytes)},
            {QStringLiteral("load"), json::triple(info.load)},
            {QStringLiteral("uptime_s"), json::number(info.uptimeS)},
            {QStringLiteral("boot_time"), json::integer(info.bootTimeS)},
            {QStringLiteral("pressure"), toJson(info.pressure)},
            {QStringLiteral("processes"), json::integer(info.processes)},
            {QStringLiteral("reboot_required"), json::boolean(info.rebootRequired)},
            {QStringLiteral("clock_offset_s"), json::number(info.clockOffsetS)}};
}

SystemInfo systemInfoFromJson(const QJsonObject &object)
{
    const auto value = [&object](QLatin1String key) { return object.value(key); };
    SystemInfo info;
    info.hostname = value(QLatin1String("hostname")).toString();
    info.kernel = value(QLatin1String("kernel")).toString();
    info.arch = value(QLatin1String("arch")).toString();
    info.os = value(QLatin1String("os")).toString();
    info.osVersion = value(QLatin1String("os_version")).toString();
    info.cpuThreads = json::toInt(value(QLatin1String("cpu_threads")));
    info.cpuCores = json::toInt(value(QLatin1String("cpu_cores")));
    info.memTotalBytes = json::toInteger(value(QLatin1String("mem_total_bytes")));
    info.memAvailableBytes = json::toInteger(value(QLatin1String("mem_available_bytes")));
    info.memUsedBytes = json::toInteger(value(QLatin1String("mem_used_bytes")));
    info.swapTotalBytes = json::toInteger(value(QLatin1String("swap_total_bytes")));
    info.swapUsedBytes = json::toInteger(value(QLatin1String("swap_used_bytes")));
    info.load = json::toTriple(value(QLatin1String("load")));
    info.uptimeS = json::toNumber(value(QLatin1String("uptime_s")));
    info.bootTimeS = json::toInteger(value(QLatin1String("boot_time")));
    info.pressure = pressureFromJson(value(QLatin1String("pressure")).toObject());
    info.processes = json::toInteger(value(QLatin1String("processes")));
    info.rebootRequired = json::toBoolean(value(QLatin1String("reboot_required")));
    info.clockOffsetS = json::toNumber(value(QLatin1String("clock_offset_s")));
    return info;
}

} // namespace infra
