// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/routing_transport.h"

namespace infra::ssh {

RoutingTransport::RoutingTransport(std::unique_ptr<SshTransport> local, std::unique_ptr<SshTransport> remote)
    : m_local(std::move(local))
    , m_remote(std::move(remote))
{
    for (SshTransport *part : {m_local.get(), m_remote.get()}) {
        connect(part, &SshTransport::sessionOpened, this, &SshTransport::sessionOpened);
        connect(part, &SshTransport::sessionClosed, this, &SshTransport::sessionClosed);
    }
}

SshTransport &RoutingTransport::of(const DeviceId &device) const
{
    return device == localDeviceId() ? *m_local : *m_remote;
}

QFuture<Result<CommandOutput>> RoutingTransport::run(ApprovedCommand command, RunOptions options)
{
    SshTransport &part = of(command.binding().device);
    return part.run(std::move(command), std::move(options));
}

QFuture<ConnectionReport> RoutingTransport::test(Device device, Purpose purpose, CancelToken cancel)
{
    SshTransport &part = of(device.id);
    return part.test(std::move(device), purpose, std::move(cancel));
}

void RoutingTransport::close(DeviceId device)
{
    of(device).close(device);
}

void RoutingTransport::resetBackoff(DeviceId device)
{
    of(device).resetBackoff(device);
}

milliseconds RoutingTransport::backoff(DeviceId device) const
{
    return of(device).backoff(device);
}

QList<SessionInfo> RoutingTransport::sessions() const
{
    return m_local->sessions() + m_remote->sessions();
}

QFuture<void> RoutingTransport::shutdown()
{
    if (m_stopped)
        return m_stopped->future();
    m_stopped.emplace();
    m_stopped->start();
    for (SshTransport *part : {m_local.get(), m_remote.get()}) {
        part->shutdown().then(this, [this] {
            if (--m_left == 0)
                m_stopped->finish();
        });
    }
    return m_stopped->future();
}

} // namespace infra::ssh
