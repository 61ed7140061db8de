// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/transport.h"

#include <QtCore/QPromise>

#include <memory>

namespace infra::ssh {

/// This computer's commands go to one transport, all others to another. Engine thread.
class RoutingTransport final : public SshTransport
{
    Q_OBJECT
public:
    RoutingTransport(std::unique_ptr<SshTransport> local, std::unique_ptr<SshTransport> remote);

    QFuture<Result<CommandOutput>> run(ApprovedCommand command, RunOptions options) override;
    QFuture<ConnectionReport> test(Device device, Purpose purpose, CancelToken cancel) override;
    void close(DeviceId device) override;
    void resetBackoff(DeviceId device) override;
    milliseconds backoff(DeviceId device) const override;
    QList<SessionInfo> sessions() const override;
    QFuture<void> shutdown() override;

private:
    SshTransport &of(const DeviceId &device) const;

    const std::unique_ptr<SshTransport> m_local, m_remote;
    std::optional<QPromise<void>> m_stopped;
    int m_left = 2;
};

} // namespace infra::ssh
