// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/kind.h"

#include "core/model/name_table.h"

namespace infra {

namespace {

constexpr std::array<NameRow<Kind>, 14> kindNames = {{
    {Kind::SystemMetrics, u"system_metrics"},
    {Kind::Filesystems, u"filesystems"},
    {Kind::Interfaces, u"interfaces"},
    {Kind::Temperatures, u"temperatures"},
    {Kind::Processes, u"processes"},
    {Kind::Services, u"services"},
    {Kind::Containers, u"containers"},
    {Kind::Users, u"users"},
    {Kind::Ports, u"ports"},
    {Kind::Updates, u"updates"},
    {Kind::Drives, u"drives"},
    {Kind::Zfs, u"zfs"},
    {Kind::Guests, u"guests"},
    {Kind::Unraid, u"unraid"},
}};

constexpr std::array<NameRow<SectionStatus>, 4> sectionStatusNames = {{
    {SectionStatus::Ok, u"ok"},
    {SectionStatus::Partial, u"partial"},
    {SectionStatus::Error, u"error"},
    {SectionStatus::Skipped, u"skipped"},
}};

constexpr std::array<NameRow<DataSource>, 3> dataSourceNames = {{
    {DataSource::Live, u"live"},
    {DataSource::Cache, u"cache"},
    {DataSource::Shared, u"shared"},
}};

} // namespace

QString toName(Kind kind)
{
    return nameIn(kindNames, kind);
}

std::optional<Kind> kindFromName(QStringView name)
{
    return valueIn(kindNames, name);
}

const QList<Kind> &allKinds()
{
    static const QList<Kind> kinds = [] {
        QList<Kind> all;
        for (const NameRow<Kind> &row : kindNames)
            all.append(row.value);
        return all;
    }();
    return kinds;
}

bool isSlow(Kind kind)
{
    return kind == Kind::Updates || kind == Kind::Drives || kind == Kind::Zfs || kind == Kind::Guests;
}

QString toName(SectionStatus status)
{
    return nameIn(sectionStatusNames, status);
}

QString toName(DataSource source)
{
    return nameIn(dataSourceNames, source);
}

} // namespace infra
