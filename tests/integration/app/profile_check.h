// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace infra::test {

/// What a profile's database says of itself, read from a copy (with its log), so that the application recovers the
/// original alone.
struct ProfileCheck
{
    QString integrity; ///< "ok"
    QStringList wrong; ///< every broken promise: doubles, halves of a batch, counts that are off
    qint64 audits = 0;
    QHash<QString, qint64> answered;   ///< by device name: messages that the audit says were answered
    QHash<QString, qint64> unanswered; ///< by device name: operations that failed or were cancelled
};

/// @param folder the profile's folder.
ProfileCheck checkProfile(const QString &folder);

} // namespace infra::test
