// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/base/timer_service.h"
#include "core/secrets/secret_store.h"
#include "core/ssh/host_key_store.h"
#include "core/ssh/openssh_config.h"
#include "core/ssh/transport.h"

#include <memory>

namespace infra::ssh {

/// What the transport is made of. References outlive it.
struct LibsshParams
{
    const Clock &clock;   ///< any thread
    TimerService &timers; ///< of the engine thread
    Random &random;       ///< any thread
    const DeviceDirectory &devices;
    secrets::SecretStore &secrets;
    HostKeyStore &ownKeys;           ///< the profile's own known_hosts
    PromptBroker *prompts = nullptr; ///< none: foreground work cannot ask either
    QStringList trustFiles = {};     ///< the user's and the system's known_hosts: read, never written
    OpensshPaths openssh = {};
    QString agentSocket = {}; ///< SSH_AUTH_SOCK
    milliseconds connectTimeout{15'000};
    milliseconds agentDeadline{5'000};
    milliseconds tcpUserTimeout{30'000};
    milliseconds keepAliveSilence{60'000}; ///< then an empty frame on the kept-open shell …
    milliseconds keepAliveInterval{15'000};
    int keepAliveUnanswered = 3; ///< … and after so many the session is dead
    int sshThreads = 2;
};

/// SSH by libssh: a pool of blocking connect threads, and few threads that pump all live sessions. Made, used and
/// destroyed on the engine thread. Streams are not served yet: NotSupported.
std::unique_ptr<SshTransport> makeLibsshTransport(const LibsshParams &params);

} // namespace infra::ssh
