// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>
#include <QtCore/QStringView>

#include <array>
#include <optional>

namespace infra {

/// A value of an enumeration and its published word.
template <typename Enum>
struct NameRow
{
    Enum value;
    QStringView name;
};

/// The word of a value; "unknown" for one that is not in the table (only a cast from outside can make one).
template <typename Enum, std::size_t Count>
QString nameIn(const std::array<NameRow<Enum>, Count> &table, Enum value)
{
    for (const NameRow<Enum> &row : table) {
        if (row.value == value)
            return row.name.toString();
    }
    return QStringLiteral("unknown");
}

template <typename Enum, std::size_t Count>
std::optional<Enum> valueIn(const std::array<NameRow<Enum>, Count> &table, QStringView name)
{
    for (const NameRow<Enum> &row : table) {
        if (row.name == name)
            return row.value;
    }
    return std::nullopt;
}

} // namespace infra
