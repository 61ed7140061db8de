// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/kept_shell.h"

#include "core/base/correlation.h"
#include "core/base/redaction.h"
#include "core/ssh/binding_check.h"

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr qsizetype kKeptErr = 64 * 1024;
} // namespace

KeptShell::KeptShell(Wire &wire, const Clock &clock, Random &random, Identity identity, Done done)
    : m_wire(wire)
    , m_clock(clock)
    , m_random(random)
    , m_identity(std::move(identity))
    , m_done(std::move(done))
{
}

void KeptShell::setSudoPassword(SecretBytes password, std::function<void()> refused)
{
    m_sudoPassword = std::move(password);
    m_sudoRefused = std::move(refused);
}

QByteArray KeptShell::newNonce()
{
    return m_random.bytes(16).toHex();
}

void KeptShell::submit(quint64 request, ApprovedCommand command)
{
    m_queue.push_back({request, std::move(command)});
    advance();
}

void KeptShell::ping(std::function<void(Result<milliseconds>)> pong)
{
    m_pong = std::move(pong);
    advance();
}

bool KeptShell::closeIdle()
{
    if (m_phase == Phase::Closed)
        return true;
    if (m_phase != Phase::Idle)
        return false;
    dropShell();
    return true;
}

void KeptShell::forgetSudo()
{
    m_sudoPassword.clear(); // a second try could lock the account
    if (auto told = std::exchange(m_sudoRefused, nullptr))
        told();
}

void KeptShell::dropShell()
{
    if (m_phase == Phase::Sudo)
        forgetSudo();
    if (m_phase != Phase::Closed)
        m_wire.closeShell();
    m_phase = Phase::Closed;
    m_protocol.reset();
    m_pingInFlight = false;
    m_current.reset();
}

void KeptShell::cancel(quint64 request)
{
    std::erase_if(m_queue, [request](const Job &job) { return job.request == request; });
    if (m_current && m_current->request == request)
        dropShell();
    else if (m_queue.empty() && !m_pong && (m_phase == Phase::Opening || m_phase == Phase::Sudo))
        dropShell(); // nobody waits for a shell that does not come
    advance();
}

void KeptShell::advance()
{
    // A callback may submit the next message; one loop serves them all, without recursion.
    if (m_inAdvance)
        return;
    m_inAdvance = true;
    while (wantsWork()) {
        if (m_phase == Phase::Closed) {
            m_phase = Phase::Opening;
            m_preludeSent = false;
            m_everAnswered = false;
            m_sudoReady = false;
            m_wire.openShell();
            if (m_phase != Phase::Closed)
                break;
            continue;
        }
        if (m_phase != Phase::Idle)
            break;
        if (m_pong && m_queue.empty())
            sendPing();
        else if (!m_queue.empty())
            sendNext();
    }
    m_inAdvance = false;
}

void KeptShell::opened()
{
    if (m_phase != Phase::Opening)
        return;
    if (!m_sudoPassword.isEmpty()) {
        sendSudo();
        return;
    }
    m_phase = Phase::Idle;
    advance();
}

void KeptShell::sendNext()
{
    Job job = std::move(m_queue.front());
    m_queue.pop_front();
    const CommandBinding &binding = job.command.binding();
    if (const auto checked = checkBinding(binding, m_identity.device, m_identity.hostKey, m_clock.monotonic());
        !checked) {
        m_done(job.request, fail(checked.error()));
        return;
    }
    QByteArray message;
    if (!m_preludeSent)
        message = binding.prelude;
    if (!message.isEmpty() && !message.endsWith('\n'))
        message += '\n';
    message += binding.bytes;
    if (!message.endsWith('\n'))
        message += '\n';
    m_preludeSent = true;
    m_protocol.begin(binding.nonce, binding.outputCap);
    m_err.clear();
    m_bytesOut = message.size();
    m_sentAt = m_clock.monotonic();
    m_current.emplace(std::move(job));
    m_phase = Phase::Busy;
    m_wire.writeShell(message);
}

void KeptShell::sendPing()
{
    const QByteArray nonce = newNonce();
    m_protocol.begin(nonce, 4096);
    m_err.clear();
    m_sentAt = m_clock.monotonic();
    m_pingInFlight = true;
    m_phase = Phase::Busy;
    m_wire.writeShell("echo; echo @@" + nonce + " end 0\n");
}

