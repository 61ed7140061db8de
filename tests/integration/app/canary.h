// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace infra::test {

/// Secrets that must be nowhere, and how they could be written down: as they are, base 64 (at every alignment),
/// hexadecimal, UTF-16, percent-encoded, backwards.
class Canaries
{
public:
    /// @param name what is told when it is found. The secret has at least 8 characters.
    void add(const QString &name, const QByteArray &secret);
    int count() const { return static_cast<int>(m_names.size()); }

    /// "name as form in place" for each form that is in the bytes.
    QStringList findIn(const QByteArray &bytes, const QString &place) const;
    /// In every file below a folder. @param files how many were read is added to it.
    QStringList findBelow(const QString &folder, int *files = nullptr) const;
    /// In the command lines and the environments of all processes of this machine but one that carries some on purpose.
    QStringList findInProcesses(qint64 except) const;

private:
    struct Form
    {
        QString name;
        QByteArray bytes;
    };
    QStringList m_names;
    QList<Form> m_forms;
};

} // namespace infra::test
