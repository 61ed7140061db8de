// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/target.h"

#include <QtCore/QFileInfo>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList existing(const QStringList &paths)
{
    QStringList found;
    for (const QString &path : paths) {
        if (QFileInfo::exists(path))
            found.append(path);
    }
    return found;
}

QStringList usualKeys(const QString &home)
{
    QStringList keys;
    for (const char *name : {"id_rsa", "id_ecdsa", "id_ed25519"})
        keys.append(home + u"/.ssh/"_s + QLatin1String(name));
    return existing(keys);
}

QString agentOf(const ResolvedHost &host, const OpensshConfig &config, const QString &usual)
{
    if (!host.identityAgent || *host.identityAgent == u"SSH_AUTH_SOCK")
        return usual;
    if (*host.identityAgent == u"none")
        return {};
    if (host.identityAgent->startsWith(u'$') && !host.identityAgent->startsWith(u"${"))
        return qEnvironmentVariable(host.identityAgent->mid(1).toLocal8Bit().constData());
    return config.expandPath(*host.identityAgent, host);
}

void applyConfiguration(Target &target, const Device &device, const ResolvedHost &host, const OpensshConfig &config,
                        const TargetDefaults &defaults)
{
    target.agentSocket = agentOf(host, config, defaults.agentSocket);
    target.jumps = host.proxyJump;
    if (!host.hostKeyAlias.isEmpty()) {
        target.keyHost = host.hostKeyAlias;
        target.keyPort = 22; // OpenSSH looks an alias up without a port
    }
    QStringList named = host.userKnownHostsFiles + host.globalKnownHostsFiles;
    named.removeAll(u"none"_s);
    for (const QString &file : named)
        target.trustFiles.append(config.expandPath(file, host));
    target.trustFiles.removeDuplicates();
    if (device.keyFile.isEmpty()) {
        QStringList files;
        for (const QString &file : host.identityFiles)
            files.append(config.expandPath(file, host));
        target.keyFiles = existing(files);
        target.onlyTheseKeys = host.identitiesOnly;
    }
}

} // namespace

Result<Target> resolveTarget(const Device &device, bool fixed, const OpensshConfig &config,
                             const TargetDefaults &defaults)
{
    Target target;
    target.host = device.address.isEmpty() ? device.sshAlias : device.address;
    target.port = device.port == 0 ? 22 : device.port;
    target.user = device.user.isEmpty() ? config.paths().localUser : device.user;
    target.auth = device.auth.isEmpty() ? QList<AuthMethod>{AuthMethod::Agent, AuthMethod::KeyFile} : device.auth;
    target.agentSocket = defaults.agentSocket;
    target.trustFiles = defaults.trustFiles;
    if (!device.keyFile.isEmpty()) {
        target.keyFiles = {device.keyFile};
        target.onlyTheseKeys = true; // a host counts every other key of the agent against us
    }
    std::optional<ResolvedHost> resolved;
    if (!device.sshAlias.isEmpty()) {
        const OpensshOverrides overrides = fixed ? OpensshOverrides{device.user, device.port} : OpensshOverrides{};
        const auto found = config.resolve(device.sshAlias, overrides);
        if (!found)
            return fail(found.error());
        if (!found->needsConsent.isEmpty())
            return fail(ErrorCode::ConfigRefused, u"%1 needs a program of this computer: %2"_s.arg(
                                                      device.sshAlias, found->needsConsent.join(u"; ").left(300)));
        if (found->hostName != device.sshAlias || device.address.isEmpty())
            target.host = found->hostName;
        target.port = found->port.value_or(target.port);
        target.user = found->user.value_or(target.user);
        resolved = *found;
    }
    target.keyHost = target.host;
    target.keyPort = target.port;
    if (resolved)
        applyConfiguration(target, device, *resolved, config, defaults);
    if (target.keyFiles.isEmpty() && !target.onlyTheseKeys)
        target.keyFiles = usualKeys(config.paths().home);
    return target;
}

} // namespace infra::ssh
