// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/app/shape.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

QString shown(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)).left(120);
}

bool fits(const QJsonValue &value, const QString &expression)
{
    return value.isString() &&
           QRegularExpression(QRegularExpression::anchoredPattern(expression)).match(value.toString()).hasMatch();
}

bool isOfType(const QJsonValue &value, const QString &type)
{
    if (type == "string"_L1)
        return value.isString();
    if (type == "int"_L1)
        return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
    if (type == "number"_L1)
        return value.isDouble();
    if (type == "bool"_L1)
        return value.isBool();
    if (type == "object"_L1)
        return value.isObject();
    if (type == "time"_L1)
        return fits(value, u"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"_s);
    if (type == "id"_L1)
        return fits(value, u"d_[A-Za-z0-9]+"_s);
    if (type == "ulid"_L1)
        return fits(value, u"[0-9A-HJKMNP-TV-Z]{26}"_s);
    if (type == "sha256"_L1)
        return fits(value, u"SHA256:[A-Za-z0-9+/]{43}"_s);
    if (type == "point"_L1) { // time, average, least, most
        const QJsonArray point = value.toArray();
        return point.size() == 4 && isOfType(point.at(0), u"time"_s) && point.at(1).isDouble() &&
               point.at(2).isDouble() && point.at(3).isDouble();
    }
    if (type.startsWith("pair:"_L1)) {
        const QJsonArray list = value.toArray();
        return value.isArray() && list.size() == type.mid(5).toInt() &&
               std::all_of(list.begin(), list.end(), [](const QJsonValue &one) { return one.isDouble(); });
    }
    return value.isString() && type.split(u'|').contains(value.toString());
}

QStringList compareList(const QJsonValue &value, const QJsonArray &shape, const QString &place)
{
    if (!value.isArray())
        return {u"%1 is no list: %2"_s.arg(place, shown(value))};
    const QJsonArray list = value.toArray();
    QStringList wrong;
    if (list.isEmpty() && shape.size() > 1)
        wrong.append(u"%1 is empty"_s.arg(place));
    for (qsizetype at = 0; at < list.size(); ++at)
        wrong += compareShape(list.at(at), shape.first(), u"%1/%2"_s.arg(place).arg(at));
    return wrong;
}

} // namespace

QStringList compareShape(const QJsonValue &value, const QJsonValue &shape, const QString &place)
{
    if (shape.isArray())
        return compareList(value, shape.toArray(), place);
    if (shape.isObject()) {
        if (!value.isObject())
            return {u"%1 is no object: %2"_s.arg(place, shown(value))};
        const QJsonObject object = value.toObject(), wanted = shape.toObject();
        QStringList wrong;
        for (auto key = wanted.constBegin(); key != wanted.constEnd(); ++key) {
            const QString where = u"%1/%2"_s.arg(place, key.key());
            if (!object.contains(key.key()))
                wrong.append(u"%1 is not there"_s.arg(where));
            else
                wrong += compareShape(object.value(key.key()), key.value(), where);
        }
        return wrong;
    }
    QString type = shape.toString();
    if (type.endsWith(u'?')) {
        if (value.isNull())
            return {};
        type.chop(1);
    }
    return isOfType(value, type) ? QStringList() : QStringList{u"%1 is no %2: %3"_s.arg(place, type, shown(value))};
}

} // namespace infra::test
