// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/tables/data_table.h"

#include <functional>

namespace infra::ui {

/// Rows of the audit by sequence; pages are added as the store answers, new rows as they are committed. At most 20,000.
class AuditTableModel : public TableModel
{
    Q_OBJECT
public:
    AuditTableModel(std::function<QString(const DeviceId &)> nameOf, QObject *parent = nullptr);
    void setEntries(const QList<AuditEntry> &entries);
    void append(const QList<AuditEntry> &entries);
    const AuditEntry &entry(int row) const { return m_entries.at(row); }
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, const QString &column, int role) const override;

private:
    QVariant shown(const AuditEntry &entry, const QString &column) const;
    std::function<QString(const DeviceId &)> m_nameOf;
    QList<AuditEntry> m_entries;
};

} // namespace infra::ui
