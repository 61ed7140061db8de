// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QString>

namespace infra::app {

/// Where one profile keeps its things. The default follows XDG: `$XDG_DATA_HOME/infrastructor`.
class Profile
{
public:
    explicit Profile(const QString &folder);
    static QString defaultFolder();
    static QString demoFolder();

    /// Makes the folders, 0700. FileUnwritable when that cannot be done.
    Result<void> create() const;

    const QString &folder() const { return m_folder; }
    QString database() const { return path("infrastructor.db"); }
    QString settings() const { return path("settings.json"); }
    QString uiState() const { return path("ui-state.json"); }
    QString knownHosts() const { return path("known_hosts"); }
    QString logFolder() const { return path("logs"); }
    QString runFolder() const { return path("run"); }
    QString endpoint() const { return path("run/endpoint.json"); }
    QString lockFile() const { return path("run/lock"); }
    /// Path of the local socket: a short name from the profile's hash in the runtime folder (a long path would not fit
    /// a socket).
    Result<QString> socket() const;
    /// Where the owner listens: as its endpoint file says (its runtime folder may be another one than ours), else as
    /// `socket`.
    Result<QString> ownerSocket() const;

private:
    QString path(const char *name) const;
    QString m_folder; ///< absolute, canonical once it exists
};

/// `$XDG_RUNTIME_DIR/infrastructor`, else `/run/user/UID/infrastructor`, else `infrastructor-UID` in the temporary
/// directory; made with mode 0700 and refused when another user owns it.
Result<QString> runtimeFolder();

/// Who asks from this terminal: "os:alice".
QString osActor();

} // namespace infra::app
