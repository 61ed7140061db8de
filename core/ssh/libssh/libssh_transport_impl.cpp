// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/libssh_transport_impl.h"

#include "core/base/logging.h"
#include "core/ssh/binding_check.h"

#include <QtCore/QThread>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr milliseconds kCancelWatch{50}; // a token has no bell

QFuture<Result<CommandOutput>> finished(Result<CommandOutput> result)
{
    QPromise<Result<CommandOutput>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}
} // namespace

std::unique_ptr<SshTransport> makeLibsshTransport(const LibsshParams &params)
{
    return std::make_unique<LibsshTransport>(params);
}

LibsshTransport::LibsshTransport(const LibsshParams &params)
    : m_params(params)
    , m_inbox(this, [this] { drain(); })
    , m_services{m_params,
                 m_pool,
                 [this](EngineNote note) { m_inbox.post(std::move(note)); },
                 [this](const DeviceId &jump, const Target &target, bool foreground, LineDone done) {
                     wantLine(jump, target, foreground, std::move(done));
                 },
                 [this](const QList<JumpHop> &hops) { return hopDevice(hops); },
                 [this](const DeviceId &id) { return m_hops.contains(id); }}
{
    const Liveness liveness{params.keepAliveSilence, params.keepAliveInterval, params.keepAliveUnanswered};
    for (int i = 0; i < std::max(1, params.sshThreads); ++i)
        m_pumps.push_back(std::make_unique<SshPump>(params.clock, params.random, liveness, m_services.post));
}

LibsshTransport::~LibsshTransport()
{
    m_down = true;
    for (auto &[id, request] : m_requests) {
        request.promise.addResult(fail(ErrorCode::Canceled, u"the program ends"_s));
        request.promise.finish();
    }
    m_requests.clear();
    tellFinished();
    m_attempts.clear(); // stops their jobs
    m_pumps.clear();    // joins
}

QFuture<Result<CommandOutput>> LibsshTransport::run(ApprovedCommand command, RunOptions options)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const CommandBinding &binding = command.binding();
    if (m_down)
        return finished(fail(ErrorCode::Canceled, u"the program ends"_s));
    if (const auto form = checkBindingForm(binding, m_params.clock.monotonic()); !form)
        return finished(fail(form.error()));
    if (options.timeout.count() <= 0)
        return finished(invalid(u"timeout"_s, QString::number(options.timeout.count()), u"above zero"_s));
    if (binding.channel == ChannelKind::Stream)
        return finished(fail(ErrorCode::NotSupported, u"channels that stay open are not served yet"_s));
    if (options.cancel.isCanceled())
        return finished(fail(ErrorCode::Canceled, u"canceled before it began"_s));
    const DeviceId id = binding.device;
    const auto device = deviceFor(id);
    if (!device || device->isLocal())
        return finished(fail(ErrorCode::NotFound, u"no device %1 to reach over SSH"_s.arg(id.toString())));
    // The session would be refused anyway: no need to open one.
    if (!device->hostKey.isEmpty() && binding.hostKey != device->hostKey)
        return finished(
            fail(ErrorCode::ApprovalMismatch, u"the command was approved for another host key than the device has"_s));

    const RequestId request = ++m_lastId;
    Request &entry = m_requests[request];
    entry.device = id;
    entry.command.emplace(std::move(command));
    entry.foreground = options.purpose == Purpose::Foreground;
    entry.cancel = options.cancel;
    entry.correlation = options.correlation.toString();
    entry.promise.start();
    const auto future = entry.promise.future();
    entry.deadline =
        m_params.timers.after(options.timeout, [this, request] { stopWaiting(request, ErrorCode::Timeout); });
    watchCancel();

    Link &link = m_links[id];
    if (link.session != 0) {
        dispatch(request, link);
    } else {
        const bool foreground = entry.foreground;
        link.waiting.push_back(request);
        wantSession(id, foreground);
    }
    return future;
}

void LibsshTransport::dispatch(RequestId id, Link &link)
{
    const auto found = m_requests.find(id);
    if (found == m_requests.end() || !found->second.command)
        return;
    Request &request = found->second;
    const auto checked =
        checkBinding(request.command->binding(), link.info.device, link.hostKey, m_params.clock.monotonic());
    if (!checked) {
        finishRequest(id, fail(checked.error()));
        return;
    }
    request.session = link.session;
    ApprovedCommand command = *std::move(request.command);
    request.command.reset();
    pumpOf(link.session).post(RunOnSession{link.session, id, std::move(command)});
}

void LibsshTransport::finishRequest(RequestId id, Result<CommandOutput> result)
{
    const auto found = m_requests.find(id);
    if (found == m_requests.end())
        return; // nobody waits any more
    Request request = std::move(found->second);
    m_requests.erase(found);
    request.deadline.cancel();
    if (m_requests.empty() && m_tests.empty())
        m_cancelWatch.cancel();
    if (result) {
        result->connected = request.connected; // told apart: a round trip is a message
    } else if (result.error().correlation.isEmpty()) {
        result.error().correlation = request.correlation;
    }
    // Told from the event loop: whoever waits may call us, and we are in the middle of something.
    m_finished.emplace_back(std::move(request), std::move(result));
    if (m_finished.size() == 1)
        QMetaObject::invokeMethod(
            this, [this] { tellFinished(); }, Qt::QueuedConnection);
}

