// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/logs/log_entry.h"
#include "ui/tables/data_table.h"

namespace infra::ui {

/// Lines of the log, newest last; at most 20,000, the oldest go.
class LogTableModel : public TableModel
{
    Q_OBJECT
public:
    explicit LogTableModel(QObject *parent = nullptr);
    void setLines(const QList<LogEntry> &lines);
    void append(const QList<LogEntry> &lines);
    const LogEntry &line(int row) const { return m_lines.at(row); }
    const QList<LogEntry> &lines() const { return m_lines; }
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, const QString &column, int role) const override;

private:
    QList<LogEntry> m_lines;
    qint64 m_dropped = 0; ///< identity of a row is its number since the start
};

} // namespace infra::ui
