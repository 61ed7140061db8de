// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/base/strong_id.h"

#include <QtCore/QJsonObject>

namespace infra {

enum class AuditSource
{
    Schedule,
    Ui,
    Ctl,
    Rest,
    Mcp
};
enum class AuditStatus
{
    Ok,
    Partial,
    Error,
    Denied,
    Cancelled
};
enum class CacheUse
{
    Hit,
    Miss,
    Shared,
    None
};
QString toName(AuditSource source);
QString toName(AuditStatus status);
QString toName(CacheUse use);
std::optional<AuditSource> auditSourceFromName(QStringView name);
std::optional<AuditStatus> auditStatusFromName(QStringView name);
std::optional<CacheUse> cacheUseFromName(QStringView name);

/// One operation on one device (or on none): a row of `data_collection_audit`.
struct AuditEntry
{
    qint64 seq = 0; ///< given by the store
    Instant time{};
    CorrelationId correlation;
    AuditSource source = AuditSource::Schedule;
    QString actor;     ///< "os:alice", "token:NAME", "schedule"
    QString operation; ///< "collect", "device.add", "device.edit", "settings.set" …
    std::optional<DeviceId> device;
    AuditStatus status = AuditStatus::Ok;
    qint64 durationMs = 0;
    qint64 bytes = 0;
    CacheUse cache = CacheUse::None;
    int roundTrips = 0;
    QString detail; ///< kinds, changed fields …; redacted
    std::optional<Error> error;
    bool operator==(const AuditEntry &) const = default;
};
QJsonObject toJson(const AuditEntry &entry); ///< contract.md `audit`

/// Newest first; pages by `cursor` (the last seq of the page before).
struct AuditQuery
{
    std::optional<Instant> since, until;
    std::optional<DeviceId> device;
    std::optional<AuditSource> source;
    std::optional<AuditStatus> status;
    QString text; ///< in operation, actor, detail or error
    std::optional<qint64> cursor;
    int limit = 200; ///< 1–1000
};

struct AuditPage
{
    QList<AuditEntry> entries;
    qint64 total = 0;
    std::optional<qint64> next;
};

} // namespace infra
