// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/base/result.h"
#include "core/model/device.h"
#include "core/model/section.h"
#include "core/ssh/approved_command.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

namespace infra::guard {
class DestructiveActionManager;
}

namespace infra::commands {

/// What is known of a host when a message is built for it.
struct HostFacts
{
    DeviceType type = DeviceType::Unknown;
    QStringList capabilities;
    SudoMode sudo = SudoMode::None;
    bool local = false;
};

/// One entry of the registry: everything about one remote reading.
struct CommandSpec
{
    Kind kind = Kind::SystemMetrics;
    ssh::CommandCategory category = ssh::CommandCategory::Metrics;
    milliseconds timeout{10'000}, maxTimeout{30'000};
    seconds interval{60};  ///< how often a schedule reads it
    seconds freshness{60}; ///< a request is answered from cache up to this age; per type in `freshnessFor`
    QString capability;    ///< needed; empty: none
    int retries = 1;
    bool slow = false;
    bool readOnly = true;
    bool implemented = true; ///< false: said ("not collected yet"), not shown as zero
    QByteArray shell;        ///< the POSIX text of the section's function body, as shown to the user
};

/// A message for the kept-open shell, built by the registry from typed arguments only. Not approved yet.
class ReadMessage
{
public:
    const QList<Kind> &kinds() const { return m_kinds; }
    const QByteArray &nonce() const { return m_nonce; }
    const QByteArray &prelude() const { return m_prelude; }
    const QByteArray &bytes() const { return m_bytes; }
    ssh::CommandCategory category() const { return m_category; }

private:
    friend class CommandRegistry;
    ReadMessage() = default;
    QList<Kind> m_kinds;
    QByteArray m_nonce, m_prelude, m_bytes;
    ssh::CommandCategory m_category = ssh::CommandCategory::Metrics;
};

/// One reading, parsed.
struct ParsedCycle
{
    QList<Section> sections; ///< one for each kind asked for, in that order; missing ones are Error with BadOutput
    std::optional<HostFacts> detected; ///< type and capabilities, when the message carried the detection part
    std::optional<double> hostCpuMs;   ///< what the reading cost the host (times of the shell), where told
};

/// Every remote text of the product is built here; every answer is parsed by a pure parser (`core/commands/parsers`).
/// Immutable after construction; any thread.
class CommandRegistry
{
public:
    CommandRegistry();

    const QList<CommandSpec> &all() const { return m_specs; }
    const CommandSpec &spec(Kind kind) const;
    seconds freshnessFor(Kind kind, DeviceType type) const;
    seconds intervalFor(Kind kind, DeviceType type) const;

    /// @param kinds not empty; slow and fast kinds are not mixed by callers. @param detect adds type and capability
    /// detection. The nonce comes from `random`, 16 bytes as hex.
    ReadMessage buildMessage(const QList<Kind> &kinds, const HostFacts &facts, bool detect, Random &random) const;
    /// Pure; any thread. BadOutput when not one frame of this nonce is there. Frames of another nonce are data, never
    /// marks.
    Result<ParsedCycle> parse(const QByteArray &output, const QByteArray &nonce, const QList<Kind> &kinds,
                              bool detect) const;

    /// "Show the commands that run here": the texts for such a host, for a person to read and copy.
    QString shownCommands(const HostFacts &facts) const;
    /// The exact sudoers lines that would unlock more on such a host; empty when nothing would.
    QString sudoersLines(const HostFacts &facts, const QString &user) const;

private:
    QList<CommandSpec> m_specs;
};

} // namespace infra::commands
