// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QHashFunctions>
#include <QtCore/QString>

namespace infra {

/// An id of one kind of thing. Ids of different things are different types and do not mix.
template <typename Tag>
class StrongId
{
public:
    StrongId() = default;
    explicit StrongId(QString value)
        : m_value(std::move(value))
    {
    }
    const QString &toString() const { return m_value; }
    bool isNull() const { return m_value.isEmpty(); }

    friend bool operator==(const StrongId &a, const StrongId &b) { return a.m_value == b.m_value; }
    friend bool operator<(const StrongId &a, const StrongId &b) { return a.m_value < b.m_value; }
    friend size_t qHash(const StrongId &id, size_t seed = 0) { return ::qHash(id.m_value, seed); }

private:
    QString m_value;
};

using DeviceId = StrongId<struct DeviceTag>;           ///< "d_" + ULID; `d_local` is this computer
using CorrelationId = StrongId<struct CorrelationTag>; ///< ULID; follows one operation across threads

} // namespace infra
