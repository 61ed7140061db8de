// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/device.h"
#include "core/ssh/openssh_config.h"

namespace infra::ssh {

/// Where a device really is and how it is logged in to, its ssh_config alias resolved anew.
struct Target
{
    QString host;
    quint16 port = 22;
    QString user;
    QList<AuthMethod> auth;
    QStringList keyFiles; ///< expanded; those that do not exist are left out, unless one was set for the device
    bool onlyTheseKeys = false;
    QString agentSocket;
    QString keyHost; ///< name and port under which its host key stands in known_hosts
    quint16 keyPort = 22;
    QStringList trustFiles; ///< besides the profile's own
    QList<JumpHop> jumps;   ///< of the configuration; the device's own jump goes before them
};

struct TargetDefaults
{
    QString agentSocket; ///< SSH_AUTH_SOCK
    QStringList trustFiles;
};

/// Values the configuration states win over the device's fields, which win over defaults; a device made of a ProxyJump
/// hop
/// (`fixed`) keeps its own. Errors: ConfigRefused (ProxyCommand or Match exec), those of OpensshConfig.
Result<Target> resolveTarget(const Device &device, bool fixed, const OpensshConfig &config,
                             const TargetDefaults &defaults);

} // namespace infra::ssh
