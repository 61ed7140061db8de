// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/inventory.h"

#include "core/model/json_values.h"

namespace infra {

QJsonObject toJson(const Filesystem &value)
{
    return {{QStringLiteral("mount"), json::text(value.mount)},
            {QStringLiteral("device"), json::text(value.device)},
            {QStringLiteral("type"), json::text(value.type)},
            {QStringLiteral("size_bytes"), json::integer(value.sizeBytes)},
            {QStringLiteral("used_bytes"), json::integer(value.usedBytes)},
            {QStringLiteral("available_bytes"), json::integer(value.availableBytes)},
            {QStringLiteral("inodes_total"), json::integer(value.inodesTotal)},
            {QStringLiteral("inodes_used"), json::integer(value.inodesUsed)},
            {QStringLiteral("read_only"), value.readOnly}};
}

Filesystem filesystemFromJson(const QJsonObject &object)
{
    Filesystem value;
    value.mount = object.value(QLatin1String("mount")).toString();
    value.device = object.value(QLatin1String("device")).toString();
    value.type = object.value(QLatin1String("type")).toString();
    value.sizeBytes = json::toInteger(object.value(QLatin1String("size_bytes")));
    value.usedBytes = json::toInteger(object.value(QLatin1String("used_bytes")));
    value.availableBytes = json::toInteger(object.value(QLatin1String("available_bytes")));
    value.inodesTotal = json::toInteger(object.value(QLatin1String("inodes_total")));
    value.inodesUsed = json::toInteger(object.value(QLatin1String("inodes_used")));
    value.readOnly = object.value(QLatin1String("read_only")).toBool();
    return value;
}

QJsonObject toJson(const NetInterface &value)
{
    return {{QStringLiteral("name"), json::text(value.name)},
            {QStringLiteral("state"), json::text(value.state)},
            {QStringLiteral("speed_mbit"), json::integer(value.speedMbit)},
            {QStringLiteral("kind"), json::text(value.kind)},
            {QStringLiteral("mtu"), json::integer(value.mtu)},
            {QStringLiteral("mac"), json::text(value.mac)},
            {QStringLiteral("rx_bytes"), json::integer(value.rxBytes)},
            {QStringLiteral("tx_bytes"), json::integer(value.txBytes)}};
}

NetInterface netInterfaceFromJson(const QJsonObject &object)
{
    NetInterface value;
    value.name = object.value(QLatin1String("name")).toString();
    value.state = object.value(QLatin1String("state")).toString();
    value.speedMbit = json::toInteger(object.value(QLatin1String("speed_mbit")));
    value.kind = object.value(QLatin1String("kind")).toString();
    value.mtu = json::toInteger(object.value(QLatin1String("mtu")));
    value.mac = object.value(QLatin1String("mac")).toString();
    value.rxBytes = json::toInteger(object.value(QLatin1String("rx_bytes")));
    value.txBytes = json::toInteger(object.value(QLatin1String("tx_bytes")));
    return value;
}

QJsonObject toJson(const Temperature &value)
{
    return {{QStringLiteral("chip"), json::text(value.chip)},
            {QStringLiteral("sensor"), json::text(value.sensor)},
            {QStringLiteral("celsius"), value.celsius},
            {QStringLiteral("max_celsius"), json::number(value.maxCelsius)},
            {QStringLiteral("crit_celsius"), json::number(value.critCelsius)}};
}

Temperature temperatureFromJson(const QJsonObject &object)
{
    Temperature value;
    value.chip = object.value(QLatin1String("chip")).toString();
    value.sensor = object.value(QLatin1String("sensor")).toString();
    value.celsius = object.value(QLatin1String("celsius")).toDouble();
    value.maxCelsius = json::toNumber(object.value(QLatin1String("max_celsius")));
    value.critCelsius = json::toNumber(object.value(QLatin1String("crit_celsius")));
    return value;
}

QJsonObject toJson(const Fan &value)
{
    return {{QStringLiteral("chip"), json::text(value.chip)},
            {QStringLiteral("sensor"), json::text(value.sensor)},
            {QStringLiteral("rpm"), value.rpm}};
}

Fan fanFromJson(const QJsonObject &object)
{
    Fan value;
    value.chip = object.value(QLatin1String("chip")).toString();
    value.sensor = object.value(QLatin1String("sensor")).toString();
    value.rpm = json::toInteger(object.value(QLatin1String("rpm"))).value_or(0);
    return value;
}

QJsonObject toJson(const ServiceUnit &value)
{
    return {{QStringLiteral("name"), json::text(value.name)},
            {QStringLiteral("description"), json::text(value.description)},
            {QStringLiteral("manager"), json::text(value.manager)},
            {QStringLiteral("load"), json::text(value.load)},
            {QStringLiteral("active"), json::text(value.active)},
            {QStringLiteral("sub"), json::text(value.sub)},
            {QStringLiteral("result"), json::text(value.result)},
            {QStringLiteral("restarts"), json::integer(value.restarts)},
            {QStringLiteral("memory_bytes"), json::integer(value.memoryBytes)},
            {QStringLiteral("cpu_ns"), json::integer(value.cpuNs)}};
}

ServiceUnit serviceUnitFromJson(const QJsonObject &object)
{
    ServiceUnit value;
    value.name = object.value(QLatin1String("name")).toString();
    value.description = object.value(QLatin1String("description")).toString();
    value.manager = object.value(QLatin1String("manager")).toString();
    value.load = object.value(QLatin1String("load")).toString();
    value.active = object.value(QLatin1String("active")).toString();
    value.sub = object.value(QLatin1String("sub")).toString();
    value.result = object.value(QLatin1String("result")).toString();
    value.restarts = json::toInteger(object.value(QLatin1String("restarts")));
    value.memoryBytes = json::toInteger(object.value(QLatin1String("memory_bytes")));
    value.cpuNs = json::toInteger(object.value(QLatin1String("cpu_ns")));
    return value;
}

QJsonObject toJson(const Process &value)
{
    return {
        {QStringLiteral("pid"), value.pid},
        {QStringLiteral("ppid"), value.ppid},
        {QStringLiteral("user"), json::text(value.user)},
        {QStringLiteral("name"), json::text(value.name)},
        {QStringLiteral("rss_bytes"), json::integer(value.rssBytes)},
        {QStringLiteral("elapsed_s"), json::integer(value.elapsedS)},
        {QStringLiteral("cpu_percent"), json::number(value.cpuPercent)},
        {QStringLiteral("cpu_ticks"), value.cpuTicks ? json::counter(*value.cpuTicks) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("kernel_thread"), value.kernelThread},
        {QStringLiteral("args"), json::text(value.args)}};
}

Process processFromJson(const QJsonObject &object)
{
    Process value;
    value.pid = json::toInteger(object.value(QLatin1String("pid"))).value_or(0);
    value.ppid = json::toInteger(object.value(QLatin1String("ppid"))).value_or(0);
    value.user = object.value(QLatin1String("user")).toString();
    value.name = object.value(QLatin1String("name")).toString();
    value.rssBytes = json::toInteger(object.value(QLatin1String("rss_bytes")));
    value.elapsedS = json::toInteger(object.value(QLatin1String("elapsed_s")));
    value.cpuPercent = json::toNumber(object.value(QLatin1String("cpu_percent")));
    value.cpuTicks = json::toCounter(object.value(QLatin1String("cpu_ticks")));
    value.kernelThread = object.value(QLatin1String("kernel_thread")).toBool();
    value.args = object.value(QLatin1String("args")).toString();
    return value;
}

QJsonObject toJson(const UserSession &value)
{
    return {{QStringLiteral("user"), json::text(value.user)},
            {QStringLiteral("tty"), json::text(value.tty)},
            {QStringLiteral("from"), json::text(value.from)},
            {QStringLiteral("since"), json::time(value.since)}};
}

UserSession userSessionFromJson(const QJsonObject &object)
{
    UserSession value;
    value.user = object.value(QLatin1String("user")).toString();
    value.tty = object.value(QLatin1String("tty")).toString();
    value.from = object.value(QLatin1String("from")).toString();
    value.since = json::toTime(object.value(QLatin1String("since")));
    return value;
}

QJsonObject toJson(const ListeningPort &value)
{
    return {{QStringLiteral("proto"), json::text(value.protocol)},
            {QStringLiteral("address"), json::text(value.address)},
            {QStringLiteral("port"), value.port},
            {QStringLiteral("process"), json::text(value.process)}};
}

ListeningPort listeningPortFromJson(const QJsonObject &object)
{
    ListeningPort value;
    value.protocol = object.value(QLatin1String("proto")).toString();
    value.address = object.value(QLatin1String("address")).toString();
    value.port = json::toInt(object.value(QLatin1String("port"))).value_or(0);
    value.process = object.value(QLatin1String("process")).toString();
    return value;
}

} // namespace infra
