// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/sensors_parser.h"

#include <QtCore/QMap>

#include <utility>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxSensors = 512;

/// "temp12_input" → {"temp", 12, "input"}.
struct SensorFile
{
    QByteArray prefix;
    int number = 0;
    QByteArray attribute;
};

std::optional<SensorFile> sensorFile(QByteArrayView name)
{
    for (const QByteArrayView prefix : {QByteArrayView("temp"), QByteArrayView("fan")}) {
        if (!name.startsWith(prefix))
            continue;
        const QByteArrayView rest = name.sliced(prefix.size());
        const qsizetype under = rest.indexOf('_');
        const std::optional<quint64> number = under > 0 ? toUnsigned(rest.first(under)) : std::nullopt;
        if (number && *number < 1000)
            return SensorFile{prefix.toByteArray(), static_cast<int>(*number), rest.sliced(under + 1).toByteArray()};
    }
    return std::nullopt;
}

struct Chip
{
    QByteArray name;
    QMap<std::pair<QByteArray, int>, QHash<QByteArray, QByteArray>> sensors;
};

std::optional<double> celsius(const QByteArray &millidegrees)
{
    const std::optional<qint64> value = toSigned(millidegrees.trimmed());
    // Below is no machine that runs, above none that still does: a sensor without a wire.
    return value && *value > -100'000 && *value < 250'000 ? std::optional(static_cast<double>(*value) / 1000.0)
                                                          : std::nullopt;
}

std::optional<double> limit(const QByteArray &millidegrees)
{
    const std::optional<double> value = celsius(millidegrees);
    return value && *value > 0 ? value : std::nullopt;
}

void addChip(const Chip &chip, const QString &chipName, SensorReadings &readings, Warnings &warnings)
{
    for (auto it = chip.sensors.cbegin(); it != chip.sensors.cend(); ++it) {
        const QHash<QByteArray, QByteArray> &values = it.value();
        if (!values.contains("input"))
            continue;
        const QByteArray fallback = it.key().first + QByteArray::number(it.key().second);
        const QString label = shownText(values.value("label", fallback).trimmed(), 64);
        if (values.value("fault").trimmed() == "1") {
            warnings.note(u"%1 %2: the chip reports a fault"_s.arg(chipName, label));
        } else if (readings.temperatures.size() + readings.fans.size() >= maxSensors) {
            warnings.lost(u"more than %1 sensors: the rest was left out"_s.arg(maxSensors));
            return;
        } else if (it.key().first == "temp") {
            if (const std::optional<double> value = celsius(values.value("input")))
                readings.temperatures.append(
                    {chipName, label, *value, limit(values.value("max")), limit(values.value("crit"))});
            else
                warnings.note(u"%1 %2: no usable value"_s.arg(chipName, label));
        } else if (const std::optional<qint64> rpm = toSigned(values.value("input").trimmed());
                   rpm && *rpm >= 0 && *rpm < 200'000) {
            readings.fans.append({chipName, label, *rpm});
        } else {
            warnings.note(u"%1 %2: no usable value"_s.arg(chipName, label));
        }
    }
}

} // namespace

SensorReadings readSensors(const QList<PathFile> &files, const QHash<QByteArray, ChipName> &names, bool whole,
                           Warnings &warnings)
{
    SensorReadings readings;
    QMap<QByteArray, Chip> chips;
    QMap<QByteArray, std::pair<QByteArray, QByteArray>> zones; // type, temp
    QHash<QByteArray, int> uses;
    for (const ChipName &name : names)
        ++uses[name.name];
    QByteArray lastFolder;
    for (const PathFile &file : files) {
        const QList<QByteArray> steps = file.path.split('/');
        const QByteArray &name = steps.last();
        QByteArray folder;
        for (qsizetype i = steps.size() - 1; i-- > 0 && folder.isEmpty();)
            if (steps.at(i).startsWith("hwmon") && steps.at(i) != "hwmon")
                folder = steps.at(i);
        if (!folder.isEmpty()) {
            lastFolder = folder;
            Chip &chip = chips[folder];
            if (name == "name")
                chip.name = file.lines.first().trimmed();
            else if (const std::optional<SensorFile> sensor = sensorFile(name))
                chip.sensors[{sensor->prefix, sensor->number}].insert(sensor->attribute, file.lines.first());
        } else if (steps.size() > 2 && steps.at(steps.size() - 2).startsWith("thermal_zone")) {
            std::pair<QByteArray, QByteArray> &zone = zones[steps.at(steps.size() - 2)];
            (name == "type" ? zone.first : zone.second) = file.lines.first().trimmed();
        }
    }
    if (!whole)
        chips.remove(lastFolder);
    if (names.isEmpty())
        for (const Chip &chip : std::as_const(chips))
            ++uses[chip.name];
    for (auto it = chips.cbegin(); it != chips.cend(); ++it) {
        const ChipName known = names.value(it.key(), {it->name, {}});
        const QByteArray own = known.name.isEmpty() ? it.key() : known.name;
        const QByteArray device = known.device.isEmpty() ? it.key() : known.device;
        addChip(*it, shownText(uses.value(known.name) > 1 && own != device ? own + " (" + device + ')' : own, 96),
                readings, warnings);
    }
    if (readings.temperatures.isEmpty()) {
        for (auto it = zones.cbegin(); it != zones.cend(); ++it)
            if (const std::optional<double> value = celsius(it->second); value && !it->first.isEmpty())
                readings.temperatures.append({shownText(it->first, 64), shownText(it.key(), 64), *value, {}, {}});
    }
    return readings;
}

Result<Parsed<SensorReadings>> parseTemperatures(const SectionText &section)
{
    if (!section.part("sensors"))
        return fail(ErrorCode::BadOutput, u"no list of sensors came"_s);
    Warnings warnings;
    QHash<QByteArray, ChipName> chips;
    bool skipped = false;
    const QList<QByteArray> lines = wholeLines(section.text({}));
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() >= 2 && fields.first() == "chip")
            chips.insert(fields.at(1).toByteArray(), {fields.value(2).toByteArray(), fields.value(3).toByteArray()});
        skipped = skipped || line.startsWith("skipped drivetemp");
    }
    bool cut = false;
    const QList<PathFile> files = pathFiles(section.text("sensors"), &cut);
    SensorReadings readings = readSensors(files, chips, section.whole && !cut, warnings);
    if (skipped)
        warnings.note(u"temperatures of disks are not asked here: it could keep them from falling asleep"_s);
    if (cut || !section.whole)
        warnings.lost(u"the reading was cut off: some sensors are missing"_s);
    const bool partial = warnings.partial();
    return Parsed<SensorReadings>{std::move(readings), warnings.take(), partial};
}

} // namespace infra::commands
