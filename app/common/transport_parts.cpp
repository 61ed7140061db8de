// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/transport_parts.h"

#include "core/engine/setting_keys.h"
#include "core/ssh/libssh/libssh_transport.h"
#include "core/ssh/local/local_transport.h"

#include <QtCore/QDir>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

ssh::OpensshPaths opensshPaths(const SettingsStore &settings)
{
    ssh::OpensshPaths paths = ssh::opensshPathsOfThisUser();
    QString file = settings.string(engine::keys::sshConfigFile);
    if (file.startsWith("~/"_L1))
        file = paths.home + file.mid(1);
    paths.userFile = file;
    return paths;
}

} // namespace

Services::TransportParts::TransportParts(const Profile &profile, const Clock &clock, TimerService &timers,
                                         Random &random, const ssh::DeviceDirectory &devices,
                                         secrets::SecretStore &secrets, ssh::PromptBroker &prompts,
                                         const SettingsStore &settings)
    : m_hostKeys(profile.knownHosts())
{
    const ssh::OpensshPaths paths = opensshPaths(settings);
    const ssh::LibsshParams params{.clock = clock,
                                   .timers = timers,
                                   .random = random,
                                   .devices = devices,
                                   .secrets = secrets,
                                   .ownKeys = m_hostKeys,
                                   .prompts = &prompts,
                                   .trustFiles = {paths.home + u"/.ssh/known_hosts"_s, u"/etc/ssh/ssh_known_hosts"_s},
                                   .openssh = paths,
                                   .agentSocket = qEnvironmentVariable("SSH_AUTH_SOCK"),
                                   .connectTimeout = seconds(settings.integer(engine::keys::sshConnectTimeoutS))};
    m_routing = std::make_unique<ssh::RoutingTransport>(
        std::make_unique<ssh::LocalTransport>(clock, timers, random, devices, secrets),
        ssh::makeLibsshTransport(params));
}

Services::TransportParts::~TransportParts() = default;

} // namespace infra::app
