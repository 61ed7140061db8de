// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/local/local_transport.h"

#include "core/base/logging.h"
#include "core/ssh/binding_check.h"

#include <QtCore/QDir>
#include <QtCore/QPointer>
#include <QtCore/QProcessEnvironment>
#include <QtCore/QThread>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <sys/prctl.h>
#include <unistd.h>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr milliseconds kCancelWatchLocal{50}; // a token has no bell

QProcessEnvironment cleanEnvironment()
{
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment clean;
    // Administrator's programs are read too (zpool, smartctl, ss): their folders are missing from many a user's path.
    clean.insert(u"PATH"_s,
                 own.value(u"PATH"_s, u"/usr/local/bin:/usr/bin:/bin"_s) + u":/usr/local/sbin:/usr/sbin:/sbin"_s);
    clean.insert(u"HOME"_s, QDir::homePath());
    for (const QString &name : {u"USER"_s, u"LOGNAME"_s, u"XDG_RUNTIME_DIR"_s}) {
        if (own.contains(name))
            clean.insert(name, own.value(name));
    }
    clean.insert(u"LC_ALL"_s, u"C"_s);
    clean.insert(u"LANG"_s, u"C"_s);
    return clean;
}

template <typename T>
QFuture<T> finishedFuture(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

} // namespace

LocalTransport::LocalTransport(const Clock &clock, TimerService &timers, Random &random, const DeviceDirectory &devices,
                               secrets::SecretStore &secrets, QString shell)
    : m_clock(clock)
    , m_timers(timers)
    , m_devices(devices)
    , m_secrets(secrets)
    , m_shellProgram(std::move(shell))
    , m_shell(*this, clock, random, {localDeviceId(), QString()},
              [this](quint64 id, Result<CommandOutput> result) { finish(id, std::move(result)); })
{
}

LocalTransport::~LocalTransport()
{
    m_down = true;
    close(localDeviceId());
    tellFinished();
}

QFuture<Result<CommandOutput>> LocalTransport::run(ApprovedCommand command, RunOptions options)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const auto refuse = [](Unexpected error) { return finishedFuture(Result<CommandOutput>(std::move(error))); };
    const CommandBinding &binding = command.binding();
    if (m_down)
        return refuse(fail(ErrorCode::Canceled, u"the program ends"_s));
    if (const auto checked = checkBinding(binding, localDeviceId(), QString(), m_clock.monotonic()); !checked)
        return refuse(fail(checked.error()));
    if (options.timeout.count() <= 0)
        return refuse(invalid(u"timeout"_s, QString::number(options.timeout.count()), u"above zero"_s));
    if (binding.channel == ChannelKind::Stream)
        return refuse(fail(ErrorCode::NotSupported, u"channels that stay open are not served yet"_s));
    if (options.cancel.isCanceled())
        return refuse(fail(ErrorCode::Canceled, u"canceled before it began"_s));
    const bool shell = binding.channel == ChannelKind::KeptShell;
    const quint64 id = ++m_lastId;
    Request &request = m_requests[id];
    request.command.emplace(std::move(command));
    request.started = m_clock.monotonic();
    request.cancel = options.cancel;
    request.promise.start();
    const auto future = request.promise.future();
    request.deadline = m_timers.after(options.timeout, [this, id] { stopWaiting(id, ErrorCode::Timeout); });
    watchCancel();
    if (shell)
        startShellRequest(id);
    else
        startExec(id);
    return future;
}

void LocalTransport::startShellRequest(quint64 id)
{
    const auto device = m_devices.device(localDeviceId());
    if (m_sudoAsked || !device || device->sudo != SudoMode::Password) {
        if (const auto found = m_requests.find(id); found != m_requests.end() && found->second.command) {
            ApprovedCommand command = *std::move(found->second.command);
            found->second.command.reset();
            found->second.connected = m_shell.isClosed();
            m_shell.submit(id, std::move(command));
        }
        return;
    }
    m_secrets.read(
        secrets::sudoPasswordName(localDeviceId()), [self = QPointer(this), id](Result<SecretBytes> password) {
            if (!self)
                return;
            if (password && !self->m_sudoAsked)
                self->m_shell.setSudoPassword(*std::move(password), [] {
                    log::warning("ssh.sudo", u"this computer refused the sudo password; it is not tried again"_s);
                });
            self->m_sudoAsked = true;
            self->startShellRequest(id);
        });
}

