// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/base/result.h"
#include "core/commands/command_registry.h"
#include "core/ssh/approved_command.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace infra::guard {

/// The gate: the only maker of ApprovedCommand. The registry's read-only commands are vetted once, at construction; a
/// message of vetted kinds is approved at once. Nothing else is approved. Engine thread.
class DestructiveActionManager
{
public:
    DestructiveActionManager(const commands::CommandRegistry &registry, const Clock &clock, Random &random);

    /// Errors: GuardBlocked for a kind that is not read-only or whose text is not the vetted one.
    Result<ssh::ApprovedCommand> approveReading(const Device &device, const commands::ReadMessage &message);

private:
    const commands::CommandRegistry &m_registry;
    const Clock &m_clock;
    Random &m_random;
    QByteArray m_vettedHash;        ///< of every text that was vetted
    QHash<Kind, QString> m_refused; ///< kinds whose text did not pass, and why
    QSet<QByteArray> m_vettedPreludes;
};

} // namespace infra::guard
