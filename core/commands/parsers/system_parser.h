// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/model/system.h"

namespace infra::commands {

/// What each cycle says of the host before its sections.
struct HostLine
{
    std::optional<double> epochS, uptimeS;
    std::optional<int> uid;
    std::optional<quint64> ticksPerSecond; ///< USER_HZ; 100 where the host does not tell
    std::optional<quint64> pageBytes;
    std::optional<double> cpuMs; ///< `times` of the shell at the start
};
HostLine parseHost(const SectionText &section);

/// The words after `key` of a line "key word…" in the first part of a section; names only, for paths.
QStringList listedNames(const SectionText &section, const QByteArray &key, qsizetype pathDepth);
/// The first word after `key`.
QByteArray listedWord(const SectionText &section, const QByteArray &key);

/// `system_metrics`. BadOutput when neither CPU nor memory could be read.
Result<Parsed<RawSystem>> parseSystem(const SectionText &section, const HostLine &host);

} // namespace infra::commands
