// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/system.h"

namespace infra {

/// {"cpu","io","memory": {"some":[3]|null,"full":[3]|null}}.
QJsonObject toJson(const Pressure &pressure);
Pressure pressureFromJson(const QJsonObject &object);

/// Every raw counter, for cache and store; not a shape of contract.md.
QJsonObject toJson(const RawSystem &raw);
RawSystem rawSystemFromJson(const QJsonObject &object);

} // namespace infra
