// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/device.h"
#include "core/model/name_table.h"

namespace infra {

namespace {

constexpr std::array<NameRow<DeviceType>, 7> deviceTypeNames = {{
    {DeviceType::Unknown, u"unknown"},
    {DeviceType::Ubuntu, u"ubuntu"},
    {DeviceType::Unraid, u"unraid"},
    {DeviceType::Proxmox, u"proxmox"},
    {DeviceType::Wsl2, u"wsl2"},
    {DeviceType::Windows, u"windows"},
    {DeviceType::ZfsNas, u"zfs-nas"},
}};

constexpr std::array<NameRow<TypeSource>, 2> typeSourceNames = {{
    {TypeSource::Detected, u"detected"},
    {TypeSource::Set, u"set"},
}};

constexpr std::array<NameRow<Environment>, 4> environmentNames = {{
    {Environment::None, u"none"},
    {Environment::Production, u"production"},
    {Environment::Staging, u"staging"},
    {Environment::Lab, u"lab"},
}};

constexpr std::array<NameRow<DeviceState>, 9> deviceStateNames = {{
    {DeviceState::New, u"new"},
    {DeviceState::Ok, u"ok"},
    {DeviceState::Stale, u"stale"},
    {DeviceState::Unreachable, u"unreachable"},
    {DeviceState::Auth, u"auth"},
    {DeviceState::HostKey, u"host_key"},
    {DeviceState::NeedsYou, u"needs_you"},
    {DeviceState::Asleep, u"asleep"},
    {DeviceState::Paused, u"paused"},
}};

constexpr std::array<NameRow<AuthMethod>, 4> authMethodNames = {{
    {AuthMethod::Agent, u"agent"},
    {AuthMethod::KeyFile, u"key"},
    {AuthMethod::Password, u"password"},
    {AuthMethod::KeyboardInteractive, u"keyboard-interactive"},
}};

constexpr std::array<NameRow<SudoMode>, 3> sudoModeNames = {{
    {SudoMode::None, u"none"},
    {SudoMode::NoPassword, u"nopasswd"},
    {SudoMode::Password, u"password"},
}};

} // namespace

QString toName(DeviceType type)
{
    return nameIn(deviceTypeNames, type);
}

QString toName(TypeSource source)
{
    return nameIn(typeSourceNames, source);
}

QString toName(Environment environment)
{
    return nameIn(environmentNames, environment);
}

QString toName(DeviceState state)
{
    return nameIn(deviceStateNames, state);
}

QString toName(AuthMethod method)
{
    return nameIn(authMethodNames, method);
}

QString toName(SudoMode mode)
{
    return nameIn(sudoModeNames, mode);
}

std::optional<DeviceType> deviceTypeFromName(QStringView name)
{
    return valueIn(deviceTypeNames, name);
}

std::optional<Environment> environmentFromName(QStringView name)
{
    return valueIn(environmentNames, name);
}

std::optional<DeviceState> deviceStateFromName(QStringView name)
{
    return valueIn(deviceStateNames, name);
}

std::optional<AuthMethod> authMethodFromName(QStringView name)
{
    return valueIn(authMethodNames, name);
}

std::optional<SudoMode> sudoModeFromName(QStringView name)
{
    return valueIn(sudoModeNames, name);
}

} // namespace infra
