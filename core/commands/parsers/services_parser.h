// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/model/inventory.h"

#include <QtCore/QHash>

namespace infra::commands {

/// `systemctl list-units`, plain (with or without header, legend and bullets) or JSON, services only. BadOutput when no
/// unit is there.
Result<Parsed<QList<ServiceUnit>>> parseUnits(const QByteArray &text);

/// `systemctl show` of several units: KEY=VALUE, an empty line between units. Keyed by Id, else by the first of Names.
QHash<QByteArray, QHash<QByteArray, QByteArray>> parseShow(const QList<QByteArray> &lines);

/// A counter of systemd; 18446744073709551615, "[not set]" and "infinity" are nothing.
std::optional<qint64> systemdNumber(const QByteArray &value);

/// `services`. SystemdAbsent on hosts with another manager.
Result<Parsed<QList<ServiceUnit>>> parseServices(const SectionText &section);

} // namespace infra::commands