std::unique_ptr<QProcess> LocalTransport::newChild() const
{
    auto child = std::make_unique<QProcess>();
    child->setProcessEnvironment(cleanEnvironment());
    child->setWorkingDirectory(QDir::rootPath());
    child->setChildProcessModifier([] {
        ::setpgid(0, 0); // so that what it started ends with it
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    });
    return child;
}

void LocalTransport::letGo(std::unique_ptr<QProcess> child)
{
    if (!child)
        return;
    child->disconnect();
    if (child->state() == QProcess::NotRunning) { // also what never started: it tells no end
        child.release()->deleteLater();           // it may be in the middle of a signal
        tellStopped();
        return;
    }
    if (const auto pid = static_cast<pid_t>(child->processId()); pid > 0)
        ::kill(-pid, SIGKILL);
    QProcess *raw = child.get();
    m_dying.push_back(std::move(child));
    connect(raw, &QProcess::finished, this, [this, raw] {
        const auto at =
            std::find_if(m_dying.begin(), m_dying.end(), [raw](const auto &held) { return held.get() == raw; });
        if (at == m_dying.end())
            return;
        at->release()->deleteLater();
        m_dying.erase(at);
        tellStopped();
    });
}

void LocalTransport::openShell()
{
    m_shellChild = newChild();
    QProcess *child = m_shellChild.get();
    connect(child, &QProcess::started, this, [this] {
        if (!m_openedAt) {
            m_openedAt = m_clock.now();
            emit sessionOpened(sessions().first());
        }
        m_shell.opened();
    });
    connect(child, &QProcess::readyReadStandardOutput, this,
            [this, child] { m_shell.receivedOut(child->readAllStandardOutput()); });
    connect(child, &QProcess::readyReadStandardError, this,
            [this, child] { m_shell.receivedErr(child->readAllStandardError()); });
    connect(child, &QProcess::finished, this, [this] {
        letGo(std::move(m_shellChild));
        m_shell.closed(std::nullopt);
    });
    connect(child, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return; // `finished` follows
        letGo(std::move(m_shellChild));
        m_shell.closed(Error{ErrorCode::ShellUnusable, u"%1 cannot be started"_s.arg(m_shellProgram)});
    });
    child->start(m_shellProgram, QStringList());
}

void LocalTransport::writeShell(const QByteArray &bytes)
{
    if (m_shellChild)
        m_shellChild->write(bytes);
}

void LocalTransport::closeShell()
{
    letGo(std::move(m_shellChild));
}

void LocalTransport::startExec(quint64 id)
{
    Request &request = m_requests[id];
    request.child = newChild();
    QProcess *child = request.child.get();
    connect(child, &QProcess::readyReadStandardOutput, this, [this, id] { readExec(id); });
    connect(child, &QProcess::readyReadStandardError, this, [this, id] { readExec(id); });
    connect(child, &QProcess::finished, this, [this, id] { execEnded(id); });
    connect(child, &QProcess::errorOccurred, this, [this, id](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(id, fail(ErrorCode::ShellUnusable, u"%1 cannot be started"_s.arg(m_shellProgram)));
    });
    const CommandBinding &binding = request.command->binding();
    child->start(m_shellProgram, {u"-c"_s, QString::fromUtf8(binding.bytes)});
    child->write(binding.stdinBytes);
    child->closeWriteChannel();
}

void LocalTransport::readExec(quint64 id)
{
    const auto found = m_requests.find(id);
    if (found == m_requests.end())
        return;
    Request &request = found->second;
    request.output.out += request.child->readAllStandardOutput();
    request.output.err += request.child->readAllStandardError();
    const qint64 cap = request.command->binding().outputCap;
    if (request.output.out.size() + request.output.err.size() > cap)
        finish(id, fail(ErrorCode::OutputTooLarge, u"the output was cut off at %1 bytes"_s.arg(cap)));
}

