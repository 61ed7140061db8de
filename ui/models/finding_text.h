// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"

#include <QtCore/QString>

namespace infra::ui {

/// What a rule found, in words: "/ is 91 % full", "nginx.service failed". Remote names are escaped where the finding
/// was made. Pure.
QString findingTitle(const Finding &finding);
/// A few words for a narrow place: "/ 91 %", "api unhealthy".
QString findingShort(const Finding &finding);
/// The second line: since when, what the rule says.
QString findingDetail(const Finding &finding);

/// Why a device is not "ok" where no rule speaks: unreachable, needs you, paused … Empty for a device that is well.
QString stateTitle(const engine::DeviceRow &row, Instant now);

} // namespace infra::ui
