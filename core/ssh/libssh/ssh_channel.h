// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <optional>

namespace infra::ssh {

/// One channel of a non-blocking session. libssh's callbacks only note what came; `advance` acts on it, so that nothing
/// of ours runs inside libssh. Confined to the SSH thread of its session.
class SshChannel
{
public:
    enum class State
    {
        Opening,
        Requesting,
        Open,
        Refused,
        Ended
    };

    /// Runs `command` when it is not empty; else tunnels to `host`:`port`.
    static std::unique_ptr<SshChannel> exec(ssh_session session, QByteArray command);
    static std::unique_ptr<SshChannel> tunnel(ssh_session session, QByteArray host, quint16 port);
    ~SshChannel();
    SshChannel(const SshChannel &) = delete;
    SshChannel &operator=(const SshChannel &) = delete;

    /// Does what can be done without waiting.
    void advance();
    State state() const { return m_state; }
    /// A refusal at opening (the host is full); else the request was refused.
    bool refusedAtOpening() const { return m_refusedAtOpening; }
    QString refusal() const { return m_refusal; }

    void write(const QByteArray &bytes);
    /// Says end of file after what waits to be written.
    void finishWriting() { m_eofWanted = true; }
    qsizetype unwritten() const { return m_toWrite.size(); }
    QByteArray takeOut() { return std::exchange(m_out, QByteArray()); }
    QByteArray takeErr() { return std::exchange(m_err, QByteArray()); }
    /// The other side said end of file (and perhaps its exit status) or closed.
    bool remoteDone() const { return m_closed || (m_eof && (m_exitStatus || !m_signal.isEmpty())); }
    bool remoteEof() const { return m_eof || m_closed; }
    std::optional<int> exitStatus() const { return m_exitStatus; }
    QString signal() const { return m_signal; }

private:
    SshChannel(ssh_session session, QByteArray command, QByteArray host, quint16 port);
    void stepOpening();
    void stepRequest();
    void stepWriting();
    void refuse(bool atOpening);

    static int onData(ssh_session, ssh_channel, void *data, uint32_t length, int isErr, void *self);
    static void onEof(ssh_session, ssh_channel, void *self);
    static void onClose(ssh_session, ssh_channel, void *self);
    static void onExitStatus(ssh_session, ssh_channel, int status, void *self);
    static void onExitSignal(ssh_session, ssh_channel, const char *signal, int, const char *, const char *, void *self);

    ssh_session m_session;
    ssh_channel m_channel;
    ssh_channel_callbacks_struct m_callbacks{};
    const QByteArray m_command, m_host;
    const quint16 m_port;
    State m_state = State::Opening;
    bool m_refusedAtOpening = false;
    QString m_refusal;
    QByteArray m_toWrite, m_out, m_err;
    bool m_eofWanted = false, m_eofSent = false, m_eof = false, m_closed = false;
    std::optional<int> m_exitStatus;
    QString m_signal;
};

} // namespace infra::ssh
