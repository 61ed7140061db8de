// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/kept_shell_protocol.h"

#include <QtCore/QString>

#include <algorithm>

namespace infra::ssh {

namespace {
constexpr qint64 kNoiseAllowance = 1024 * 1024;
constexpr qsizetype kLongestStatus = 10;
} // namespace

void KeptShellProtocol::begin(const QByteArray &nonce, qint64 cap)
{
    reset();
    m_mark = "\n@@" + nonce + ' ';
    m_end = m_mark + "end ";
    m_cap = cap;
    // The buffer always starts at a line's beginning: as if a newline stood before it.
    m_buffer = "\n";
    m_state = State::Waiting;
}

void KeptShellProtocol::reset()
{
    m_buffer = QByteArray();
    m_scanned = 0;
    m_seen = 0;
    m_started = false;
    m_exitStatus.reset();
    m_state = State::Idle;
}

KeptShellProtocol::State KeptShellProtocol::feed(QByteArrayView bytes)
{
    if (m_state != State::Waiting)
        return m_state;
    m_seen += bytes.size();
    m_buffer.append(bytes.data(), bytes.size());
    if (!m_started)
        findStart();
    if (m_started)
        findEnd();
    if (m_state == State::Waiting &&
        (m_buffer.size() > m_cap + m_end.size() + kLongestStatus || (!m_started && m_seen > m_cap + kNoiseAllowance))) {
        m_buffer = QByteArray();
        m_state = State::TooLarge;
    }
    return m_state;
}

void KeptShellProtocol::findStart()
{
    const qsizetype at = m_buffer.indexOf(m_mark);
    if (at >= 0) {
        m_started = true;
        m_buffer.remove(0, at);
        m_scanned = 0;
        return;
    }
    // Only what could be the beginning of a mark is worth keeping.
    if (m_buffer.size() > m_mark.size())
        m_buffer.remove(0, m_buffer.size() - m_mark.size());
}

void KeptShellProtocol::findEnd()
{
    qsizetype from = m_scanned;
    while (true) {
        const qsizetype at = m_buffer.indexOf(m_end, from);
        if (at < 0) {
            m_scanned = std::max<qsizetype>(0, m_buffer.size() - m_end.size());
            return;
        }
        const qsizetype number = at + m_end.size();
        const qsizetype newline = m_buffer.indexOf('\n', number);
        if (newline < 0 && m_buffer.size() - number <= kLongestStatus) {
            m_scanned = at;
            return;
        }
        bool ok = false;
        const int status =
            newline < 0 || newline - number > kLongestStatus ? 0 : m_buffer.mid(number, newline - number).toInt(&ok);
        if (ok) {
            if (newline > m_cap) { // the leading newline is not part of the answer
                m_buffer = QByteArray();
                m_state = State::TooLarge;
                return;
            }
            m_exitStatus = status;
            m_buffer.truncate(newline + 1);
            m_state = State::Answered;
            return;
        }
        from = number; // text that only looks like the end
    }
}

QByteArray KeptShellProtocol::takeAnswer()
{
    QByteArray answer = m_buffer.mid(1);
    m_buffer = QByteArray();
    m_state = State::Idle;
    return answer;
}

} // namespace infra::ssh
