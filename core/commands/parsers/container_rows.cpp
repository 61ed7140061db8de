// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redaction.h"
#include "core/commands/parsers/containers_parser.h"

#include <QtCore/QJsonArray>
#include <QtCore/QRegularExpression>

#include <algorithm>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxPorts = 256;
constexpr qsizetype maxLabels = 100;

QString cleanText(const QJsonValue &value, qsizetype maxLength = 256)
{
    return displayText(value.toString().left(maxLength * 2), maxLength);
}

QString stateOf(const QString &status)
{
    if (status.contains(u"(Paused)"))
        return u"paused"_s;
    static const QList<std::pair<QString, QString>> beginnings{
        {u"Up"_s, u"running"_s},         {u"Exited"_s, u"exited"_s},
        {u"Created"_s, u"created"_s},    {u"Restarting"_s, u"restarting"_s},
        {u"Removal"_s, u"removing"_s},   {u"Dead"_s, u"dead"_s},
        {u"Initialized"_s, u"created"_s}};
    for (const auto &[beginning, state] : beginnings)
        if (status.startsWith(beginning))
            return state;
    return u"unknown"_s;
}

QString healthWord(const QString &text)
{
    const QString word = text.toLower();
    if (word == u"healthy" || word == u"unhealthy" || word == u"starting")
        return word;
    return u"none"_s;
}

QString healthOf(const QString &status)
{
    if (status.contains(u"(healthy)"))
        return u"healthy"_s;
    if (status.contains(u"(unhealthy)"))
        return u"unhealthy"_s;
    return status.contains(u"health: starting)") || status.contains(u"(starting)") ? u"starting"_s : u"none"_s;
}

void setLabel(Container &container, const QString &key, const QString &value)
{
    if (key.isEmpty() || container.labels.size() >= maxLabels)
        return;
    // Labels hold users and passwords of proxies, too.
    const QString whole = key + u'=' + value;
    const QString masked = redacted(whole);
    const QString shown = masked == whole                 ? value
                          : masked.startsWith(key + u'=') ? masked.mid(key.size() + 1)
                                                          : u"‹masked›"_s;
    container.labels.insert(displayText(key, 128), displayText(shown, 512));
    if (key == u"com.docker.compose.project" || key == u"io.podman.compose.project")
        container.composeProject = displayText(value, 128);
    else if (key == u"com.docker.compose.service" || key == u"io.podman.compose.service")
        container.composeService = displayText(value, 128);
}

void addPort(QList<PortMapping> &ports, int host, int container, const QString &protocol)
{
    const PortMapping port{host, container, displayText(protocol, 16)};
    if (container > 0 && container < 65536 && host >= 0 && host < 65536 && ports.size() < maxPorts &&
        !ports.contains(port))
        ports.append(port);
}

void addPodmanPorts(const QJsonArray &array, QList<PortMapping> &ports)
{
    for (const QJsonValue &value : array) {
        const QJsonObject port = value.toObject();
        const int range = std::clamp(port.value(u"range").toInt(1), 1, 64);
        for (int i = 0; i < range; ++i) {
            const int host = port.value(u"host_port").toInt();
            addPort(ports, host > 0 ? host + i : 0, port.value(u"container_port").toInt() + i,
                    port.value(u"protocol").toString(u"tcp"_s));
        }
    }
}

std::optional<Instant> startOf(QString text)
{
    // More digits than milliseconds are cut off; the year 1 means "never".
    static const QRegularExpression fraction(u"(\\.\\d{3})\\d+"_s);
    const std::optional<Instant> time = fromRfc3339(text.left(64).replace(fraction, u"\\1"_s));
    return time && toMs(*time) > 0 ? time : std::nullopt;
}

QString nameOf(const QJsonValue &value)
{
    QString name = value.isArray() ? value.toArray().first().toString() : value.toString().split(u',').first();
    if (name.startsWith(u'/'))
        name.remove(0, 1);
    return displayText(name.left(512), 256);
}

} // namespace

QList<PortMapping> parsePortText(const QString &text)
{
    static const QRegularExpression row(
        u"^(?:.*:(\\d{1,5})(?:-(\\d{1,5}))?->)?(\\d{1,5})(?:-(\\d{1,5}))?/([a-z]{1,8})$"_s);
    QList<PortMapping> ports;
    const QStringList parts = text.left(16384).split(u", "_s);
    for (const QString &part : parts) {
        const QRegularExpressionMatch match = row.match(part.trimmed());
        if (!match.hasMatch())
            continue;
        const int host = match.captured(1).toInt();
        const int first = match.captured(3).toInt();
        const int last = match.capturedLength(4) > 0 ? match.captured(4).toInt() : first;
        for (int port = first; port <= last && port - first < 64; ++port)
            addPort(ports, host > 0 ? host + port - first : 0, port, match.captured(5));
    }
    return ports;
}

