// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/backoff.h"
#include "core/ssh/libssh/connect_attempt.h"
#include "core/ssh/libssh/ssh_pump.h"

#include <QtCore/QPromise>

#include <map>

namespace infra::ssh {

/// The engine's side of the transport: requests, one link a device, connection attempts. Confined to the engine thread;
/// what the other threads say arrives in `drain`.
class LibsshTransport final : public SshTransport
{
    Q_OBJECT
public:
    explicit LibsshTransport(const LibsshParams &params);
    ~LibsshTransport() override;

    QFuture<Result<CommandOutput>> run(ApprovedCommand command, RunOptions options) override;
    QFuture<ConnectionReport> test(Device device, Purpose purpose, CancelToken cancel) override;
    void close(DeviceId device) override;
    void resetBackoff(DeviceId device) override;
    milliseconds backoff(DeviceId device) const override;
    QList<SessionInfo> sessions() const override;
    QFuture<void> shutdown() override;

private:
    using LineDone = std::function<void(Result<UniqueFd>)>;
    struct Request
    {
        QPromise<Result<CommandOutput>> promise;
        DeviceId device;
        std::optional<ApprovedCommand> command; ///< until it is handed to the session
        bool foreground = false;
        bool connected = false; ///< it opened the session
        SessionId session = 0;  ///< 0: waits for one
        CancelToken cancel;
        QString correlation;
        TimerHandle deadline;
    };
    /// Somebody behind this device wants a line through it.
    struct LineWish
    {
        QByteArray host;
        quint16 port = 0;
        LineDone done;
    };
    struct Link
    {
        std::deque<RequestId> waiting;
        std::vector<LineWish> lines;
        quint64 attempt = 0; ///< 0: none under way
        SessionId session = 0;
        QString hostKey; ///< of the live session
        SessionInfo info;
        Backoff backoff;
        std::optional<Error> lastError;
        bool halted = false; ///< trying again by ourselves could lock an account or ring somebody's telephone
        bool sudoRefused = false;
    };
    struct OpenLine
    {
        UniqueFd otherEnd;
        DeviceId jump;
        SessionId session = 0;
        LineDone done;
        TimerHandle deadline;
    };
    struct Test
    {
        QPromise<ConnectionReport> promise;
        ConnectionReport report;
        quint64 attempt = 0;
        SessionId session = 0;
        RequestId probe = 0;
        MonotonicTime probedAt{};
        CancelToken cancel;
        TimerHandle deadline;
    };

    // Requests.
    void finishRequest(RequestId id, Result<CommandOutput> result);
    void tellFinished();
    void stopWaiting(RequestId id, ErrorCode reason);
    void dispatch(RequestId id, Link &link);
    void watchCancel();

    // Links.
    std::optional<Device> deviceFor(const DeviceId &id) const;
    DeviceId hopDevice(const QList<JumpHop> &hops);
    bool jumpsInCircle(const Device &device) const;
    void wantSession(const DeviceId &id, bool foreground);
    void failWaiting(Link &link, const Error &error, bool backgroundOnly);
    void attemptDone(const DeviceId &id, AttemptResult result, bool foreground);
    void attemptFailed(const DeviceId &id, Link &link, const ConnectOutcome &outcome, bool foreground);
    void attemptSucceeded(const DeviceId &id, Link &link, AttemptResult result);
    void wantLine(const DeviceId &jump, const Target &target, bool foreground, LineDone done);
    void openLine(const DeviceId &jump, Link &link, LineWish wish);
    SshPump &pumpOf(SessionId session) { return *m_pumps[session % m_pumps.size()]; }
    QString routeThrough(const std::optional<DeviceId> &jump) const;

    // Tests.
    void testConnected(quint64 id, AttemptResult result);
    void endTest(quint64 id, std::optional<Error> shellError);

    // Notes of other threads.
    void drain();
    void handle(RunFinished note);
    void handle(ProbeFinished note);
    void handle(TunnelFinished note);
    void handle(SessionEnded note);
    void handle(SudoRefusedNote note);
    void handle(PumpStopped note);
    void handle(ConnectStarted note);
    void handle(ConnectFinished note);
    void handle(ConnectAsked note);
    void handle(PoolStopped note);
    void threadLetGo();

    const LibsshParams m_params;
    Inbox<EngineNote> m_inbox;
    ConnectPool m_pool;
    std::vector<std::unique_ptr<SshPump>> m_pumps;
    ConnectServices m_services;
    quint64 m_lastId = 0;
    std::map<DeviceId, Link> m_links;
    std::map<SessionId, DeviceId> m_sessions;
    std::map<RequestId, Request> m_requests;
    std::map<RequestId, OpenLine> m_lines;
    std::map<quint64, std::unique_ptr<ConnectAttempt>> m_attempts;
    std::vector<std::unique_ptr<ConnectAttempt>> m_doneAttempts;       ///< let go when nothing of theirs runs
    std::vector<std::pair<Request, Result<CommandOutput>>> m_finished; ///< to be told when nothing of ours runs
    std::map<quint64, Test> m_tests;
    std::map<DeviceId, Device> m_hops; ///< of ProxyJump, which are no devices of the user's
    TimerHandle m_cancelWatch;
    bool m_down = false;
    int m_threadsLeft = 0;
    std::optional<QPromise<void>> m_stopped;
};

} // namespace infra::ssh
