// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace infra::test {

struct AuditRow
{
    qint64 seq = 0;
    qint64 timeMs = 0;
    QString device; ///< its name; empty: of no device
    qint64 roundTrips = 0;
    bool failed = false; ///< or cancelled
};

/// What a profile's database says of itself, read from a copy (with its log), so that the application recovers the
/// original alone.
struct ProfileCheck
{
    QString integrity; ///< "ok"
    QStringList wrong; ///< every broken promise: doubles, halves of a batch, counts that are off
    qint64 audits = 0;
    QList<AuditRow> newRows; ///< of the audit, by sequence
};

/// @param folder the profile's folder. @param after `newRows` are those with a higher sequence.
ProfileCheck checkProfile(const QString &folder, qint64 after = 0);

} // namespace infra::test
