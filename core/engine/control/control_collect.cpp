// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/control_reply.h"

#include <QtCore/QJsonArray>

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<QList<Kind>> kindsOf(const QJsonValue &value)
{
    QList<Kind> kinds;
    const QString text = value.toString();
    for (const QString &word : text.split(u',', Qt::SkipEmptyParts)) {
        const std::optional<Kind> kind = kindFromName(word.trimmed());
        if (!kind)
            return invalid(u"kinds"_s, word,
                           u"must be kinds of contract, separated by commas: system_metrics, filesystems, …"_s);
        if (!kinds.contains(*kind))
            kinds.append(*kind);
    }
    if (value.isString() && kinds.isEmpty())
        return invalid(u"kinds"_s, text, u"must name at least one kind"_s);
    return kinds;
}

std::optional<Kind> kindOfCommand(const QString &command)
{
    return command == "system"_L1 ? Kind::SystemMetrics : kindFromName(command);
}

void appendList(QJsonArray &into, const QJsonValue &list, const QJsonObject &head)
{
    for (const QJsonValue &value : list.toArray()) {
        QJsonObject entry = value.toObject();
        // A file system's own "device" is the block device; whose it is stands in "device_id" everywhere.
        for (auto it = head.constBegin(); it != head.constEnd(); ++it) {
            if (!entry.contains(it.key()))
                entry.insert(it.key(), it.value());
        }
        into.append(entry);
    }
}

template <typename T>
QJsonArray listJson(const QList<T> &values)
{
    QJsonArray list;
    for (const T &value : values)
        list.append(toJson(value));
    return list;
}

QJsonArray entriesOf(const Section &section)
{
    if (const auto *filesystems = std::get_if<QList<Filesystem>>(&section.data))
        return listJson(*filesystems);
    if (const auto *interfaces = std::get_if<QList<NetInterface>>(&section.data))
        return listJson(*interfaces);
    if (const auto *sensors = std::get_if<SensorReadings>(&section.data))
        return listJson(sensors->temperatures);
    if (const auto *processes = std::get_if<QList<Process>>(&section.data))
        return listJson(*processes);
    if (const auto *services = std::get_if<QList<ServiceUnit>>(&section.data))
        return listJson(*services);
    if (const auto *containers = std::get_if<QList<Container>>(&section.data))
        return listJson(*containers);
    if (const auto *users = std::get_if<QList<UserSession>>(&section.data))
        return listJson(*users);
    if (const auto *ports = std::get_if<QList<ListeningPort>>(&section.data))
        return listJson(*ports);
    if (const auto *updates = std::get_if<UpdateStatus>(&section.data))
        return {toJson(*updates)};
    return {};
}

/// Several devices: reached when at least one was.
int exitCodeOfAll(const QList<collect::CollectResult> &results)
{
    if (results.isEmpty())
        return 0;
    int worst = 5;
    for (const collect::CollectResult &result : results)
        worst = result.error ? std::min(worst, exitCodeOf(result.error->code)) : 0;
    return worst;
}

} // namespace

QFuture<ControlReply> ControlService::collect(ControlRequest &request)
{
    QList<DeviceId> ids;
    if (request.args.value("all"_L1).toBool()) {
        for (const Device &device : m_parts.devices.all())
            ids.append(device.id);
    }
    for (const QJsonValue &value : request.args.value("ids"_L1).toArray()) {
        ControlRequest one;
        one.args.insert("id"_L1, value);
        const Result<Device> device = deviceArgument(one);
        if (!device)
            return readyReply(failReply(device.error()));
        ids.append(device->id);
    }
    const Result<QList<Kind>> kinds = kindsOf(request.args.value("kinds"_L1));
    if (!kinds)
        return readyReply(failReply(kinds.error()));
    const Actor actor = actorOf(request);
    QList<QFuture<collect::CollectResult>> running;
    for (const DeviceId &id : ids) {
        infra::collect::CollectRequest one;
        one.device = id;
        one.kinds = *kinds;
        one.force = request.args.value("force"_L1).toBool();
        one.source = AuditSource::Ctl;
        one.actor = request.actor;
        one.correlation = actor.correlation;
        running.append(m_parts.engine.collection().collect(std::move(one)));
    }
    return QtFuture::whenAll(running.begin(), running.end())
        .then(this, [](const QList<QFuture<collect::CollectResult>> &done) {
            QList<collect::CollectResult> results;
            QJsonArray array;
            for (const QFuture<collect::CollectResult> &future : done) {
                results.append(future.result());
                array.append(collect::toJson(results.last()));
            }
            const int exitCode = exitCodeOfAll(results);
            if (exitCode == 0)
                return okReply({{u"results"_s, array}});
            ControlReply reply = failReply(*results.first().error);
            reply.exitCode = exitCode;
            reply.body.insert("results"_L1, array);
            return reply;
        });
}

QFuture<ControlReply> ControlService::inventory(ControlRequest &request)
{
    const QString command = request.command;
    const Kind kind = *kindOfCommand(command);
    QList<Device> devices;
    if (request.args.value("id"_L1).toString().isEmpty()) {
        devices = m_parts.devices.all();
    } else {
        const Result<Device> device = deviceArgument(request);
        if (!device)
            return readyReply(failReply(device.error()));
        devices = {*device};
    }
    QList<QFuture<collect::CollectResult>> running;
    const Actor actor = actorOf(request);
    for (const Device &device : std::as_const(devices)) {
        infra::collect::CollectRequest one;
        one.device = device.id;
        one.kinds = {kind};
        one.source = AuditSource::Ctl;
        one.actor = request.actor;
        one.correlation = actor.correlation;
        running.append(m_parts.engine.collection().collect(std::move(one)));
    }
    return QtFuture::whenAll(running.begin(), running.end())
        .then(this, [this, command, kind](const QList<QFuture<collect::CollectResult>> &done) {
            QJsonArray entries, warnings, fans;
            QList<collect::CollectResult> results;
            std::optional<Error> sectionError;
            for (const QFuture<collect::CollectResult> &future : done) {
                const collect::CollectResult result = future.result();
                results.append(result);
                const QString device = result.device.toString();
                for (const collect::CollectedSection &collected : result.sections) {
                    const QJsonObject head{{u"device"_s, device},
                                           {u"device_id"_s, device},
                                           {u"age_ms"_s, static_cast<qint64>(collected.age.count())}};
                    for (const QString &warning : collected.section.warnings)
                        warnings.append(QJsonObject{{u"device"_s, device}, {u"text"_s, warning}});
                    if (collected.section.error)
                        sectionError = collected.section.error;
                    if (kind == Kind::SystemMetrics) {
                        const std::optional<DeviceRow> row = m_parts.engine.row(result.device);
                        if (row && row->system && collected.section.status != SectionStatus::Error)
                            appendList(entries, QJsonArray{toJson(*row->system)}, head);
                        continue;
                    }
                    appendList(entries, entriesOf(collected.section), head);
                    if (const auto *sensors = std::get_if<SensorReadings>(&collected.section.data))
                        appendList(fans, listJson(sensors->fans), head);
                }
            }
            const int exitCode = exitCodeOfAll(results);
            if (exitCode != 0) {
                ControlReply reply = failReply(*results.first().error);
                reply.exitCode = exitCode;
                return reply;
            }
            if (results.size() == 1 && entries.isEmpty() && sectionError)
                return failReply(*sectionError);
            QJsonObject body{{command, entries}, {u"warnings"_s, warnings}};
            if (kind == Kind::Temperatures)
                body.insert("fans"_L1, fans);
            return okReply(std::move(body));
        });
}

} // namespace infra::engine
