// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/device.h"

#include "core/model/json_values.h"

namespace infra {

namespace {

/// The keys that the contract's shape and the stored form have in common.
QJsonObject commonKeys(const Device &device)
{
    QJsonArray auth;
    for (const AuthMethod method : device.auth)
        auth.append(toName(method));
    return {{QStringLiteral("id"), device.id.toString()},
            {QStringLiteral("name"), device.name},
            {QStringLiteral("type"), toName(device.type)},
            {QStringLiteral("type_source"), toName(device.typeSource)},
            {QStringLiteral("address"), json::text(device.address)},
            {QStringLiteral("port"), device.port},
            {QStringLiteral("user"), json::text(device.user)},
            {QStringLiteral("ssh_alias"), json::text(device.sshAlias)},
            {QStringLiteral("jump"), device.jump ? QJsonValue(device.jump->toString()) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("auth"), auth},
            {QStringLiteral("key_file"), json::text(device.keyFile)},
            {QStringLiteral("sudo"), toName(device.sudo)},
            {QStringLiteral("tags"), QJsonArray::fromStringList(device.tags)},
            {QStringLiteral("group"), json::text(device.group)},
            {QStringLiteral("environment"), toName(device.environment)},
            {QStringLiteral("notes"), json::text(device.notes)},
            {QStringLiteral("interval_s"), device.intervalS},
            {QStringLiteral("paused"), device.paused},
            {QStringLiteral("expected_asleep"), device.expectedAsleep},
            {QStringLiteral("host_key"), json::text(device.hostKey)},
            {QStringLiteral("capabilities"), QJsonArray::fromStringList(device.capabilities)},
            {QStringLiteral("added_at"), toRfc3339(device.addedAt)},
            {QStringLiteral("last_seen"), json::time(device.lastSeen)}};
}

Unexpected badField(const QString &field, const QJsonValue &value, const QString &rule)
{
    return invalid(field, value.isString() ? value.toString() : value.toVariant().toString(), rule);
}

/// Reads a word of one of the enumerations; absent keeps the default.
template <typename Enum>
Result<void> readWord(const QJsonObject &object, const QString &key, std::optional<Enum> (*fromName)(QStringView),
                      Enum &out)
{
    const QJsonValue value = object.value(key);
    if (value.isUndefined() || value.isNull())
        return {};
    const std::optional<Enum> parsed = value.isString() ? fromName(value.toString()) : std::nullopt;
    if (!parsed)
        return badField(key, value, QStringLiteral("one of the known words"));
    out = *parsed;
    return {};
}

std::optional<TypeSource> typeSourceFromName(QStringView name)
{
    for (const TypeSource source : {TypeSource::Detected, TypeSource::Set}) {
        if (toName(source) == name)
            return source;
    }
    return std::nullopt;
}

Result<void> readWords(const QJsonObject &object, Device &device)
{
    if (auto read = readWord(object, QStringLiteral("type"), deviceTypeFromName, device.type); !read)
        return read;
    if (auto read = readWord(object, QStringLiteral("type_source"), typeSourceFromName, device.typeSource); !read)
        return read;
    if (auto read = readWord(object, QStringLiteral("environment"), environmentFromName, device.environment); !read)
        return read;
    if (auto read = readWord(object, QStringLiteral("sudo"), sudoModeFromName, device.sudo); !read)
        return read;
    const QJsonArray auth = object.value(QStringLiteral("auth")).toArray();
    for (const QJsonValue &item : auth) {
        const std::optional<AuthMethod> method = authMethodFromName(item.toString());
        if (!method)
            return badField(QStringLiteral("auth"), item, QStringLiteral("one of the known words"));
        device.auth.append(*method);
    }
    return {};
}

} // namespace

QJsonObject toJson(const Device &device)
{
    return commonKeys(device);
}

QJsonObject toStored(const Device &device)
{
    QJsonObject object = commonKeys(device);
    object.insert(QStringLiteral("key_has_passphrase"), device.keyHasPassphrase);
    return object;
}

Result<Device> deviceFromStored(const QJsonObject &object)
{
    const auto text = [&object](QLatin1String key) { return object.value(key).toString(); };
    Device device;
    device.id = DeviceId(text(QLatin1String("id")));
    if (device.id.isNull())
        return badField(QStringLiteral("id"), object.value(QLatin1String("id")), QStringLiteral("must be given"));
    device.name = text(QLatin1String("name"));
    device.address = text(QLatin1String("address"));
    if (const QJsonValue port = object.value(QLatin1String("port")); !port.isUndefined()) {
        const std::optional<int> number = json::toInt(port);
        if (!number || *number < 0 || *number > 65'535)
            return badField(QStringLiteral("port"), port, QStringLiteral("a whole number from 0 to 65535"));
        device.port = static_cast<quint16>(*number);
    }
    device.user = text(QLatin1String("user"));
    device.sshAlias = text(QLatin1String("ssh_alias"));
    if (const QString jump = text(QLatin1String("jump")); !jump.isEmpty())
        device.jump = DeviceId(jump);
    device.keyFile = text(QLatin1String("key_file"));
    device.keyHasPassphrase = object.value(QLatin1String("key_has_passphrase")).toBool();
    device.tags = json::toTexts(object.value(QLatin1String("tags")));
    device.group = text(QLatin1String("group"));
    device.notes = text(QLatin1String("notes"));
    device.intervalS = json::toInt(object.value(QLatin1String("interval_s"))).value_or(device.intervalS);
    device.paused = object.value(QLatin1String("paused")).toBool();
    device.expectedAsleep = object.value(QLatin1String("expected_asleep")).toBool();
    device.hostKey = text(QLatin1String("host_key"));
    device.capabilities = json::toTexts(object.value(QLatin1String("capabilities")));
    device.addedAt = json::toTime(object.value(QLatin1String("added_at"))).value_or(Instant{});
    device.lastSeen = json::toTime(object.value(QLatin1String("last_seen")));
    if (auto read = readWords(object, device); !read)
        return fail(std::move(read.error()));
    return device;
}

} // namespace infra
