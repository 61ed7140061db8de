// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/inventory.h"
#include "core/model/json_values.h"

namespace infra {

namespace {

QJsonArray portsJson(const QList<PortMapping> &ports)
{
    QJsonArray array;
    for (const PortMapping &port : ports) {
        const QJsonValue host = port.host > 0 ? QJsonValue(port.host) : QJsonValue(QJsonValue::Null);
        array.append(QJsonObject{{QStringLiteral("host"), host},
                                 {QStringLiteral("container"), port.container},
                                 {QStringLiteral("proto"), json::text(port.protocol)}});
    }
    return array;
}

QList<PortMapping> portsFromJson(const QJsonArray &array)
{
    QList<PortMapping> ports;
    for (const QJsonValue &item : array) {
        PortMapping port;
        port.host = json::toInt(item[QLatin1String("host")]).value_or(0);
        port.container = json::toInt(item[QLatin1String("container")]).value_or(0);
        port.protocol = item[QLatin1String("proto")].toString();
        ports.append(port);
    }
    return ports;
}

QJsonArray mountsJson(const QList<ContainerMount> &mounts)
{
    QJsonArray array;
    for (const ContainerMount &mount : mounts) {
        array.append(QJsonObject{{QStringLiteral("type"), json::text(mount.type)},
                                 {QStringLiteral("source"), json::text(mount.source)},
                                 {QStringLiteral("target"), json::text(mount.target)}});
    }
    return array;
}

QList<ContainerMount> mountsFromJson(const QJsonArray &array)
{
    QList<ContainerMount> mounts;
    for (const QJsonValue &item : array) {
        mounts.append({item[QLatin1String("type")].toString(), item[QLatin1String("source")].toString(),
                       item[QLatin1String("target")].toString()});
    }
    return mounts;
}

} // namespace

QJsonObject toJson(const Container &value)
{
    QJsonObject labels;
    for (auto it = value.labels.cbegin(); it != value.labels.cend(); ++it)
        labels.insert(it.key(), it.value());
    const QJsonValue cpuUsage = value.cpuUsageUs ? json::counter(*value.cpuUsageUs) : QJsonValue(QJsonValue::Null);
    return {{QStringLiteral("id"), json::text(value.id)},
            {QStringLiteral("name"), json::text(value.name)},
            {QStringLiteral("image"), json::text(value.image)},
            {QStringLiteral("engine"), json::text(value.engine)},
            {QStringLiteral("state"), json::text(value.state)},
            {QStringLiteral("health"), json::text(value.health)},
            {QStringLiteral("cpu_percent"), json::number(value.cpuPercent)},
            {QStringLiteral("memory_bytes"), json::integer(value.memoryBytes)},
            {QStringLiteral("memory_limit_bytes"), json::integer(value.memoryLimitBytes)},
            {QStringLiteral("cpu_usage_us"), cpuUsage},
            {QStringLiteral("ports"), portsJson(value.ports)},
            {QStringLiteral("mounts"), mountsJson(value.mounts)},
            {QStringLiteral("labels"), labels},
            {QStringLiteral("compose_project"), json::text(value.composeProject)},
            {QStringLiteral("compose_service"), json::text(value.composeService)},
            {QStringLiteral("restarts"), json::integer(value.restarts)},
            {QStringLiteral("started"), json::time(value.started)},
            {QStringLiteral("status"), json::text(value.status)}};
}

Container containerFromJson(const QJsonObject &object)
{
    const auto text = [&object](QLatin1String key) { return object.value(key).toString(); };
    Container value;
    value.id = text(QLatin1String("id"));
    value.name = text(QLatin1String("name"));
    value.image = text(QLatin1String("image"));
    value.engine = text(QLatin1String("engine"));
    value.state = text(QLatin1String("state"));
    value.health = text(QLatin1String("health"));
    value.cpuPercent = json::toNumber(object.value(QLatin1String("cpu_percent")));
    value.memoryBytes = json::toInteger(object.value(QLatin1String("memory_bytes")));
    value.memoryLimitBytes = json::toInteger(object.value(QLatin1String("memory_limit_bytes")));
    value.cpuUsageUs = json::toCounter(object.value(QLatin1String("cpu_usage_us")));
    value.ports = portsFromJson(object.value(QLatin1String("ports")).toArray());
    value.mounts = mountsFromJson(object.value(QLatin1String("mounts")).toArray());
    const QJsonObject labels = object.value(QLatin1String("labels")).toObject();
    for (auto it = labels.begin(); it != labels.end(); ++it)
        value.labels.insert(it.key(), it.value().toString());
    value.composeProject = text(QLatin1String("compose_project"));
    value.composeService = text(QLatin1String("compose_service"));
    value.restarts = json::toInteger(object.value(QLatin1String("restarts")));
    value.started = json::toTime(object.value(QLatin1String("started")));
    value.status = text(QLatin1String("status"));
    return value;
}

QJsonObject toJson(const UpdateStatus &value)
{
    QJsonArray packages;
    for (const PendingUpdate &package : value.packages) {
        packages.append(QJsonObject{{QStringLiteral("package"), json::text(package.package)},
                                    {QStringLiteral("from"), json::text(package.from)},
                                    {QStringLiteral("to"), json::text(package.to)},
                                    {QStringLiteral("security"), package.security}});
    }
    return {{QStringLiteral("pending"), json::integer(value.pending)},
            {QStringLiteral("security"), json::integer(value.security)},
            {QStringLiteral("held"), json::integer(value.held)},
            {QStringLiteral("reboot_required"), json::boolean(value.rebootRequired)},
            {QStringLiteral("manager"), json::text(value.manager)},
            {QStringLiteral("packages"), packages}};
}

UpdateStatus updateStatusFromJson(const QJsonObject &object)
{
    UpdateStatus value;
    value.pending = json::toInt(object.value(QLatin1String("pending")));
    value.security = json::toInt(object.value(QLatin1String("security")));
    value.held = json::toInt(object.value(QLatin1String("held")));
    value.rebootRequired = json::toBoolean(object.value(QLatin1String("reboot_required")));
    value.manager = object.value(QLatin1String("manager")).toString();
    const QJsonArray packages = object.value(QLatin1String("packages")).toArray();
    for (const QJsonValue &item : packages) {
        value.packages.append({item[QLatin1String("package")].toString(), item[QLatin1String("from")].toString(),
                               item[QLatin1String("to")].toString(), item[QLatin1String("security")].toBool()});
    }
    return value;
}

} // namespace infra
