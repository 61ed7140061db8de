// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/command_specs.h"

#include "core/commands/scripts/scripts.h"

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

CommandSpec specOf(Kind kind, ssh::CommandCategory category, seconds interval, seconds freshness)
{
    CommandSpec spec;
    spec.kind = kind;
    spec.category = category;
    switch (category) {
    case ssh::CommandCategory::Metrics:
    case ssh::CommandCategory::Other:
        break; // the defaults
    case ssh::CommandCategory::Containers:
        spec.timeout = milliseconds(20'000);
        spec.maxTimeout = milliseconds(60'000);
        break;
    case ssh::CommandCategory::Drives:
        spec.timeout = milliseconds(45'000);
        spec.maxTimeout = milliseconds(120'000);
        break;
    case ssh::CommandCategory::Files:
        spec.timeout = milliseconds(15'000);
        spec.maxTimeout = milliseconds(45'000);
        break;
    }
    spec.interval = interval;
    spec.freshness = freshness;
    spec.slow = isSlow(kind);
    spec.shell = sectionScript(kind);
    spec.implemented = !spec.shell.isEmpty();
    return spec;
}

CommandSpec needing(CommandSpec spec, const QString &capability)
{
    spec.capability = capability;
    return spec;
}

} // namespace

QList<CommandSpec> commandSpecs()
{
    using enum ssh::CommandCategory;
    constexpr seconds minute{60}, tenMinutes{600}, hour{3600};
    // File systems and temperatures follow the metrics: their worst value is a column of each row.
    return {
        specOf(Kind::SystemMetrics, Metrics, minute, minute),
        specOf(Kind::Filesystems, Metrics, minute, minute),
        specOf(Kind::Interfaces, Metrics, seconds(120), seconds(120)),
        specOf(Kind::Temperatures, Metrics, minute, minute),
        specOf(Kind::Processes, Metrics, minute, minute),
        specOf(Kind::Services, Metrics, tenMinutes, tenMinutes),
        specOf(Kind::Containers, Containers, minute, seconds(30)),
        specOf(Kind::Users, Metrics, seconds(300), seconds(300)),
        specOf(Kind::Ports, Metrics, seconds(300), seconds(300)),
        specOf(Kind::Updates, Drives, seconds(21600), seconds(21600)),
        needing(specOf(Kind::Drives, Drives, hour, hour), u"smartctl"_s),
        needing(specOf(Kind::Zfs, Drives, tenMinutes, tenMinutes), u"zfs"_s),
        specOf(Kind::Guests, Drives, tenMinutes, tenMinutes),
        specOf(Kind::Unraid, Metrics, minute, minute),
    };
}

} // namespace infra::commands
