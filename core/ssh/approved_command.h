// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/strong_id.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace infra::guard {
class DestructiveActionManager;
}

namespace infra::ssh {

/// KeptShell: bytes written to the device's kept-open `sh`, answered between nonce marks. Exec: one channel, one
/// command. Stream: a channel that stays open. Local devices have all three without SSH.
enum class ChannelKind
{
    KeptShell,
    Exec,
    Stream
};
/// Chooses base and maximum timeouts (design.md): metrics 10/30 s, containers 20/60, drives 45/120, files 15/45.
enum class CommandCategory
{
    Metrics,
    Containers,
    Drives,
    Files,
    Other
};

/// Exactly what was approved, and for whom.
struct CommandBinding
{
    DeviceId device;
    QString hostKey; ///< "SHA256:…" the session must have; empty only for this computer
    ChannelKind channel = ChannelKind::Exec;
    CommandCategory category = CommandCategory::Other;
    QByteArray bytes;   ///< KeptShell: the message; Exec, Stream: the command text
    QByteArray prelude; ///< KeptShell: sent once in front of the first message of a fresh shell (function definitions)
    QByteArray
        nonce; ///< KeptShell: the answer starts at the first "\n@@NONCE " and ends with the line "@@NONCE end RC"
    QByteArray stdinBytes; ///< Exec: written, then end of file
    QString decision;      ///< id of the decision that approved it
    MonotonicTime expires{};
    bool readOnly = true;
    qint64 outputCap = qint64{8} * 1024 * 1024; ///< more than this is cut off, not buffered: OutputTooLarge
};

/// Permission to run exactly these bytes on exactly this machine, once. The transport accepts nothing else.
/// Only the manager makes one, after detection, checks and confirmation; a test reads the tree for other makers.
class ApprovedCommand
{
public:
    ApprovedCommand(ApprovedCommand &&) noexcept = default;
    ApprovedCommand &operator=(ApprovedCommand &&) noexcept = default;
    ApprovedCommand(const ApprovedCommand &) = delete;
    ApprovedCommand &operator=(const ApprovedCommand &) = delete;
    const CommandBinding &binding() const { return m_binding; }

private:
    friend class infra::guard::DestructiveActionManager;
    explicit ApprovedCommand(CommandBinding binding)
        : m_binding(std::move(binding))
    {
    }
    CommandBinding m_binding;
};

} // namespace infra::ssh
