// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/model/metrics.h"
#include "core/store/sql/connection.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace infra::store::sql {

/// A null QString would be bound as NULL.
inline QString notNull(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

/// What the writer remembers between its transactions: keys, counts, marks. All of it is a copy of what the database
/// holds; after a rolled back transaction it forgets. Writer thread.
class WriteContext
{
public:
    struct DeviceRef
    {
        qint64 key = 0;
        bool removed = false; ///< taken away by a person: nothing more is written for it
    };

    explicit WriteContext(Connection &connection)
        : m_connection(connection)
    {
    }
    Connection &connection() { return m_connection; }

    /// The device's key; a row without a name is made for an id that was never saved.
    Result<DeviceRef> device(const DeviceId &id);
    Result<qint64> series(qint64 device, const SeriesKey &key);
    void forgetDevice(const DeviceId &id);

    /// Marks an hour (ms of its start) as not rolled up. Device 0 is the audit.
    Result<void> markDirty(qint64 device, qint64 hourMs);
    /// From now on a write to that hour marks it again.
    void startsFolding(qint64 device, qint64 hourMs) { m_dirty.remove({device, hourMs}); }

    /// Numbers under `store_state`: "floor.raw" (ms; older raw rows are gone) and such.
    Result<qint64> state(const QString &name, qint64 fallback);
    Result<void> setState(const QString &name, qint64 value);

    /// Rows of the big tables are counted as they come and go: counting them afterwards would read the whole table.
    void count(const QString &table, qint64 rows) { m_counts[table] += rows; }
    qint64 rowsWritten() const { return m_rowsWritten; }
    void wrote(qint64 rows) { m_rowsWritten += rows; }

    /// Runs `body` in a transaction and writes the counts with it.
    Result<void> transaction(const std::function<Result<void>()> &body);

private:
    void forgetAll();

    Connection &m_connection;
    QHash<DeviceId, DeviceRef> m_devices;
    QHash<qint64, QHash<SeriesKey, qint64>> m_series;
    QSet<std::pair<qint64, qint64>> m_dirty;
    QHash<QString, qint64> m_counts;
    QHash<QString, std::optional<qint64>> m_state; ///< nothing: known to be absent
    qint64 m_rowsWritten = 0;
};

} // namespace infra::store::sql
