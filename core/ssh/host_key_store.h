// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/known_hosts.h"

#include <mutex>

namespace infra::ssh {

/// The profile's own known_hosts: the only one that is ever written. Replaced whole, mode 0600. Any thread.
class HostKeyStore
{
public:
    explicit HostKeyStore(QString path);

    const QString &path() const { return m_path; }
    Result<KnownHosts> load() const;
    /// Keeps the key under this name in place of others of its type; nothing is written when it stands there already.
    /// Errors: FileUnreadable, FileUnwritable.
    Result<void> remember(const QString &host, quint16 port, const PresentedKey &key);
    /// Forgets all keys of this name (a reinstalled machine). Errors: as `remember`.
    Result<void> forget(const QString &host, quint16 port);

private:
    Result<void> write(const QList<KnownHosts::Entry> &entries) const;

    const QString m_path;
    mutable std::mutex m_mutex;
};

} // namespace infra::ssh
