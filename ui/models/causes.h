// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/shell/page.h"

#include <QtCore/QList>

namespace infra::ui {

/// One line of "needs attention" or "waiting for you": the same cause on many devices is one line.
struct Cause
{
    Health severity = Health::Warning;
    QString title;     ///< "/ is 91 % full"
    QString detail;    ///< what the rule says, or why
    QStringList names; ///< of the devices, worst first
    QList<DeviceId> devices;
    Instant since{};
    Route target; ///< where one looks at it
    QString icon; ///< glyph in place of the shape, for what waits for a person
};

/// What is wrong, worst and newest first. Rules speak where a device is read; else the reason why it is not. Paused,
/// asleep and new devices are no cause, and what needs a person stands in `waitingCauses`. Pure.
QList<Cause> attentionCauses(const QList<engine::DeviceRow> &rows, Instant now);

/// What goes on only when a person comes: logins, host keys, locked secrets. Pure.
QList<Cause> waitingCauses(const QList<engine::DeviceRow> &rows, const engine::FleetStatus &status, Instant now);

/// "web2", "web1, web2", "web1 and 21 more".
QString namesText(const QStringList &names);

} // namespace infra::ui
