// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/control_reply.h"

#include <QtCore/QJsonArray>

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<std::optional<Instant>> instantArgument(const QJsonObject &args, const QString &key)
{
    if (!args.contains(key))
        return std::optional<Instant>();
    const QString text = args.value(key).toString();
    const std::optional<Instant> instant = fromRfc3339(text);
    if (!instant)
        return invalid(key, text, u"must be a time as RFC 3339 has it, like 2026-01-31T12:00:00Z"_s);
    return instant;
}

Result<int> wholeArgument(const QJsonObject &args, const QString &key, int minimum, int maximum, int otherwise)
{
    if (!args.contains(key))
        return otherwise;
    bool ok = false;
    const int number = args.value(key).toVariant().toString().toInt(&ok);
    if (!ok || number < minimum || number > maximum)
        return invalid(key, args.value(key).toVariant().toString(),
                       u"must be a whole number from %1 to %2"_s.arg(minimum).arg(maximum));
    return number;
}

Result<HistoryQuery> historyQuery(const QJsonObject &args, const DeviceId &device)
{
    HistoryQuery query;
    query.device = device;
    const QStringList names = args.value("series"_L1).toString().split(u',', Qt::SkipEmptyParts);
    if (names.isEmpty())
        return invalid(u"series"_s, QString(), u"must name at least one series, like cpu.total,mem.used"_s);
    for (const QString &given : names) {
        // "net.rx" is every interface and the total; "net.rx:eth0" is one.
        const QString name = given.section(u':', 0, 0).trimmed();
        if (seriesInfo(name) == nullptr)
            return invalid(u"series"_s, given,
                           u"must be a series that exists, like cpu.total, mem.used, fs.used, net.rx, temp"_s);
        query.series.append({name, given.section(u':', 1)});
    }
    const Result<std::optional<Instant>> from = instantArgument(args, u"from"_s);
    const Result<std::optional<Instant>> to = instantArgument(args, u"to"_s);
    const Result<int> points = wholeArgument(args, u"max-points"_s, 1, 20'000, 1000);
    if (!from)
        return fail(from.error());
    if (!to)
        return fail(to.error());
    if (!points)
        return fail(points.error());
    query.from = *from;
    query.to = *to;
    query.maxPoints = *points;
    if (query.from && query.to && *query.from >= *query.to)
        return invalid(u"to"_s, toRfc3339(*query.to), u"must be later than --from"_s);
    return query;
}

} // namespace

QFuture<ControlReply> ControlService::metrics(ControlRequest &request)
{
    const Result<Device> device = deviceArgument(request);
    if (!device)
        return readyReply(failReply(device.error()));
    const Result<HistoryQuery> query = historyQuery(request.args, device->id);
    if (!query)
        return readyReply(failReply(query.error()));
    const auto replyOf = [](const HistoryResult &history) { return okReply(toJson(history)); };
    if (!query->from) {
        // The newest is in memory, each cycle; the store has it only after the writer's next batch.
        HistoryResult live = m_parts.engine.liveHistory(*query);
        const bool complete = std::all_of(query->series.begin(), query->series.end(), [&live](const SeriesKey &key) {
            return std::any_of(live.series.begin(), live.series.end(), [&key](const HistorySeries &series) {
                return series.key.name == key.name && !series.points.isEmpty();
            });
        });
        if (complete)
            return readyReply(replyOf(live));
    }
    return m_parts.store.reader->history(*query, CancelToken())
        .then(this, [replyOf](const Result<HistoryResult> &history) {
            return history ? replyOf(*history) : failReply(history.error());
        });
}

QFuture<ControlReply> ControlService::audit(ControlRequest &request)
{
    AuditQuery query;
    const QJsonObject &args = request.args;
    const Result<std::optional<Instant>> since = instantArgument(args, u"since"_s);
    if (!since)
        return readyReply(failReply(since.error()));
    query.since = *since;
    if (args.contains("device"_L1)) {
        ControlRequest one;
        one.args.insert("id"_L1, args.value("device"_L1));
        const Result<Device> device = deviceArgument(one);
        if (!device)
            return readyReply(failReply(device.error()));
        query.device = device->id;
    }
    if (args.contains("source"_L1)) {
        const QString word = args.value("source"_L1).toString();
        query.source = auditSourceFromName(word);
        if (!query.source)
            return readyReply(
                failReply(invalid(u"source"_s, word, u"must be schedule, ui, ctl, rest or mcp"_s).value()));
    }
    if (args.contains("cursor"_L1)) {
        bool ok = false;
        const QString text = args.value("cursor"_L1).toVariant().toString();
        query.cursor = text.toLongLong(&ok);
        if (!ok || *query.cursor < 0)
            return readyReply(
                failReply(invalid(u"cursor"_s, text, u"must be the \"next\" of the page before"_s).value()));
    }
    const Result<int> limit = wholeArgument(args, u"limit"_s, 1, 1000, 200);
    if (!limit)
        return readyReply(failReply(limit.error()));
    query.limit = *limit;
    // What was done before this question is on disk before it is answered.
    return m_parts.store.writer->flush()
        .then(this, [this, query](const Result<void> &) { return m_parts.store.reader->audit(query, CancelToken()); })
        .unwrap()
        .then(this, [](const Result<AuditPage> &page) {
            if (!page)
                return failReply(page.error());
            QJsonArray entries;
            for (const AuditEntry &entry : page->entries)
                entries.append(toJson(entry));
            return okReply({{u"entries"_s, entries}, {u"total"_s, page->total}, {u"next"_s, orNull(page->next)}});
        });
}

QFuture<ControlReply> ControlService::dbStatus(ControlRequest &request)
{
    const bool check = request.args.value("check"_L1).toBool();
    return m_parts.store.writer->flush()
        .then(this,
              [this, check](const Result<void> &) {
                  return m_parts.store.reader->status(check ? store::StatusDepth::Integrity
                                                            : store::StatusDepth::Tables);
              })
        .unwrap()
        .then(this, [](const Result<store::StoreStatus> &status) {
            return status ? okReply(store::toJson(*status)) : failReply(status.error());
        });
}

} // namespace infra::engine
