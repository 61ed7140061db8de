// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QProcess>
#include <QtCore/QProcessEnvironment>
#include <QtCore/QString>
#include <QtCore/QTemporaryFile>

namespace infra::test {

/// A session bus of its own with gnome-keyring on it, for tests of the real keyring. Its folders are those of the
/// environment that it is given. Ends what it started. Blocks (a test helper). One thread.
class SessionBus
{
public:
    enum class Keyring
    {
        None,   ///< a bus, and nobody on it that keeps secrets
        Open,   ///< unlocked; made where there is none
        Locked, ///< there, and not unlocked: run it Open before, in the same folders
    };
    SessionBus() = default;
    ~SessionBus();
    SessionBus(const SessionBus &) = delete;
    SessionBus &operator=(const SessionBus &) = delete;

    /// Empty: this machine has what is needed. Otherwise what is missing (a test then skips).
    static QString missing();
    /// Starts bus and keyring and puts the bus's address into the environment.
    bool start(Keyring keyring, QProcessEnvironment &environment);
    void stop();
    QString error() const { return m_error; }

    /// The keyring's process stands still (and answers nothing) until `thaw`.
    void freeze();
    void thaw();

private:
    bool startKeyring(Keyring keyring, const QProcessEnvironment &environment);

    QTemporaryFile m_config;
    QProcess m_bus;
    QProcess m_keyring;
    QString m_error;
};

} // namespace infra::test
