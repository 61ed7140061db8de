// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/inventory.h"
#include "core/model/kind.h"
#include "core/store/sql/write_context.h"

#include <QtCore/QJsonValue>

namespace infra::store::sql {

/// The stored text of a snapshot, and back. A value stands in an array of one, so that any JSON value has a document.
QByteArray snapshotText(const QJsonValue &data);
QJsonValue snapshotFromText(const QByteArray &text);

/// Writes the newest state of a kind; of containers and interfaces also a row where something that a person would call
/// a change happened. Inside a transaction of the writer; writer thread.
class SnapshotRows
{
public:
    explicit SnapshotRows(WriteContext &context)
        : m_context(context)
    {
    }
    Result<void> write(qint64 device, Kind kind, qint64 time, const QJsonValue &data);
    void forget();

private:
    struct Latest
    {
        qint64 time = 0;
        size_t hash = 0;
    };
    /// By device: the newest row of each object, as the texts that make a change.
    using Known = QHash<qint64, QHash<QString, QString>>;

    Result<void> writeContainers(qint64 device, qint64 time, const QJsonValue &data);
    Result<void> writeInterfaces(qint64 device, qint64 time, const QJsonValue &data);
    Result<void> addContainer(qint64 device, qint64 time, const Container &container);
    Result<QHash<QString, QString> *> known(Known &cache, qint64 device, const QString &sql);

    WriteContext &m_context;
    QHash<std::pair<qint64, int>, Latest> m_latest; ///< by device and kind
    Known m_containers;
    Known m_interfaces;
};

} // namespace infra::store::sql
