// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/settings.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <cmath>

namespace infra {

namespace {

constexpr qsizetype longestString = 4096;
constexpr qsizetype longestList = 1000;

QString shownValue(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text.mid(1, text.size() - 2));
}

bool isWhole(double number)
{
    return std::floor(number) == number;
}

/// A number is whole when its default and limits are: 60.5 s where 60 is meant would be read as something else.
bool wantsWhole(const SettingKey &key)
{
    return isWhole(key.defaultValue.toDouble()) && isWhole(key.minimum.value_or(0)) && isWhole(key.maximum.value_or(0));
}

Result<void> checkNumber(const SettingKey &key, const QJsonValue &value)
{
    const QString name = QString::fromUtf8(key.name);
    const bool whole = wantsWhole(key);
    const QString kind = whole ? QStringLiteral("a whole number") : QStringLiteral("a number");
    QString rule = kind;
    if (key.minimum && key.maximum)
        rule = QStringLiteral("%1 from %2 to %3").arg(kind).arg(*key.minimum, 0, 'g', 12).arg(*key.maximum, 0, 'g', 12);
    else if (key.minimum)
        rule = QStringLiteral("%1 of at least %2").arg(kind).arg(*key.minimum, 0, 'g', 12);
    else if (key.maximum)
        rule = QStringLiteral("%1 of at most %2").arg(kind).arg(*key.maximum, 0, 'g', 12);
    const double number = value.toDouble();
    const bool good = value.isDouble() && std::isfinite(number) && (!whole || isWhole(number)) &&
                      (!key.minimum || number >= *key.minimum) && (!key.maximum || number <= *key.maximum);
    if (!good)
        return invalid(name, shownValue(value), rule);
    return {};
}

Result<void> checkString(const SettingKey &key, const QString &field, const QJsonValue &value)
{
    const QString text = value.toString();
    if (!value.isString() || text.size() > longestString)
        return invalid(field, shownValue(value), QStringLiteral("a text of at most %1 characters").arg(longestString));
    if (!key.allowed.isEmpty() && !key.allowed.contains(text))
        return invalid(field, text, QStringLiteral("one of: %1").arg(key.allowed.join(QStringLiteral(", "))));
    return {};
}

Result<void> checkList(const SettingKey &key, const QJsonValue &value)
{
    const QString name = QString::fromUtf8(key.name);
    if (!value.isArray() || value.toArray().size() > longestList)
        return invalid(name, shownValue(value), QStringLiteral("a list of at most %1 texts").arg(longestList));
    const QJsonArray list = value.toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (auto checked = checkString(key, QStringLiteral("%1[%2]").arg(name).arg(i), list.at(i)); !checked)
            return checked;
    }
    return {};
}

} // namespace

Result<void> checkSetting(const SettingKey &key, const QJsonValue &value)
{
    switch (key.defaultValue.type()) {
    case QJsonValue::Bool:
        if (!value.isBool())
            return invalid(QString::fromUtf8(key.name), shownValue(value), QStringLiteral("true or false"));
        return {};
    case QJsonValue::Double:
        return checkNumber(key, value);
    case QJsonValue::String:
        return checkString(key, QString::fromUtf8(key.name), value);
    case QJsonValue::Array:
        return checkList(key, value);
    default:
        return fail(ErrorCode::Internal, QStringLiteral("The setting %1 has no type").arg(QString::fromUtf8(key.name)));
    }
}

} // namespace infra
