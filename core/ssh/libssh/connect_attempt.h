// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/libssh/connect_pool.h"
#include "core/ssh/libssh/libssh_transport.h"
#include "core/ssh/libssh/pump_messages.h"
#include "core/ssh/target.h"

#include <QtCore/QPointer>

namespace infra::ssh {

/// What an attempt borrows from the transport.
struct ConnectServices
{
    const LibsshParams &params;
    ConnectPool &pool;
    std::function<void(EngineNote)> post; ///< any thread → engine thread
    /// A line through a jump device to a host behind it; the callback comes on the engine thread, later.
    std::function<void(const DeviceId &jump, const Target &target, bool foreground,
                       std::function<void(Result<UniqueFd>)>)>
        tunnel;
    /// The last hop of a ProxyJump as a device of its own.
    std::function<DeviceId(const QList<JumpHop> &hops)> hopDevice;
    std::function<bool(const DeviceId &)> isHop;
};

struct AttemptResult
{
    ConnectOutcome outcome;
    std::optional<SecretBytes> sudoPassword;
    std::optional<DeviceId> jump;
};

/// One connection in the making, in steps: configuration, secrets, the line through a jump, then a job on a connect
/// thread. Engine thread.
class ConnectAttempt : public QObject
{
public:
    ConnectAttempt(quint64 id, Device device, Purpose purpose, bool wantSudo, const ConnectServices &services,
                   std::function<void(AttemptResult)> done);
    ~ConnectAttempt() override;

    void start();
    /// Ends it soon; `done` still comes.
    void stop(ErrorCode reason);
    bool waitsForPerson() const { return m_asking; }
    bool isForeground() const { return m_purpose == Purpose::Foreground; }

    // From the connect thread, by way of the transport.
    void started();
    void asked(const ConnectQuestion &question);
    void finished(ConnectOutcome outcome);

private:
    void readSecrets();
    void secretRead(std::optional<SecretBytes> &into, Result<SecretBytes> read);
    void openLine();
    void postJob();
    void failEarly(ConnectStep step, const Error &error);
    void end();
    void armDeadline();

    const Device m_device;
    const Purpose m_purpose;
    const bool m_wantSudo;
    const ConnectServices &m_services;
    std::function<void(AttemptResult)> m_done;
    std::shared_ptr<ConnectTalk> m_talk;
    Target m_target;
    ConnectPlan m_plan;
    AttemptResult m_result;
    int m_secretsMissing = 0;
    bool m_asking = false, m_posted = false, m_ended = false;
    std::optional<ErrorCode> m_stopped;
    CancelToken m_promptCancel;
    TimerHandle m_deadline;
};

} // namespace infra::ssh
