// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/openssh_config.h"

#include <functional>

namespace infra::ssh {

/// One line of ssh_config: a lower-case keyword and its arguments, quotes and comments taken off.
struct ConfigLine
{
    QString keyword;
    QStringList arguments;
    QString rest; ///< all that follows the keyword, as written (ProxyCommand)
};
std::optional<ConfigLine> parseConfigLine(const QString &line);

/// Walks a configuration file and what it includes, in order. Pure but for reading files.
class ConfigWalk
{
public:
    ConfigWalk(const OpensshPaths &paths, bool userFile);

    /// Decides whether what follows a Host or Match line holds.
    std::function<bool(const ConfigLine &)> onBlock;
    /// Each other line; `active` as the last block said.
    std::function<void(const ConfigLine &, bool active)> onLine;

    /// A missing file is an empty one. Errors: FileUnreadable.
    Result<void> file(const QString &path);

private:
    Result<void> walk(const QString &path, bool parentActive, int depth);
    QStringList included(const QString &pattern) const;

    const OpensshPaths &m_paths;
    const bool m_userFile;
    int m_files = 0;
};

/// "user@host:port", "host", "ssh://user@host:port", "[v6]:port".
std::optional<JumpHop> parseJumpHop(const QString &text);

} // namespace infra::ssh
