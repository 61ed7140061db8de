// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/inventory.h"
#include "core/model/kind.h"
#include "core/model/system.h"

#include <variant>

namespace infra {

/// What a kind yields when parsed. `RawSystem` for system_metrics; lists as contract.md.
using SectionData =
    std::variant<std::monostate, RawSystem, QList<Filesystem>, QList<NetInterface>, SensorReadings, QList<Process>,
                 QList<ServiceUnit>, QList<Container>, QList<UserSession>, QList<ListeningPort>, UpdateStatus>;

/// One kind of one reading: what could be read, and a warning for what could not.
struct Section
{
    Kind kind = Kind::SystemMetrics;
    SectionStatus status = SectionStatus::Skipped;
    SectionData data;
    QStringList warnings; ///< English, escaped for display
    std::optional<Error> error;
};

/// Raw and derived JSON of a section's data, for cache and store (`null` for monostate) and back.
QJsonValue toJson(const SectionData &data);
SectionData sectionDataFromJson(Kind kind, const QJsonValue &value);

} // namespace infra