std::optional<Container> containerFromPs(const QJsonObject &row, const QString &engine)
{
    Container container;
    container.id = displayText(row.value(row.contains(u"ID") ? u"ID" : u"Id").toString().left(128), 64);
    if (container.id.isEmpty())
        return std::nullopt;
    container.engine = engine;
    container.name = nameOf(row.value(u"Names"));
    container.image = cleanText(row.value(u"Image"));
    container.status = cleanText(row.value(u"Status"), 128);
    const QString state = cleanText(row.value(u"State"), 24).toLower();
    container.state = state.isEmpty() ? stateOf(container.status) : state == u"configured" ? u"created"_s : state;
    container.health = healthOf(container.status);
    if (row.value(u"Ports").isArray())
        addPodmanPorts(row.value(u"Ports").toArray(), container.ports);
    else
        container.ports = parsePortText(row.value(u"Ports").toString());
    if (row.value(u"Labels").isObject()) {
        const QJsonObject labels = row.value(u"Labels").toObject();
        for (auto it = labels.begin(); it != labels.end(); ++it)
            setLabel(container, it.key(), it.value().toString());
    } else {
        // A comma may stand in a value, too; `inspect` tells it right where it may be asked.
        const QStringList labels = row.value(u"Labels").toString().left(65536).split(u',');
        for (const QString &label : labels)
            if (const qsizetype equals = label.indexOf(u'='); equals > 0)
                setLabel(container, label.left(equals), label.mid(equals + 1));
    }
    if (const double started = row.value(u"StartedAt").toDouble(); started > 0 && started < 1e11)
        container.started = fromMs(static_cast<qint64>(started) * 1000);
    if (row.value(u"Restarts").isDouble())
        container.restarts = row.value(u"Restarts").toInteger();
    return container;
}

void addInspect(const QJsonObject &row, Container &container)
{
    if (const QString name = nameOf(row.value(u"Name")); !name.isEmpty())
        container.name = name;
    if (const QString image = cleanText(row.value(u"Image")); !image.isEmpty())
        container.image = image;
    if (const QString state = cleanText(row.value(u"Status"), 24).toLower(); !state.isEmpty())
        container.state = state == u"configured" ? u"created"_s : state;
    container.health = healthWord(row.value(u"Health").toString());
    if (row.value(u"Restarts").isDouble())
        container.restarts = row.value(u"Restarts").toInteger();
    if (const std::optional<Instant> started = startOf(row.value(u"StartedAt").toString()))
        container.started = started;
    if (const qint64 limit = row.value(u"Memory").toInteger(); limit > 0)
        container.memoryLimitBytes = limit;
    const QJsonArray mounts = row.value(u"Mounts").toArray();
    for (const QJsonValue &value : mounts) {
        const QJsonObject mount = value.toObject();
        const QString type = cleanText(mount.value(u"Type"), 24);
        const QString volume = cleanText(mount.value(u"Name"), 256);
        if (container.mounts.size() < 200)
            container.mounts.append(
                {type, type == u"volume" && !volume.isEmpty() ? volume : cleanText(mount.value(u"Source"), 1024),
                 cleanText(mount.value(u"Destination"), 1024)});
    }
    if (row.value(u"Ports").isObject()) {
        container.ports.clear();
        const QJsonObject ports = row.value(u"Ports").toObject();
        for (auto it = ports.begin(); it != ports.end(); ++it) {
            const int inner = it.key().section(u'/', 0, 0).toInt();
            const QString protocol = it.key().section(u'/', 1, 1);
            const QJsonArray bindings = it.value().toArray();
            if (bindings.isEmpty())
                addPort(container.ports, 0, inner, protocol);
            for (const QJsonValue &binding : bindings)
                addPort(container.ports, binding.toObject().value(u"HostPort").toString().toInt(), inner, protocol);
        }
    }
    if (row.value(u"Labels").isObject()) {
        container.labels.clear();
        const QJsonObject labels = row.value(u"Labels").toObject();
        for (auto it = labels.begin(); it != labels.end(); ++it)
            setLabel(container, it.key(), it.value().toString());
    }
}

} // namespace infra::commands
