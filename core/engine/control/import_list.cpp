// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/import_list.h"

#include "core/base/redaction.h"
#include "core/schema/schema_catalogue.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QSet>

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kLargestInventory = 8 * 1024 * 1024;

Device deviceOf(const SshConfigHost &host)
{
    Device device;
    device.name = host.alias;
    device.sshAlias = host.alias;
    device.address = host.address;
    device.port = host.port;
    device.user = host.user;
    device.auth = {AuthMethod::Agent};
    if (!host.keyFile.isEmpty()) {
        device.keyFile = host.keyFile;
        device.auth.append(AuthMethod::KeyFile);
    }
    return device;
}

QJsonObject givenFields(const Device &device)
{
    return {{u"name"_s, device.name}, {u"address"_s, device.address},    {u"port"_s, device.port},
            {u"user"_s, device.user}, {u"ssh_alias"_s, device.sshAlias}, {u"key_file"_s, device.keyFile}};
}

Error atPlace(Error error, qsizetype at)
{
    error.field = u"/devices/%1/%2"_s.arg(at).arg(error.field);
    return error;
}

/// Rules that look at more than one field or device.
Result<void> checkTogether(const Device &device, const QJsonObject &given, const DeviceService &devices,
                           QSet<QString> &names, QSet<QString> &keys)
{
    if (Result<void> good = checkDevice(device); !good)
        return good;
    if (names.contains(device.name.toCaseFolded()))
        return invalid(u"name"_s, device.name, u"each device of the file has a name of its own"_s);
    names.insert(device.name.toCaseFolded());
    if (!device.hostKey.isEmpty() && keys.contains(device.hostKey))
        return invalid(u"host_key"_s, device.hostKey, u"one machine is one device"_s);
    keys.insert(device.hostKey);
    if (const QString jump = given.value("jump"_L1).toString(); !jump.isEmpty() && !devices.find(jump))
        return invalid(u"jump"_s, jump, u"must be the id or the name of a device that is there"_s);
    return {};
}

} // namespace

QList<ImportEntry> importEntries(const schema::SchemaCatalogue &schemas, const QList<SshConfigHost> &hosts)
{
    QList<ImportEntry> entries;
    for (const SshConfigHost &host : hosts) {
        ImportEntry entry;
        entry.device = deviceOf(host);
        entry.present = host.alreadyAdded;
        entry.line = {{u"alias"_s, displayText(host.alias, 255)},
                      {u"name"_s, displayText(host.alias, 255)},
                      {u"address"_s, displayText(host.address, 255)},
                      {u"port"_s, host.port},
                      {u"user"_s, displayText(host.user, 255)},
                      {u"jumps"_s, QJsonArray::fromStringList(host.jumps)},
                      {u"needs_consent"_s, QJsonArray::fromStringList(host.needsConsent)}};
        Result<void> good = schemas.validate(u"device", givenFields(entry.device));
        if (good)
            good = checkDevice(entry.device);
        if (!good)
            entry.refused = good.error();
        entries.append(entry);
    }
    return entries;
}

Result<QList<ImportEntry>> importEntries(const schema::SchemaCatalogue &schemas, const QString &path,
                                         const DeviceService &devices)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
    const schema::JsonLimits limits{kLargestInventory, 16};
    const Result<QJsonValue> document = schemas.parse(u"inventory", file.read(kLargestInventory + 1), limits);
    if (!document)
        return fail(document.error());
    QList<ImportEntry> entries;
    QSet<QString> names, keys;
    for (const QJsonValue &value : document->toObject().value("devices"_L1).toArray()) {
        QJsonObject given = value.toObject();
        QJsonObject stored = given;
        stored.insert("id"_L1, u"d_import"_s);
        stored.remove("jump"_L1);
        Result<Device> device = deviceFromStored(stored);
        Result<void> good =
            device ? checkTogether(*device, given, devices, names, keys) : Result<void>(fail(device.error()));
        if (!good)
            return fail(atPlace(good.error(), entries.size()));
        ImportEntry entry;
        entry.device = *device;
        entry.device.id = {};
        if (entry.device.type != DeviceType::Unknown)
            entry.device.typeSource = TypeSource::Set;
        if (const std::optional<Device> jump = devices.find(given.value("jump"_L1).toString()))
            entry.device.jump = jump->id;
        entry.present = devices.find(entry.device.name).has_value();
        entry.line = {{u"alias"_s, entry.device.name},
                      {u"name"_s, entry.device.name},
                      {u"address"_s, entry.device.address},
                      {u"port"_s, entry.device.port},
                      {u"user"_s, entry.device.user}};
        entries.append(entry);
    }
    return entries;
}

} // namespace infra::engine
