// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/section.h"

#include "core/model/system_json.h"

#include <QtCore/QJsonArray>

namespace infra {

namespace {

/// Turns each alternative into JSON.
struct SectionWriter
{
    QJsonValue operator()(std::monostate) const { return QJsonValue(QJsonValue::Null); }
    QJsonValue operator()(const RawSystem &raw) const { return toJson(raw); }
    QJsonValue operator()(const UpdateStatus &updates) const { return toJson(updates); }
    QJsonValue operator()(const SensorReadings &readings) const
    {
        return QJsonObject{{QStringLiteral("temperatures"), (*this)(readings.temperatures)},
                           {QStringLiteral("fans"), (*this)(readings.fans)}};
    }
    template <typename T>
    QJsonValue operator()(const QList<T> &list) const
    {
        QJsonArray array;
        for (const T &item : list)
            array.append(toJson(item));
        return array;
    }
};

template <typename T>
QList<T> listFromJson(const QJsonValue &value, T (*fromJson)(const QJsonObject &))
{
    QList<T> list;
    const QJsonArray array = value.toArray();
    list.reserve(array.size());
    for (const QJsonValue &item : array)
        list.append(fromJson(item.toObject()));
    return list;
}

SectionData objectData(Kind kind, const QJsonObject &object)
{
    switch (kind) {
    case Kind::SystemMetrics:
        return rawSystemFromJson(object);
    case Kind::Temperatures:
        return SensorReadings{listFromJson(object.value(QLatin1String("temperatures")), temperatureFromJson),
                              listFromJson(object.value(QLatin1String("fans")), fanFromJson)};
    case Kind::Updates:
        return updateStatusFromJson(object);
    default:
        return std::monostate();
    }
}

SectionData arrayData(Kind kind, const QJsonValue &value)
{
    switch (kind) {
    case Kind::Filesystems:
        return listFromJson(value, filesystemFromJson);
    case Kind::Interfaces:
        return listFromJson(value, netInterfaceFromJson);
    case Kind::Processes:
        return listFromJson(value, processFromJson);
    case Kind::Services:
        return listFromJson(value, serviceUnitFromJson);
    case Kind::Containers:
        return listFromJson(value, containerFromJson);
    case Kind::Users:
        return listFromJson(value, userSessionFromJson);
    case Kind::Ports:
        return listFromJson(value, listeningPortFromJson);
    default:
        return std::monostate();
    }
}

} // namespace

QJsonValue toJson(const SectionData &data)
{
    return std::visit(SectionWriter{}, data);
}

SectionData sectionDataFromJson(Kind kind, const QJsonValue &value)
{
    if (value.isObject())
        return objectData(kind, value.toObject());
    if (value.isArray())
        return arrayData(kind, value);
    return std::monostate();
}

} // namespace infra
