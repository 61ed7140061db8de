// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace infra::ssh {

/// Where OpenSSH's configuration lies and who reads it. Values, so that tests need no home folder.
struct OpensshPaths
{
    QString userFile;   ///< ~/.ssh/config; empty: none
    QString systemFile; ///< /etc/ssh/ssh_config; empty: none
    QString home;
    QString localUser;
    QString localHost; ///< for %l and %L
};
/// Those of this user and machine.
OpensshPaths opensshPathsOfThisUser();

/// One hop of a ProxyJump.
struct JumpHop
{
    QString user; ///< empty: as configured
    QString host;
    quint16 port = 0; ///< 0: as configured
    bool operator==(const JumpHop &) const = default;
};

/// What `ssh -G alias` would say, as far as we use it.
struct ResolvedHost
{
    QString alias;
    QString hostName;            ///< %h expanded
    std::optional<QString> user; ///< when the configuration or the caller says one
    std::optional<quint16> port;
    QStringList identityFiles; ///< as written, in order
    QStringList certificateFiles;
    bool identitiesOnly = false;
    std::optional<QString> identityAgent; ///< as written: "none", "SSH_AUTH_SOCK", "$VAR" or a path
    QList<JumpHop> proxyJump;
    QString hostKeyAlias;
    QStringList userKnownHostsFiles; ///< as written; empty: the default ones
    QStringList globalKnownHostsFiles;
    QString proxyCommand;
    /// What would have to run on this computer and was not: "ProxyCommand …", "Match exec …".
    QStringList needsConsent;
};

/// What a caller says itself, as by `-l` and `-p`.
struct OpensshOverrides
{
    QString user;
    quint16 port = 0;
};

/// OpenSSH's client configuration, resolved as `ssh -G` does: the first value wins, Match final makes a second pass.
/// Nothing is run: `Match exec` counts as not matching and is told in `needsConsent`. Reads the files anew at each
/// call; any thread. Source: ssh_config(5) and OpenSSH 9.2's readconf.c.
class OpensshConfig
{
public:
    explicit OpensshConfig(OpensshPaths paths);

    /// Errors: InvalidArgument (alias), FileUnreadable (includes too deep or too many).
    Result<ResolvedHost> resolve(const QString &alias, const OpensshOverrides &overrides = {}) const;
    /// Names of Host lines without wildcards or negation, in order of appearance, each once.
    Result<QStringList> concreteHosts() const;

    /// Expands "~", "${ENV}" and %-tokens of a file path (IdentityFile, IdentityAgent, known hosts files).
    QString expandPath(const QString &text, const ResolvedHost &host) const;
    const OpensshPaths &paths() const { return m_paths; }

private:
    OpensshPaths m_paths;
};

} // namespace infra::ssh
