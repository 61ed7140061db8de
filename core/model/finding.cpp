// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/finding.h"

#include "core/model/json_values.h"
#include "core/model/name_table.h"

namespace infra {

namespace {

constexpr std::array<NameRow<Health>, 7> healthNames = {{
    {Health::Critical, u"critical"},
    {Health::Warning, u"warning"},
    {Health::Unknown, u"unknown"},
    {Health::Info, u"info"},
    {Health::Ok, u"ok"},
    {Health::Maintenance, u"maintenance"},
    {Health::Asleep, u"asleep"},
}};

} // namespace

QString toName(Health health)
{
    return nameIn(healthNames, health);
}

std::optional<Health> healthFromName(QStringView name)
{
    return valueIn(healthNames, name);
}

QJsonObject toJson(const Finding &finding)
{
    return {{QStringLiteral("rule"), finding.rule},
            {QStringLiteral("severity"), toName(finding.severity)},
            {QStringLiteral("object"), json::text(finding.object)},
            {QStringLiteral("metric"), json::text(finding.metric)},
            {QStringLiteral("value"), json::number(finding.value)},
            {QStringLiteral("threshold"), json::number(finding.threshold)},
            {QStringLiteral("detail"), json::text(finding.detail)},
            {QStringLiteral("since"), toRfc3339(finding.since)}};
}

} // namespace infra
