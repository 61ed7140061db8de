// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>
#include <QtCore/QStringView>

#include <source_location>

namespace infra {

/// What went wrong, told apart by evidence. The name in `errorInfo` ("ssh.auth.key_rejected") is what the command line,
/// logs and the audit carry; it never changes once published.
enum class ErrorCode
{
    Internal,        ///< internal: a promise of this program broken; a bug
    Canceled,        ///< canceled
    Timeout,         ///< timeout
    InvalidArgument, ///< input.invalid: field, value and rule are set
    SchemaViolation, ///< input.schema: field, value and rule are set
    NotFound,        ///< input.not_found
    Conflict,        ///< input.conflict
    NotSupported,    ///< not_supported: the device or this version has no such thing
    Busy,            ///< busy: the profile is owned by another process
    // network
    DnsFailed,       ///< ssh.network.dns
    Refused,         ///< ssh.network.refused
    HostUnreachable, ///< ssh.network.unreachable
    ConnectTimeout,  ///< ssh.network.timeout
    LinkLost,        ///< ssh.network.lost
    // protocol
    BannerInvalid,  ///< ssh.protocol.banner: not an SSH server
    KexFailed,      ///< ssh.protocol.kex: no algorithm in common
    ProtocolError,  ///< ssh.protocol.error
    ServerBusy,     ///< ssh.protocol.startups: dropped before the banner (MaxStartups)
    ChannelRefused, ///< ssh.channel.refused (MaxSessions)
    // host key
    HostKeyUnknown, ///< ssh.host_key.unknown
    HostKeyChanged, ///< ssh.host_key.changed
    HostKeyRevoked, ///< ssh.host_key.revoked
    HostKeySwapped, ///< ssh.host_key.swapped: this is another device's key
    // authentication
    AuthKeyRejected,       ///< ssh.auth.key_rejected
    AuthKeyUnreadable,     ///< ssh.auth.key_unreadable
    AuthKeyPassphrase,     ///< ssh.auth.key_passphrase: wrong or missing
    AuthPasswordRejected,  ///< ssh.auth.password_rejected
    AuthAgentUnavailable,  ///< ssh.auth.agent_unavailable
    AuthAgentSilent,       ///< ssh.auth.agent_silent: never answers
    AuthInteractionNeeded, ///< ssh.auth.needs_you
    AuthNoMethod,          ///< ssh.auth.no_method
    AuthTooMany,           ///< ssh.auth.too_many
    JumpFailed,            ///< ssh.jump.failed
    ConfigRefused,         ///< ssh.config.consent: ProxyCommand or Match exec without consent
    // execution
    CommandNotFound,      ///< exec.not_found (127)
    CommandNotExecutable, ///< exec.not_executable (126)
    CommandFailed,        ///< exec.failed: non-zero status
    CommandKilled,        ///< exec.signal
    OutputTooLarge,       ///< exec.output_too_large: cut off at the cap
    BadOutput,            ///< exec.bad_output: not what this command prints
    ShellUnusable,        ///< exec.shell: no POSIX sh behind the login shell
    PermissionDenied,     ///< exec.permission_denied
    SudoRefused,          ///< exec.sudo_refused
    DiskFullRemote,       ///< exec.remote_disk_full
    // services on the host
    DockerAbsent,  ///< docker.absent
    DockerDown,    ///< docker.down
    DockerDenied,  ///< docker.denied
    SystemdAbsent, ///< systemd.absent
    ZfsAbsent,     ///< zfs.absent
    ZfsSuspended,  ///< zfs.suspended
    // guard
    GuardNeedsConfirmation, ///< guard.needs_confirmation
    GuardBlocked,           ///< guard.blocked
    ApprovalExpired,        ///< guard.expired
    ApprovalMismatch,       ///< guard.mismatch: device, host key or bytes differ from what was approved
    // secrets
    SecretsLocked,      ///< secrets.locked
    SecretsUnavailable, ///< secrets.unavailable
    SecretNotFound,     ///< secrets.not_found
    SecretsCorrupt,     ///< secrets.corrupt
    // store
    StoreFull,            ///< store.full: no space left
    StoreCorrupt,         ///< store.corrupt
    StoreReadOnly,        ///< store.read_only
    StoreNewer,           ///< store.newer: written by a newer program
    StoreMigrationEdited, ///< store.migration_edited
    StoreFailed,          ///< store.failed
    FileUnreadable,       ///< file.unreadable
    FileUnwritable,       ///< file.unwritable
};

enum class Severity
{
    Info,
    Warning,
    Error,
    Critical
};

/// Fixed facts about a code: its published name, and the general cause and remedy in English (translated in `ui/text`).
struct ErrorInfo
{
    QStringView name;
    Severity severity = Severity::Error;
    bool retryable = false;
    QStringView cause;
    QStringView remedy;
};

/// Total: every code has a row. Any thread.
const ErrorInfo &errorInfo(ErrorCode code);
/// The code of a published name; Internal for a name that is not ours.
ErrorCode errorCodeFromName(QStringView name);

/// A failure as a value. Texts are English, short, and never hold a secret: they are redacted where they are made.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message;     ///< what happened, with the names involved
    QString field = {};  ///< input errors: the field …
    QString value = {};  ///< … its value, shortened …
    QString rule = {};   ///< … and the rule it broke
    QString cause = {};  ///< empty: the general one of `errorInfo`
    QString remedy = {}; ///< empty: the general one of `errorInfo`
    QString correlation = {};
    std::source_location where = std::source_location::current();

    QString name() const { return errorInfo(code).name.toString(); }
    QString causeText() const { return cause.isEmpty() ? errorInfo(code).cause.toString() : cause; }
    QString remedyText() const { return remedy.isEmpty() ? errorInfo(code).remedy.toString() : remedy; }
    bool retryable() const { return errorInfo(code).retryable; }
};

/// Equal when code and texts are; where it was made does not count.
bool operator==(const Error &a, const Error &b);

} // namespace infra
