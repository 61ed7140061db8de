// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace infra::bench {

/// The peer of the SSH benchmarks: the system's own `ssh`, spawned as a script spawns it, with nothing of the user's
/// configuration. Its key exchange is held to curve25519, which is what our side agrees on and the cheaper choice for
/// it.
class OpenSsh
{
public:
    struct Target
    {
        QString address;
        quint16 port = 0;
        QString user, key, knownHosts;
        QString controlPath;
    };

    explicit OpenSsh(Target target);
    ~OpenSsh();
    OpenSsh(const OpenSsh &) = delete;
    OpenSsh &operator=(const OpenSsh &) = delete;

    /// Starts the ControlMaster and waits until it answers.
    bool startMaster();
    /// One command through the master; standard output, or nothing when ssh failed.
    std::optional<QByteArray> throughMaster(const QString &command, const QByteArray &input = {}) const;
    /// One command over a connection of its own.
    std::optional<QByteArray> overNewConnection(const QString &command, const QByteArray &input = {}) const;

private:
    QStringList words(const QStringList &options) const;
    QStringList masterWords(const QStringList &options) const;

    const Target m_target;
    int m_master = -1; ///< pid
};

} // namespace infra::bench
