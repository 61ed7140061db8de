// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"

#include <functional>
#include <utility>

namespace infra::ui {

/// One column of an inventory table: how a row is shown, and what else the delegate may ask. Only `text` is needed.
template <typename Row>
struct InventoryColumn
{
    ColumnSpec spec;
    std::function<QString(const Row &)> text;
    std::function<QVariant(const Row &)> exact = {}; ///< sorts and copies; invalid: as shown
    std::function<std::optional<Health>(const Row &)> health = {};
    std::function<std::optional<double>(const Row &)> percent = {}; ///< bars
    std::function<QString(const Row &)> tooltip = {};
};

/// A table of what was collected of one kind, described by its columns. Values of a stale reading are greyed, never
/// blanked.
template <typename Row>
class InventoryModel : public RowsModel<Row>
{
public:
    using Columns = QList<InventoryColumn<Row>>;
    using Words = std::function<QString(const Row &)>;

    InventoryModel(Columns columns, Words idOf, Words sentence, QObject *parent = nullptr)
        : RowsModel<Row>(specsOf(columns), parent)
        , m_columns(std::move(columns))
        , m_idOf(std::move(idOf))
        , m_sentence(std::move(sentence))
    {
    }
    void setStale(bool stale)
    {
        if (std::exchange(m_stale, stale) != stale && this->rowCount() > 0)
            emit this->dataChanged(this->index(0, 0), this->index(this->rowCount() - 1, this->columnCount() - 1));
    }

protected:
    QString idOf(const Row &row) const override { return m_idOf(row); }
    QVariant cell(int index, const QString &column, int role) const override
    {
        const Row &row = this->row(index);
        if (role == MutedRole)
            return m_stale;
        if (role == RowIdRole)
            return m_idOf(row);
        if (role == AccessibleRowRole)
            return m_sentence(row);
        const InventoryColumn<Row> &described = m_columns.at(this->columnOf(column));
        return ofColumn(row, described, role);
    }

private:
    static QList<ColumnSpec> specsOf(const Columns &columns)
    {
        QList<ColumnSpec> specs;
        for (const InventoryColumn<Row> &column : columns)
            specs.append(column.spec);
        return specs;
    }
    static QVariant ofColumn(const Row &row, const InventoryColumn<Row> &column, int role)
    {
        switch (role) {
        case Qt::DisplayRole:
            return column.text(row);
        case SortRole:
        case CopyRole: {
            const QVariant exact = column.exact ? column.exact(row) : QVariant(column.text(row));
            return role == CopyRole ? QVariant(exact.toString()) : exact;
        }
        case HealthRole: {
            const std::optional<Health> health = column.health ? column.health(row) : std::nullopt;
            return health ? QVariant(static_cast<int>(*health)) : QVariant();
        }
        case PercentRole: {
            const std::optional<double> percent = column.percent ? column.percent(row) : std::nullopt;
            return percent ? QVariant(*percent) : QVariant();
        }
        case Qt::ToolTipRole:
            return column.tooltip ? QVariant(column.tooltip(row)) : QVariant();
        default:
            return {};
        }
    }

    Columns m_columns;
    Words m_idOf;
    Words m_sentence;
    bool m_stale = false;
};

} // namespace infra::ui
