// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/system_parser.h"

#include "core/commands/parsers/proc_files.h"

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

HostLine parseHost(const SectionText &section)
{
    HostLine host;
    const QList<QByteArray> lines = wholeLines(section.text({}));
    host.cpuMs = cpuTimesMs(lines);
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() != 2)
            continue;
        const QByteArrayView value = fields.at(1);
        if (fields.first() == "epoch") {
            // BusyBox prints the letters of %N.
            const qsizetype point = value.indexOf('.');
            host.epochS = toDecimal(value);
            if (!host.epochS && point > 0)
                host.epochS = toDecimal(value.first(point));
        } else if (fields.first() == "uptime") {
            host.uptimeS = toDecimal(value);
        } else if (fields.first() == "uid") {
            if (const std::optional<quint64> uid = toUnsigned(value); uid && *uid <= 0x7fffffff)
                host.uid = static_cast<int>(*uid);
        } else if (fields.first() == "tick") {
            host.ticksPerSecond = toUnsigned(value);
        } else if (fields.first() == "page") {
            host.pageBytes = toUnsigned(value);
        }
    }
    if (host.ticksPerSecond == 0U)
        host.ticksPerSecond.reset();
    return host;
}

QStringList listedNames(const SectionText &section, const QByteArray &key, qsizetype pathDepth)
{
    QStringList names;
    const QList<QByteArray> lines = wholeLines(section.text({}));
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.isEmpty() || fields.first() != key)
            continue;
        for (qsizetype i = 1; i < fields.size() && names.size() < 4096; ++i) {
            const QByteArray name = fields.at(i).toByteArray().split('/').value(pathDepth);
            // A pattern that matched nothing stays as it was written.
            if (!name.isEmpty() && !name.contains('*'))
                names.append(shownText(name, 64).replace(u'!', u'/'));
        }
    }
    return names;
}

QByteArray listedWord(const SectionText &section, const QByteArray &key)
{
    const QList<QByteArray> lines = wholeLines(section.text({}));
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() >= 2 && fields.first() == key)
            return fields.at(1).toByteArray();
    }
    return {};
}

Result<Parsed<RawSystem>> parseSystem(const SectionText &section, const HostLine &host)
{
    Warnings warnings;
    RawSystem system;
    system.hostEpochS = host.epochS;
    system.uptimeS = host.uptimeS;
    system.uid = host.uid;
    system.arch = shownText(listedWord(section, "machine"), 32);
    if (const std::optional<quint64> cores = toUnsigned(listedWord(section, "cores"));
        cores && *cores > 0 && *cores < 65536)
        system.cpuCoreCount = static_cast<int>(*cores);
    const QByteArray reboot = listedWord(section, "reboot");
    if (reboot == "1" || reboot == "0")
        system.rebootRequired = reboot == "1";
    const QStringList blocks = listedNames(section, "blocks", 3);
    const QStringList physical = listedNames(section, "physical", 4);

    bool cut = false;
    const QList<PathFile> files = pathFiles(section.text("files"), &cut);
    QString unraid;
    for (const PathFile &file : files) {
        if (file.path == "/proc/stat")
            readProcStat(file.lines, system, warnings);
        else if (file.path == "/proc/loadavg")
            readLoadavg(file.lines, system, warnings);
        else if (file.path == "/proc/meminfo")
            readMeminfo(file.lines, system, warnings);
        else if (file.path == "/proc/uptime" && !system.uptimeS)
            system.uptimeS = toDecimal(words(file.lines.first()).value(0));
        else if (file.path == "/proc/diskstats")
            system.disks = readDiskstats(file.lines, blocks, warnings);
        else if (file.path == "/proc/net/dev")
            system.nets = readNetDev(file.lines, physical, warnings);
        else if (file.path == "/proc/pressure/cpu")
            system.pressure.cpu = readPressure(file.lines, warnings);
        else if (file.path == "/proc/pressure/io")
            system.pressure.io = readPressure(file.lines, warnings);
        else if (file.path == "/proc/pressure/memory")
            system.pressure.memory = readPressure(file.lines, warnings);
        else if (file.path == "/proc/sys/kernel/hostname")
            system.hostname = shownText(file.lines.first(), 255);
        else if (file.path == "/proc/sys/kernel/osrelease")
            system.kernel = shownText(file.lines.first(), 128);
        else if (file.path.endsWith("/os-release"))
            readOsRelease(file.lines, section.whole || &file != &files.last(), system.os, system.osVersion);
        else if (file.path == "/proc/spl/kstat/zfs/arcstats")
            system.zfsArcBytes = readArcSize(file.lines);
        else if (file.path == "/etc/unraid-version" && file.lines.first().startsWith("version="))
            unraid = shownText(file.lines.first().mid(8).replace('"', ""), 64);
    }
    if (!unraid.isEmpty()) {
        system.os = u"Unraid"_s;
        system.osVersion = unraid;
    }
    if (cut || !section.whole)
        warnings.lost(u"the reading was cut off: some values are missing"_s);
    if (!system.cpuTotal && !system.memTotalBytes)
        return fail(ErrorCode::BadOutput, u"neither /proc/stat nor /proc/meminfo could be read"_s);
    if (!system.cpuTotal)
        warnings.lost(u"/proc/stat could not be read"_s);
    if (!system.memTotalBytes)
        warnings.lost(u"/proc/meminfo could not be read"_s);
    const bool partial = warnings.partial();
    return Parsed<RawSystem>{std::move(system), warnings.take(), partial};
}

} // namespace infra::commands
