// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/snapshot_rows.h"

#include "core/model/section.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QSet>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Separates the parts of a signature; no name holds it, because it is a control character.
constexpr QChar kPart(0x1f);
const QString kRemoved = QStringLiteral("removed");

QVariant orNull(const std::optional<qint64> &value)
{
    return value ? QVariant(*value) : QVariant(QMetaType(QMetaType::LongLong));
}

QString containerSignature(const QString &name, const QString &image, const QString &state, const QString &health,
                           const std::optional<qint64> &restarts)
{
    return QStringList{name, image, state, health, restarts ? QString::number(*restarts) : QString()}.join(kPart);
}

QString interfaceSignature(const QString &state, const QString &kind, const std::optional<qint64> &speed,
                           const std::optional<qint64> &mtu, const QString &mac)
{
    return QStringList{state, kind, speed ? QString::number(*speed) : QString(),
                       mtu ? QString::number(*mtu) : QString(), mac}
        .join(kPart);
}

} // namespace

QByteArray snapshotText(const QJsonValue &data)
{
    return QJsonDocument(QJsonArray{data}).toJson(QJsonDocument::Compact);
}

QJsonValue snapshotFromText(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).array().at(0);
}

void SnapshotRows::forget()
{
    m_latest.clear();
    m_containers.clear();
    m_interfaces.clear();
}

Result<void> SnapshotRows::write(qint64 device, Kind kind, qint64 time, const QJsonValue &data)
{
    const QByteArray text = snapshotText(data);
    const size_t hash = qHash(text, 0);
    const auto known = m_latest.constFind({device, int(kind)});
    Connection &connection = m_context.connection();
    if (known != m_latest.constEnd() && known->hash == hash && known->time <= time) {
        // Lists of ports, users or units stay the same for hours: only their age changes.
        const Result<qint64> done = connection.run(
            u"UPDATE device_snapshots SET time = ? WHERE device = ? AND kind = ?"_s, {time, device, toName(kind)});
        if (!done)
            return fail(done.error());
        if (*done > 0) {
            m_latest.insert({device, int(kind)}, {time, hash});
            return {};
        }
    }
    const Result<qint64> done =
        connection.run(u"INSERT INTO device_snapshots (device, kind, time, data) VALUES (?, ?, ?, ?) "
                       "ON CONFLICT (device, kind) DO UPDATE SET time = excluded.time, data = excluded.data"_s,
                       {device, toName(kind), time, QString::fromUtf8(text)});
    if (!done)
        return fail(done.error());
    m_latest.insert({device, int(kind)}, {time, hash});
    if (kind == Kind::Containers)
        return writeContainers(device, time, data);
    if (kind == Kind::Interfaces)
        return writeInterfaces(device, time, data);
    return {};
}

Result<QHash<QString, QString> *> SnapshotRows::known(Known &cache, qint64 device, const QString &sql)
{
    const auto found = cache.find(device);
    if (found != cache.end())
        return &*found;
    QHash<QString, QString> rows;
    // By time: the last one of each object stays.
    const Result<void> read = m_context.connection().each(sql, {device}, [&](const Row &row) {
        rows.insert(row.text(0),
                    &cache == &m_containers
                        ? containerSignature(row.text(1), row.text(2), row.text(3), row.text(4), row.optionalInteger(5))
                        : interfaceSignature(row.text(1), row.text(2), row.optionalInteger(3), row.optionalInteger(4),
                                             row.text(5)));
    });
    if (!read)
        return fail(read.error());
    return &*cache.insert(device, rows);
}

Result<void> SnapshotRows::writeContainers(qint64 device, qint64 time, const QJsonValue &data)
{
    const SectionData section = sectionDataFromJson(Kind::Containers, data);
    const auto *containers = std::get_if<QList<Container>>(&section);
    if (!containers)
        return {};
    const auto rows = known(m_containers, device,
                            u"SELECT container, name, image, state, health, restarts FROM container_snapshots "
                            "WHERE device = ? ORDER BY time"_s);
    if (!rows)
        return fail(rows.error());
    QSet<QString> seen;
    for (const Container &container : *containers) {
        seen.insert(container.id);
        const QString signature =
            containerSignature(container.name, container.image, container.state, container.health, container.restarts);
        if ((*rows)->value(container.id) == signature)
            continue;
        if (Result<void> done = addContainer(device, time, container); !done)
            return done;
        (*rows)->insert(container.id, signature);
    }
    for (const QString &id : (*rows)->keys()) {
        if (seen.contains(id))
            continue;
        const QStringList parts = (*rows)->value(id).split(kPart);
        if (parts.size() == 5 && parts.at(2) != kRemoved) {
            Container gone;
            gone.id = id;
            gone.name = parts.at(0);
            gone.image = parts.at(1);
            gone.state = kRemoved;
            if (Result<void> done = addContainer(device, time, gone); !done)
                return done;
            (*rows)->insert(id, containerSignature(gone.name, gone.image, gone.state, gone.health, gone.restarts));
        }
    }
    return {};
}

Result<void> SnapshotRows::addContainer(qint64 device, qint64 time, const Container &container)
{
    const Result<qint64> done = m_context.connection().run(
        u"INSERT INTO container_snapshots (device, container, time, name, image, engine, state, health, restarts, "
        u"started_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device, container, time) DO UPDATE SET name = "
        "excluded.name, "
        "image = excluded.image, state = excluded.state, health = excluded.health, restarts = excluded.restarts"_s,
        {device, notNull(container.id), time, notNull(container.name), notNull(container.image),
         notNull(container.engine), notNull(container.state), notNull(container.health), orNull(container.restarts),
         orNull(container.started ? std::optional<qint64>(toMs(*container.started)) : std::nullopt)});
    return done.map([](qint64) {});
}

Result<void> SnapshotRows::writeInterfaces(qint64 device, qint64 time, const QJsonValue &data)
{
    const SectionData section = sectionDataFromJson(Kind::Interfaces, data);
    const auto *interfaces = std::get_if<QList<NetInterface>>(&section);
    if (!interfaces)
        return {};
    const auto rows = known(m_interfaces, device,
                            u"SELECT name, state, kind, speed_mbit, mtu, mac FROM network_interfaces "
                            "WHERE device = ? ORDER BY time"_s);
    if (!rows)
        return fail(rows.error());
    for (const NetInterface &interface : *interfaces) {
        const QString signature =
            interfaceSignature(interface.state, interface.kind, interface.speedMbit, interface.mtu, interface.mac);
        if ((*rows)->value(interface.name) == signature)
            continue;
        const Result<qint64> done = m_context.connection().run(
            u"INSERT INTO network_interfaces (device, name, time, state, kind, speed_mbit, mtu, mac) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device, name, time) DO UPDATE SET state = excluded.state, "
            "kind = excluded.kind, speed_mbit = excluded.speed_mbit, mtu = excluded.mtu, mac = excluded.mac"_s,
            {device, notNull(interface.name), time, notNull(interface.state), notNull(interface.kind),
             orNull(interface.speedMbit), orNull(interface.mtu), notNull(interface.mac)});
        if (!done)
            return fail(done.error());
        (*rows)->insert(interface.name, signature);
    }
    return {};
}

} // namespace infra::store::sql
