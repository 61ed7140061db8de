// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>
#include <QtCore/QStringList>

#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace infra::json {

// Small codecs shared by the files of this module: what is not known is null, and null or a wrong type reads as "not
// known".

inline QJsonValue text(const QString &value)
{
    return value.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(value);
}

inline QJsonValue number(const std::optional<double> &value)
{
    return value && std::isfinite(*value) ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

inline QJsonValue integer(const std::optional<qint64> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

inline QJsonValue integer(const std::optional<int> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

/// Counters above 2^63 do not fit a JSON number of Qt and go as text.
inline QJsonValue counter(quint64 value)
{
    constexpr auto largest = static_cast<quint64>(std::numeric_limits<qint64>::max());
    return value <= largest ? QJsonValue(static_cast<qint64>(value)) : QJsonValue(QString::number(value));
}

inline QJsonValue boolean(const std::optional<bool> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

inline QJsonValue time(const std::optional<Instant> &value)
{
    return value ? QJsonValue(toRfc3339(*value)) : QJsonValue(QJsonValue::Null);
}

inline std::optional<double> toNumber(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

inline std::optional<qint64> toInteger(const QJsonValue &value)
{
    if (!value.isDouble())
        return std::nullopt;
    // toInteger gives its default for a fraction or what is out of range; two defaults tell that from a real value.
    const qint64 first = value.toInteger(0);
    return first != 0 || value.toInteger(1) == 0 ? std::optional(first) : std::nullopt;
}

inline std::optional<int> toInt(const QJsonValue &value)
{
    const std::optional<qint64> wide = toInteger(value);
    if (!wide || *wide < std::numeric_limits<int>::min() || *wide > std::numeric_limits<int>::max())
        return std::nullopt;
    return static_cast<int>(*wide);
}

inline std::optional<quint64> toCounter(const QJsonValue &value)
{
    if (value.isString()) {
        bool good = false;
        const quint64 parsed = value.toString().toULongLong(&good);
        return good ? std::optional(parsed) : std::nullopt;
    }
    const std::optional<qint64> signedValue = toInteger(value);
    return signedValue && *signedValue >= 0 ? std::optional(static_cast<quint64>(*signedValue)) : std::nullopt;
}

inline std::optional<bool> toBoolean(const QJsonValue &value)
{
    return value.isBool() ? std::optional(value.toBool()) : std::nullopt;
}

inline std::optional<Instant> toTime(const QJsonValue &value)
{
    return value.isString() ? fromRfc3339(value.toString()) : std::nullopt;
}

inline QStringList toTexts(const QJsonValue &value)
{
    QStringList result;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array) {
        if (item.isString())
            result.append(item.toString());
    }
    return result;
}

inline QJsonValue triple(const std::optional<std::array<double, 3>> &value)
{
    if (!value)
        return QJsonValue(QJsonValue::Null);
    return QJsonArray{(*value)[0], (*value)[1], (*value)[2]};
}

inline std::optional<std::array<double, 3>> toTriple(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    if (array.size() != 3 || !array.at(0).isDouble() || !array.at(1).isDouble() || !array.at(2).isDouble())
        return std::nullopt;
    return std::array<double, 3>{array.at(0).toDouble(), array.at(1).toDouble(), array.at(2).toDouble()};
}

} // namespace infra::json
