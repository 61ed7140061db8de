// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/shapes.h"

#include <QtCore/QCoreApplication>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString word(const char *text)
{
    return QCoreApplication::translate("Words", text);
}

} // namespace

QString healthWord(Health health)
{
    switch (health) {
    case Health::Critical:
        return word(QT_TRANSLATE_NOOP("Words", "Critical"));
    case Health::Warning:
        return word(QT_TRANSLATE_NOOP("Words", "Warning"));
    case Health::Unknown:
        return word(QT_TRANSLATE_NOOP("Words", "Unknown"));
    case Health::Info:
        return word(QT_TRANSLATE_NOOP("Words", "Info"));
    case Health::Ok:
        return word(QT_TRANSLATE_NOOP("Words", "OK"));
    case Health::Maintenance:
        return word(QT_TRANSLATE_NOOP("Words", "Maintenance"));
    case Health::Asleep:
        return word(QT_TRANSLATE_NOOP("Words", "Asleep"));
    }
    return {};
}

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return word(QT_TRANSLATE_NOOP("Words", "Production"));
    case Environment::Staging:
        return word(QT_TRANSLATE_NOOP("Words", "Staging"));
    case Environment::Lab:
        return word(QT_TRANSLATE_NOOP("Words", "Lab"));
    case Environment::None:
        return word(QT_TRANSLATE_NOOP("Words", "None"));
    }
    return {};
}

QString stateWord(DeviceState state)
{
    switch (state) {
    case DeviceState::New:
        return word(QT_TRANSLATE_NOOP("Words", "New"));
    case DeviceState::Ok:
        return word(QT_TRANSLATE_NOOP("Words", "Live"));
    case DeviceState::Stale:
        return word(QT_TRANSLATE_NOOP("Words", "Stale"));
    case DeviceState::Unreachable:
        return word(QT_TRANSLATE_NOOP("Words", "Unreachable"));
    case DeviceState::Auth:
        return word(QT_TRANSLATE_NOOP("Words", "Login refused"));
    case DeviceState::HostKey:
        return word(QT_TRANSLATE_NOOP("Words", "Host key changed"));
    case DeviceState::NeedsYou:
        return word(QT_TRANSLATE_NOOP("Words", "Needs you"));
    case DeviceState::Asleep:
        return word(QT_TRANSLATE_NOOP("Words", "Asleep"));
    case DeviceState::Paused:
        return word(QT_TRANSLATE_NOOP("Words", "Paused"));
    }
    return {};
}

QString typeWord(DeviceType type)
{
    switch (type) {
    case DeviceType::Unknown:
        return word(QT_TRANSLATE_NOOP("Words", "Not known yet"));
    case DeviceType::Ubuntu:
        //: every Linux that is none of the special kinds
        return word(QT_TRANSLATE_NOOP("Words", "Linux"));
    case DeviceType::Unraid:
        return u"Unraid"_s;
    case DeviceType::Proxmox:
        return u"Proxmox VE"_s;
    case DeviceType::Wsl2:
        return u"WSL 2"_s;
    case DeviceType::Windows:
        return u"Windows"_s;
    case DeviceType::ZfsNas:
        return word(QT_TRANSLATE_NOOP("Words", "ZFS NAS"));
    }
    return {};
}

QString typeIcon(DeviceType type, bool local)
{
    if (local)
        return u"laptop"_s;
    switch (type) {
    case DeviceType::Unknown:
        return u"question-circle"_s;
    case DeviceType::Ubuntu:
        return u"hdd-rack"_s;
    case DeviceType::Unraid:
        return u"hdd"_s;
    case DeviceType::Proxmox:
        return u"boxes"_s;
    case DeviceType::Wsl2:
        return u"terminal"_s;
    case DeviceType::Windows:
        return u"window"_s;
    case DeviceType::ZfsNas:
        return u"database"_s;
    }
    return u"hdd-rack"_s;
}

} // namespace infra::ui
