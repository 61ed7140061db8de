// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/write_context.h"

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

Result<WriteContext::DeviceRef> WriteContext::device(const DeviceId &id)
{
    if (const auto found = m_devices.constFind(id); found != m_devices.constEnd())
        return *found;
    DeviceRef ref;
    const Result<void> read = m_connection.each(u"SELECT key, removed_at FROM devices WHERE id = ?"_s, {id.toString()},
                                                [&ref](const Row &row) {
                                                    ref.key = row.integer(0);
                                                    ref.removed = row.integer(1) > 0;
                                                });
    if (!read)
        return fail(read.error());
    if (ref.key == 0) {
        // removed_at 0: known by its data only.
        const Result<qint64> made = m_connection.run(
            u"INSERT INTO devices (id, name, removed_at, data) VALUES (?, '', 0, '{}')"_s, {id.toString()});
        if (!made)
            return fail(made.error());
        ref.key = m_connection.lastInsertId();
    }
    m_devices.insert(id, ref);
    return ref;
}

void WriteContext::forgetDevice(const DeviceId &id)
{
    if (const auto found = m_devices.constFind(id); found != m_devices.constEnd()) {
        m_series.remove(found->key);
        m_devices.remove(id);
    }
}

Result<qint64> WriteContext::series(qint64 device, const SeriesKey &key)
{
    QHash<SeriesKey, qint64> &known = m_series[device];
    if (known.isEmpty()) {
        const Result<void> read = m_connection.each(
            u"SELECT name, label, series FROM series_keys WHERE device = ?"_s, {device}, [&known](const Row &row) {
                known.insert(SeriesKey{row.text(0), row.text(1)}, row.integer(2));
            });
        if (!read)
            return fail(read.error());
    }
    if (const auto found = known.constFind(key); found != known.constEnd())
        return *found;
    const Result<qint64> made = m_connection.run(u"INSERT INTO series_keys (device, name, label) VALUES (?, ?, ?)"_s,
                                                 {device, key.name, notNull(key.label)});
    if (!made)
        return fail(made.error());
    return *known.insert(key, m_connection.lastInsertId());
}

Result<void> WriteContext::markDirty(qint64 device, qint64 hourMs)
{
    if (m_dirty.contains({device, hourMs}))
        return {};
    const Result<qint64> marked =
        m_connection.run(u"INSERT INTO rollup_dirty (device, hour, generation) VALUES (?, ?, 1) "
                         "ON CONFLICT (device, hour) DO UPDATE SET generation = rollup_dirty.generation + 1"_s,
                         {device, hourMs});
    if (!marked)
        return fail(marked.error());
    m_dirty.insert({device, hourMs});
    return {};
}

Result<qint64> WriteContext::state(const QString &name, qint64 fallback)
{
    if (const auto found = m_state.constFind(name); found != m_state.constEnd())
        return found->value_or(fallback);
    const auto value = m_connection.integer(u"SELECT value FROM store_state WHERE name = ?"_s, {name});
    if (!value)
        return fail(value.error());
    m_state.insert(name, *value);
    return value->value_or(fallback);
}

Result<void> WriteContext::setState(const QString &name, qint64 value)
{
    const Result<qint64> done = m_connection.run(u"INSERT INTO store_state (name, value) VALUES (?, ?) "
                                                 "ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
                                                 {name, value});
    if (!done)
        return fail(done.error());
    m_state.insert(name, value);
    return {};
}

Result<void> WriteContext::transaction(const std::function<Result<void>()> &body)
{
    const Result<void> done = m_connection.transaction([&]() -> Result<void> {
        if (Result<void> ran = body(); !ran)
            return ran;
        for (auto count = m_counts.cbegin(); count != m_counts.cend(); ++count) {
            if (count.value() == 0)
                continue;
            const Result<qint64> kept =
                m_connection.run(u"INSERT INTO row_counts (name, rows) VALUES (?, ?) "
                                 "ON CONFLICT (name) DO UPDATE SET rows = row_counts.rows + excluded.rows"_s,
                                 {count.key(), count.value()});
            if (!kept)
                return fail(kept.error());
        }
        return {};
    });
    m_counts.clear();
    if (!done)
        forgetAll();
    return done;
}

void WriteContext::forgetAll()
{
    m_devices.clear();
    m_series.clear();
    m_dirty.clear();
    m_state.clear();
}

} // namespace infra::store::sql
