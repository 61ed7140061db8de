// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/commands/parsers/system_parser.h"
#include "core/model/inventory.h"

namespace infra::commands {

/// What one /proc/PID/stat says.
struct ProcStat
{
    qint64 pid = 0, ppid = 0;
    QByteArray comm;
    quint64 cpuTicks = 0; ///< utime + stime
    quint64 startTicks = 0;
    qint64 rssPages = 0;
    bool kernelThread = false;
};
/// `text` is the whole file. The name ends at the last ")": it may itself hold anything, new lines and brackets too.
/// Source: proc(5).
std::optional<ProcStat> parseProcPidStat(const QByteArray &text);

struct PsRow
{
    qint64 pid = 0;
    QByteArray user, args;
};
/// Any table of `ps` (procps, BusyBox, BSD style): columns by the header, PID, USER or UID and a last column of
/// arguments are used. Rows without a number for a pid (threads) are left out, noise in front of the header too.
/// BadOutput without a header.
Result<Parsed<QList<PsRow>>> parsePsTable(const QList<QByteArray> &lines);

/// `processes`: at most 400, those with most CPU time and most memory; how many there are stands in a warning.
Result<Parsed<QList<Process>>> parseProcesses(const SectionText &section, const HostLine &host);

} // namespace infra::commands