void KeptShell::sendSudo()
{
    // `read` takes the password from standard input in any case, so that it can never be read as a command; printf is
    // built in, so that it never stands in an argument list. The first mark says that the shell has read the line and
    // nothing else.
    const QByteArray nonce = newNonce();
    m_protocol.begin(nonce, 4096);
    m_phase = Phase::Sudo;
    m_wire.writeShell("echo; echo @@" + nonce +
                      " ready; IFS= read -r infra_sudo; printf '%s\\n' \"$infra_sudo\" | sudo -S -p '' -v" +
                      " >/dev/null 2>&1; infra_rc=$?; unset infra_sudo; echo; echo @@" + nonce + " end $infra_rc\n");
}

void KeptShell::sudoBytes(QByteArrayView bytes)
{
    const auto state = m_protocol.feed(bytes);
    if (!m_sudoReady && m_protocol.hasStarted()) {
        m_sudoReady = true;
        QByteArray line;
        line.reserve(m_sudoPassword.view().size() + 1); // one buffer, so that one is wiped
        line.append(m_sudoPassword.view()).append('\n');
        m_wire.writeShell(line);
        wipe(line);
    }
    if (state == KeptShellProtocol::State::Waiting)
        return;
    const bool accepted = state == KeptShellProtocol::State::Answered && m_protocol.exitStatus() == 0;
    m_protocol.reset();
    m_everAnswered = true;
    m_phase = Phase::Idle;
    if (!accepted)
        forgetSudo();
    advance();
}

void KeptShell::receivedOut(QByteArrayView bytes)
{
    if (m_phase == Phase::Sudo) {
        sudoBytes(bytes);
        return;
    }
    if (m_phase != Phase::Busy)
        return;
    switch (m_protocol.feed(bytes)) {
    case KeptShellProtocol::State::Answered:
        answered();
        break;
    case KeptShellProtocol::State::TooLarge:
        finishCurrent(fail(ErrorCode::OutputTooLarge, u"the answer was cut off at the limit of the command"_s));
        break;
    case KeptShellProtocol::State::Idle:
    case KeptShellProtocol::State::Waiting:
        break;
    }
}

void KeptShell::receivedErr(QByteArrayView bytes)
{
    const qsizetype room = kKeptErr - m_err.size();
    if (m_phase == Phase::Busy && room > 0)
        m_err.append(bytes.first(std::min(room, bytes.size())));
}

void KeptShell::answered()
{
    m_everAnswered = true;
    const auto took = m_clock.monotonic() - m_sentAt;
    if (m_pingInFlight) {
        m_pingInFlight = false;
        m_protocol.reset();
        m_phase = Phase::Idle;
        if (auto pong = std::exchange(m_pong, nullptr))
            pong(took);
        advance();
        return;
    }
    CommandOutput output;
    output.exitStatus = m_protocol.exitStatus();
    output.bytesIn = m_protocol.bytesSeen();
    output.bytesOut = m_bytesOut;
    output.out = m_protocol.takeAnswer();
    output.err = std::exchange(m_err, QByteArray());
    output.duration = took;
    const quint64 request = m_current->request;
    m_current.reset();
    m_phase = Phase::Idle;
    m_done(request, std::move(output));
    advance();
}

void KeptShell::finishCurrent(Result<CommandOutput> result)
{
    const std::optional<quint64> request = m_current ? std::optional(m_current->request) : std::nullopt;
    auto pong = m_pingInFlight ? std::exchange(m_pong, nullptr) : nullptr;
    dropShell();
    if (request)
        m_done(*request, std::move(result));
    else if (pong)
        pong(fail(result.error()));
    advance();
}

void KeptShell::closed(const std::optional<Error> &error)
{
    if (m_phase == Phase::Closed)
        return;
    if (m_phase == Phase::Sudo)
        forgetSudo();
    const bool proven = m_everAnswered;
    const bool inFlight = m_phase == Phase::Busy;
    const QString said = m_err.isEmpty() ? QString() : u": "_s + displayText(m_err.left(200), 200);
    Error why = error.value_or(Error{proven ? ErrorCode::LinkLost : ErrorCode::ShellUnusable,
                                     proven ? QString(u"the kept shell ended"_s + said)
                                            : QString(u"the login shell did not start a POSIX sh"_s + said)});
    const std::optional<quint64> request = m_current ? std::optional(m_current->request) : std::nullopt;
    m_phase = Phase::Closed;
    m_protocol.reset();
    m_pingInFlight = false;
    m_current.reset();
    auto pong = std::exchange(m_pong, nullptr);
    // Messages that never left are only lost with the session or with a shell that cannot be had; else they get a fresh
    // shell.
    std::deque<Job> lost;
    if (error || !inFlight || !proven)
        lost.swap(m_queue);
    if (request)
        m_done(*request, fail(why));
    if (pong)
        pong(fail(why));
    for (const Job &job : lost)
        m_done(job.request, fail(why));
    advance();
}

} // namespace infra::ssh
