// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/ssh_channel.h"

#include "core/base/redaction.h"
#include "core/base/secret_bytes.h"

#include <algorithm>

namespace infra::ssh {

namespace {
constexpr qsizetype kWriteSlice = 32 * 1024;
} // namespace

SshChannel::SshChannel(ssh_session session, QByteArray command, QByteArray host, quint16 port)
    : m_session(session)
    , m_channel(ssh_channel_new(session))
    , m_command(std::move(command))
    , m_host(std::move(host))
    , m_port(port)
{
    m_callbacks.size = sizeof m_callbacks;
    m_callbacks.userdata = this;
    m_callbacks.channel_data_function = &SshChannel::onData;
    m_callbacks.channel_eof_function = &SshChannel::onEof;
    m_callbacks.channel_close_function = &SshChannel::onClose;
    m_callbacks.channel_exit_status_function = &SshChannel::onExitStatus;
    m_callbacks.channel_exit_signal_function = &SshChannel::onExitSignal;
    if (m_channel == nullptr || ssh_set_channel_callbacks(m_channel, &m_callbacks) != SSH_OK)
        refuse(false);
}

std::unique_ptr<SshChannel> SshChannel::exec(ssh_session session, QByteArray command)
{
    return std::unique_ptr<SshChannel>(new SshChannel(session, std::move(command), {}, 0));
}

std::unique_ptr<SshChannel> SshChannel::tunnel(ssh_session session, QByteArray host, quint16 port)
{
    return std::unique_ptr<SshChannel>(new SshChannel(session, {}, std::move(host), port));
}

SshChannel::~SshChannel()
{
    wipe(m_toWrite);
    if (m_channel == nullptr)
        return;
    ssh_remove_channel_callbacks(m_channel, &m_callbacks);
    // Frees at once, or when the other side has closed too.
    if (ssh_channel_is_open(m_channel) != 0)
        ssh_channel_close(m_channel);
    ssh_channel_free(m_channel);
}

void SshChannel::refuse(bool atOpening)
{
    m_refusedAtOpening = atOpening;
    m_refusal = displayText(QByteArray(ssh_get_error(m_session)), 300);
    m_state = State::Refused;
}

void SshChannel::advance()
{
    if (m_state == State::Opening)
        stepOpening();
    if (m_state == State::Requesting)
        stepRequest();
    if (m_state == State::Open) {
        stepWriting();
        if (m_closed)
            m_state = State::Ended;
    }
}

void SshChannel::stepOpening()
{
    const int rc = m_host.isEmpty() ? ssh_channel_open_session(m_channel)
                                    : ssh_channel_open_forward(m_channel, m_host.constData(), m_port, "127.0.0.1", 0);
    if (rc == SSH_AGAIN)
        return;
    if (rc != SSH_OK)
        refuse(true);
    else
        m_state = m_host.isEmpty() ? State::Requesting : State::Open;
}

void SshChannel::stepRequest()
{
    const int rc = ssh_channel_request_exec(m_channel, m_command.constData());
    if (rc == SSH_AGAIN)
        return;
    if (rc != SSH_OK && !m_closed && !m_exitStatus)
        refuse(false);
    else
        m_state = State::Open;
}

void SshChannel::write(const QByteArray &bytes)
{
    m_toWrite += bytes;
}

void SshChannel::stepWriting()
{
    while (!m_toWrite.isEmpty() && !m_closed) {
        const auto room = static_cast<qsizetype>(ssh_channel_window_size(m_channel));
        const qsizetype slice = std::min({room, m_toWrite.size(), kWriteSlice});
        if (slice <= 0)
            return; // the window opens by a packet, which wakes us
        const int wrote = ssh_channel_write(m_channel, m_toWrite.constData(), static_cast<uint32_t>(slice));
        if (wrote <= 0)
            return;
        if (wrote == m_toWrite.size())
            wipe(m_toWrite);
        else
            m_toWrite.remove(0, wrote);
    }
    if (m_eofWanted && !m_eofSent && m_toWrite.isEmpty() && !m_closed) {
        m_eofSent = true;
        ssh_channel_send_eof(m_channel);
    }
}

int SshChannel::onData(ssh_session, ssh_channel, void *data, uint32_t length, int isErr, void *self)
{
    auto *channel = static_cast<SshChannel *>(self);
    (isErr != 0 ? channel->m_err : channel->m_out)
        .append(static_cast<const char *>(data), static_cast<qsizetype>(length));
    return static_cast<int>(length);
}

void SshChannel::onEof(ssh_session, ssh_channel, void *self)
{
    static_cast<SshChannel *>(self)->m_eof = true;
}

void SshChannel::onClose(ssh_session, ssh_channel, void *self)
{
    static_cast<SshChannel *>(self)->m_closed = true;
}

void SshChannel::onExitStatus(ssh_session, ssh_channel, int status, void *self)
{
    static_cast<SshChannel *>(self)->m_exitStatus = status;
}

void SshChannel::onExitSignal(ssh_session, ssh_channel, const char *signal, int, const char *, const char *, void *self)
{
    static_cast<SshChannel *>(self)->m_signal = displayText(QByteArray(signal), 40);
}

} // namespace infra::ssh
