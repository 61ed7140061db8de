// SPDX-License-Identifier: GPL-3.0-or-later
// How a DataTableProxy finds the order of its rows, and gets there with the smallest signals, so that views keep their
// selection.
#include "ui/tables/data_table_proxy.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// One sort value, made once a row: comparing texts by a collator is slow.
struct OrderValue
{
    enum class Kind
    {
        Missing,
        Number,
        Text
    } kind = Kind::Missing;
    double number = 0;
    std::optional<QCollatorSortKey> text;
};

OrderValue orderValue(const QVariant &value, const QCollator &collator)
{
    OrderValue order;
    if (!value.isValid() || value.isNull())
        return order;
    if (value.typeId() == QMetaType::QString) {
        order.kind = OrderValue::Kind::Text;
        order.text = collator.sortKey(value.toString());
        return order;
    }
    bool isNumber = false;
    order.number = value.typeId() == QMetaType::QDateTime ? double(value.toDateTime().toMSecsSinceEpoch())
                                                          : value.toDouble(&isNumber);
    if (value.typeId() == QMetaType::QDateTime || (isNumber && std::isfinite(order.number)))
        order.kind = OrderValue::Kind::Number;
    return order;
}

/// <0, 0, >0. Missing values are last whatever the order is; so they are kept out of the turn-around.
int compareOrder(const OrderValue &a, const OrderValue &b, Qt::SortOrder order)
{
    using Kind = OrderValue::Kind;
    if (a.kind == Kind::Missing || b.kind == Kind::Missing)
        return int(a.kind == Kind::Missing) - int(b.kind == Kind::Missing);
    int result = 0;
    if (a.kind != b.kind)
        result = a.kind == Kind::Number ? -1 : 1;
    else if (a.kind == Kind::Number)
        result = a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
    else
        result = a.text->compare(*b.text);
    return order == Qt::AscendingOrder ? result : -result;
}

} // namespace

QList<int> DataTableProxy::sorted(QList<int> rows) const
{
    struct Row
    {
        int source;
        OrderValue values[2];
    };
    // Worst first: the state of the first column, then its text.
    const bool byDefault = m_keys.isEmpty();
    const Qt::SortOrder orders[2] = {byDefault ? Qt::AscendingOrder : m_keys.first().order,
                                     m_keys.size() > 1 ? m_keys.at(1).order : Qt::AscendingOrder};
    std::vector<Row> keyed;
    keyed.reserve(size_t(rows.size()));
    for (const int row : std::as_const(rows)) {
        Row &made = keyed.emplace_back(Row{row, {}});
        if (byDefault) {
            made.values[0] = orderValue(m_source->index(row, 0).data(HealthRole), m_collator);
            made.values[1] = orderValue(m_source->index(row, 0).data(SortRole), m_collator);
        } else {
            for (qsizetype key = 0; key < m_keys.size(); ++key)
                made.values[key] = orderValue(m_source->index(row, m_keys.at(key).column).data(SortRole), m_collator);
        }
    }
    std::stable_sort(keyed.begin(), keyed.end(), [&orders](const Row &a, const Row &b) {
        const int first = compareOrder(a.values[0], b.values[0], orders[0]);
        return first != 0 ? first < 0 : compareOrder(a.values[1], b.values[1], orders[1]) < 0;
    });
    for (qsizetype i = 0; i < rows.size(); ++i)
        rows[i] = keyed[size_t(i)].source;
    return rows;
}

QList<QPair<QString, QList<int>>> DataTableProxy::grouped(const QList<int> &rows) const
{
    QHash<QString, qsizetype> at;
    QList<QPair<QString, QList<int>>> groups;
    QList<int> worst;
    for (const int row : rows) {
        const QString group = m_groupOf(row);
        auto found = at.constFind(group);
        if (found == at.cend()) {
            found = at.insert(group, groups.size());
            groups.append({group, {}});
            worst.append(int(Health::Asleep));
        }
        groups[*found].second.append(row);
        const QVariant health = m_source->index(row, 0).data(HealthRole);
        if (health.isValid())
            worst[*found] = std::min(worst.at(*found), health.toInt());
    }
    // The worst group first, then by name: an order that does not jump with every figure.
    QList<qsizetype> order(groups.size());
    std::iota(order.begin(), order.end(), 0);
    const auto rank = [&worst](qsizetype i) { return std::min(worst.at(i), int(Health::Info)); };
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) {
        return rank(a) != rank(b) ? rank(a) < rank(b) : m_collator.compare(groups.at(a).first, groups.at(b).first) < 0;
    });
    QList<QPair<QString, QList<int>>> result;
    for (const qsizetype i : std::as_const(order))
        result.append(groups.at(i));
    return result;
}

