// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/audit_rows.h"

#include "core/model/error_json.h"
#include "core/store/sql/metric_sql.h"

#include <QtCore/QJsonDocument>

#include <limits>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMostEntries = 1000;

/// The filters of a query as SQL: no text of the caller is in it.
struct AuditFilter
{
    QStringList terms;
    QVariantList arguments;
    void add(const QString &term, const QVariantList &values)
    {
        terms.append(term);
        arguments += values;
    }
};

QString likePattern(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return u'%' + text + u'%';
}

AuditEntry auditFromRow(const Row &row)
{
    AuditEntry entry;
    entry.seq = row.integer(0);
    entry.time = fromMs(row.integer(1));
    entry.correlation = CorrelationId(row.text(2));
    entry.source = auditSourceFromName(row.text(3)).value_or(AuditSource::Schedule);
    entry.actor = row.text(4);
    entry.operation = row.text(5);
    if (!row.isNull(6))
        entry.device = DeviceId(row.text(6).section(u'#', 0, 0)); // see saveDevice
    entry.status = auditStatusFromName(row.text(7)).value_or(AuditStatus::Error);
    entry.durationMs = row.integer(8);
    entry.bytes = row.integer(9);
    entry.cache = cacheUseFromName(row.text(10)).value_or(CacheUse::None);
    entry.roundTrips = int(row.integer(11));
    entry.detail = row.text(12);
    if (!row.isNull(13)) {
        Error error = errorFromJson(QJsonDocument::fromJson(row.text(13).toUtf8()).object());
        // The general texts of a code are not the entry's own: they are translated where they are shown.
        if (error.cause == errorInfo(error.code).cause)
            error.cause.clear();
        if (error.remedy == errorInfo(error.code).remedy)
            error.remedy.clear();
        entry.error = std::move(error);
    }
    return entry;
}

/// Time becomes a range of sequences, so that pages of a far past do not walk through everything newer.
Result<void> addTimeRange(Connection &connection, const AuditQuery &query, AuditFilter &filter)
{
    const qint64 since = query.since ? toMs(*query.since) : std::numeric_limits<qint64>::min();
    const qint64 until = query.until ? toMs(*query.until) : std::numeric_limits<qint64>::max();
    qint64 first = 0;
    qint64 last = -1;
    const Result<void> read =
        connection.each(u"SELECT MIN(seq), MAX(seq) FROM data_collection_audit WHERE time >= ? AND time <= ?"_s,
                        {since, until}, [&](const Row &row) {
                            if (!row.isNull(0)) {
                                first = row.integer(0);
                                last = row.integer(1);
                            }
                        });
    if (!read)
        return read;
    filter.add(u"seq >= ? AND seq <= ? AND time >= ? AND time <= ?"_s, {first, last, since, until});
    return {};
}

Result<AuditFilter> filterOf(Connection &connection, const AuditQuery &query)
{
    AuditFilter filter;
    if (query.since || query.until) {
        if (const Result<void> done = addTimeRange(connection, query, filter); !done)
            return fail(done.error());
    }
    if (query.device) {
        const auto key = connection.integer(u"SELECT key FROM devices WHERE id = ?"_s, {query.device->toString()});
        if (!key)
            return fail(key.error());
        filter.add(u"device = ?"_s, {key->value_or(-1)});
    }
    // The second half of these terms is what the partial indexes ask for.
    if (query.source)
        filter.add(*query.source == AuditSource::Schedule ? u"source = ?"_s : u"source = ? AND source <> 'schedule'"_s,
                   {toName(*query.source)});
    if (query.status)
        filter.add(*query.status == AuditStatus::Ok ? u"status = ?"_s : u"status = ? AND status <> 'ok'"_s,
                   {toName(*query.status)});
    if (!query.text.isEmpty()) {
        const QString pattern = likePattern(query.text.left(200));
        filter.add(u"(operation LIKE ? ESCAPE '\\' OR actor LIKE ? ESCAPE '\\' OR detail LIKE ? ESCAPE '\\' "
                   "OR error LIKE ? ESCAPE '\\')"_s,
                   {pattern, pattern, pattern, pattern});
    }
    return filter;
}

} // namespace

Result<AuditEntry> addAudit(WriteContext &context, AuditEntry entry)
{
    QVariant device{QMetaType(QMetaType::LongLong)};
    if (entry.device) {
        const Result<WriteContext::DeviceRef> ref = context.device(*entry.device);
        if (!ref)
            return fail(ref.error());
        device = ref->key;
    }
    QVariant error{QMetaType(QMetaType::QString)};
    if (entry.error)
        error = QString::fromUtf8(QJsonDocument(toJson(*entry.error)).toJson(QJsonDocument::Compact));
    const Result<qint64> added = context.connection().run(
        u"INSERT INTO data_collection_audit (time, correlation, source, actor, operation, device, status, duration_ms, "
        "bytes, cache, round_trips, detail, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {toMs(entry.time), notNull(entry.correlation.toString()), toName(entry.source), notNull(entry.actor),
         notNull(entry.operation), device, toName(entry.status), entry.durationMs, entry.bytes, toName(entry.cache),
         entry.roundTrips, notNull(entry.detail), error});
    if (!added)
        return fail(added.error());
    entry.seq = context.connection().lastInsertId();
    context.count(u"data_collection_audit"_s, 1);
    // An hour whose rows went already keeps its counts as they are.
    const Result<qint64> floor = context.state(u"floor.audit"_s, std::numeric_limits<qint64>::min());
    if (!floor)
        return fail(floor.error());
    if (toMs(entry.time) >= *floor) {
        if (const Result<void> marked = context.markDirty(0, floorTo(toMs(entry.time), kHourMs)); !marked)
            return fail(marked.error());
    }
    return entry;
}

Result<AuditPage> readAudit(Connection &connection, const AuditQuery &query)
{
    const Result<AuditFilter> filter = filterOf(connection, query);
    if (!filter)
        return fail(filter.error());
    const int limit = qBound(1, query.limit, kMostEntries);
    QStringList terms = filter->terms;
    QVariantList arguments = filter->arguments;
    terms.append(u"seq < ?"_s);
    arguments << query.cursor.value_or(std::numeric_limits<qint64>::max()) << limit + 1;
    AuditPage page;
    // One more than asked for tells whether there is a next page.
    const Result<void> read = connection.each(
        u"SELECT seq, time, correlation, source, actor, operation, (SELECT id FROM devices WHERE key = device), "
        u"status, "
        "duration_ms, bytes, cache, round_trips, detail, error FROM data_collection_audit WHERE %1 ORDER BY seq DESC LIMIT ?"_s
            .arg(terms.join(u" AND "_s)),
        arguments, [&](const Row &row) { page.entries.append(auditFromRow(row)); });
    if (!read)
        return fail(read.error());
    if (page.entries.size() > limit) {
        page.entries.removeLast();
        page.next = page.entries.last().seq;
    }
    terms = filter->terms;
    terms.append(u"seq > ?"_s);
    const auto total =
        connection.integer(u"SELECT COUNT(*) FROM data_collection_audit WHERE %1"_s.arg(terms.join(u" AND "_s)),
                           filter->arguments + QVariantList{0});
    if (!total)
        return fail(total.error());
    page.total = total->value_or(0);
    return page;
}

} // namespace infra::store::sql
