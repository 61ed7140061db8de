// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/ssh_pump.h"

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

class SshPump::Worker : public QObject
{
public:
    Worker(const Clock &clock, Random &random, Liveness liveness, std::function<void(EngineNote)> report)
        : m_inbox(this, [this] { drain(); })
        , m_clock(clock)
        , m_random(random)
        , m_liveness(liveness)
        , m_report(std::move(report))
    {
    }

    Inbox<PumpRequest> &inbox() { return m_inbox; }

    void drain()
    {
        if (!m_context) { // here, so that the timers belong to this thread
            m_timers = std::make_unique<EventLoopTimerService>(m_clock);
            m_context.emplace(PumpContext{m_clock, *m_timers, m_random, m_liveness, m_report, [this](SessionId id) {
                                              QMetaObject::invokeMethod(
                                                  this, [this, id] { m_sessions.erase(id); }, Qt::QueuedConnection);
                                          }});
        }
        for (PumpRequest &request : m_inbox.takeAll())
            std::visit([this](auto &&asked) { handle(std::move(asked)); }, std::move(request));
    }

    void finish()
    {
        m_sessions.clear();
        m_context.reset();
        m_timers.reset();
    }

private:
    LiveSession *session(SessionId id)
    {
        const auto found = m_sessions.find(id);
        return found == m_sessions.end() || found->second->isOver() ? nullptr : found->second.get();
    }
    static Unexpected gone()
    {
        return fail(ErrorCode::LinkLost, u"the session ended before the command could leave"_s);
    }

    void handle(AdoptSession request)
    {
        const SessionId id = request.id;
        m_sessions[id] = std::make_unique<LiveSession>(std::move(request), *m_context);
    }
    void handle(RunOnSession request)
    {
        if (LiveSession *live = session(request.session))
            live->run(std::move(request));
        else
            m_report(RunFinished{request.request, request.session, gone(), 0});
    }
    void handle(ProbeShell request)
    {
        if (LiveSession *live = session(request.session))
            live->probe(request.request);
        else
            m_report(ProbeFinished{request.request, gone()});
    }
    void handle(CancelRequest request)
    {
        if (LiveSession *live = session(request.session))
            live->cancel(request.request);
    }
    void handle(OpenTunnel request)
    {
        if (LiveSession *live = session(request.session))
            live->openTunnel(std::move(request));
        else
            m_report(TunnelFinished{request.request, gone()});
    }
    void handle(EndSession request) { m_sessions.erase(request.session); }
    void handle(StopPump)
    {
        m_sessions.clear();
        m_report(PumpStopped{});
    }

    Inbox<PumpRequest> m_inbox;
    const Clock &m_clock;
    Random &m_random;
    const Liveness m_liveness;
    const std::function<void(EngineNote)> m_report;
    std::unique_ptr<EventLoopTimerService> m_timers;
    std::optional<PumpContext> m_context;
    std::map<SessionId, std::unique_ptr<LiveSession>> m_sessions;
};

SshPump::SshPump(const Clock &clock, Random &random, Liveness liveness, std::function<void(EngineNote)> report)
    : m_worker(std::make_unique<Worker>(clock, random, liveness, std::move(report)))
{
    m_thread.setObjectName(u"ssh"_s);
    m_worker->moveToThread(&m_thread);
    QObject::connect(
        &m_thread, &QThread::finished, m_worker.get(), [worker = m_worker.get()] { worker->finish(); },
        Qt::DirectConnection);
    m_thread.start();
}

SshPump::~SshPump()
{
    m_thread.quit();
    m_thread.wait();
}

void SshPump::post(PumpRequest request)
{
    m_worker->inbox().post(std::move(request));
}

} // namespace infra::ssh
