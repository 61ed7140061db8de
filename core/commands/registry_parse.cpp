// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/command_registry.h"
#include "core/commands/parsers/containers_parser.h"
#include "core/commands/parsers/detect_parser.h"
#include "core/commands/parsers/df_parser.h"
#include "core/commands/parsers/interfaces_parser.h"
#include "core/commands/parsers/ports_parser.h"
#include "core/commands/parsers/process_parser.h"
#include "core/commands/parsers/sensors_parser.h"
#include "core/commands/parsers/services_parser.h"
#include "core/commands/parsers/system_parser.h"
#include "core/commands/parsers/updates_parser.h"
#include "core/commands/parsers/users_parser.h"

#include <utility>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What a host simply has not is skipped, not failed.
bool isAbsence(ErrorCode code)
{
    return code == ErrorCode::NotSupported || code == ErrorCode::SystemdAbsent || code == ErrorCode::DockerAbsent ||
           code == ErrorCode::DockerDown || code == ErrorCode::ZfsAbsent;
}

template <typename T>
void fill(Section &section, Result<Parsed<T>> parsed)
{
    if (parsed) {
        section.status = parsed->partial ? SectionStatus::Partial : SectionStatus::Ok;
        section.data = std::move(parsed->value);
        section.warnings = std::move(parsed->warnings);
    } else if (isAbsence(parsed.error().code)) {
        section.status = SectionStatus::Skipped;
        section.warnings = {parsed.error().message};
    } else {
        section.status = SectionStatus::Error;
        section.error = std::move(parsed.error());
    }
}

void parseSection(Section &section, const SectionText &text, const HostLine &host)
{
    switch (section.kind) {
    case Kind::SystemMetrics:
        return fill(section, parseSystem(text, host));
    case Kind::Filesystems:
        return fill(section, parseFilesystems(text));
    case Kind::Interfaces:
        return fill(section, parseInterfaces(text));
    case Kind::Temperatures:
        return fill(section, parseTemperatures(text));
    case Kind::Processes:
        return fill(section, parseProcesses(text, host));
    case Kind::Services:
        return fill(section, parseServices(text));
    case Kind::Containers:
        return fill(section, parseContainers(text));
    case Kind::Users:
        return fill(section, parseUsers(text, host));
    case Kind::Ports:
        return fill(section, parsePorts(text));
    case Kind::Updates:
        return fill(section, parseUpdates(text, host));
    case Kind::Drives:
    case Kind::Zfs:
    case Kind::Guests:
    case Kind::Unraid:
        break;
    }
}

} // namespace

Result<ParsedCycle> CommandRegistry::parse(const QByteArray &output, const QByteArray &nonce, const QList<Kind> &kinds,
                                           bool detect) const
{
    const std::optional<CycleText> text = splitCycle(output, nonce);
    if (!text)
        return fail(ErrorCode::BadOutput, u"the answer holds no frame of this reading"_s);
    ParsedCycle cycle;
    const HostLine host = parseHost(text->sections.value("host"));
    for (const Kind kind : kinds) {
        Section section;
        section.kind = kind;
        const auto found = text->sections.constFind(toName(kind).toLatin1());
        if (!spec(kind).implemented) {
            section.warnings = {u"not collected yet"_s};
        } else if (found == text->sections.constEnd()) {
            section.status = SectionStatus::Error;
            section.error = std::move(fail(ErrorCode::BadOutput, u"this part of the reading did not come"_s).value());
        } else {
            parseSection(section, *found, host);
        }
        cycle.sections.append(std::move(section));
    }
    if (const auto found = text->sections.constFind("detect"); detect && found != text->sections.constEnd()) {
        if (const std::optional<Detected> detected = parseDetect(*found)) {
            HostFacts facts;
            facts.type = detected->type;
            facts.capabilities = detected->capabilities;
            facts.sudo = detected->capabilities.contains(u"sudo-n"_s) ? SudoMode::NoPassword : SudoMode::None;
            cycle.detected = std::move(facts);
        }
    }
    if (const auto found = text->sections.constFind("cost"); text->ended && found != text->sections.constEnd()) {
        const std::optional<double> end = cpuTimesMs(wholeLines(found->text({})));
        if (end && host.cpuMs && *end >= *host.cpuMs)
            cycle.hostCpuMs = *end - *host.cpuMs;
    }
    return cycle;
}

} // namespace infra::commands
