// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/parsers/text.h"
#include "core/model/system.h"

/// Readers of single files of /proc and /etc. Each takes whole lines, fills what it finds and warns of what it cannot
/// read. Sources: proc(5), Documentation/admin-guide/iostats.rst, Documentation/accounting/psi.rst, os-release(5).
namespace infra::commands {

void readProcStat(const QList<QByteArray> &lines, RawSystem &system, Warnings &warnings);
void readLoadavg(const QList<QByteArray> &lines, RawSystem &system, Warnings &warnings);
void readMeminfo(const QList<QByteArray> &lines, RawSystem &system, Warnings &warnings);
PressureLine readPressure(const QList<QByteArray> &lines, Warnings &warnings);
/// `name` and `version` as a person calls them ("Debian GNU/Linux", "12"). @param whole false: lines may be missing, so
/// that nothing stands in for a missing key.
void readOsRelease(const QList<QByteArray> &lines, bool whole, QString &name, QString &version);
/// "size" of ZFS's arcstats, bytes.
std::optional<qint64> readArcSize(const QList<QByteArray> &lines);

/// @param wholeDisks names from /sys/block; empty: partitions are told by their names.
QList<DiskCounters> readDiskstats(const QList<QByteArray> &lines, const QStringList &wholeDisks, Warnings &warnings);
/// @param physical names with a device behind them; empty: the total is made of what does not look virtual.
QList<NetCounters> readNetDev(const QList<QByteArray> &lines, const QStringList &physical, Warnings &warnings);

} // namespace infra::commands
