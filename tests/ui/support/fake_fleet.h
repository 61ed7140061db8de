// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"

namespace infra::test {

/// What the fake client shows. Every page is drawn in each of them.
enum class FleetMode
{
    Full,     ///< the fourteen machines of the design, one of each state
    Empty,    ///< a first start: only this computer, just made, nothing read but itself
    Loading,  ///< nothing received yet, no question is ever answered
    Stale,    ///< all values twelve minutes old
    Failing,  ///< every question fails, machines are unreachable, the store is full
    NeedsYou, ///< secrets locked, machines wait for a person
    Thousand  ///< a thousand machines, 63 causes
};

/// 10 March 2026, 14:32:06 in Oslo: the minute of the design's pictures.
Instant pictureTime();
DeviceId fakeId(const QString &name);
QList<engine::DeviceRow> fakeRows(FleetMode mode, Instant now);
engine::FleetStatus fakeStatus(FleetMode mode, const QList<engine::DeviceRow> &rows, Instant now);
engine::DeviceDetails fakeDetails(FleetMode mode, const engine::DeviceRow &row, Instant now);
/// 400 rows of the last day, newest first.
QList<AuditEntry> fakeAudit(const QList<engine::DeviceRow> &rows, Instant now);
/// A value of a series by formula, always the same for the same arguments.
double fakeValue(const QString &device, const SeriesKey &key, Instant time);
/// Twelve hosts that are devices already and three that are not.
QList<engine::SshConfigHost> fakeSshHosts(FleetMode mode);

} // namespace infra::test
