// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/services.h"
#include "core/ssh/host_key_store.h"
#include "core/ssh/routing_transport.h"

namespace infra::app {

/// The road to the machines: this computer here, all others over libssh, told apart by the device. Engine thread.
struct Services::TransportParts
{
    TransportParts(const Profile &profile, const Clock &clock, TimerService &timers, Random &random,
                   const ssh::DeviceDirectory &devices, secrets::SecretStore &secrets, ssh::PromptBroker &prompts,
                   const SettingsStore &settings);
    ~TransportParts();

    ssh::SshTransport &transport() { return *m_routing; }

private:
    ssh::HostKeyStore m_hostKeys;
    std::unique_ptr<ssh::SshTransport> m_routing;
};

} // namespace infra::app
