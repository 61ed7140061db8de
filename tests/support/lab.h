// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>

#include <memory>
#include <optional>

namespace infra::test {

/// One host of a running lab, as the lab's inventory tells it (docs/lab.md).
struct LabHost
{
    QString name;     ///< lab1 …: the name the lab's commands take
    QString hostname; ///< what the machine calls itself: tower, vault …
    QString kind;     ///< linux, unraid, proxmox, zfs-nas, busybox, wsl2
    bool recorded = false;
    QString address;
    int port = 0;
    QString user;
    QStringList auth;     ///< key, password
    QString passwordFile; ///< empty: no password
    QString hostKey;      ///< SHA256:…
    QString root, home, logFile, truthFile;
    qint64 pid = 0;
};

/// A running lab: started by `start`, ended when the object goes. One thread. Blocks (a test helper).
/// Its folder is a temporary one of its own; nothing of the user's is touched.
class Lab
{
public:
    Lab();
    ~Lab();
    Lab(const Lab &) = delete;
    Lab &operator=(const Lab &) = delete;

    /// Empty: this machine can run a lab. Otherwise why not (a test then skips). @param recorded bubblewrap is needed
    /// too.
    static QString missing(bool recorded);
    /// The lab's own program.
    static QString program();

    /// @param count number of hosts; 0: as many as the options name. @param options as of `lab start`, such as
    /// {"--mix", "linux:3"}. False: `error()` tells why.
    bool start(int count, const QStringList &options = {});
    /// Ends all of it; true when nothing was left over.
    bool stop();
    QString error() const { return m_error; }

    QString dir() const { return m_dir; }
    QString clientKey() const { return m_inventory.value(QLatin1String("client_key")).toString(); }
    QString encryptedKey() const { return m_inventory.value(QLatin1String("encrypted_key")).toString(); }
    QString passphraseFile() const { return m_inventory.value(QLatin1String("passphrase_file")).toString(); }
    QString knownHosts() const { return m_inventory.value(QLatin1String("known_hosts")).toString(); }
    const QJsonObject &inventory() const { return m_inventory; }
    const QList<LabHost> &hosts() const { return m_hosts; }
    /// By lab name, hostname or kind; the first that fits.
    std::optional<LabHost> host(const QString &name) const;

    /// As `lab fault`: {"slow", "200"}, {"clear"} … The answer's object, or nothing with `error()`.
    std::optional<QJsonObject> fault(const QString &host, const QStringList &words);
    /// The host's events so far, oldest first.
    QList<QJsonObject> log(const QString &host) const;
    /// How many events of one sort there are.
    int count(const QString &host, const QString &event) const;
    /// Waits until there are at least `wanted`; false after `timeoutMs`.
    bool waitForCount(const QString &host, const QString &event, int wanted, int timeoutMs = 5000) const;
    /// What was asked for on recorded hosts and not recorded; must be empty.
    QStringList misses() const;

    /// Runs the lab's program with these words; standard output, or nothing with `error()`. @param status its exit
    /// status.
    std::optional<QByteArray> run(const QStringList &words, int *status = nullptr, int timeoutMs = 60'000);

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_dir, m_error;
    QJsonObject m_inventory;
    QList<LabHost> m_hosts;
    bool m_running = false;
};

} // namespace infra::test