void LocalTransport::execEnded(quint64 id)
{
    readExec(id);
    const auto found = m_requests.find(id);
    if (found == m_requests.end())
        return;
    Request &request = found->second;
    CommandOutput output = std::move(request.output);
    if (request.child->exitStatus() == QProcess::NormalExit)
        output.exitStatus = request.child->exitCode();
    else // Qt tells the signal's number as the exit code
        output.signal = QString::fromLatin1(::sigabbrev_np(request.child->exitCode()));
    output.bytesIn = output.out.size() + output.err.size();
    output.bytesOut = request.command->binding().bytes.size() + request.command->binding().stdinBytes.size();
    output.duration = m_clock.monotonic() - request.started;
    finish(id, std::move(output));
}

void LocalTransport::stopWaiting(quint64 id, ErrorCode reason)
{
    if (!m_requests.contains(id))
        return;
    m_shell.cancel(id);
    finish(id, fail(reason, u"the command was stopped"_s));
}

void LocalTransport::finish(quint64 id, Result<CommandOutput> result)
{
    const auto found = m_requests.find(id);
    if (found == m_requests.end())
        return;
    Request request = std::move(found->second);
    m_requests.erase(found);
    request.deadline.cancel();
    letGo(std::move(request.child));
    if (m_requests.empty())
        m_cancelWatch.cancel();
    if (result)
        result->connected = request.connected;
    m_finished.emplace_back(std::move(request), std::move(result));
    if (m_finished.size() == 1)
        QMetaObject::invokeMethod(
            this, [this] { tellFinished(); }, Qt::QueuedConnection);
}

void LocalTransport::tellFinished()
{
    for (auto &[request, result] : std::exchange(m_finished, {})) {
        request.promise.addResult(std::move(result));
        request.promise.finish();
    }
}

void LocalTransport::watchCancel()
{
    if (m_cancelWatch.isActive())
        return;
    m_cancelWatch = m_timers.every(kCancelWatchLocal, [this] {
        std::vector<quint64> canceled;
        for (const auto &[id, request] : m_requests) {
            if (request.cancel.isCanceled())
                canceled.push_back(id);
        }
        for (quint64 id : canceled)
            stopWaiting(id, ErrorCode::Canceled);
    });
}

QFuture<ConnectionReport> LocalTransport::test(Device, Purpose, CancelToken)
{
    auto promise = std::make_shared<QPromise<ConnectionReport>>();
    promise->start();
    const auto future = promise->future();
    m_shell.ping([promise](const Result<milliseconds> &pong) {
        ConnectionReport report;
        for (const ConnectStep step : {ConnectStep::Dns, ConnectStep::Tcp, ConnectStep::Kex, ConnectStep::HostKey,
                                       ConnectStep::Auth, ConnectStep::Shell}) {
            StepReport done;
            done.step = step;
            done.ok = step != ConnectStep::Shell || pong.has_value();
            if (step == ConnectStep::Shell && pong)
                done.duration = *pong;
            if (!done.ok)
                done.error = pong.error();
            report.steps.append(done);
        }
        promise->addResult(report);
        promise->finish();
    });
    return future;
}

void LocalTransport::close(DeviceId device)
{
    if (!(device == localDeviceId()))
        return;
    std::vector<quint64> running;
    for (const auto &[id, request] : m_requests)
        running.push_back(id);
    for (quint64 id : running)
        stopWaiting(id, ErrorCode::Canceled);
    m_shell.closeIdle();
    m_sudoAsked = false;
    if (m_openedAt) {
        m_openedAt.reset();
        if (!m_down)
            emit sessionClosed(device, std::nullopt);
    }
}

QList<SessionInfo> LocalTransport::sessions() const
{
    if (!m_openedAt)
        return {};
    SessionInfo info;
    info.device = localDeviceId();
    info.connectedAt = *m_openedAt;
    info.authUsed = u"none"_s;
    info.route = u"direct"_s;
    return {info};
}

QFuture<void> LocalTransport::shutdown()
{
    m_down = true;
    close(localDeviceId());
    if (!m_stopped) {
        m_stopped.emplace();
        m_stopped->start();
        tellStopped();
    }
    return m_stopped->future();
}

void LocalTransport::tellStopped()
{
    if (m_stopped && m_dying.empty() && !m_stopped->future().isFinished())
        m_stopped->finish();
}

} // namespace infra::ssh
