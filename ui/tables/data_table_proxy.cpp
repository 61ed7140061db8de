// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/data_table_proxy.h"

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

DataTableProxy::DataTableProxy(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

void DataTableProxy::setSource(TableModel *source)
{
    beginResetModel();
    if (m_source != nullptr)
        m_source->disconnect(this);
    m_source = source;
    m_entries.clear();
    m_rowOfSource.clear();
    m_known.clear();
    endResetModel();
    if (source == nullptr)
        return;
    const auto structure = [this] { arrange(Why::Data); };
    connect(source, &QAbstractItemModel::rowsInserted, this, structure);
    connect(source, &QAbstractItemModel::rowsRemoved, this, structure);
    connect(source, &QAbstractItemModel::rowsMoved, this, structure);
    connect(source, &QAbstractItemModel::layoutChanged, this, structure);
    connect(source, &QAbstractItemModel::modelReset, this, [this] {
        arrange(Why::Data);
        if (!m_entries.isEmpty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    });
    connect(source, &QAbstractItemModel::dataChanged, this, &DataTableProxy::forwardData);
    connect(source, &QObject::destroyed, this, [this] {
        m_source = nullptr;
        apply({});
    });
    arrange(Why::User);
}

void DataTableProxy::setSort(const QList<SortKey> &keys)
{
    m_keys = keys.mid(0, 2);
    arrange(Why::User);
}

void DataTableProxy::setFilter(Filter accepts)
{
    m_filter = std::move(accepts);
    arrange(Why::User);
}

void DataTableProxy::setGrouping(GroupOf groupOf, HeadText headText)
{
    m_groupOf = std::move(groupOf);
    m_headText = std::move(headText);
    arrange(Why::User);
}

void DataTableProxy::setCollapsed(const QString &group, bool collapsed)
{
    if (m_collapsed.contains(group) == collapsed)
        return;
    if (collapsed)
        m_collapsed.insert(group);
    else
        m_collapsed.remove(group);
    arrange(Why::User);
    for (int row = 0; row < rowCount(); ++row) {
        if (m_entries.at(row).source == -1 && m_entries.at(row).group == group)
            emit dataChanged(index(row, 0), index(row, std::max(0, columnCount() - 1)));
    }
}

void DataTableProxy::setFrozen(bool frozen)
{
    if (m_frozen == frozen)
        return;
    m_frozen = frozen;
    if (!frozen)
        arrange(Why::Data);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void DataTableProxy::setHeld(bool held)
{
    m_held = held;
    if (!held && m_pending)
        arrange(Why::Data);
}

int DataTableProxy::sourceRow(int row) const
{
    return row >= 0 && row < m_entries.size() ? std::max(-1, m_entries.at(row).source) : -1;
}

int DataTableProxy::rowOfSource(int sourceRow) const
{
    return m_rowOfSource.value(sourceRow, -1);
}

QString DataTableProxy::groupOfHead(int row) const
{
    return row >= 0 && row < m_entries.size() && m_entries.at(row).source == -1 ? m_entries.at(row).group : QString();
}

QList<int> DataTableProxy::sourceRows() const
{
    QList<int> rows;
    rows.reserve(m_entries.size());
    for (const Entry &entry : m_entries) {
        if (entry.source >= 0)
            rows.append(entry.source);
    }
    return rows;
}

int DataTableProxy::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int DataTableProxy::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_source == nullptr ? 0 : m_source->columnCount();
}

QVariant DataTableProxy::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_entries.size() || m_source == nullptr)
        return {};
    const Entry &entry = m_entries.at(index.row());
    if (entry.source < 0) {
        if (entry.source < -1)
            return {};
        switch (role) {
        case GroupRole:
            return true;
        case CollapsedRole:
            return m_collapsed.contains(entry.group);
        case Qt::DisplayRole:
            return index.column() == 0 ? QVariant(entry.group) : QVariant();
        case SecondaryRole:
            return entry.text;
        case RowIdRole:
            return entry.key;
        case Qt::AccessibleTextRole:
            //: group of rows in a table: name, its quiet text
            return entry.text.isEmpty() ? entry.group : tr("%1, %2").arg(entry.group, entry.text);
        default:
            return {};
        }
    }
    const QModelIndex source = m_source->index(entry.source, index.column());
    if (role == GroupRole)
        return false;
    if (role == Qt::AccessibleTextRole) {
        // The first cell speaks for the whole row; the others name their column.
        if (index.column() == 0) {
            if (const QString sentence = source.data(AccessibleRowRole).toString(); !sentence.isEmpty())
                return sentence;
        }
        return tr("%1: %2").arg(m_source->columns().at(index.column()).title, source.data(Qt::DisplayRole).toString());
    }
    return source.data(role);
}

QVariant DataTableProxy::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_source != nullptr ? m_source->headerData(section, orientation, role) : QVariant();
}

Qt::ItemFlags DataTableProxy::flags(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= m_entries.size())
        return Qt::NoItemFlags;
    return m_entries.at(index.row()).source < 0 ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QString DataTableProxy::keyOf(int sourceRow) const
{
    const QString id = m_source->index(sourceRow, 0).data(RowIdRole).toString();
    return id.isEmpty() ? u"#%1"_s.arg(sourceRow) : id;
}

void DataTableProxy::forwardData(const QModelIndex &topLeft, const QModelIndex &bottomRight)
{
    int first = rowCount();
    int last = -1;
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row) {
        if (const int at = rowOfSource(row); at >= 0) {
            first = std::min(first, at);
            last = std::max(last, at);
        }
    }
    if (last >= 0)
        emit dataChanged(index(first, 0), index(last, columnCount() - 1));
    // The sentence of a group may count what changed in its rows.
    bool moved = m_headText != nullptr;
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row) {
        Known fresh = learn(row);
        moved = moved || !fresh.sameOrder(m_known[size_t(row)]);
        m_known[size_t(row)] = std::move(fresh);
    }
    if (!moved || m_due)
        return;
    m_due = true;
    QMetaObject::invokeMethod(this, &DataTableProxy::settle, Qt::QueuedConnection);
}

void DataTableProxy::settle()
{
    if (m_due)
        arrange(Why::Data, Learn::Nothing);
}

} // namespace infra::ui
