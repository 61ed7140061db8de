// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/data_table.h"

namespace infra::ui {

TableModel::TableModel(QList<ColumnSpec> columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

int TableModel::columnOf(const QString &id) const
{
    for (int i = 0; i < int(m_columns.size()); ++i) {
        if (m_columns.at(i).id == id)
            return i;
    }
    return -1;
}

int TableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    const ColumnSpec &column = m_columns.at(section);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
        return column.title;
    if (role == Qt::TextAlignmentRole)
        return int((column.right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

QVariant TableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.column() >= m_columns.size())
        return {};
    const ColumnSpec &column = m_columns.at(index.column());
    if (role == CellKindRole)
        return int(column.kind);
    return cell(index.row(), column.id, role);
}

} // namespace infra::ui
