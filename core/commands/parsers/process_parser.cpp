// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/process_parser.h"

#include "core/base/redaction.h"
#include "core/commands/parsers/part_lines.h"

#include <QtCore/QHash>

#include <algorithm>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxShown = 400;
constexpr quint64 kernelThreadFlag = 0x00200000; // PF_KTHREAD of <linux/sched.h>
constexpr quint64 usualTicks = 100;

/// The `maxShown` that matter: half by memory, half by CPU time, without doubles, in the order of their pids.
QList<Process> foremost(QList<Process> all)
{
    if (all.size() <= maxShown)
        return all;
    const auto half = maxShown / 2;
    std::sort(all.begin(), all.end(), [](const Process &a, const Process &b) {
        return a.rssBytes.value_or(0) != b.rssBytes.value_or(0) ? a.rssBytes.value_or(0) > b.rssBytes.value_or(0)
                                                                : a.pid < b.pid;
    });
    std::sort(all.begin() + half, all.end(), [](const Process &a, const Process &b) {
        return a.cpuTicks.value_or(0) != b.cpuTicks.value_or(0) ? a.cpuTicks.value_or(0) > b.cpuTicks.value_or(0)
                                                                : a.pid < b.pid;
    });
    all.resize(maxShown);
    std::sort(all.begin(), all.end(), [](const Process &a, const Process &b) { return a.pid < b.pid; });
    return all;
}

Process processOf(const ProcStat &stat, const HostLine &host)
{
    Process process;
    process.pid = stat.pid;
    process.ppid = stat.ppid;
    process.name = shownText(stat.comm, 64);
    process.kernelThread = stat.kernelThread;
    // Kept in hundredths of a second, whatever the host's USER_HZ is.
    const quint64 perSecond = host.ticksPerSecond.value_or(usualTicks);
    process.cpuTicks = perSecond == usualTicks ? stat.cpuTicks : stat.cpuTicks / perSecond * usualTicks;
    if (host.pageBytes && stat.rssPages >= 0)
        process.rssBytes = scaled(static_cast<quint64>(stat.rssPages), *host.pageBytes);
    if (host.uptimeS) {
        const double elapsed = *host.uptimeS - static_cast<double>(stat.startTicks) / static_cast<double>(perSecond);
        process.elapsedS = static_cast<qint64>(std::max(0.0, elapsed));
    }
    return process;
}

} // namespace

std::optional<ProcStat> parseProcPidStat(const QByteArray &text)
{
    const qsizetype open = text.indexOf('(');
    const qsizetype close = text.lastIndexOf(')');
    if (open < 2 || close < open)
        return std::nullopt;
    const std::optional<qint64> pid = toSigned(QByteArrayView(text).first(open).trimmed());
    const QList<QByteArrayView> fields = words(QByteArrayView(text).sliced(close + 1));
    if (!pid || *pid <= 0 || fields.size() < 22 || fields.first().size() != 1)
        return std::nullopt;
    // fields[0] is field 3 of proc(5).
    const std::optional<qint64> ppid = toSigned(fields.at(1));
    const std::optional<quint64> flags = toUnsigned(fields.at(6));
    const std::optional<quint64> user = toUnsigned(fields.at(11));
    const std::optional<quint64> system = toUnsigned(fields.at(12));
    const std::optional<quint64> start = toUnsigned(fields.at(19));
    const std::optional<qint64> rss = toSigned(fields.at(21));
    if (!ppid || !flags || !user || !system || !start || !rss)
        return std::nullopt;
    return ProcStat{*pid,   *ppid, text.mid(open + 1, close - open - 1), *user + *system,
                    *start, *rss,  (*flags & kernelThreadFlag) != 0};
}

Result<Parsed<QList<PsRow>>> parsePsTable(const QList<QByteArray> &lines)
{
    Parsed<QList<PsRow>> table;
    qsizetype columns = 0, pidAt = -1, userAt = -1;
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (columns == 0) {
            const QByteArrayView last = fields.isEmpty() ? QByteArrayView() : fields.last();
            const qsizetype pid = fields.indexOf(QByteArrayView("PID"));
            if (pid < 0 || (last != "COMMAND" && last != "CMD"))
                continue;
            columns = fields.size();
            pidAt = pid;
            userAt = std::max(fields.indexOf(QByteArrayView("USER")), fields.indexOf(QByteArrayView("UID")));
            continue;
        }
        if (fields.size() < columns)
            continue;
        const std::optional<qint64> pid = toSigned(fields.at(pidAt));
        if (!pid || *pid <= 0)
            continue;
        PsRow row;
        row.pid = *pid;
        if (userAt >= 0)
            row.user = fields.at(userAt).toByteArray();
        row.args = QByteArrayView(line).sliced(fields.at(columns - 1).data() - line.constData()).toByteArray();
        table.value.append(row);
    }
    if (columns == 0)
        return fail(ErrorCode::BadOutput, u"ps: no header"_s);
    return table;
}

Result<Parsed<QList<Process>>> parseProcesses(const SectionText &section, const HostLine &host)
{
    Warnings warnings;
    bool cut = false;
    QHash<qint64, PsRow> rows;
    bool psWhole = false;
    if (const SectionPart *ps = section.part("ps")) {
        const Result<Parsed<QList<PsRow>>> table = parsePsTable(partLines(*ps, &cut));
        if (table) {
            for (const PsRow &row : table->value)
                rows.insert(row.pid, row);
            psWhole = !cut && section.whole && !timedOut(*ps) && !rows.isEmpty();
        } else {
            warnings.lost(u"users and arguments could not be read: %1"_s.arg(table.error().message));
        }
    }
    QList<Process> all;
    const QList<PathFile> files = pathFiles(section.text("stat"), &cut);
    for (const PathFile &file : files) {
        const std::optional<ProcStat> stat = parseProcPidStat(file.joined());
        if (!stat || file.path != "/proc/" + QByteArray::number(stat->pid) + "/stat") {
            // The last file of a cut text is not whole; a process that ends while it is read is nothing to tell.
            if (!file.joined().isEmpty())
                warnings.lost(u"not understood: %1"_s.arg(shownText(file.path, 64)));
            continue;
        }
        if (psWhole && !rows.contains(stat->pid))
            continue; // ended between the two readings: our own `grep` is one
        all.append(processOf(*stat, host));
    }
    if (all.isEmpty())
        return fail(ErrorCode::BadOutput, u"no process could be read"_s);
    if (all.size() > maxShown)
        warnings.note(
            u"%1 of %2 processes are shown: those with most memory and CPU time"_s.arg(maxShown).arg(all.size()));
    if (!host.pageBytes)
        warnings.lost(u"the host does not tell its page size: memory is not known"_s);
    if (cut || !section.whole)
        warnings.lost(u"the reading was cut off: some processes are missing"_s);
    QList<Process> shown = foremost(std::move(all));
    for (Process &process : shown) {
        const auto row = rows.constFind(process.pid);
        if (row == rows.constEnd())
            continue;
        process.user = shownText(row->user, 64);
        process.args = displayText(redacted(QString::fromUtf8(row->args)), 1024);
    }
    const bool partial = warnings.partial();
    return Parsed<QList<Process>>{std::move(shown), warnings.take(), partial};
}

} // namespace infra::commands
