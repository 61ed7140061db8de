// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QProcess>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>

#include <memory>

namespace infra::test {

struct SshdOptions
{
    QStringList config = {}; ///< more lines for sshd_config
    QString shell = QStringLiteral("/bin/sh");
    QByteArray pam = {}; ///< the stack of /etc/pam.d/sshd; empty: UsePAM no
    QStringList hostKeyTypes = {QStringLiteral("ed25519")};
    QString hostKeysOf = {}; ///< folder of another fixture: takes its host keys
    QString address = {};    ///< of another fixture, with its port: takes its place
    quint16 port = 0;
};

/// A private OpenSSH server on a loopback address of its own, with its own host keys, log and user key. As root it has
/// an account "lab" with a password, made by private copies of passwd and shadow in a mount namespace; else it serves
/// the current user by key.
class SshdFixture
{
public:
    explicit SshdFixture(SshdOptions options = {});
    ~SshdFixture();
    SshdFixture(const SshdFixture &) = delete;
    SshdFixture &operator=(const SshdFixture &) = delete;

    /// Empty when such servers can be run here, else why not.
    static QString whyNot(bool needsAccount);
    static QString freeAddress();

    /// Starts and waits until it listens.
    bool start();
    void stop();
    /// Ends the connections; the server lives on.
    void dropSessions();
    /// SIGSTOP and SIGCONT to the server and all its sessions.
    void freeze();
    void thaw();

    QString address() const { return m_options.address; }
    quint16 port() const { return m_options.port; }
    QString user() const;
    static QByteArray password() { return "correct horse"; }
    QString folder() const { return m_dir.path(); }
    QString home() const { return m_dir.filePath(QStringLiteral("home")); }
    QString userKey() const { return m_dir.filePath(QStringLiteral("user_key")); }
    /// The same key under the passphrase "open sesame".
    QString encryptedKey() const { return m_dir.filePath(QStringLiteral("user_key_encrypted")); }
    QByteArray log() const;
    int acceptedLogins() const;
    /// How many authentication requests came, "none" included.
    int authRequests() const;
    /// Types of the packets that came from clients, in order (RFC 4250: 5 service request, 50–79 authentication). Needs
    /// "LogLevel DEBUG3" in the configuration.
    QList<int> packetsReceived() const;
    QString fingerprint(const QString &type = QStringLiteral("ed25519")) const;
    /// "type base64", for known_hosts.
    QByteArray publicHostKey(const QString &type = QStringLiteral("ed25519")) const;

private:
    bool prepare();
    bool writeConfig() const;
    bool writeAccounts() const;
    QList<qint64> processes() const;
    void signalAll(int signal) const;

    SshdOptions m_options;
    QTemporaryDir m_dir;
    QProcess m_process;
};

/// Runs a program to its end; false when it fails.
bool runProgram(const QString &program, const QStringList &arguments);
bool writeFile(const QString &path, const QByteArray &bytes, QFileDevice::Permissions permissions = {});
QByteArray readFile(const QString &path);

} // namespace infra::test
