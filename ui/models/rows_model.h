// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tables/data_table.h"

#include <algorithm>

namespace infra::ui {

/// A table over rows of one type, each with an identity. `apply` changes what changed: rows that went are removed, new
/// ones inserted, and one ranged `dataChanged` covers those whose content differs; never a reset, so that selection and
/// scroll position stay.
template <typename Row>
class RowsModel : public TableModel
{
public:
    using TableModel::TableModel;

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    const Row &row(int index) const { return m_rows.at(index); }
    const QList<Row> &rows() const { return m_rows; }

    /// @param rows in any order; two with the same identity: the later one wins.
    void apply(QList<Row> rows)
    {
        std::stable_sort(rows.begin(), rows.end(), [this](const Row &a, const Row &b) { return idOf(a) < idOf(b); });
        dropDoubles(rows);
        // Neighbours come and go in one signal: a first fill of a thousand rows is one insertion.
        qsizetype at = 0;
        qsizetype fresh = 0;
        while (at < m_rows.size() || fresh < rows.size()) {
            qsizetype end = at;
            while (end < m_rows.size() && (fresh >= rows.size() || idOf(m_rows.at(end)) < idOf(rows.at(fresh))))
                ++end;
            removeRun(at, end);
            end = fresh;
            while (end < rows.size() && (at >= m_rows.size() || idOf(rows.at(end)) < idOf(m_rows.at(at))))
                ++end;
            insertRun(at, rows, fresh, end);
            at += end - fresh;
            fresh = end;
            if (at < m_rows.size() && fresh < rows.size() && idOf(m_rows.at(at)) == idOf(rows.at(fresh))) {
                ++at;
                ++fresh;
            }
        }
        updateChanged(rows);
    }

protected:
    virtual QString idOf(const Row &row) const = 0;

private:
    void dropDoubles(QList<Row> &rows) const
    {
        for (qsizetype i = rows.size() - 1; i > 0; --i) {
            if (idOf(rows.at(i)) == idOf(rows.at(i - 1)))
                rows.removeAt(i - 1);
        }
    }
    void removeRun(qsizetype first, qsizetype end)
    {
        if (end == first)
            return;
        beginRemoveRows({}, static_cast<int>(first), static_cast<int>(end - 1));
        m_rows.remove(first, end - first);
        endRemoveRows();
    }
    void insertRun(qsizetype at, const QList<Row> &rows, qsizetype first, qsizetype end)
    {
        if (end == first)
            return;
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(at + end - first - 1));
        for (qsizetype i = first; i < end; ++i)
            m_rows.insert(at + i - first, rows.at(i));
        endInsertRows();
    }
    void updateChanged(const QList<Row> &rows)
    {
        int first = static_cast<int>(m_rows.size());
        int last = -1;
        for (int i = 0; i < m_rows.size(); ++i) {
            if (m_rows.at(i) == rows.at(i))
                continue;
            m_rows[i] = rows.at(i);
            first = std::min(first, i);
            last = i;
        }
        if (last >= 0)
            emit dataChanged(index(first, 0), index(last, columnCount() - 1));
    }

    QList<Row> m_rows;
};

} // namespace infra::ui
