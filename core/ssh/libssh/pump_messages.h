// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mailbox.h"
#include "core/base/secret_bytes.h"
#include "core/ssh/libssh/connect_plan.h"
#include "core/ssh/libssh/connect_talk.h"
#include "core/ssh/transport.h"

#include <QtCore/QMetaObject>
#include <QtCore/QObject>

#include <variant>

namespace infra::ssh {

/// What crosses between the engine thread, the connect threads and the SSH threads; by value, through Mailboxes.
using SessionId = quint64;
using RequestId = quint64;

// Engine → SSH thread.
struct AdoptSession
{
    SessionId id = 0;
    DeviceId device;
    QString hostKey;
    SessionHandle session;
    std::optional<SecretBytes> sudoPassword;
};
struct RunOnSession
{
    SessionId session = 0;
    RequestId request = 0;
    ApprovedCommand command;
};
struct ProbeShell ///< opens `sh` and waits for an empty frame
{
    SessionId session = 0;
    RequestId request = 0;
};
struct CancelRequest
{
    SessionId session = 0;
    RequestId request = 0;
};
struct OpenTunnel
{
    SessionId session = 0;
    RequestId request = 0;
    QByteArray host;
    quint16 port = 0;
    UniqueFd end; ///< bytes are carried between the channel and this
};
struct EndSession
{
    SessionId session = 0;
};
struct StopPump
{
};
using PumpRequest =
    std::variant<AdoptSession, RunOnSession, ProbeShell, CancelRequest, OpenTunnel, EndSession, StopPump>;

// → engine.
struct RunFinished
{
    RequestId request = 0;
    SessionId session = 0;
    Result<CommandOutput> result;
    int channelLimit = 0;
};
struct ProbeFinished
{
    RequestId request = 0;
    Result<milliseconds> roundTrip;
};
struct TunnelFinished
{
    RequestId request = 0;
    Result<void> result;
};
struct SessionEnded
{
    SessionId session = 0;
    Error error;
};
struct SudoRefusedNote
{
    SessionId session = 0;
};
struct PumpStopped
{
};
struct ConnectStarted
{
    quint64 attempt = 0;
};
struct ConnectFinished
{
    quint64 attempt = 0;
    ConnectOutcome outcome;
};
struct ConnectAsked
{
    quint64 attempt = 0;
    ConnectQuestion question;
};
struct PoolStopped
{
};
using EngineNote = std::variant<RunFinished, ProbeFinished, TunnelFinished, SessionEnded, SudoRefusedNote, PumpStopped,
                                ConnectStarted, ConnectFinished, ConnectAsked, PoolStopped>;

/// A mailbox with a bell. `post` from any thread; `ring` runs on the thread of `owner`, which must outlive all posters.
template <typename T>
class Inbox
{
public:
    Inbox(QObject *owner, std::function<void()> ring)
        : m_owner(owner)
        , m_ring(std::move(ring))
    {
    }
    void post(T &&item)
    {
        if (m_box.put(std::move(item)) == Mailbox<T>::Put::First)
            QMetaObject::invokeMethod(m_owner, m_ring, Qt::QueuedConnection);
    }
    std::vector<T> takeAll() { return m_box.takeAll(); }

private:
    // Requests are bounded by their callers (one queue a device), so that this is a limit of mistakes only.
    Mailbox<T> m_box{1'000'000};
    QObject *m_owner;
    std::function<void()> m_ring;
};

} // namespace infra::ssh
