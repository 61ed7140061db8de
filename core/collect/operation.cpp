// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/operation.h"

#include "core/base/redaction.h"
#include "core/model/error_json.h"

#include <QtCore/QJsonArray>

namespace infra::collect {

namespace {

using namespace Qt::Literals::StringLiterals;

AuditStatus statusOf(const CollectResult &result)
{
    if (result.error)
        return result.error->code == ErrorCode::Canceled ? AuditStatus::Cancelled : AuditStatus::Error;
    qsizetype failed = 0;
    bool partial = false;
    for (const CollectedSection &collected : result.sections) {
        if (collected.section.status == SectionStatus::Error)
            ++failed;
        partial = partial || collected.section.status == SectionStatus::Partial;
    }
    if (failed > 0 && failed == result.sections.size())
        return AuditStatus::Error;
    return failed > 0 || partial ? AuditStatus::Partial : AuditStatus::Ok;
}

CacheUse cacheUseOf(const Operation &operation)
{
    if (operation.sent)
        return CacheUse::Miss;
    if (operation.shared)
        return CacheUse::Shared;
    return operation.fromCache ? CacheUse::Hit : CacheUse::None;
}

qint64 textBytes(const QString &text)
{
    return text.size() * 2 + 24;
}

struct SizeOf
{
    qint64 operator()(const std::monostate & /*unused*/) const { return 0; }
    qint64 operator()(const RawSystem &raw) const
    {
        return static_cast<qint64>(sizeof(RawSystem)) +
               raw.cpuCores.size() * static_cast<qint64>(sizeof(CpuTicks) + sizeof(int)) + raw.disks.size() * 80 +
               raw.nets.size() * 80;
    }
    qint64 operator()(const SensorReadings &sensors) const
    {
        return (sensors.temperatures.size() + sensors.fans.size()) * 160;
    }
    qint64 operator()(const UpdateStatus &updates) const { return 128 + updates.packages.size() * 240; }
    qint64 operator()(const QList<Process> &processes) const
    {
        qint64 sum = 0;
        for (const Process &p : processes)
            sum += static_cast<qint64>(sizeof(Process)) + textBytes(p.user) + textBytes(p.name) + textBytes(p.args);
        return sum;
    }
    qint64 operator()(const QList<Container> &containers) const
    {
        qint64 sum = 0;
        for (const Container &c : containers)
            sum += static_cast<qint64>(sizeof(Container)) + 600 + c.labels.size() * 200 + c.mounts.size() * 300;
        return sum;
    }
    template <typename T>
    qint64 operator()(const QList<T> &list) const
    {
        return list.size() * (static_cast<qint64>(sizeof(T)) + 160);
    }
};

} // namespace

qint64 estimatedBytes(const SectionData &data)
{
    return static_cast<qint64>(sizeof(Section)) + std::visit(SizeOf{}, data);
}

AuditEntry auditOf(const Operation &operation, Instant now)
{
    const CollectResult &result = operation.result;
    AuditEntry entry;
    entry.time = now;
    entry.correlation = result.correlation;
    entry.source = operation.request.source;
    entry.actor = operation.request.actor;
    entry.operation = u"collect"_s;
    entry.device = result.device;
    entry.status = statusOf(result);
    entry.durationMs = result.duration.count();
    entry.bytes = result.bytesIn + result.bytesOut;
    entry.cache = cacheUseOf(operation);
    entry.roundTrips = result.roundTrips;
    QStringList kinds;
    QStringList failures;
    for (const CollectedSection &collected : result.sections) {
        const QString name = toName(collected.section.kind);
        kinds.append(name);
        if (collected.section.error && !result.error)
            failures.append(QString(name + u": "_s + collected.section.error->message));
    }
    // The kinds are our own words; only what a host said needs a look.
    entry.detail = kinds.join(u' ');
    if (!failures.isEmpty())
        entry.detail += redacted(QString(u" | "_s + failures.join(u"; "_s)));
    entry.error = result.error;
    return entry;
}

QJsonObject toJson(const CollectResult &result)
{
    QJsonArray sections;
    for (const CollectedSection &collected : result.sections) {
        sections.append(QJsonObject{
            {u"kind"_s, toName(collected.section.kind)},
            {u"source"_s, toName(collected.source)},
            {u"age_ms"_s, static_cast<qint64>(collected.age.count())},
            {u"status"_s, toName(collected.section.status)},
            {u"warnings"_s, QJsonArray::fromStringList(collected.section.warnings)},
            {u"error"_s, collected.section.error ? QJsonValue(toJson(*collected.section.error)) : QJsonValue()},
        });
    }
    return {
        {u"device"_s, result.device.toString()},
        {u"correlation"_s, result.correlation.toString()},
        {u"connected"_s, result.connected},
        {u"round_trips"_s, result.roundTrips},
        {u"duration_ms"_s, static_cast<qint64>(result.duration.count())},
        {u"bytes_in"_s, result.bytesIn},
        {u"bytes_out"_s, result.bytesOut},
        {u"sections"_s, sections},
        {u"error"_s, result.error ? QJsonValue(toJson(*result.error)) : QJsonValue()},
    };
}

} // namespace infra::collect
