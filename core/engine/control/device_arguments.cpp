// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/device_arguments.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>

#include <algorithm>

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<void> takeInteger(const QJsonObject &args, const QString &key, int minimum, int maximum,
                         const std::function<void(int)> &set)
{
    if (!args.contains(key))
        return {};
    const QJsonValue value = args.value(key);
    bool ok = value.isDouble();
    const qint64 number = ok ? value.toInteger() : value.toString().toLongLong(&ok);
    if (!ok || number < minimum || number > maximum)
        return invalid(key, value.toVariant().toString(),
                       u"must be a whole number from %1 to %2"_s.arg(minimum).arg(maximum));
    set(static_cast<int>(number));
    return {};
}

Result<void> takeNames(Device &device, const QJsonObject &args, const DeviceService &devices)
{
    const auto text = [&args](const char *key, QString &into) {
        if (args.contains(QLatin1StringView(key)))
            into = args.value(QLatin1StringView(key)).toString();
    };
    text("name", device.name);
    text("host", device.address);
    text("user", device.user);
    text("group", device.group);
    text("notes", device.notes);
    if (args.contains("jump"_L1)) {
        const QString wanted = args.value("jump"_L1).toString();
        if (wanted.isEmpty() || wanted == "none"_L1) {
            device.jump.reset();
        } else if (const std::optional<Device> jump = devices.find(wanted)) {
            device.jump = jump->id;
        } else {
            return invalid(u"jump"_s, wanted, u"must be the id or the name of a device"_s);
        }
    }
    return {};
}

Result<void> takeWords(Device &device, const QJsonObject &args)
{
    if (args.contains("sudo"_L1)) {
        const QString word = args.value("sudo"_L1).toString();
        const std::optional<SudoMode> mode = sudoModeFromName(word);
        if (!mode)
            return invalid(u"sudo"_s, word, u"must be none, nopasswd or password"_s);
        device.sudo = *mode;
    }
    if (args.contains("environment"_L1)) {
        const QString word = args.value("environment"_L1).toString();
        const std::optional<Environment> environment = environmentFromName(word);
        if (!environment)
            return invalid(u"environment"_s, word, u"must be production, staging, lab or none"_s);
        device.environment = *environment;
    }
    if (args.contains("type"_L1)) {
        const QString word = args.value("type"_L1).toString();
        const std::optional<DeviceType> type = deviceTypeFromName(word);
        if (word == "auto"_L1) {
            device.typeSource = TypeSource::Detected;
        } else if (type && *type != DeviceType::Unknown) {
            device.type = *type;
            device.typeSource = TypeSource::Set;
        } else {
            return invalid(u"type"_s, word, u"must be ubuntu, unraid, proxmox, wsl2, windows, zfs-nas or auto"_s);
        }
    }
    return {};
}

Result<void> takeAuth(Device &device, const QJsonObject &args, DeviceArguments mode)
{
    QList<AuthMethod> methods;
    if (args.value("agent"_L1).toBool())
        methods.append(AuthMethod::Agent);
    if (args.contains("key"_L1)) {
        const QString path = args.value("key"_L1).toString();
        const QFileInfo file(path);
        if (!file.isFile() || !file.isReadable())
            return invalid(u"key"_s, path, u"must be a readable private key file"_s);
        device.keyFile = file.absoluteFilePath();
        device.keyHasPassphrase = args.value("key-has-passphrase"_L1).toBool();
        methods.append(AuthMethod::KeyFile);
    }
    if (args.value("password"_L1).toBool())
        methods.append(AuthMethod::Password);
    if (args.value("keyboard-interactive"_L1).toBool())
        methods.append(AuthMethod::KeyboardInteractive);
    if (methods.isEmpty() && mode == DeviceArguments::Add)
        return invalid(u"key"_s, QString(),
                       u"one of --key, --agent, --password-fd or --keyboard-interactive is needed"_s);
    if (!methods.isEmpty())
        device.auth = methods;
    return {};
}

Result<void> takeTags(Device &device, const QJsonObject &args)
{
    for (const QJsonValue &value : args.value("tag"_L1).toArray()) {
        const QString tag = value.toString();
        if (tag.isEmpty() || tag.size() > 32)
            return invalid(u"tag"_s, tag, u"must have 1 to 32 characters"_s);
        if (!device.tags.contains(tag))
            device.tags.append(tag);
    }
    for (const QJsonValue &value : args.value("untag"_L1).toArray())
        device.tags.removeAll(value.toString());
    return {};
}

} // namespace

QString hostKeyRule()
{
    return u"must be \"SHA256:\" and 43 characters of base 64, as \"ssh-keygen -lf\" prints it on the machine"_s;
}

bool isHostKeyFingerprint(const QString &text)
{
    if (!text.startsWith("SHA256:"_L1) || text.size() != 50)
        return false;
    return std::all_of(text.begin() + 7, text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'+' ||
               c == u'/';
    });
}

Result<Device> applyDeviceArguments(Device device, const QJsonObject &args, const DeviceService &devices,
                                    DeviceArguments mode)
{
    if (const Result<void> done = takeNames(device, args, devices); !done)
        return fail(done.error());
    if (const Result<void> done =
            takeInteger(args, u"port"_s, 1, 65535, [&device](int port) { device.port = static_cast<quint16>(port); });
        !done)
        return fail(done.error());
    if (const Result<void> done =
            takeInteger(args, u"interval"_s, 10, 86400, [&device](int interval) { device.intervalS = interval; });
        !done)
        return fail(done.error());
    if (const Result<void> done = takeWords(device, args); !done)
        return fail(done.error());
    if (const Result<void> done = takeAuth(device, args, mode); !done)
        return fail(done.error());
    if (const Result<void> done = takeTags(device, args); !done)
        return fail(done.error());
    if (args.contains("paused"_L1))
        device.paused = args.value("paused"_L1).toBool();
    if (args.contains("expected-asleep"_L1))
        device.expectedAsleep = args.value("expected-asleep"_L1).toBool();
    const QString hostKey = args.value("host-key"_L1).toString();
    if (mode == DeviceArguments::Add || args.contains("host-key"_L1)) {
        if (!isHostKeyFingerprint(hostKey))
            return invalid(u"host-key"_s, hostKey, hostKeyRule());
        device.hostKey = hostKey;
    }
    if (const Result<void> checked = checkDevice(device); !checked)
        return fail(checked.error());
    return device;
}

} // namespace infra::engine
