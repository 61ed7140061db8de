// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ssh_config_list.h"

#include "core/ssh/openssh_config.h"

#include <QtCore/QFile>

#include <algorithm>

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;

/// A file with more hosts than this is a generated one; what is offered must stay readable.
constexpr qsizetype mostHosts = 2'000;

} // namespace

Result<QList<SshConfigHost>> listSshConfig(const QString &file)
{
    ssh::OpensshPaths paths = ssh::opensshPathsOfThisUser();
    if (!file.isEmpty())
        paths.userFile = file.startsWith(u"~/") ? QString(paths.home + file.mid(1)) : file;
    if (!QFile::exists(paths.userFile))
        return QList<SshConfigHost>();
    const ssh::OpensshConfig config(paths);
    const Result<QStringList> names = config.concreteHosts();
    if (!names)
        return Unexpected(names.error());
    QList<SshConfigHost> hosts;
    for (const QString &alias : names->mid(0, mostHosts)) {
        const Result<ssh::ResolvedHost> resolved = config.resolve(alias);
        if (!resolved)
            continue; // one bad name must not hide the others
        SshConfigHost host;
        host.alias = alias;
        host.address = resolved->hostName.isEmpty() ? alias : resolved->hostName;
        host.user = resolved->user.value_or(paths.localUser);
        host.port = resolved->port.value_or(22);
        if (!resolved->identityFiles.isEmpty())
            host.keyFile = config.expandPath(resolved->identityFiles.first(), *resolved);
        for (const ssh::JumpHop &hop : resolved->proxyJump)
            host.jumps.append(hop.user.isEmpty() ? hop.host : QString(hop.user + u'@' + hop.host));
        host.needsConsent = resolved->needsConsent;
        hosts.append(host);
    }
    return hosts;
}

void markAdded(QList<SshConfigHost> &hosts, const QList<Device> &devices)
{
    for (SshConfigHost &host : hosts) {
        host.alreadyAdded = std::any_of(devices.begin(), devices.end(), [&host](const Device &device) {
            return device.sshAlias == host.alias || (device.address.compare(host.address, Qt::CaseInsensitive) == 0 &&
                                                     device.port == host.port && device.user == host.user);
        });
    }
}

} // namespace infra::engine
