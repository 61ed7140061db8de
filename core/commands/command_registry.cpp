// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/command_registry.h"

#include "core/commands/command_specs.h"
#include "core/commands/scripts/scripts.h"

#include <algorithm>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray functionText(const QByteArray &name, const QByteArray &body)
{
    return "i_" + name + "() {\n" + body + "}\n";
}

QByteArray wholePrelude(const QList<CommandSpec> &specs)
{
    QByteArray text = preludeHead();
    for (const CommandSpec &spec : specs)
        if (spec.implemented)
            text += functionText(toName(spec.kind).toLatin1(), spec.shell);
    text += functionText("detect", detectScript());
    text += preludeTail();
    return text;
}

/// The slowest category of a message decides its timeouts.
ssh::CommandCategory slower(ssh::CommandCategory a, ssh::CommandCategory b)
{
    const auto rank = [](ssh::CommandCategory category) {
        switch (category) {
        case ssh::CommandCategory::Drives:
            return 3;
        case ssh::CommandCategory::Containers:
            return 2;
        case ssh::CommandCategory::Files:
            return 1;
        case ssh::CommandCategory::Metrics:
        case ssh::CommandCategory::Other:
            break;
        }
        return 0;
    };
    return rank(a) >= rank(b) ? a : b;
}

bool has(const HostFacts &facts, QStringView capability)
{
    return facts.capabilities.contains(capability);
}

} // namespace

CommandRegistry::CommandRegistry()
    : m_specs(commandSpecs())
{
    Q_ASSERT(m_specs.size() == allKinds().size());
}

const CommandSpec &CommandRegistry::spec(Kind kind) const
{
    const auto found =
        std::find_if(m_specs.cbegin(), m_specs.cend(), [kind](const CommandSpec &spec) { return spec.kind == kind; });
    Q_ASSERT(found != m_specs.cend());
    return *found;
}

seconds CommandRegistry::freshnessFor(Kind kind, DeviceType type) const
{
    const bool metrics = kind == Kind::SystemMetrics || kind == Kind::Filesystems || kind == Kind::Temperatures ||
                         kind == Kind::Processes;
    if (metrics && type == DeviceType::Unraid)
        return seconds(120);
    if (metrics && type == DeviceType::Windows)
        return seconds(240);
    if (kind == Kind::Containers && type == DeviceType::Unraid)
        return seconds(45);
    if (kind == Kind::Containers && type == DeviceType::Wsl2)
        return seconds(10);
    if (kind == Kind::Containers && type == DeviceType::Windows)
        return seconds(60);
    return spec(kind).freshness;
}

seconds CommandRegistry::intervalFor(Kind kind, DeviceType type) const
{
    Q_UNUSED(type); // the poll is the same for all types (design.md, data defaults)
    return spec(kind).interval;
}

ReadMessage CommandRegistry::buildMessage(const QList<Kind> &kinds, const HostFacts &facts, bool detect,
                                          Random &random) const
{
    ReadMessage message;
    message.m_kinds = kinds;
    message.m_nonce = random.bytes(16).toHex();
    message.m_prelude = wholePrelude(m_specs);
    QByteArray words =
        "i_cycle " + message.m_nonce + (facts.sudo == SudoMode::None ? " 0" : " 1") + (detect ? " 1" : " 0");
    for (const Kind kind : kinds) {
        const CommandSpec &entry = spec(kind);
        if (!entry.implemented)
            continue;
        words += ' ' + toName(kind).toLatin1();
        message.m_category = slower(message.m_category, entry.category);
    }
    message.m_bytes = words + '\n';
    return message;
}

QString CommandRegistry::shownCommands(const HostFacts &facts) const
{
    QString text =
        u"# One message a reading goes to one kept-open `sh`. It reads; it writes nothing and never sleeps.\n"
        u"# Helpers, sent once a connection:\n\n"_s;
    text += QString::fromUtf8(preludeHead() + preludeTail());
    text += u"\n# What a host is and can, at the first reading and now and then:\n"_s;
    text += QString::fromUtf8(functionText("detect", detectScript()));
    for (const CommandSpec &entry : m_specs) {
        const QString name = toName(entry.kind);
        if (!entry.implemented)
            continue;
        text += u"\n# %1: every %2 s\n"_s.arg(name).arg(intervalFor(entry.kind, facts.type).count());
        text += QString::fromUtf8(functionText(name.toLatin1(), entry.shell));
    }
    return text;
}

QString CommandRegistry::sudoersLines(const HostFacts &facts, const QString &user) const
{
    if (has(facts, u"root") || user == u"root")
        return {};
    // No wildcards: in sudoers they match blanks, and so whatever else one would like to add.
    QStringList lines;
    const auto allow = [&](const QString &command) {
        lines.append(u"%1 ALL=(root) NOPASSWD: %2"_s.arg(user, command));
    };
    if (has(facts, u"ss"))
        allow(u"/usr/bin/ss -Htulnp"_s);
    if (has(facts, u"docker"))
        allow(u"/usr/bin/docker ps -a --no-trunc --format {{json .}}"_s);
    if (has(facts, u"podman"))
        allow(u"/usr/bin/podman ps -a --no-trunc --format {{json .}}"_s);
    if (has(facts, u"dnf")) {
        allow(u"/usr/bin/dnf -C -q check-update"_s);
        allow(u"/usr/bin/dnf -C -q updateinfo list --security"_s);
    }
    if (lines.isEmpty())
        return {};
    return lines.join(u'\n') + u'\n';
}

} // namespace infra::commands
