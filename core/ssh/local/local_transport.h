// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/base/timer_service.h"
#include "core/secrets/secret_store.h"
#include "core/ssh/kept_shell.h"
#include "core/ssh/transport.h"

#include <QtCore/QProcess>
#include <QtCore/QPromise>

#include <map>
#include <vector>

namespace infra::ssh {

/// The same commands on this computer, without SSH: a kept-open `sh` and a child for each exec, in a clean environment
/// (LC_ALL=C), each in a process group of its own that ends with its request. Engine thread.
class LocalTransport final : public SshTransport, private KeptShell::Wire
{
    Q_OBJECT
public:
    /// @param shell a POSIX sh. @param devices, secrets are asked for the sudo password of this computer.
    LocalTransport(const Clock &clock, TimerService &timers, Random &random, const DeviceDirectory &devices,
                   secrets::SecretStore &secrets, QString shell = QStringLiteral("/bin/sh"));
    ~LocalTransport() override;

    QFuture<Result<CommandOutput>> run(ApprovedCommand command, RunOptions options) override;
    QFuture<ConnectionReport> test(Device device, Purpose purpose, CancelToken cancel) override;
    void close(DeviceId device) override;
    void resetBackoff(DeviceId) override {}
    milliseconds backoff(DeviceId) const override { return milliseconds(0); }
    QList<SessionInfo> sessions() const override;
    QFuture<void> shutdown() override;

private:
    struct Request
    {
        QPromise<Result<CommandOutput>> promise;
        std::optional<ApprovedCommand> command; ///< until the shell has it; an exec's stays
        std::unique_ptr<QProcess> child;        ///< exec only
        CommandOutput output;
        MonotonicTime started{};
        bool connected = false;
        CancelToken cancel;
        TimerHandle deadline;
    };

    void openShell() override;
    void writeShell(const QByteArray &bytes) override;
    void closeShell() override;

    void startShellRequest(quint64 id);
    void startExec(quint64 id);
    void readExec(quint64 id);
    void execEnded(quint64 id);
    std::unique_ptr<QProcess> newChild() const;
    void letGo(std::unique_ptr<QProcess> child);
    void stopWaiting(quint64 id, ErrorCode reason);
    void finish(quint64 id, Result<CommandOutput> result);
    void tellFinished();
    void tellStopped();
    void watchCancel();

    const Clock &m_clock;
    TimerService &m_timers;
    const DeviceDirectory &m_devices;
    secrets::SecretStore &m_secrets;
    const QString m_shellProgram;
    KeptShell m_shell;
    std::unique_ptr<QProcess> m_shellChild;
    std::map<quint64, Request> m_requests;
    std::vector<std::pair<Request, Result<CommandOutput>>> m_finished;
    std::vector<std::unique_ptr<QProcess>> m_dying;
    quint64 m_lastId = 0;
    bool m_sudoAsked = false, m_down = false;
    std::optional<Instant> m_openedAt;
    TimerHandle m_cancelWatch;
    std::optional<QPromise<void>> m_stopped; ///< finished when no child is left
};

} // namespace infra::ssh
