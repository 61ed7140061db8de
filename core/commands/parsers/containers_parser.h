// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/model/inventory.h"

#include <QtCore/QHash>
#include <QtCore/QJsonObject>

namespace infra::commands {

/// What the control groups say of one container. Source: Documentation/admin-guide/cgroup-v2.rst,
/// cgroup-v1/{cpuacct,memory}.rst.
struct CgroupUse
{
    std::optional<quint64> cpuUsageUs;
    std::optional<qint64> memoryBytes; ///< without the file cache that can be dropped at once, as `docker stats` counts
    std::optional<qint64> memoryLimitBytes;
};
/// Keyed by the container's full id.
QHash<QByteArray, CgroupUse> parseCgroups(const QByteArray &text);

/// One line of `docker ps --format '{{json .}}'` or `podman ps` in the same form.
std::optional<Container> containerFromPs(const QJsonObject &row, const QString &engine);
/// One line of our `inspect` template put over it.
void addInspect(const QJsonObject &row, Container &container);
/// "0.0.0.0:8080->80/tcp, :::8080->80/tcp, 443/tcp, 0.0.0.0:8000-8002->8000-8002/tcp"
QList<PortMapping> parsePortText(const QString &text);
/// The engine's complaint, told apart: DockerDown, DockerDenied, CommandFailed.
Error engineError(const QString &engine, const QByteArray &text, int rc);

/// `containers`. DockerAbsent without an engine; an engine that fails beside one that works is a warning.
Result<Parsed<QList<Container>>> parseContainers(const SectionText &section);

} // namespace infra::commands
