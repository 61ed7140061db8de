// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/containers_parser.h"

#include <algorithm>
#include <limits>

namespace infra::commands {

namespace {

constexpr quint64 noLimit = quint64(1) << 62; // v1 writes the largest page-aligned number where there is no limit

/// The 64 hexadecimal digits of a path like ".../docker-<id>.scope/cpu.stat".
QByteArray containerIdOf(const QByteArray &path)
{
    qsizetype run = 0;
    for (qsizetype i = 0; i <= path.size(); ++i) {
        const char c = i < path.size() ? path.at(i) : '/';
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) {
            ++run;
            continue;
        }
        if (run == 64)
            return path.mid(i - 64, 64);
        run = 0;
    }
    return {};
}

std::optional<quint64> keyed(const QList<QByteArray> &lines, QByteArrayView key)
{
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() == 2 && fields.first() == key)
            return toUnsigned(fields.at(1));
    }
    return std::nullopt;
}

} // namespace

QHash<QByteArray, CgroupUse> parseCgroups(const QByteArray &text)
{
    struct Raw
    {
        CgroupUse use;
        std::optional<quint64> memory, inactive;
    };
    QHash<QByteArray, Raw> raws;
    const QList<PathFile> files = pathFiles(text, nullptr);
    for (const PathFile &file : files) {
        const QByteArray id = containerIdOf(file.path);
        if (id.isEmpty())
            continue;
        Raw &raw = raws[id];
        const QByteArray name = file.path.mid(file.path.lastIndexOf('/') + 1);
        const std::optional<quint64> number = toUnsigned(file.lines.first());
        if (name == "cpu.stat") {
            if (const std::optional<quint64> usage = keyed(file.lines, "usage_usec"))
                raw.use.cpuUsageUs = usage;
        } else if (name == "cpuacct.usage") {
            if (number)
                raw.use.cpuUsageUs = *number / 1000;
        } else if (name == "memory.current" || name == "memory.usage_in_bytes") {
            raw.memory = number;
        } else if (name == "memory.max" || name == "memory.limit_in_bytes") {
            raw.use.memoryLimitBytes = number && *number < noLimit ? scaled(number, 1) : std::nullopt;
        } else if (name == "memory.stat") {
            raw.inactive = keyed(file.lines, "total_inactive_file");
            if (!raw.inactive)
                raw.inactive = keyed(file.lines, "inactive_file");
        }
    }
    QHash<QByteArray, CgroupUse> result;
    for (auto it = raws.cbegin(); it != raws.cend(); ++it) {
        CgroupUse use = it->use;
        // Without memory.stat the cache is unknown, and the number would be another one than at the next reading.
        if (it->memory && it->inactive)
            use.memoryBytes = scaled(*it->memory - std::min(*it->memory, *it->inactive), 1);
        result.insert(it.key(), use);
    }
    return result;
}

} // namespace infra::commands
