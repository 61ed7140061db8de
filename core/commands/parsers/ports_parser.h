// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/model/inventory.h"

namespace infra::commands {

/// `ss -tuln`, with or without header and process column. All addresses of a family are "*"; equal entries appear once.
QList<ListeningPort> parseSs(const QList<QByteArray> &lines, Warnings &warnings);
/// /proc/net/{tcp,tcp6,udp,udp6} as `i_all` prints them: listening TCP, unconnected UDP. Addresses are words in the
/// host's byte order.
QList<ListeningPort> parseProcNet(const QList<PathFile> &files, bool bigEndian, Warnings &warnings);

/// `ports`.
Result<Parsed<QList<ListeningPort>>> parsePorts(const SectionText &section);

} // namespace infra::commands
