// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/commands/parsers/system_parser.h"
#include "core/model/inventory.h"

namespace infra::commands {

/// `apt-get -s upgrade`: one entry a package, from its "Inst" line. Security is told by the origin in brackets.
QList<PendingUpdate> parseAptSimulation(const QList<QByteArray> &lines);
/// `apt list --upgradable`.
QList<PendingUpdate> parseAptList(const QList<QByteArray> &lines);
/// `dnf check-update` or `dnf list --upgrades`, with noise in front; stops at "Obsoleting Packages". A long name may
/// stand alone, the rest of its row on the next line.
QList<PendingUpdate> parseDnf(const QList<QByteArray> &lines);
/// Package names (without version) of `dnf updateinfo list --security`.
QStringList parseDnfSecurity(const QList<QByteArray> &lines);
/// `apk version -l '<'`.
QList<PendingUpdate> parseApk(const QList<QByteArray> &lines);
/// `pacman -Qu`.
QList<PendingUpdate> parsePacman(const QList<QByteArray> &lines);
/// `zypper list-updates`, the table with bars.
QList<PendingUpdate> parseZypper(const QList<QByteArray> &lines);

/// `updates`. NotSupported without a package manager that we know.
Result<Parsed<UpdateStatus>> parseUpdates(const SectionText &section, const HostLine &host);

} // namespace infra::commands
