// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <QtCore/QJsonObject>
#include <QtCore/QString>

namespace infra {

/// The state a person sees, worst first in `worseThan` order: critical, warning, unknown, info, ok, maintenance,
/// asleep.
enum class Health
{
    Critical,
    Warning,
    Unknown,
    Info,
    Ok,
    Maintenance,
    Asleep
};
QString toName(Health health);
std::optional<Health> healthFromName(QStringView name);
inline bool worseThan(Health a, Health b)
{
    return static_cast<int>(a) < static_cast<int>(b);
}

/// Why a device is not "ok": what a rule found, ready for a list by cause.
struct Finding
{
    QString rule; ///< id in resources/rules/starter.json: "fs.space"
    Health severity = Health::Warning;
    QString object; ///< mount, unit, container, sensor; empty for the device itself
    QString metric; ///< what was compared: "used_percent"
    std::optional<double> value, threshold;
    QString detail; ///< escaped remote text where a number does not tell it ("failed", "unhealthy")
    Instant since{};
    bool operator==(const Finding &) const = default;
};
QJsonObject toJson(const Finding &finding);

} // namespace infra
