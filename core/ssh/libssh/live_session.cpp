// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/live_session.h"

#include "core/base/redaction.h"
#include "core/ssh/binding_check.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kPollsATurn = 64; // of up to 4 KiB each; then other sessions have their turn
constexpr int kMostRefusals = 10;
constexpr milliseconds kSlotReturns{1'000}; // a closed channel still counts at the host for a while
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

void LiveSession::advanceShell()
{
    if (!m_shellChannel)
        return;
    m_shellChannel->advance();
    if (m_shellChannel->state() == SshChannel::State::Refused) {
        const bool full = m_shellChannel->refusedAtOpening();
        const QString text = m_shellChannel->refusal();
        m_graveyard.push_back(std::move(m_shellChannel));
        if (full && m_refusedInARow < kMostRefusals) {
            m_shellWanted = true;
            channelRefused(text);
        } else {
            m_shell.closed(Error{full ? ErrorCode::ChannelRefused : ErrorCode::ShellUnusable,
                                 u"no shell channel: %1"_s.arg(text)});
        }
        return;
    }
    if (m_shellChannel->state() == SshChannel::State::Opening ||
        m_shellChannel->state() == SshChannel::State::Requesting)
        return;
    if (!m_shellOpened) {
        m_shellOpened = true;
        m_hadSession = true;
        m_refusedInARow = 0;
        m_shell.opened();
    }
    const SshChannel *channel = m_shellChannel.get();
    const QByteArray err = m_shellChannel->takeErr();
    const QByteArray out = m_shellChannel->takeOut();
    const bool over = m_shellChannel->remoteEof();
    if (!err.isEmpty())
        m_shell.receivedErr(err);
    if (!out.isEmpty())
        m_shell.receivedOut(out);
    if (m_shellChannel.get() != channel) {
        return; // closed from within
    }
    if (over) {
        m_graveyard.push_back(std::move(m_shellChannel));
        m_shellOpened = false;
        channelClosed();
        m_shell.closed(std::nullopt);
    }
    if (m_shellChannel)
        m_shellChannel->advance(); // the next message may wait already
}

void LiveSession::advanceExecs()
{
    for (auto at = m_execs.begin(); at != m_execs.end();) {
        if (advanceExec(*at)) {
            m_graveyard.push_back(std::move(at->channel));
            at = m_execs.erase(at);
        } else {
            ++at;
        }
    }
}

/// True when it is over, one way or another.
bool LiveSession::advanceExec(Exec &exec)
{
    SshChannel &channel = *exec.channel;
    channel.advance();
    const CommandBinding &binding = exec.command.binding();
    if (channel.state() == SshChannel::State::Refused) {
        const QString text = channel.refusal();
        if (channel.refusedAtOpening() && m_refusedInARow < kMostRefusals) {
            m_waiting.push_front({exec.request, std::move(exec.command), nullptr, {}, {}, exec.started});
            m_graveyard.push_back(std::move(exec.channel));
            channelRefused(text);
        } else {
            report(exec.request, fail(ErrorCode::ChannelRefused, u"the channel was refused: %1"_s.arg(text)));
        }
        return true;
    }
    if (channel.state() == SshChannel::State::Opening || channel.state() == SshChannel::State::Requesting)
        return false;
    if (!exec.fed) {
        exec.fed = true;
        m_hadSession = true;
        m_refusedInARow = 0;
        channel.write(binding.stdinBytes);
        channel.finishWriting();
        channel.advance();
    }
    exec.out += channel.takeOut();
    exec.err += channel.takeErr();
    if (exec.out.size() + exec.err.size() > binding.outputCap) {
        report(exec.request,
               fail(ErrorCode::OutputTooLarge, u"the output was cut off at %1 bytes"_s.arg(binding.outputCap)));
        channelClosed();
        return true;
    }
    if (!channel.remoteDone())
        return false;
    CommandOutput output;
    output.bytesIn = exec.out.size() + exec.err.size();
    output.bytesOut = binding.bytes.size() + binding.stdinBytes.size();
    output.out = std::move(exec.out);
    output.err = std::move(exec.err);
    output.exitStatus = channel.exitStatus();
    output.signal = channel.signal();
    output.roundTrips = 2;
    output.duration = m_context.clock.monotonic() - exec.started;
    report(exec.request, std::move(output));
    channelClosed();
    return true;
}

void LiveSession::advanceTunnels()
{
    for (auto at = m_tunnels.begin(); at != m_tunnels.end();) {
        at->channel().advance();
        const bool refused = at->channel().state() == SshChannel::State::Refused;
        if (refused) {
            m_context.report(TunnelFinished{
                at->request(),
                fail(ErrorCode::JumpFailed, u"the jump host could not reach on: %1"_s.arg(at->channel().refusal()))});
        } else if (!at->isOpen() && at->channel().state() == SshChannel::State::Open) {
            at->setOpen();
            m_context.report(TunnelFinished{at->request(), {}});
        }
        at = refused || !at->carry() ? m_tunnels.erase(at) : std::next(at);
    }
}

int LiveSession::openSessions() const
{
    return static_cast<int>(m_execs.size()) + (m_shellChannel ? 1 : 0) + (m_unNagle ? 1 : 0);
}

void LiveSession::startWaiting()
{
    if (m_retry.isActive())
        return;
    if (m_shellWanted && !m_shellChannel && openSessions() < m_budget.allowed()) {
        m_shellWanted = false;
        m_shellOpened = false;
        m_shellChannel = SshChannel::exec(m_session.get(), "exec sh");
        m_again = true;
    }
    while (!m_waiting.empty()) {
        // One place is the shell's, unless there is only one: then it is lent while the shell is idle.
        const int allowed = m_budget.allowed();
        const int forExecs = allowed > 1 && !m_shellChannel ? allowed - 1 : allowed;
        if (openSessions() >= forExecs &&
            !(allowed == 1 && openSessions() == 1 && m_shellChannel && m_shell.closeIdle()))
            return;
        Exec exec = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_again = true;
        const auto checked = checkBinding(exec.command.binding(), m_device, m_hostKey, m_context.clock.monotonic());
        if (!checked) {
            report(exec.request, fail(checked.error()));
            continue;
        }
        exec.channel = SshChannel::exec(m_session.get(), exec.command.binding().bytes);
        m_execs.push_back(std::move(exec));
    }
}

void LiveSession::channelRefused(const QString &)
{
    const MonotonicTime now = m_context.clock.monotonic();
    while (!m_closedLately.empty() && now - m_closedLately.front() > kSlotReturns)
        m_closedLately.pop_front();
    // The refused one is not counted: it is in no list any more, or is this very exec.
    int opening = 0;
    for (const Exec &exec : m_execs)
        opening += exec.channel == nullptr || exec.channel->state() != SshChannel::State::Open ? 1 : 0;
    m_budget.refused(openSessions() - opening + static_cast<int>(m_closedLately.size()));
    ++m_refusedInARow;
    retryLater();
}

void LiveSession::retryLater()
{
    const milliseconds pause{std::min(5 << std::min(m_refusedInARow, 7), 500)};
    m_retry = m_context.timers.after(pause, [this] {
        m_retry.cancel();
        pump();
    });
}

void LiveSession::channelClosed()
{
    m_closedLately.push_back(m_context.clock.monotonic());
    if (m_closedLately.size() > 16)
        m_closedLately.pop_front();
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
    m_shell.closed(error);
    for (const Exec &exec : m_execs)
        report(exec.request, fail(error));
    for (const Exec &exec : m_waiting)
        report(exec.request, fail(error));
    for (const Tunnel &tunnel : m_tunnels) {
        if (!tunnel.isOpen())
            m_context.report(TunnelFinished{tunnel.request(), fail(error)});
    }
    m_context.report(SessionEnded{m_id, error});
    m_context.over(m_id);
}

} // namespace infra::ssh
