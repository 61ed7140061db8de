// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/syntax.h"

namespace infra::ctl {

using namespace Qt::Literals::StringLiterals;

namespace {

using Kind = OptionSyntax::Kind;

OptionSyntax flag(const QString &name, const QString &help)
{
    return {name, Kind::Flag, {}, help, {}, {}};
}

OptionSyntax text(const QString &name, const QString &value, const QString &help)
{
    return {name, Kind::Text, value, help, {}, {}};
}

QList<OptionSyntax> deviceOptions()
{
    return {text(u"host"_s, u"HOST"_s, u"Name or address of the machine"_s),
            text(u"port"_s, u"PORT"_s, u"1 to 65535; 22 when left out"_s),
            text(u"user"_s, u"USER"_s, u"Account on the machine"_s),
            text(u"key"_s, u"FILE"_s, u"Private key"_s),
            {u"key-passphrase-fd"_s, Kind::Descriptor, u"N"_s, u"Descriptor to read the key's passphrase from"_s,
             u"key_passphrase"_s, u"key-has-passphrase"_s},
            {u"password-fd"_s, Kind::Descriptor, u"N"_s, u"Descriptor to read the login password from"_s,
             u"login_password"_s, u"password"_s},
            flag(u"agent"_s, u"Keys of the SSH agent"_s),
            flag(u"keyboard-interactive"_s, u"Questions of the machine, asked when you are there"_s),
            text(u"jump"_s, u"ID"_s, u"Device to go through; none to go straight"_s),
            text(u"sudo"_s, u"MODE"_s, u"none, nopasswd or password"_s),
            {u"sudo-password-fd"_s,
             Kind::Descriptor,
             u"N"_s,
             u"Descriptor to read the sudo password from"_s,
             u"sudo_password"_s,
             {}},
            text(u"type"_s, u"TYPE"_s, u"ubuntu, unraid, proxmox, wsl2, windows, zfs-nas or auto"_s),
            {u"tag"_s, Kind::Repeated, u"TAG"_s, u"May be given again"_s, {}, {}},
            text(u"environment"_s, u"E"_s, u"production, staging, lab or none"_s),
            text(u"group"_s, u"GROUP"_s, u"Group in the lists"_s),
            text(u"notes"_s, u"TEXT"_s, u"Free text"_s),
            text(u"interval"_s, u"SECONDS"_s, u"How often it is read, 10 to 86400"_s),
            text(u"host-key"_s, u"SHA256:…"_s, u"Fingerprint that the machine must show"_s)};
}

QList<OptionSyntax> editOptions()
{
    return deviceOptions() << text(u"name"_s, u"NAME"_s, u"New name"_s)
                           << OptionSyntax{u"untag"_s, Kind::Repeated, u"TAG"_s, u"Takes a tag away"_s, {}, {}}
                           << flag(u"pause"_s, u"Stop reading it"_s) << flag(u"resume"_s, u"Read it again"_s);
}

CommandSyntax list(const QString &word, const QString &positional, const QString &help)
{
    return {word, {positional}, {}, help};
}

} // namespace

const QList<CommandSyntax> &allCommands()
{
    static const QList<CommandSyntax> commands = {
        {u"devices list"_s, {}, {}, u"All devices with their state"_s},
        {u"devices show"_s, {u"ID"_s}, {}, u"One device"_s},
        {u"devices add"_s, {u"NAME"_s}, deviceOptions(), u"Adds a device; its host key must be given"_s},
        {u"devices edit"_s, {u"ID"_s}, editOptions(), u"Changes a device"_s},
        {u"devices remove"_s,
         {u"ID"_s},
         {flag(u"delete-history"_s, u"Its history goes too"_s),
          flag(u"keep-history"_s, u"Its history stays (the rule)"_s)},
         u"Removes a device"_s},
        {u"devices import"_s,
         {},
         {text(u"ssh-config"_s, u"FILE"_s, u"~/.ssh/config when left out"_s),
          text(u"inventory"_s, u"FILE"_s, u"A JSON list of devices instead"_s),
          flag(u"dry-run"_s, u"Shows what would be added"_s)},
         u"Adds the hosts of an SSH configuration or of an inventory"_s},
        {u"devices test"_s, {u"ID"_s}, {}, u"Connects step by step and names the step that fails"_s},
        {u"devices commands"_s, {u"ID"_s}, {}, u"Shows the commands that run there"_s},
        {u"devices accept-host-key"_s,
         {u"ID"_s},
         {text(u"host-key"_s, u"SHA256:…"_s, u"Fingerprint, read on the machine itself"_s)},
         u"Takes the new key of a reinstalled machine"_s},
        {u"unlock"_s,
         {},
         {{u"passphrase-fd"_s,
           Kind::Descriptor,
           u"N"_s,
           u"Descriptor to read the passphrase from"_s,
           u"passphrase"_s,
           {}}},
         u"Makes or opens the sealed file of secrets"_s},
        {u"collect"_s,
         {u"[ID…]"_s},
         {flag(u"all"_s, u"Every device"_s),
          text(u"kinds"_s, u"A,B"_s, u"Kinds to read; all fast ones when left out"_s),
          flag(u"force"_s, u"Not from the cache"_s)},
         u"Reads devices now"_s},
        {u"metrics"_s,
         {u"ID"_s},
         {text(u"series"_s, u"A,B"_s, u"Names of series: cpu.total, mem.used, fs.used …"_s),
          text(u"from"_s, u"TIME"_s, u"RFC 3339"_s), text(u"to"_s, u"TIME"_s, u"RFC 3339"_s),
          text(u"max-points"_s, u"N"_s, u"1 to 20000"_s)},
         u"Values over time; the newest without --from"_s},
        list(u"system"_s, u"ID"_s, u"Kernel, memory, load, pressure"_s),
        list(u"filesystems"_s, u"ID"_s, u"Space and inodes"_s),
        list(u"services"_s, u"ID"_s, u"Units of the service manager"_s),
        list(u"processes"_s, u"ID"_s, u"Running processes"_s),
        list(u"interfaces"_s, u"ID"_s, u"Network interfaces"_s),
        list(u"ports"_s, u"ID"_s, u"Listening ports"_s),
        list(u"users"_s, u"ID"_s, u"Logged-in users"_s),
        list(u"temperatures"_s, u"ID"_s, u"Sensors and fans"_s),
        list(u"updates"_s, u"ID"_s, u"Pending updates"_s),
        list(u"containers"_s, u"[ID]"_s, u"Containers of one device or of all"_s),
        {u"audit"_s,
         {},
         {text(u"since"_s, u"TIME"_s, u"RFC 3339"_s), text(u"device"_s, u"ID"_s, u"Of one device"_s),
          text(u"source"_s, u"S"_s, u"schedule, ui, ctl, rest or mcp"_s),
          text(u"cursor"_s, u"C"_s, u"The \"next\" of the page before"_s), text(u"limit"_s, u"N"_s, u"1 to 1000"_s)},
         u"What was done, newest first"_s},
        {u"db status"_s, {}, {flag(u"check"_s, u"With an integrity check"_s)}, u"State of the database"_s},
        {u"settings list"_s, {}, {}, u"All settings"_s},
        {u"settings get"_s, {u"NAME"_s}, {}, u"One setting"_s},
        {u"settings set"_s, {u"NAME"_s, u"VALUE"_s}, {}, u"Changes a setting"_s},
        {u"settings reset"_s, {u"NAME"_s}, {}, u"Back to the default"_s},
        {u"doctor"_s, {}, {}, u"Everything that can be wrong with this installation"_s},
    };
    return commands;
}

} // namespace infra::ctl
