// SPDX-License-Identifier: GPL-3.0-or-later
// Of LibsshTransport: what the other threads tell, and connection tests.
#include "core/base/logging.h"
#include "core/ssh/libssh/libssh_transport_impl.h"

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr milliseconds kProbeDeadline{10'000};
} // namespace

void LibsshTransport::drain()
{
    m_doneAttempts.clear();
    for (EngineNote &note : m_inbox.takeAll())
        std::visit([this](auto &&told) { handle(std::move(told)); }, std::move(note));
}

void LibsshTransport::handle(RunFinished note)
{
    if (const auto session = m_sessions.find(note.session); session != m_sessions.end()) {
        SessionInfo &info = m_links[session->second].info;
        info.channelLimit = note.channelLimit;
        if (note.result)
            info.lastRoundTrip = note.result->duration;
    }
    finishRequest(note.request, std::move(note.result));
}

void LibsshTransport::handle(TunnelFinished note)
{
    const auto found = m_lines.find(note.request);
    if (found == m_lines.end())
        return;
    OpenLine line = std::move(found->second);
    m_lines.erase(found);
    line.deadline.cancel();
    if (note.result)
        line.done(std::move(line.otherEnd));
    else
        line.done(fail(note.result.error()));
}

void LibsshTransport::handle(SessionEnded note)
{
    for (auto &[id, test] : m_tests) {
        if (test.session == note.session) {
            endTest(id, note.error);
            return;
        }
    }
    const auto session = m_sessions.find(note.session);
    if (session == m_sessions.end())
        return;
    const DeviceId device = session->second;
    m_sessions.erase(session);
    Link &link = m_links[device];
    link.session = 0;
    link.lastError = note.error;
    link.backoff.failed(m_params.clock.monotonic(), m_params.random);
    log::info("ssh.pool", u"lost %1: %2"_s.arg(device.toString(), note.error.message));
    if (!m_hops.contains(device))
        emit sessionClosed(device, note.error);
}

void LibsshTransport::handle(SudoRefusedNote note)
{
    const auto session = m_sessions.find(note.session);
    if (session == m_sessions.end())
        return;
    m_links[session->second].sudoRefused = true;
    log::warning("ssh.sudo", u"%1 refused the sudo password; it is not tried again"_s.arg(session->second.toString()));
}

void LibsshTransport::handle(PumpStopped)
{
    threadLetGo();
}

void LibsshTransport::handle(PoolStopped)
{
    threadLetGo();
}

void LibsshTransport::handle(ConnectStarted note)
{
    if (const auto attempt = m_attempts.find(note.attempt); attempt != m_attempts.end())
        attempt->second->started();
}

void LibsshTransport::handle(ConnectFinished note)
{
    if (const auto attempt = m_attempts.find(note.attempt); attempt != m_attempts.end())
        attempt->second->finished(std::move(note.outcome));
}

void LibsshTransport::handle(ConnectAsked note)
{
    if (const auto attempt = m_attempts.find(note.attempt); attempt != m_attempts.end())
        attempt->second->asked(note.question);
}

QFuture<ConnectionReport> LibsshTransport::test(Device device, Purpose purpose, CancelToken cancel)
{
    const quint64 id = ++m_lastId;
    Test &test = m_tests[id];
    test.promise.start();
    const auto future = test.promise.future();
    test.cancel = std::move(cancel);
    std::optional<Error> early;
    if (m_down)
        early = Error{ErrorCode::Canceled, u"the program ends"_s};
    else if (jumpsInCircle(device))
        early = Error{ErrorCode::JumpFailed, u"the jump hosts go in a circle"_s};
    if (early) {
        StepReport step;
        step.error = early;
        test.report.steps.append(step);
        endTest(id, std::nullopt);
        return future;
    }
    const quint64 attempt = ++m_lastId;
    test.attempt = attempt;
    auto &entry = m_attempts[attempt];
    entry = std::make_unique<ConnectAttempt>(
        attempt, std::move(device), purpose, false, m_services, [this, id, attempt](AttemptResult result) {
            m_doneAttempts.push_back(std::move(m_attempts[attempt])); // it calls us
            m_attempts.erase(attempt);
            testConnected(id, std::move(result));
        });
    watchCancel();
    entry->start();
    return future;
}

void LibsshTransport::testConnected(quint64 id, AttemptResult result)
{
    const auto found = m_tests.find(id);
    if (found == m_tests.end())
        return;
    Test &test = found->second;
    test.report = result.outcome.report;
    if (result.outcome.error) {
        endTest(id, std::nullopt);
        return;
    }
    test.session = ++m_lastId;
    test.probe = ++m_lastId;
    test.probedAt = m_params.clock.monotonic();
    test.deadline = m_params.timers.after(kProbeDeadline, [this, id] {
        endTest(id, Error{ErrorCode::ShellUnusable, u"the login shell did not start a POSIX sh in time"_s});
    });
    SshPump &pump = pumpOf(test.session);
    pump.post(AdoptSession{test.session, {}, test.report.hostKey, std::move(result.outcome.session), std::nullopt});
    pump.post(ProbeShell{test.session, test.probe});
}

void LibsshTransport::handle(ProbeFinished note)
{
    for (auto &[id, test] : m_tests) {
        if (test.probe != note.request)
            continue;
        if (note.roundTrip) {
            StepReport shell;
            shell.step = ConnectStep::Shell;
            shell.ok = true;
            shell.duration = m_params.clock.monotonic() - test.probedAt;
            test.report.steps.append(shell);
            endTest(id, std::nullopt);
        } else {
            endTest(id, note.roundTrip.error());
        }
        return;
    }
}

void LibsshTransport::endTest(quint64 id, std::optional<Error> shellError)
{
    const auto found = m_tests.find(id);
    if (found == m_tests.end())
        return;
    Test test = std::move(found->second);
    m_tests.erase(found);
    if (m_requests.empty() && m_tests.empty())
        m_cancelWatch.cancel();
    if (shellError) {
        StepReport shell;
        shell.step = ConnectStep::Shell;
        shell.error = std::move(shellError);
        if (test.session != 0)
            shell.duration = m_params.clock.monotonic() - test.probedAt;
        test.report.steps.append(shell);
    }
    if (test.session != 0)
        pumpOf(test.session).post(EndSession{test.session});
    test.promise.addResult(std::move(test.report));
    test.promise.finish();
}

} // namespace infra::ssh