void LibsshTransport::tellFinished()
{
    for (auto &[request, result] : std::exchange(m_finished, {})) {
        request.promise.addResult(std::move(result));
        request.promise.finish();
    }
}

void LibsshTransport::stopWaiting(RequestId id, ErrorCode reason)
{
    const auto found = m_requests.find(id);
    if (found == m_requests.end())
        return;
    Request &request = found->second;
    QString text;
    if (request.session != 0) {
        pumpOf(request.session).post(CancelRequest{request.session, id});
        text = u"stopped waiting for the answer; the command may still run there"_s;
    } else {
        Link &link = m_links[request.device];
        std::erase(link.waiting, id);
        const auto attempt = m_attempts.find(link.attempt);
        if (attempt != m_attempts.end() && attempt->second->waitsForPerson() && link.waiting.empty() &&
            link.lines.empty())
            attempt->second->stop(ErrorCode::Canceled);
        text = u"stopped waiting while connecting; the command was not sent"_s;
    }
    finishRequest(id, fail(reason, text));
}

void LibsshTransport::watchCancel()
{
    if (m_cancelWatch.isActive())
        return;
    m_cancelWatch = m_params.timers.every(kCancelWatch, [this] {
        std::vector<RequestId> canceled;
        for (const auto &[id, request] : m_requests) {
            if (request.cancel.isCanceled())
                canceled.push_back(id);
        }
        for (RequestId id : canceled)
            stopWaiting(id, ErrorCode::Canceled);
        for (auto &[id, test] : m_tests) {
            const auto attempt = m_attempts.find(test.attempt);
            if (test.cancel.isCanceled() && attempt != m_attempts.end())
                attempt->second->stop(ErrorCode::Canceled);
        }
    });
}

void LibsshTransport::close(DeviceId device)
{
    const auto found = m_links.find(device);
    if (found == m_links.end())
        return;
    Link link = std::move(found->second);
    m_links.erase(found);
    const Error closed{ErrorCode::Canceled, u"the device's session was closed"_s};
    if (const auto attempt = m_attempts.find(link.attempt); attempt != m_attempts.end())
        attempt->second->stop(ErrorCode::Canceled);
    failWaiting(link, closed, false);
    if (link.session == 0)
        return;
    m_sessions.erase(link.session);
    pumpOf(link.session).post(EndSession{link.session});
    std::vector<RequestId> running;
    for (const auto &[id, request] : m_requests) {
        if (request.session == link.session)
            running.push_back(id);
    }
    for (RequestId id : running)
        finishRequest(id, fail(ErrorCode::Canceled, u"the session was closed; the command may still run there"_s));
    if (!m_hops.contains(device))
        emit sessionClosed(device, std::nullopt);
}

void LibsshTransport::resetBackoff(DeviceId device)
{
    const auto found = m_links.find(device);
    if (found == m_links.end())
        return;
    found->second.backoff.succeeded();
    found->second.halted = false;
    if (const auto of = deviceFor(device); of && of->jump)
        resetBackoff(*of->jump);
}

milliseconds LibsshTransport::backoff(DeviceId device) const
{
    const auto found = m_links.find(device);
    if (found == m_links.end() || found->second.session != 0)
        return milliseconds(0);
    return found->second.halted ? Backoff::kLongest : found->second.backoff.remaining(m_params.clock.monotonic());
}

QList<SessionInfo> LibsshTransport::sessions() const
{
    QList<SessionInfo> all;
    for (const auto &[id, link] : m_links) {
        if (link.session != 0 && !m_hops.contains(id))
            all.append(link.info);
    }
    return all;
}

QFuture<void> LibsshTransport::shutdown()
{
    if (m_stopped)
        return m_stopped->future();
    m_stopped.emplace();
    m_stopped->start();
    m_threadsLeft = 1 + static_cast<int>(m_pumps.size());
    std::vector<DeviceId> open;
    for (const auto &[id, link] : m_links)
        open.push_back(id);
    m_down = true;
    for (const DeviceId &id : open)
        close(id);
    for (auto &[id, attempt] : m_attempts)
        attempt->stop(ErrorCode::Canceled);
    m_pool.close([post = m_services.post] { post(PoolStopped{}); });
    for (const auto &pump : m_pumps)
        pump->post(StopPump{});
    return m_stopped->future();
}

void LibsshTransport::threadLetGo()
{
    if (--m_threadsLeft > 0 || !m_stopped)
        return;
    std::vector<quint64> tests;
    for (const auto &[id, test] : m_tests)
        tests.push_back(id);
    for (quint64 id : tests)
        endTest(id, Error{ErrorCode::Canceled, u"the program ends"_s});
    m_stopped->finish();
}

} // namespace infra::ssh
