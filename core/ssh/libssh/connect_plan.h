// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"
#include "core/ssh/host_key_store.h"
#include "core/ssh/libssh/session_handle.h"
#include "core/ssh/transport.h"

namespace infra::ssh {

/// Everything a connect thread needs, fixed on the engine thread before it starts. Move-only.
struct ConnectPlan
{
    Device device;
    QString host;
    quint16 port = 22;
    QString user;
    UniqueFd through;     ///< a jump's end of the line; else host and port are dialled
    QString hostKeyName;  ///< of `knownHostsName`
    QString keyStoreHost; ///< under which the key is kept in the profile's own file, with `keyStorePort`
    quint16 keyStorePort = 22;
    QStringList trustFiles; ///< besides the profile's own
    HostKeyStore *ownKeys = nullptr;
    QList<AuthMethod> auth;
    QStringList keyFiles;
    bool onlyTheseKeys = false; ///< IdentitiesOnly: of the agent, only the keys of `keyFiles`
    QString agentSocket;        ///< empty: no agent
    milliseconds agentDeadline{5'000};
    std::optional<SecretBytes> password, passphrase;
    std::optional<Error> secretError; ///< why a secret could not be read
    bool foreground = false;          ///< a person may be asked
    milliseconds timeout{15'000};
    milliseconds tcpUserTimeout{30'000};
};

struct ConnectOutcome
{
    ConnectionReport report; ///< up to Auth
    std::optional<Error> error;
    SessionHandle session; ///< authenticated, when there is no error
    QString authUsed, serverVersion, kexAlgorithm, cipher;
};

} // namespace infra::ssh
