// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/live_session.h"

#include "core/base/redaction.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kPollsATurn = 64; // of up to 4 KiB each; then other sessions have their turn
} // namespace

LiveSession::LiveSession(AdoptSession setup, PumpContext &context)
    : m_id(setup.id)
    , m_device(setup.device)
    , m_hostKey(setup.hostKey)
    , m_context(context)
    , m_session(std::move(setup.session))
    , m_event(ssh_event_new())
    , m_shell(*this, context.clock, context.random, {setup.device, setup.hostKey},
              [this](RequestId request, Result<CommandOutput> result) { report(request, std::move(result)); })
    , m_heard(context.clock.monotonic())
{
    ssh_set_blocking(m_session.get(), 0);
    ssh_event_add_session(m_event, m_session.get());
    const int socket = ssh_get_fd(m_session.get());
    m_readable = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Write);
    m_writable->setEnabled(false);
    connect(m_readable.get(), &QSocketNotifier::activated, this, [this] {
        m_heard = m_context.clock.monotonic();
        m_unanswered = 0;
        pump();
    });
    connect(m_writable.get(), &QSocketNotifier::activated, this, [this] { pump(); });
    if (setup.sudoPassword)
        m_shell.setSudoPassword(*std::move(setup.sudoPassword), [this] { m_context.report(SudoRefusedNote{m_id}); });
    m_tick = m_context.timers.every(m_context.liveness.interval, [this] { tick(); });
}

LiveSession::~LiveSession()
{
    m_over = true;
    m_readable.reset();
    m_writable.reset();
    m_shellChannel.reset();
    m_unNagle.reset();
    m_execs.clear();
    m_tunnels.clear();
    m_graveyard.clear();
    ssh_event_remove_session(m_event, m_session.get());
    ssh_event_free(m_event);
}

void LiveSession::report(RequestId request, Result<CommandOutput> result)
{
    m_context.report(RunFinished{request, m_id, std::move(result), m_budget.learnedLimit()});
}

void LiveSession::run(RunOnSession request)
{
    if (request.command.binding().channel == ChannelKind::KeptShell) {
        m_shellSent = m_context.clock.monotonic();
        m_shell.submit(request.request, std::move(request.command));
    } else {
        m_waiting.push_back(
            {request.request, std::move(request.command), nullptr, {}, {}, m_context.clock.monotonic()});
    }
    pump();
}

void LiveSession::probe(RequestId request)
{
    m_shell.ping([this, request](Result<milliseconds> roundTrip) {
        m_context.report(ProbeFinished{request, std::move(roundTrip)});
    });
    pump();
}

void LiveSession::cancel(RequestId request)
{
    // Nothing at all came since this was sent: as telling as an unanswered frame.
    const bool deaf = m_heard <= m_shellSent;
    const bool wasBusy = m_shell.isBusy();
    m_shell.cancel(request);
    std::erase_if(m_waiting, [request](const Exec &exec) { return exec.request == request; });
    for (auto at = m_execs.begin(); at != m_execs.end(); ++at) {
        if (at->request == request) {
            m_graveyard.push_back(std::move(at->channel));
            m_execs.erase(at);
            channelClosed();
            break;
        }
    }
    std::erase_if(m_tunnels,
                  [request](const Tunnel &tunnel) { return tunnel.request() == request && !tunnel.isOpen(); });
    if (wasBusy && deaf && ++m_unanswered >= m_context.liveness.unanswered) {
        lost({ErrorCode::LinkLost, u"nothing was heard through %1 commands"_s.arg(m_unanswered)});
        return;
    }
    pump();
}

void LiveSession::openTunnel(OpenTunnel request)
{
    // sshd keeps Nagle's algorithm on until a session's first request: a connection that only carries tunnels would pay
    // 40 ms a round trip. What the command answers does not matter.
    if (!m_hadSession) {
        m_hadSession = true;
        m_unNagle = SshChannel::exec(m_session.get(), "true");
        m_unNagle->finishWriting();
    }
    m_tunnels.emplace_back(request.request, SshChannel::tunnel(m_session.get(), request.host, request.port),
                           std::move(request.end), [this] { schedulePump(); });
    pump();
}

