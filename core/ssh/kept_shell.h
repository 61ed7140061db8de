// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/ssh/kept_shell_protocol.h"
#include "core/ssh/transport.h"

#include <deque>
#include <functional>

namespace infra::ssh {

/// One kept-open `sh` of one device: a queue of approved messages, one in flight at a time, each framed by its nonce.
/// Knows nothing of channels or processes: a Wire carries the bytes. Confined to the thread of its wire; calls back
/// from within its own calls.
class KeptShell
{
public:
    /// What carries the bytes: an SSH channel that runs `exec sh`, or a child process.
    class Wire
    {
    public:
        virtual ~Wire() = default;
        virtual void openShell() = 0; ///< ends in `opened` or `closed`
        virtual void writeShell(const QByteArray &bytes) = 0;
        virtual void closeShell() = 0; ///< at once; `closed` is not called for it
    };
    struct Identity
    {
        DeviceId device;
        QString hostKey;
    };
    using Done = std::function<void(quint64 request, Result<CommandOutput> result)>;

    KeptShell(Wire &wire, const Clock &clock, Random &random, Identity identity, Done done);

    void submit(quint64 request, ApprovedCommand command);
    /// Stops waiting. A message in flight takes its shell with it; the next one opens a fresh shell. `Done` is not
    /// called.
    void cancel(quint64 request);
    /// Asks the shell for an empty frame; `pong` gets the round trip, or an error. Only when idle or closed.
    void ping(std::function<void(Result<milliseconds>)> pong);
    /// Sent through the shell's standard input right after a shell opened, so that `sudo -n` works inside it. Forgotten
    /// after the first refusal, which `refused` hears of.
    void setSudoPassword(SecretBytes password, std::function<void()> refused);
    /// Closes an idle shell (its channel is needed); false when it is busy.
    bool closeIdle();

    void opened();
    void receivedOut(QByteArrayView bytes);
    void receivedErr(QByteArrayView bytes);
    /// The wire ended. `error` is the reason where it is known (link lost, channel refused).
    void closed(const std::optional<Error> &error);

    bool isClosed() const { return m_phase == Phase::Closed; }
    bool isIdle() const { return m_phase == Phase::Idle; }
    bool isBusy() const { return m_phase == Phase::Busy || m_phase == Phase::Sudo || m_phase == Phase::Opening; }
    bool wantsWork() const { return !m_queue.empty() || m_pong; }

private:
    enum class Phase
    {
        Closed,
        Opening,
        Sudo,
        Idle,
        Busy
    };
    struct Job
    {
        quint64 request = 0;
        ApprovedCommand command;
    };

    void advance();
    void sendNext();
    void sendPing();
    void sendSudo();
    void sudoBytes(QByteArrayView bytes);
    void answered();
    void finishCurrent(Result<CommandOutput> result);
    void forgetSudo();
    void dropShell();
    QByteArray newNonce();

    Wire &m_wire;
    const Clock &m_clock;
    Random &m_random;
    const Identity m_identity;
    Done m_done;
    Phase m_phase = Phase::Closed;
    std::deque<Job> m_queue;
    std::optional<Job> m_current; ///< in flight; none while a ping is
    std::function<void(Result<milliseconds>)> m_pong;
    bool m_pingInFlight = false;
    bool m_preludeSent = false;
    bool m_everAnswered = false; ///< this shell proved to be one
    bool m_inAdvance = false;
    KeptShellProtocol m_protocol;
    QByteArray m_err;
    qint64 m_bytesOut = 0;
    MonotonicTime m_sentAt{};
    SecretBytes m_sudoPassword;
    std::function<void()> m_sudoRefused;
    bool m_sudoReady = false;
};

} // namespace infra::ssh
