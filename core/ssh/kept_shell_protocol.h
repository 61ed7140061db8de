// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <optional>

namespace infra::ssh {

/// Finds the answer of one message in the bytes of a kept-open shell. Pure, binary-safe, any split of the bytes; any
/// one thread. The answer starts at the first line that begins with "@@NONCE " and ends with the line "@@NONCE end RC";
/// what a login shell or a .bashrc printed before it is ignored (and bounded).
class KeptShellProtocol
{
public:
    enum class State
    {
        Idle,
        Waiting,
        Answered,
        TooLarge
    };

    /// Forgets everything before; an answer above `cap` bytes, or as much noise before it and 1 MiB more, is TooLarge.
    void begin(const QByteArray &nonce, qint64 cap);
    State feed(QByteArrayView bytes);
    State state() const { return m_state; }
    /// Marks included. After Answered.
    QByteArray takeAnswer();
    std::optional<int> exitStatus() const { return m_exitStatus; }
    bool hasStarted() const { return m_started; }
    /// Bytes fed since `begin`, noise included.
    qint64 bytesSeen() const { return m_seen; }
    void reset();

private:
    void findStart();
    void findEnd();

    QByteArray m_mark; ///< "\n@@NONCE "
    QByteArray m_end;  ///< "\n@@NONCE end "
    QByteArray m_buffer;
    qsizetype m_scanned = 0;
    qint64 m_cap = 0;
    qint64 m_seen = 0;
    bool m_started = false;
    State m_state = State::Idle;
    std::optional<int> m_exitStatus;
};

} // namespace infra::ssh
