// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "core/ssh/channel_budget.h"
#include "core/ssh/kept_shell.h"
#include "core/ssh/libssh/pump_messages.h"
#include "core/ssh/libssh/ssh_channel.h"
#include "core/ssh/libssh/tunnel.h"

#include <QtCore/QSocketNotifier>

#include <deque>
#include <list>

namespace infra::ssh {

struct Liveness
{
    milliseconds silence{60'000}; ///< after so long an empty frame is sent
    milliseconds interval{15'000};
    int unanswered = 3; ///< then the session is dead
};

/// What a session borrows from its SSH thread.
struct PumpContext
{
    const Clock &clock;
    TimerService &timers;
    Random &random;
    Liveness liveness;
    std::function<void(EngineNote)> report;
    std::function<void(SessionId)> over; ///< the session may be deleted, later
};

/// One authenticated session, pumped without blocking: the kept-open shell, exec channels within the budget, tunnels
/// for devices behind this one. Confined to its SSH thread.
class LiveSession : public QObject, private KeptShell::Wire
{
    Q_OBJECT
public:
    LiveSession(AdoptSession setup, PumpContext &context);
    ~LiveSession() override;

    void run(RunOnSession request);
    void probe(RequestId request);
    void cancel(RequestId request);
    void openTunnel(OpenTunnel request);
    bool isOver() const { return m_over; } ///< lost and told so; it takes nothing more

private:
    struct Exec
    {
        RequestId request = 0;
        ApprovedCommand command;
        std::unique_ptr<SshChannel> channel;
        QByteArray out, err;
        MonotonicTime started{};
        bool fed = false; ///< its standard input was handed over
    };

    void openShell() override;
    void writeShell(const QByteArray &bytes) override;
    void closeShell() override;

    void schedulePump();
    void pump();
    bool poll();
    void advanceShell();
    void advanceExecs();
    bool advanceExec(Exec &exec);
    void advanceTunnels();
    void startWaiting();
    void channelRefused(const QString &text);
    void retryLater();
    void channelClosed();
    int openSessions() const;
    void tick();
    void lost(Error error);
    void report(RequestId request, Result<CommandOutput> result);

    const SessionId m_id;
    const DeviceId m_device;
    const QString m_hostKey;
    PumpContext &m_context;
    SessionHandle m_session;
    ssh_event m_event;
    std::unique_ptr<QSocketNotifier> m_readable, m_writable;
    KeptShell m_shell;
    std::unique_ptr<SshChannel> m_shellChannel;
    bool m_shellWanted = false, m_shellOpened = false;
    std::list<Exec> m_execs;
    std::deque<Exec> m_waiting;
    std::list<Tunnel> m_tunnels;
    std::unique_ptr<SshChannel> m_unNagle; ///< see openTunnel
    bool m_hadSession = false;             ///< some session channel was requested: sshd's Nagle is off
    std::vector<std::unique_ptr<SshChannel>> m_graveyard;
    ChannelBudget m_budget;
    std::deque<MonotonicTime> m_closedLately;
    int m_refusedInARow = 0;
    TimerHandle m_retry, m_tick;
    MonotonicTime m_heard{}, m_shellSent{};
    bool m_pinging = false;
    int m_unanswered = 0;
    bool m_pumping = false, m_again = false, m_scheduled = false, m_over = false;
};

} // namespace infra::ssh
