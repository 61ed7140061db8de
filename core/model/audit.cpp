// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/audit.h"

#include "core/model/error_json.h"
#include "core/model/json_values.h"
#include "core/model/name_table.h"

namespace infra {

namespace {

constexpr std::array<NameRow<AuditSource>, 5> auditSourceNames = {{
    {AuditSource::Schedule, u"schedule"},
    {AuditSource::Ui, u"ui"},
    {AuditSource::Ctl, u"ctl"},
    {AuditSource::Rest, u"rest"},
    {AuditSource::Mcp, u"mcp"},
}};

constexpr std::array<NameRow<AuditStatus>, 5> auditStatusNames = {{
    {AuditStatus::Ok, u"ok"},
    {AuditStatus::Partial, u"partial"},
    {AuditStatus::Error, u"error"},
    {AuditStatus::Denied, u"denied"},
    {AuditStatus::Cancelled, u"cancelled"},
}};

constexpr std::array<NameRow<CacheUse>, 4> cacheUseNames = {{
    {CacheUse::Hit, u"hit"},
    {CacheUse::Miss, u"miss"},
    {CacheUse::Shared, u"shared"},
    {CacheUse::None, u"none"},
}};

} // namespace

QString toName(AuditSource source)
{
    return nameIn(auditSourceNames, source);
}

QString toName(AuditStatus status)
{
    return nameIn(auditStatusNames, status);
}

QString toName(CacheUse use)
{
    return nameIn(cacheUseNames, use);
}

std::optional<AuditSource> auditSourceFromName(QStringView name)
{
    return valueIn(auditSourceNames, name);
}

std::optional<AuditStatus> auditStatusFromName(QStringView name)
{
    return valueIn(auditStatusNames, name);
}

std::optional<CacheUse> cacheUseFromName(QStringView name)
{
    return valueIn(cacheUseNames, name);
}

QJsonObject toJson(const AuditEntry &entry)
{
    return {
        {QStringLiteral("seq"), entry.seq},
        {QStringLiteral("time"), toRfc3339(entry.time)},
        {QStringLiteral("correlation"), json::text(entry.correlation.toString())},
        {QStringLiteral("source"), toName(entry.source)},
        {QStringLiteral("actor"), json::text(entry.actor)},
        {QStringLiteral("operation"), entry.operation},
        {QStringLiteral("device"), entry.device ? QJsonValue(entry.device->toString()) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("status"), toName(entry.status)},
        {QStringLiteral("duration_ms"), entry.durationMs},
        {QStringLiteral("bytes"), entry.bytes},
        {QStringLiteral("cache"), toName(entry.cache)},
        {QStringLiteral("round_trips"), entry.roundTrips},
        {QStringLiteral("detail"), json::text(entry.detail)},
        {QStringLiteral("error"), entry.error ? QJsonValue(toJson(*entry.error)) : QJsonValue(QJsonValue::Null)}};
}

} // namespace infra
