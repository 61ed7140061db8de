// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tables/data_table.h"
#include "ui/tables/order_value.h"

#include <QtCore/QCollator>
#include <QtCore/QSet>

namespace infra::ui {

/// More roles, answered by the proxy for group heads.
enum ProxyRole
{
    CollapsedRole = Qt::UserRole + 200
};

/// Filters, sorts (two keys, stable, worst first by default) and groups the rows of a TableModel for a DataTable. A row
/// keeps its identity (RowIdRole) through updates and resets of the source, so that selection and scroll position stay.
/// While rows are held (the pointer is over them) or frozen, data still changes but the order does not; new rows come
/// at the end of their group when held, not at all when frozen; rows that are gone disappear in any case. What a row is
/// sorted by is read again only when that row changed, and the rows are put in order once a turn of the event loop,
/// however many changed. GUI thread.
class DataTableProxy : public QAbstractTableModel
{
    Q_OBJECT
public:
    struct SortKey
    {
        int column = -1;
        Qt::SortOrder order = Qt::AscendingOrder;
        bool operator==(const SortKey &) const = default;
    };
    using Filter = std::function<bool(int sourceRow)>;
    using GroupOf = std::function<QString(int sourceRow)>;
    using HeadText = std::function<QString(const QString &group, const QList<int> &rows)>;

    explicit DataTableProxy(QObject *parent = nullptr);
    void setSource(TableModel *source);
    TableModel *source() const { return m_source; }
    void setSort(const QList<SortKey> &keys); ///< the first two count; empty: worst first
    const QList<SortKey> &sortKeys() const { return m_keys; }
    void setFilter(Filter accepts);
    void setGrouping(GroupOf groupOf, HeadText headText);
    void setCollapsed(const QString &group, bool collapsed);
    const QSet<QString> &collapsedGroups() const { return m_collapsed; }
    void setFrozen(bool frozen);
    bool isFrozen() const { return m_frozen; }
    void setHeld(bool held);
    bool hasPendingOrder() const { return m_pending; }
    void settle(); ///< puts rows in order now that changed in this turn of the event loop

    int sourceRow(int row) const; ///< −1: a group's head
    int rowOfSource(int sourceRow) const;
    QString groupOfHead(int row) const;
    QList<int> sourceRows() const; ///< shown, in order, without heads

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void aboutToArrange();
    void arranged();

private:
    struct Entry
    {
        int source = -1; ///< −1: head, −2: no longer in the source
        QString key;     ///< identity of the row or head
        QString group;
        QString text; ///< heads: the quiet sentence
    };
    enum class Why
    {
        User,
        Data
    };
    /// What the place of a source row depends on.
    struct Known
    {
        QString key, group;
        OrderValue values[2];
        int health = int(Health::Asleep);
        bool accepted = true;
        bool sameOrder(const Known &other) const;
    };
    enum class Learn
    {
        All,
        Nothing
    };
    void arrange(Why why, Learn learn = Learn::All);
    Known learn(int sourceRow) const;
    void learnAll();
    QList<Entry> wantedOrder() const;
    QList<Entry> keptOrder() const;
    QString keyOf(int sourceRow) const;
    bool accepts(int sourceRow) const { return m_known[size_t(sourceRow)].accepted; }
    QList<int> sorted(QList<int> rows) const;
    QList<QPair<QString, QList<int>>> grouped(const QList<int> &rows) const;
    void renumber();
    void apply(const QList<Entry> &wanted);
    void reorder(const QList<QString> &keys);
    void forwardData(const QModelIndex &topLeft, const QModelIndex &bottomRight);

    TableModel *m_source = nullptr;
    QList<Entry> m_entries;
    QHash<int, int> m_rowOfSource;
    std::vector<Known> m_known;
    QList<SortKey> m_keys;
    Filter m_filter;
    GroupOf m_groupOf;
    HeadText m_headText;
    QSet<QString> m_collapsed;
    QCollator m_collator;
    bool m_frozen = false, m_held = false, m_pending = false, m_due = false;
};

} // namespace infra::ui
