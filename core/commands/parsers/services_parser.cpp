// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/services_parser.h"

#include "core/commands/parsers/part_lines.h"
#include "core/commands/parsers/system_parser.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <limits>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxUnits = 2000;

bool isWord(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= 24 &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

ServiceUnit unitOf(QByteArrayView name, QByteArrayView load, QByteArrayView active, QByteArrayView sub,
                   QByteArrayView description)
{
    ServiceUnit unit;
    unit.name = shownText(name, 256);
    unit.manager = u"systemd"_s;
    unit.load = shownText(load, 24);
    unit.active = shownText(active, 24);
    unit.sub = shownText(sub, 24);
    unit.description = shownText(description.trimmed(), 256);
    return unit;
}

Result<Parsed<QList<ServiceUnit>>> unitsFromJson(const QByteArray &text)
{
    Parsed<QList<ServiceUnit>> units;
    Warnings warnings;
    QJsonDocument document = QJsonDocument::fromJson(text.trimmed());
    if (!document.isArray()) {
        // A cut array: what is whole of it counts.
        const qsizetype last = text.lastIndexOf("},{");
        document = last > 0 ? QJsonDocument::fromJson(text.first(last + 1) + ']') : QJsonDocument();
        if (!document.isArray())
            return fail(ErrorCode::BadOutput, u"systemctl: neither a table nor JSON"_s);
        warnings.lost(u"the list of units was cut off"_s);
    }
    const QJsonArray array = document.array();
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        const QByteArray name = object.value(u"unit").toString().toUtf8();
        if (name.endsWith(".service") && units.value.size() < maxUnits)
            units.value.append(
                unitOf(name, object.value(u"load").toString().toUtf8(), object.value(u"active").toString().toUtf8(),
                       object.value(u"sub").toString().toUtf8(), object.value(u"description").toString().toUtf8()));
    }
    units.partial = warnings.partial();
    units.warnings = warnings.take();
    return units;
}

} // namespace

Result<Parsed<QList<ServiceUnit>>> parseUnits(const QByteArray &text)
{
    if (text.trimmed().startsWith('['))
        return unitsFromJson(text);
    Parsed<QList<ServiceUnit>> units;
    Warnings warnings;
    bool cut = false;
    const QList<QByteArray> lines = wholeLines(text, &cut);
    for (const QByteArray &line : lines) {
        QList<QByteArrayView> fields = words(line);
        // A bullet of one sign ("●", "*", "×") marks a unit that failed or is not there.
        if (fields.size() > 1 && !fields.first().contains('.') && fields.first().size() <= 3)
            fields.removeFirst();
        if (fields.size() < 4 || !fields.first().endsWith(".service"))
            continue;
        if (!isWord(fields.at(1)) || !isWord(fields.at(2)) || !isWord(fields.at(3))) {
            warnings.lost(u"systemctl: not understood: %1"_s.arg(shownText(line, 120)));
            continue;
        }
        if (units.value.size() >= maxUnits) {
            warnings.lost(u"more than %1 units: the rest was left out"_s.arg(maxUnits));
            break;
        }
        const QByteArrayView description =
            fields.size() > 4 ? QByteArrayView(line).sliced(fields.at(4).data() - line.constData()) : QByteArrayView();
        units.value.append(unitOf(fields.at(0), fields.at(1), fields.at(2), fields.at(3), description));
    }
    if (units.value.isEmpty())
        return fail(ErrorCode::BadOutput, lines.isEmpty() ? u"systemctl: nothing came"_s
                                                          : u"systemctl: %1"_s.arg(shownText(lines.first(), 160)));
    if (cut)
        warnings.lost(u"the list of units was cut off"_s);
    units.partial = warnings.partial();
    units.warnings = warnings.take();
    return units;
}

QHash<QByteArray, QHash<QByteArray, QByteArray>> parseShow(const QList<QByteArray> &lines)
{
    QHash<QByteArray, QHash<QByteArray, QByteArray>> units;
    QHash<QByteArray, QByteArray> unit;
    const auto close = [&] {
        const QByteArray id = unit.contains("Id") ? unit.value("Id") : unit.value("Names").split(' ').first();
        if (!id.isEmpty() && units.size() < maxUnits)
            units.insert(id, unit);
        unit.clear();
    };
    for (const QByteArray &line : lines) {
        const qsizetype equals = line.indexOf('=');
        if (line.isEmpty())
            close();
        else if (equals > 0 && unit.size() < 1000)
            unit.insert(line.first(equals), line.mid(equals + 1));
    }
    close();
    return units;
}

std::optional<qint64> systemdNumber(const QByteArray &value)
{
    const std::optional<quint64> number = toUnsigned(value);
    if (!number || *number == std::numeric_limits<quint64>::max())
        return std::nullopt;
    return scaled(number, 1);
}

Result<Parsed<QList<ServiceUnit>>> parseServices(const SectionText &section)
{
    const QByteArray manager = listedWord(section, "manager");
    if (!manager.isEmpty() && manager != "systemd") {
        Unexpected error = fail(ErrorCode::SystemdAbsent, u"this host does not run systemd"_s);
        if (manager == "openrc" || manager == "sysv")
            error.value().message =
                u"services of %1 are not collected yet"_s.arg(manager == "openrc" ? u"OpenRC"_s : u"SysV init"_s);
        return error;
    }
    const SectionPart *list = section.part("units");
    if (!list)
        return fail(ErrorCode::BadOutput, u"no list of units came"_s);
    Result<Parsed<QList<ServiceUnit>>> units = parseUnits(partText(*list));
    if (!units)
        return fail(list->rc.value_or(0) == 0 ? ErrorCode::BadOutput : ErrorCode::CommandFailed, units.error().message);
    Warnings warnings;
    for (const QString &warning : units->warnings)
        warnings.lost(warning);
    bool cut = timedOut(*list);
    if (const SectionPart *show = section.part("show")) {
        const auto details = parseShow(partLines(*show, &cut));
        for (ServiceUnit &unit : units->value) {
            const auto found = details.constFind(unit.name.toUtf8());
            if (found == details.constEnd())
                continue;
            unit.result = shownText(found->value("Result"), 32);
            unit.restarts = systemdNumber(found->value("NRestarts"));
            unit.memoryBytes = systemdNumber(found->value("MemoryCurrent"));
            unit.cpuNs = systemdNumber(found->value("CPUUsageNSec"));
        }
        if (show->rc.value_or(0) != 0)
            warnings.lost(u"details of the units could not be read whole"_s);
    }
    if (cut || !section.whole)
        warnings.lost(u"the reading was cut off: some units or their details are missing"_s);
    units->partial = warnings.partial();
    units->warnings = warnings.take();
    return units;
}

} // namespace infra::commands
