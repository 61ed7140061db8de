// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/integration/app/profile_check.h"
#include "tests/support/lab.h"

#include <QtCore/QHash>
#include <QtCore/QString>

namespace infra::test {

/// Holds the audit of a profile against the lab's own log, life by life of the application.
///
/// The application puts what it did into one queue, in the order in which it was done, and one writer commits from its
/// front. So a kill can take only the end of that queue: all that was done before the newest audit row that is there
/// must be there too. The lab writes a request down before the first byte of its answer leaves, and the application
/// sends a host its next request only when the last one was written down. Therefore, for each host and each life:
/// - the audit never has more than the lab saw up to its newest row,
/// - of what the lab saw before the newest row (of any machine) at most one request is not in the audit: the one whose
///   answer was just coming in,
/// - what the lab saw after it is not in the audit, and is no older than a request may take.
/// A request that was given up (its time ran out) is seen by the lab and is not counted as answered by the audit: it
/// shows as a new shell, or as an operation that failed.
class LabAccount
{
public:
    explicit LabAccount(const Lab &lab)
        : m_lab(lab)
    {
    }

    /// Whether every session that the lab saw begin has ended.
    bool isQuiet();
    /// A life has ended, by a kill at `killedAt` (milliseconds since 1970) or in order (then nothing may be lost).
    /// @param check the profile as it was left. Empty, or which host's account does not come out.
    QString closeLife(const ProfileCheck &check, qint64 killedAt, bool inOrder = false);
    /// All lives so far, in numbers.
    QString report() const;
    qint64 audited() const { return m_audited; }

private:
    struct Seen ///< of one host in one life
    {
        QList<qint64> messages; ///< when
        qint64 shells = 0;
    };
    struct Log ///< of one host
    {
        qint64 read = 0; ///< bytes
        qint64 sessions = 0;
        Seen seen;
    };
    void readLogs();
    QString closeHost(const QString &name, const Seen &seen, const ProfileCheck &check, qint64 newest, qint64 killedAt,
                      bool inOrder);

    const Lab &m_lab;
    QHash<QString, Log> m_logs;
    qint64 m_lives = 0, m_messages = 0, m_audited = 0;
    qint64 m_answering = 0; ///< lost while their answer came in
    qint64 m_after = 0;     ///< lost: seen by the lab after the last commit
    qint64 m_givenUp = 0;
    qint64 m_oldestMs = 0; ///< how long before the kill the oldest lost one was seen
};

} // namespace infra::test
