// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/base/strong_id.h"

#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

namespace infra {

/// The six words of the guard; every other Linux is `Ubuntu`. Unknown until detected.
enum class DeviceType
{
    Unknown,
    Ubuntu,
    Unraid,
    Proxmox,
    Wsl2,
    Windows,
    ZfsNas
};
enum class TypeSource
{
    Detected,
    Set
};
enum class Environment
{
    None,
    Production,
    Staging,
    Lab
};
/// How the last attempt to read a device went. Only Ok lets the rules speak.
enum class DeviceState
{
    New,
    Ok,
    Stale,
    Unreachable,
    Auth,
    HostKey,
    NeedsYou,
    Asleep,
    Paused
};
enum class AuthMethod
{
    Agent,
    KeyFile,
    Password,
    KeyboardInteractive
};
enum class SudoMode
{
    None,
    NoPassword,
    Password
};

/// What is kept of a machine. Secrets are not here: they are in the SecretStore under names made from the id.
struct Device
{
    DeviceId id;
    QString name;    ///< 1–64 characters, unique without regard to case
    QString address; ///< host name or IP; empty for this computer
    quint16 port = 22;
    QString user;
    QString sshAlias; ///< the name in ssh_config, resolved again at each connect; empty: fields above are all
    DeviceType type = DeviceType::Unknown;
    TypeSource typeSource = TypeSource::Detected;
    std::optional<DeviceId> jump;
    QList<AuthMethod> auth; ///< tried in this order
    QString keyFile;        ///< path of the private key, for KeyFile
    bool keyHasPassphrase = false;
    SudoMode sudo = SudoMode::None;
    QStringList tags; ///< each 1–32 characters
    QString group;
    Environment environment = Environment::None;
    QString notes;
    int intervalS = 60; ///< 10–86400
    bool paused = false;
    bool expectedAsleep = false; ///< silence is not an outage
    QString hostKey;             ///< "SHA256:…" accepted for this device; its identity. Empty for this computer
    QStringList capabilities;    ///< detected: "systemd", "docker", "podman", "zfs" …
    Instant addedAt{};
    std::optional<Instant> lastSeen;

    bool isLocal() const { return id.toString() == QLatin1String("d_local"); }
    bool operator==(const Device &) const = default;
};

/// The id of "this computer".
inline DeviceId localDeviceId()
{
    return DeviceId(QStringLiteral("d_local"));
}

/// Names as contract.md has them ("zfs-nas", "needs_you", …). `fromName` is nothing for another word.
QString toName(DeviceType type);
QString toName(TypeSource source);
QString toName(Environment environment); ///< "none" included
QString toName(DeviceState state);
QString toName(AuthMethod method);
QString toName(SudoMode mode);
std::optional<DeviceType> deviceTypeFromName(QStringView name);
std::optional<Environment> environmentFromName(QStringView name);
std::optional<DeviceState> deviceStateFromName(QStringView name);
std::optional<AuthMethod> authMethodFromName(QStringView name);
std::optional<SudoMode> sudoModeFromName(QStringView name);

/// Names the field, the value and the rule of the first thing that is wrong. Host names: no leading '-', no control or
/// space characters, at most 253; user: no '@', no leading '-'.
Result<void> checkDevice(const Device &device);

/// The contract's shape, without the runtime keys (state, last error), which `deviceJson` of engine adds.
QJsonObject toJson(const Device &device);
/// The stored form, every field; the reverse of `deviceFromStored`.
QJsonObject toStored(const Device &device);
Result<Device> deviceFromStored(const QJsonObject &object);

} // namespace infra
