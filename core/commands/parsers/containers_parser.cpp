// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/containers_parser.h"

#include "core/commands/parsers/part_lines.h"
#include "core/commands/parsers/system_parser.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QSet>

#include <algorithm>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxContainers = 1000;

/// The whole objects of a JSON array, even of one that was cut off.
QList<QJsonObject> arrayObjects(const QByteArray &text, bool &cut)
{
    QList<QJsonObject> rows;
    int depth = 0;
    qsizetype from = -1;
    bool inString = false, closed = false;
    for (qsizetype i = 0; i < text.size() && !closed; ++i) {
        const char c = text.at(i);
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth == 2 && c == '{')
                from = i;
        } else if (c == '}' || c == ']') {
            if (--depth == 1 && c == '}' && from >= 0) {
                const QJsonDocument document = QJsonDocument::fromJson(text.mid(from, i + 1 - from));
                if (document.isObject())
                    rows.append(document.object());
                else
                    cut = true;
                from = -1;
            }
            closed = depth == 0;
        }
    }
    cut = cut || !closed;
    return rows;
}

/// Lines that are JSON objects, or one array of them (Podman); what an engine warns of in between is neither.
QList<QJsonObject> jsonLines(const SectionPart *part, bool &cut)
{
    QList<QJsonObject> rows;
    if (!part)
        return rows;
    const QList<QByteArray> lines = partLines(*part, &cut);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray &line = lines.at(i);
        if (line.startsWith('['))
            return arrayObjects(lines.sliced(i).join('\n'), cut);
        if (!line.startsWith('{'))
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            rows.append(document.object());
        else
            cut = true;
    }
    return rows;
}

} // namespace

Error engineError(const QString &engine, const QByteArray &text, int rc)
{
    const QByteArray lower = text.left(4096).toLower();
    Error error;
    error.code = ErrorCode::CommandFailed;
    if (lower.contains("permission denied") || lower.contains("a password is required"))
        error.code = ErrorCode::DockerDenied;
    else if (lower.contains("cannot connect") || lower.contains("is the docker daemon running") ||
             lower.contains("unable to connect to podman") || lower.contains("connection refused"))
        error.code = ErrorCode::DockerDown;
    else if (rc == 124 || rc == 137 || rc == 143)
        error.code = ErrorCode::Timeout;
    const QList<QByteArray> lines = text.trimmed().split('\n');
    error.message =
        u"%1: %2"_s.arg(engine, lines.last().isEmpty() ? u"status %1"_s.arg(rc) : shownText(lines.last(), 240));
    return error;
}

Result<Parsed<QList<Container>>> parseContainers(const SectionText &section)
{
    if (listedWord(section, "engine") == "none")
        return fail(ErrorCode::DockerAbsent, u"neither Docker nor Podman is here"_s);
    Warnings warnings;
    bool cut = false;
    QList<Container> result;
    QHash<QString, qsizetype> places;
    std::optional<Error> firstError;
    bool answered = false;
    // Podman first: where `docker` is Podman under another name, both list the same containers.
    for (const QString &engine : {u"podman"_s, u"docker"_s}) {
        const SectionPart *list = section.part(engine.toLatin1() + ".ps");
        if (!list)
            continue;
        if (list->rc.value_or(0) != 0) {
            const Error error = engineError(engine, list->text, *list->rc);
            if (!firstError || error.code == ErrorCode::DockerDenied)
                firstError = error;
            warnings.lost(error.message);
            continue;
        }
        answered = true;
        const QList<QJsonObject> rows = jsonLines(list, cut);
        for (const QJsonObject &row : rows) {
            const std::optional<Container> container = containerFromPs(row, engine);
            if (!container || places.contains(container->id))
                continue;
            if (result.size() >= maxContainers) {
                warnings.lost(u"more than %1 containers: the rest was left out"_s.arg(maxContainers));
                break;
            }
            places.insert(container->id, result.size());
            result.append(*container);
        }
        const SectionPart *details = section.part(engine.toLatin1() + ".inspect");
        const QList<QJsonObject> inspected = jsonLines(details, cut);
        for (const QJsonObject &row : inspected)
            if (const auto place = places.constFind(row.value(u"Id").toString()); place != places.constEnd())
                if (Container &container = result[*place]; container.engine == engine)
                    addInspect(row, container);
        if (details && details->rc.value_or(0) != 0)
            warnings.lost(engineError(engine, details->text, *details->rc).message);
    }
    if (!answered)
        return firstError ? Unexpected(*firstError) : fail(ErrorCode::BadOutput, u"no list of containers came"_s);
    const QHash<QByteArray, CgroupUse> uses = parseCgroups(section.text("cgroup"));
    for (Container &container : result) {
        const auto use = uses.constFind(container.id.toLatin1());
        if (use == uses.constEnd())
            continue;
        container.cpuUsageUs = use->cpuUsageUs;
        container.memoryBytes = use->memoryBytes;
        if (use->memoryLimitBytes)
            container.memoryLimitBytes = use->memoryLimitBytes;
    }
    if (cut || !section.whole)
        warnings.lost(u"the reading was cut off: some containers or their details are missing"_s);
    const bool partial = warnings.partial();
    return Parsed<QList<Container>>{std::move(result), warnings.take(), partial};
}

} // namespace infra::commands
