// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QStringList>

namespace infra::ssh {

/// A host's public key as it was presented.
struct PresentedKey
{
    QString type;    ///< "ssh-ed25519" …
    QByteArray blob; ///< wire form
    /// "SHA256:…" as ssh-keygen -l prints it.
    QString fingerprint() const;
};

/// Under which name a host's keys stand in known_hosts: "name", or "[name]:port" when the port is not 22. Lower case.
QString knownHostsName(const QString &host, quint16 port);

/// One file in OpenSSH's known_hosts format, read by ourselves because libssh ignores @revoked. Hashed names,
/// "[host]:port", wildcards and negation are understood; @cert-authority lines and lines that cannot be read are passed
/// over. A value; pure but for `read`. Source: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
class KnownHosts
{
public:
    struct Entry
    {
        bool revoked = false;
        QString names; ///< patterns separated by commas, or "|1|salt|hash"
        QString type;
        QByteArray blob;
    };

    static KnownHosts parse(const QByteArray &text);
    /// A missing file is an empty one. Errors: FileUnreadable (also above 16 MiB).
    static Result<KnownHosts> read(const QString &path);

    /// Entries for a name of `knownHostsName`; revoked ones are not among them.
    QList<Entry> matching(const QString &name) const;
    /// Revoked for this name, or for the bare host of it.
    bool isRevoked(const QString &name, const QByteArray &blob) const;
    QList<Entry> withFingerprint(const QString &fingerprint) const;
    const QList<Entry> &entries() const { return m_entries; }

private:
    QList<Entry> m_entries;
};

enum class Trust
{
    Known,
    Unknown,
    Changed,
    Revoked
};

struct TrustVerdict
{
    Trust trust = Trust::Unknown;
    QStringList expected; ///< Changed: fingerprints that were expected
};

/// Decides about a presented key. A revocation in any file wins; then the fingerprint accepted for the device, when
/// there is one, decides alone; else the files do, in their order: a same key is Known, any other key of this host
/// makes it Changed.
TrustVerdict judgeHostKey(const QList<KnownHosts> &files, const QString &name, const QString &accepted,
                          const PresentedKey &key);

/// Host-key algorithms for the key exchange, those of keys known for this host first. Comma separated.
QString preferredHostKeyAlgorithms(const QList<KnownHosts> &files, const QString &name, const QString &accepted);

} // namespace infra::ssh
