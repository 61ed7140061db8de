// SPDX-License-Identifier: GPL-3.0-or-later
// Of LiveSession: its channels.
#include "core/base/logging.h"
#include "core/ssh/binding_check.h"
#include "core/ssh/libssh/live_session.h"

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kMostRefusals = 10;
constexpr milliseconds kSlotReturns{1'000}; // a closed channel still counts at the host for a while
} // namespace

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

void LiveSession::channelRefused(const QString &text)
{
    log::debug("ssh.channel", u"%1 refused a channel: %2"_s.arg(m_device.toString(), text));
    const MonotonicTime now = m_context.clock.monotonic();
    while (!m_closedLately.empty() && now - m_closedLately.front() > kSlotReturns)
        m_closedLately.pop_front();
    // Only what the host has confirmed counts; the refused one is in no list any more, or is an exec without a channel.
    const auto confirmed = [](const std::unique_ptr<SshChannel> &channel) {
        return channel != nullptr && channel->state() != SshChannel::State::Opening;
    };
    int open = (confirmed(m_shellChannel) ? 1 : 0) + (confirmed(m_unNagle) ? 1 : 0);
    for (const Exec &exec : m_execs)
        open += confirmed(exec.channel) ? 1 : 0;
    m_budget.refused(open + static_cast<int>(m_closedLately.size()));
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

} // namespace infra::ssh
