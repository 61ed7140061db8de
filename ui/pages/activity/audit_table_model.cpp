// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/activity/audit_table_model.h"

#include "ui/pages/activity/audit_filter.h"
#include "ui/text/format.h"

#include <QtCore/QCoreApplication>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMostAuditRows = 20'000;

QString auditColumn(const char *text)
{
    return QCoreApplication::translate("Activity", text);
}

QList<ColumnSpec> auditColumns()
{
    return {
        {u"time"_s, auditColumn("Time"), CellKind::Text, 116, 0, false, false, false},
        {u"actor"_s, auditColumn("Asked by"), CellKind::Text, 124, 2, false, false, false},
        {u"device"_s, auditColumn("Device"), CellKind::Text, 92, 0, false, false, false},
        {u"operation"_s, auditColumn("Operation"), CellKind::Text, 220, 0, true, false, false},
        {u"result"_s, auditColumn("Result"), CellKind::Name, 104, 1, false, false, false},
        {u"took"_s, auditColumn("Took"), CellKind::Number, 78, 3, false, true, false},
        {u"bytes"_s, auditColumn("Bytes"), CellKind::Number, 78, 4, false, true, false},
        {u"cache"_s, auditColumn("Cache"), CellKind::Text, 70, 5, false, false, false},
    };
}

QString actorIcon(AuditSource source)
{
    switch (source) {
    case AuditSource::Schedule:
        return u"stopwatch"_s;
    case AuditSource::Ui:
        return u"display"_s;
    case AuditSource::Ctl:
        return u"terminal"_s;
    case AuditSource::Rest:
        return u"globe2"_s;
    case AuditSource::Mcp:
        break;
    }
    return u"robot"_s;
}

QString cacheText(CacheUse use)
{
    switch (use) {
    case CacheUse::Hit:
        return auditColumn("Hit");
    case CacheUse::Miss:
        return auditColumn("Miss");
    case CacheUse::Shared:
        return auditColumn("Shared");
    case CacheUse::None:
        break;
    }
    return missing();
}

QString tookText(const AuditEntry &entry)
{
    if (entry.durationMs >= 1000)
        return number(static_cast<double>(entry.durationMs) / 1000.0) + QChar(0xa0) + u's';
    return QString::number(entry.durationMs) + QChar(0xa0) + u"ms"_s;
}

} // namespace

AuditTableModel::AuditTableModel(std::function<QString(const DeviceId &)> nameOf, QObject *parent)
    : TableModel(auditColumns(), parent)
    , m_nameOf(std::move(nameOf))
{
}

void AuditTableModel::setEntries(const QList<AuditEntry> &entries)
{
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

void AuditTableModel::append(const QList<AuditEntry> &entries)
{
    if (entries.isEmpty() || m_entries.size() >= kMostAuditRows)
        return;
    const int first = static_cast<int>(m_entries.size());
    beginInsertRows({}, first, first + static_cast<int>(entries.size()) - 1);
    m_entries += entries;
    endInsertRows();
}

int AuditTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant AuditTableModel::shown(const AuditEntry &entry, const QString &column) const
{
    if (column == u"time")
        return toDateTime(entry.time).toLocalTime().time().toString(u"HH:mm:ss.zzz"_s);
    if (column == u"actor")
        return actorText(entry);
    if (column == u"device")
        return entry.device ? m_nameOf(*entry.device) : missing();
    if (column == u"operation")
        return operationText(entry);
    if (column == u"result")
        return resultText(entry.status);
    if (column == u"took")
        return tookText(entry);
    if (column == u"bytes")
        return bytesDecimal(static_cast<double>(entry.bytes));
    return cacheText(entry.cache);
}

QVariant AuditTableModel::cell(int row, const QString &column, int role) const
{
    const AuditEntry &entry = m_entries.at(row);
    switch (role) {
    case Qt::DisplayRole:
        return shown(entry, column);
    case RowIdRole:
        return QString::number(entry.seq);
    case AccessibleRowRole:
        return QString(actorText(entry) + u", "_s + operationText(entry) + u", "_s + resultText(entry.status));
    case MutedRole:
        return column != u"device" && column != u"operation" &&
               !(column == u"result" && entry.status != AuditStatus::Ok);
    case HealthRole:
        return column == u"result" ? QVariant(static_cast<int>(resultHealth(entry.status))) : QVariant();
    case IconRole:
        return column == u"actor" ? QVariant(actorIcon(entry.source)) : QVariant();
    case SortRole:
        if (column == u"time")
            return static_cast<double>(entry.seq);
        if (column == u"took")
            return static_cast<double>(entry.durationMs);
        return column == u"bytes" ? QVariant(static_cast<double>(entry.bytes)) : shown(entry, column);
    case CopyRole:
        return column == u"time" ? QVariant(toRfc3339(entry.time)) : QVariant();
    case Qt::ToolTipRole:
        if (column == u"time")
            return timeLong(entry.time);
        return column == u"operation" ? QVariant(entry.detail) : QVariant();
    default:
        return {};
    }
}

} // namespace infra::ui