void LiveSession::openShell()
{
    m_shellWanted = true;
    m_again = true;
}

void LiveSession::writeShell(const QByteArray &bytes)
{
    if (m_shellChannel) {
        m_shellSent = m_context.clock.monotonic();
        m_shellChannel->write(bytes);
    }
    m_again = true;
}

void LiveSession::closeShell()
{
    m_shellWanted = false;
    m_shellOpened = false;
    if (m_shellChannel) {
        m_graveyard.push_back(std::move(m_shellChannel));
        channelClosed();
    }
    m_again = true;
}

void LiveSession::schedulePump()
{
    if (m_scheduled || m_over)
        return;
    m_scheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_scheduled = false;
            pump();
        },
        Qt::QueuedConnection);
}

bool LiveSession::poll()
{
    int polls = 0;
    int rc = SSH_OK;
    while (polls++ < kPollsATurn && (rc = ssh_event_dopoll(m_event, 0)) == SSH_OK) {
    }
    if (rc == SSH_OK)
        schedulePump(); // there is more
    return rc != SSH_ERROR && ssh_is_connected(m_session.get()) != 0;
}

void LiveSession::pump()
{
    if (m_over)
        return;
    if (m_pumping) {
        m_again = true;
        return;
    }
    m_pumping = true;
    bool alive = true;
    int rounds = 0;
    do {
        m_again = false;
        alive = poll();
        // What came before the end is still an answer.
        advanceShell();
        advanceExecs();
        advanceTunnels();
        if (m_unNagle) {
            m_unNagle->advance();
            if (m_unNagle->state() == SshChannel::State::Refused || m_unNagle->remoteDone())
                m_graveyard.push_back(std::move(m_unNagle));
        }
        if (alive)
            startWaiting();
        m_graveyard.clear();
    } while (alive && m_again && ++rounds < 16 && !m_over);
    m_pumping = false;
    if (m_over)
        return;
    if (!alive) {
        lost({ErrorCode::LinkLost, u"the link was closed: %1"_s.arg(displayText(m_session.errorText(), 200))});
        return;
    }
    if (m_again)
        schedulePump();
    const int on = 1;
    ::setsockopt(ssh_get_fd(m_session.get()), IPPROTO_TCP, TCP_QUICKACK, &on,
                 sizeof on); // not sticky; a jump's end is no TCP
    m_writable->setEnabled((ssh_get_poll_flags(m_session.get()) & SSH_WRITE_PENDING) != 0);
}

void LiveSession::tick()
{
    if (m_over || m_context.clock.monotonic() - m_heard < m_context.liveness.silence)
        return;
    if (m_pinging) {
        if (++m_unanswered >= m_context.liveness.unanswered)
            lost({ErrorCode::LinkLost, u"%1 empty frames were not answered"_s.arg(m_unanswered)});
        return;
    }
    if (m_shell.isBusy() || m_shell.wantsWork())
        return; // its own deadline watches
    m_pinging = true;
    m_shell.ping([this](const Result<milliseconds> &) { m_pinging = false; });
    pump();
}

void LiveSession::lost(Error error)
{
    if (m_over)
        return;
    m_over = true;
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    m_tick.cancel();
    m_retry.cancel();
    // Before its requests: whoever hears that one of them is lost may ask again at once, and gets a new session.
    m_context.report(SessionEnded{m_id, error});
    m_shell.closed(error);
    for (const Exec &exec : m_execs)
        report(exec.request, fail(error));
    for (const Exec &exec : m_waiting)
        report(exec.request, fail(error));
    for (const Tunnel &tunnel : m_tunnels) {
        if (!tunnel.isOpen())
            m_context.report(TunnelFinished{tunnel.request(), fail(error)});
    }
    m_context.over(m_id);
}

} // namespace infra::ssh