QList<DataTableProxy::Entry> DataTableProxy::wantedOrder() const
{
    QList<int> rows;
    for (int row = 0; row < m_source->rowCount(); ++row) {
        if (accepts(row))
            rows.append(row);
    }
    rows = sorted(std::move(rows));
    QList<Entry> entries;
    entries.reserve(rows.size());
    if (!m_groupOf) {
        for (const int row : std::as_const(rows))
            entries.append({row, keyOf(row), {}, {}});
        return entries;
    }
    for (const auto &[group, members] : grouped(rows)) {
        entries.append({-1, QString(u"group:" + group), group, m_headText ? m_headText(group, members) : QString()});
        if (m_collapsed.contains(group))
            continue;
        for (const int row : members)
            entries.append({row, keyOf(row), group, {}});
    }
    return entries;
}

QList<DataTableProxy::Entry> DataTableProxy::keptOrder() const
{
    QList<Entry> entries;
    QSet<int> seen;
    for (const Entry &entry : m_entries) {
        if (entry.source == -2)
            continue;
        entries.append(entry);
        if (entry.source >= 0)
            seen.insert(entry.source);
    }
    for (int row = 0; !m_frozen && row < m_source->rowCount(); ++row) {
        if (seen.contains(row) || !accepts(row))
            continue;
        const QString group = m_groupOf ? m_groupOf(row) : QString();
        if (m_collapsed.contains(group))
            continue;
        qsizetype at = entries.size();
        while (at > 0 && entries.at(at - 1).group != group)
            --at;
        if (at > 0 || !m_groupOf)
            entries.insert(at > 0 ? at : entries.size(), {row, keyOf(row), group, {}});
        // A new group waits until rows may move again.
    }
    return entries;
}

void DataTableProxy::renumber()
{
    QHash<QString, int> now;
    now.reserve(m_source->rowCount());
    for (int row = 0; row < m_source->rowCount(); ++row)
        now.insert(keyOf(row), row);
    m_rowOfSource.clear();
    for (int i = 0; i < int(m_entries.size()); ++i) {
        Entry &entry = m_entries[i];
        if (entry.source == -1)
            continue;
        entry.source = now.value(entry.key, -2);
        if (entry.source >= 0)
            m_rowOfSource.insert(entry.source, i);
    }
}

void DataTableProxy::arrange(Why why)
{
    if (m_source == nullptr)
        return;
    emit aboutToArrange();
    // First of all every row points at its own data again: views may ask in the middle of what follows.
    renumber();
    const bool mayMove = !m_frozen && (why == Why::User || !m_held);
    m_pending = !mayMove;
    apply(mayMove ? wantedOrder() : keptOrder());
    emit arranged();
}

void DataTableProxy::apply(const QList<Entry> &wanted)
{
    QSet<QString> wantedKeys;
    wantedKeys.reserve(wanted.size());
    for (const Entry &entry : wanted)
        wantedKeys.insert(entry.key);

    for (int last = int(m_entries.size()) - 1; last >= 0; --last) {
        if (wantedKeys.contains(m_entries.at(last).key))
            continue;
        int first = last;
        while (first > 0 && !wantedKeys.contains(m_entries.at(first - 1).key))
            --first;
        beginRemoveRows({}, first, last);
        m_entries.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }

    QSet<QString> present;
    for (const Entry &entry : std::as_const(m_entries))
        present.insert(entry.key);
    QList<QString> kept;
    for (const Entry &entry : wanted) {
        if (present.contains(entry.key))
            kept.append(entry.key);
    }
    reorder(kept);

    for (int first = 0; first < int(wanted.size()); ++first) {
        if (present.contains(wanted.at(first).key))
            continue;
        int last = first;
        while (last + 1 < int(wanted.size()) && !present.contains(wanted.at(last + 1).key))
            ++last;
        beginInsertRows({}, first, last);
        for (int i = first; i <= last; ++i)
            m_entries.insert(i, wanted.at(i));
        endInsertRows();
        first = last;
    }

    m_rowOfSource.clear();
    for (int i = 0; i < int(m_entries.size()); ++i) {
        const bool textChanged = m_entries.at(i).text != wanted.at(i).text;
        m_entries[i] = wanted.at(i);
        if (m_entries.at(i).source >= 0)
            m_rowOfSource.insert(m_entries.at(i).source, i);
        if (textChanged)
            emit dataChanged(index(i, 0), index(i, std::max(0, columnCount() - 1)));
    }
}

void DataTableProxy::reorder(const QList<QString> &keys)
{
    bool same = true;
    for (qsizetype i = 0; same && i < keys.size(); ++i)
        same = m_entries.at(i).key == keys.at(i);
    if (same)
        return;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    QHash<QString, int> newRow;
    newRow.reserve(keys.size());
    for (int i = 0; i < int(keys.size()); ++i)
        newRow.insert(keys.at(i), i);
    QList<Entry> moved(m_entries.size());
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &index_ : before)
        after.append(index(newRow.value(m_entries.at(index_.row()).key), index_.column()));
    for (const Entry &entry : std::as_const(m_entries))
        moved[newRow.value(entry.key)] = entry;
    m_entries = std::move(moved);
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

} // namespace infra::ui
