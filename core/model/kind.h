// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace infra {

/// What can be asked of a device; one section of a cycle each. Names as in contract.md ("system_metrics").
enum class Kind
{
    SystemMetrics,
    Filesystems,
    Interfaces,
    Temperatures,
    Processes,
    Services,
    Containers,
    Users,
    Ports,
    Updates,
    Drives,
    Zfs,
    Guests,
    Unraid,
};

QString toName(Kind kind);
std::optional<Kind> kindFromName(QStringView name);
const QList<Kind> &allKinds();
/// Updates, drives, zfs, guests: read by name or when due, in a round trip of their own.
bool isSlow(Kind kind);

/// How one section of a collection went.
enum class SectionStatus
{
    Ok,
    Partial,
    Error,
    Skipped
};
/// Where an answer came from.
enum class DataSource
{
    Live,
    Cache,
    Shared
};
QString toName(SectionStatus status);
QString toName(DataSource source);

} // namespace infra
