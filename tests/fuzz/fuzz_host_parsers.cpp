// SPDX-License-Identifier: GPL-3.0-or-later
// link: infra_commands
#include "core/commands/command_registry.h"
#include "core/commands/parsers/containers_parser.h"
#include "core/commands/parsers/detect_parser.h"
#include "core/commands/parsers/df_parser.h"
#include "core/commands/parsers/interfaces_parser.h"
#include "core/commands/parsers/ports_parser.h"
#include "core/commands/parsers/proc_files.h"
#include "core/commands/parsers/process_parser.h"
#include "core/commands/parsers/sensors_parser.h"
#include "core/commands/parsers/services_parser.h"
#include "core/commands/parsers/updates_parser.h"
#include "core/commands/parsers/users_parser.h"

#include <cstddef>
#include <cstdint>

using namespace infra;
using namespace infra::commands;

namespace {

SectionText sectionWith(std::initializer_list<const char *> names, const QByteArray &text)
{
    SectionText section;
    section.whole = text.size() % 2 == 0;
    section.parts.append({QByteArray(), text, std::nullopt});
    for (const char *name : names)
        section.parts.append({QByteArray(name), text, 0});
    return section;
}

void readProc(const QByteArray &text)
{
    Warnings warnings;
    RawSystem system;
    const QList<QByteArray> lines = wholeLines(text);
    readProcStat(lines, system, warnings);
    readLoadavg(lines, system, warnings);
    readMeminfo(lines, system, warnings);
    readPressure(lines, warnings);
    readOsRelease(lines, true, system.os, system.osVersion);
    readArcSize(lines);
    readDiskstats(lines, {}, warnings);
    readNetDev(lines, {}, warnings);
}

void readUpdates(const QByteArray &text)
{
    const QList<QByteArray> lines = wholeLines(text);
    parseAptSimulation(lines);
    parseAptList(lines);
    parseDnf(lines);
    parseDnfSecurity(lines);
    parseApk(lines);
    parsePacman(lines);
    parseZypper(lines);
}

} // namespace

/// The first byte chooses the parser, the rest is its text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    if (size < 1)
        return 0;
    QByteArray text;
    for (std::size_t i = 1; i < size; ++i)
        text.append(static_cast<char>(bytes[i]));
    HostLine host;
    host.pageBytes = 4096;
    host.uptimeS = 1000;
    host.epochS = 1764000000;
    switch (bytes[0] % 12) {
    case 0:
        return readProc(text), 0;
    case 1:
        return parseDf(text), parseFilesystems(sectionWith({"mounts", "space", "inodes"}, text)), 0;
    case 2:
        return parseInterfaces(sectionWith({"files"}, text)), 0;
    case 3:
        return parseTemperatures(sectionWith({"sensors"}, text)), 0;
    case 4:
        return parseProcPidStat(text), parseProcesses(sectionWith({"stat", "ps"}, text), host), 0;
    case 5:
        return parseServices(sectionWith({"units", "show"}, text)), 0;
    case 6:
        return parseContainers(sectionWith({"docker.ps", "docker.inspect", "podman.ps", "cgroup"}, text)), 0;
    case 7:
        return parseUsers(sectionWith({"who", "sessions"}, text), host), 0;
    case 8:
        return parsePorts(sectionWith({"ss"}, text)), parsePorts(sectionWith({"net"}, text)), 0;
    case 9:
        return readUpdates(text), parseUpdates(sectionWith({"apt", "held", "dnf", "security"}, text), host), 0;
    case 10:
        return parseDetect(sectionWith({}, text)), 0;
    default:
        return parseSystem(sectionWith({"files"}, text), host), 0;
    }
}
