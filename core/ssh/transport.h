// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel_token.h"
#include "core/base/result.h"
#include "core/model/device.h"
#include "core/ssh/approved_command.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

namespace infra::ssh {

/// Background work never raises a prompt: it fails with AuthInteractionNeeded. Foreground may ask through the
/// PromptBroker.
enum class Purpose
{
    Background,
    Foreground
};

struct RunOptions
{
    milliseconds timeout{10'000}; ///< whole operation, connecting included; above zero
    Purpose purpose = Purpose::Background;
    CorrelationId correlation;
    CancelToken cancel;
};

/// A command that ran and failed is a value, not an error.
struct CommandOutput
{
    QByteArray out; ///< KeptShell: between the first nonce mark (included) and the end mark (included)
    QByteArray err;
    std::optional<int> exitStatus; ///< KeptShell: the rc of the end mark
    QString signal;
    bool truncated = false;
    bool connected = false; ///< this request opened the session
    int roundTrips = 1;     ///< messages that were answered; making the connection is none
    qint64 bytesIn = 0, bytesOut = 0;
    milliseconds duration{0};
};

/// One step of a connection, for the live test and for errors that name the step.
enum class ConnectStep
{
    Dns,
    Tcp,
    Kex,
    HostKey,
    Auth,
    Shell
};
QString toName(ConnectStep step);

struct StepReport
{
    ConnectStep step = ConnectStep::Dns;
    bool ok = false;
    milliseconds duration{0};
    std::optional<Error> error;
};

struct ConnectionReport
{
    QList<StepReport> steps; ///< up to the first that failed
    QString hostKey;         ///< SHA256 fingerprint seen; empty when it was never reached
    QString hostKeyType;     ///< ssh-ed25519 …
    bool succeeded() const { return steps.size() == 6 && steps.last().ok; }
};

/// A live session's public facts.
struct SessionInfo
{
    DeviceId device;
    Instant connectedAt{};
    QString authUsed; ///< "key from agent", "key file", "password", "keyboard-interactive"
    QString route;    ///< "direct" or names of the jumps
    QString serverVersion, kexAlgorithm, cipher, hostKeyType;
    int channelLimit = 0; ///< learned; 0: not yet
    milliseconds lastRoundTrip{0};
};

/// Runs approved commands on devices over SSH (or here, for this computer).
/// Threads: call on the engine thread; futures finish there too; signals are emitted there.
/// Errors: those of ErrorCode's ssh, host key, auth and exec groups. The binding is checked against device, host key,
/// clock and single use before a byte leaves: ApprovalExpired, ApprovalMismatch.
class SshTransport : public QObject
{
    Q_OBJECT
public:
    virtual QFuture<Result<CommandOutput>> run(ApprovedCommand command, RunOptions options) = 0;
    /// A connection of its own that is closed again; stops at the first step that fails. `device` need not be stored
    /// yet. An unknown host key ends the test at HostKey with HostKeyUnknown and its fingerprint in the report. Never
    /// runs a command but opening `sh`.
    virtual QFuture<ConnectionReport> test(Device device, Purpose purpose, CancelToken cancel) = 0;
    /// Ends the session of a device (edited, removed, paused). Running commands finish with Canceled.
    virtual void close(DeviceId device) = 0;
    /// Opens what is due now again, without waiting for the backoff ("Try now").
    virtual void resetBackoff(DeviceId device) = 0;
    /// How long until the pool would try this device again; zero when it may now.
    virtual milliseconds backoff(DeviceId device) const = 0;
    virtual QList<SessionInfo> sessions() const = 0;
    /// Closes all sessions; the future finishes when every thread of the transport has let go.
    virtual QFuture<void> shutdown() = 0;

signals:
    void sessionOpened(infra::ssh::SessionInfo info);
    /// `error` is empty when we closed it.
    void sessionClosed(infra::DeviceId device, std::optional<infra::Error> error);
};

/// Who a device is, asked at each connect. Engine thread.
class DeviceDirectory
{
public:
    virtual ~DeviceDirectory() = default;
    virtual std::optional<Device> device(const DeviceId &id) const = 0;
    /// The device whose accepted host key this is, other than `except`: an address that answers with it is refused.
    virtual std::optional<DeviceId> ownerOfHostKey(const QString &fingerprint, const DeviceId &except) const = 0;
};

/// Asks a person. Called on the engine thread, for foreground work only; the answer may come any time later or never.
class PromptBroker
{
public:
    struct Prompt
    {
        DeviceId device;
        QString title, instruction, text; ///< remote text, escaped
        bool echo = false;
    };
    virtual ~PromptBroker() = default;
    /// Empty answer: the person declined. Secrets wiped by the receiver.
    virtual QFuture<std::optional<QByteArray>> ask(Prompt prompt, CancelToken cancel) = 0;
};

} // namespace infra::ssh
