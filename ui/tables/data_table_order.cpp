// SPDX-License-Identifier: GPL-3.0-or-later
// How a DataTableProxy finds the order of its rows, and gets there with the smallest signals, so that views keep their
// selection.
#include "ui/tables/data_table_proxy.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

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

DataTableProxy::Known DataTableProxy::learn(int sourceRow) const
{
    const auto value = [&](int column, int role) {
        return orderValue(m_source->index(sourceRow, column).data(role), m_collator);
    };
    Known known;
    known.key = keyOf(sourceRow);
    known.accepted = !m_filter || m_filter(sourceRow);
    if (m_groupOf)
        known.group = m_groupOf(sourceRow);
    const QVariant health = m_source->index(sourceRow, 0).data(HealthRole);
    if (health.isValid())
        known.health = health.toInt();
    // Worst first: the state of the first column, then its text.
    if (m_keys.isEmpty()) {
        known.values[0] = orderValue(health, m_collator);
        known.values[1] = value(0, SortRole);
    }
    for (qsizetype key = 0; key < m_keys.size(); ++key)
        known.values[size_t(key)] = value(m_keys.at(key).column, SortRole);
    return known;
}

bool DataTableProxy::Known::sameOrder(const Known &other) const
{
    return accepted == other.accepted && group == other.group && health == other.health &&
           compareOrder(values[0], other.values[0], Qt::AscendingOrder) == 0 &&
           compareOrder(values[1], other.values[1], Qt::AscendingOrder) == 0;
}

void DataTableProxy::learnAll()
{
    m_known.clear();
    m_known.reserve(size_t(m_source->rowCount()));
    for (int row = 0; row < m_source->rowCount(); ++row)
        m_known.push_back(learn(row));
}

QList<int> DataTableProxy::sorted(QList<int> rows) const
{
    const Qt::SortOrder orders[2] = {m_keys.isEmpty() ? Qt::AscendingOrder : m_keys.first().order,
                                     m_keys.size() > 1 ? m_keys.at(1).order : Qt::AscendingOrder};
    std::stable_sort(rows.begin(), rows.end(), [&](int left, int right) {
        const Known &a = m_known[size_t(left)];
        const Known &b = m_known[size_t(right)];
        const int first = compareOrder(a.values[0], b.values[0], orders[0]);
        return first != 0 ? first < 0 : compareOrder(a.values[1], b.values[1], orders[1]) < 0;
    });
    return rows;
}

QList<QPair<QString, QList<int>>> DataTableProxy::grouped(const QList<int> &rows) const
{
    QHash<QString, qsizetype> at;
    QList<QPair<QString, QList<int>>> groups;
    QList<int> worst;
    for (const int row : rows) {
        const QString &group = m_known[size_t(row)].group;
        auto found = at.constFind(group);
        if (found == at.cend()) {
            found = at.insert(group, groups.size());
            groups.append({group, {}});
            worst.append(int(Health::Asleep));
        }
        groups[*found].second.append(row);
        worst[*found] = std::min(worst.at(*found), m_known[size_t(row)].health);
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
            entries.append({row, m_known[size_t(row)].key, {}, {}});
        return entries;
    }
    for (const auto &[group, members] : grouped(rows)) {
        entries.append({-1, QString(u"group:" + group), group, m_headText ? m_headText(group, members) : QString()});
        if (m_collapsed.contains(group))
            continue;
        for (const int row : members)
            entries.append({row, m_known[size_t(row)].key, group, {}});
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
        const QString group = m_known[size_t(row)].group;
        if (m_collapsed.contains(group))
            continue;
        qsizetype at = entries.size();
        while (at > 0 && entries.at(at - 1).group != group)
            --at;
        if (at > 0 || !m_groupOf)
            entries.insert(at > 0 ? at : entries.size(), {row, m_known[size_t(row)].key, group, {}});
        // A new group waits until rows may move again.
    }
    return entries;
}

void DataTableProxy::renumber()
{
    QHash<QString, int> now;
    now.reserve(m_source->rowCount());
    for (int row = 0; row < m_source->rowCount(); ++row)
        now.insert(m_known[size_t(row)].key, row);
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

void DataTableProxy::arrange(Why why, Learn learn)
{
    if (m_source == nullptr)
        return;
    m_due = false;
    emit aboutToArrange();
    if (learn == Learn::All)
        learnAll();
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
