// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/tables/data_table.h"

namespace infra::ui {

/// QStringList of a device's tags, for the cell that draws them one by one.
constexpr int TagsRole = Qt::UserRole + 300;

/// The fleet as rows: a copy of the read model, for the overview and the list of devices. GUI thread.
class DeviceTableModel : public TableModel
{
    Q_OBJECT
public:
    DeviceTableModel(QList<ColumnSpec> columns, const Clock &clock, QObject *parent = nullptr);

    /// Environment, use, workloads, problems, age: how machines are.
    static QList<ColumnSpec> overviewColumns();
    /// Type, address, route, key, tags, interval: how machines are reached.
    static QList<ColumnSpec> deviceColumns();

    void setRows(const QList<engine::DeviceRow> &rows);
    /// Changes the rows that changed: one `dataChanged` over their range; new ones are added at the end.
    void apply(const QList<engine::DeviceRow> &changed, const QList<DeviceId> &removed);
    /// Time went on: ages are drawn anew.
    void refreshAges();

    const engine::DeviceRow &row(int row) const { return m_rows.at(row); }
    const QList<engine::DeviceRow> &rows() const { return m_rows; }
    /// Whether groups by this ("group", "none", else a column) say anything: one group without a name does not.
    bool hasGroups(QStringView by) const;
    int rowOf(const DeviceId &id) const { return m_rowOf.value(id, -1); }
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, const QString &column, int role) const override;

private:
    QVariant nameCell(const engine::DeviceRow &row, int role) const;
    QVariant useCell(const engine::DeviceRow &row, const QString &column, int role) const;
    QVariant reachCell(const engine::DeviceRow &row, const QString &column, int role) const;
    QVariant stateCell(const engine::DeviceRow &row, int role) const;
    QVariant ageCell(const engine::DeviceRow &row, int role) const;
    void reindex();

    const Clock &m_clock;
    QList<engine::DeviceRow> m_rows;
    QHash<DeviceId, int> m_rowOf;
};

} // namespace infra::ui
