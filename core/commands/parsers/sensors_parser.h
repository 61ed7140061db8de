// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/model/inventory.h"

#include <QtCore/QHash>

namespace infra::commands {

/// What is known of a "hwmonN" before its sensors are read.
struct ChipName
{
    QByteArray name, device;
};

/// Sensors from the files of /sys/class/hwmon (millidegrees, RPM) and, where it has none, /sys/class/thermal. Limits
/// that a chip leaves at nonsense (0, 65261 °C) are unknown; a sensor that reports a fault is left out. Two chips of
/// one name are told apart by their device ("nvme (nvme1)"). Source: Documentation/hwmon/sysfs-interface.rst.
/// @param names of the chips; empty: taken from their files "name". @param whole false: the last chip may be half there
/// and is left out.
SensorReadings readSensors(const QList<PathFile> &files, const QHash<QByteArray, ChipName> &names, bool whole,
                           Warnings &warnings);

/// `temperatures`.
Result<Parsed<SensorReadings>> parseTemperatures(const SectionText &section);

} // namespace infra::commands
