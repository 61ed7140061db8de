// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/history_chart.h"
#include "ui/tables/data_table.h"

#include <QtWidgets/QWidget>

#include <memory>

namespace infra::test {

/// Rows of a small fleet, for tables in tests. `rows` can be changed, followed by `touch`.
class FleetTableModel : public ui::TableModel
{
public:
    struct Row
    {
        QString id, name, group;
        Health health = Health::Ok;
        Environment environment = Environment::None;
        std::optional<double> cpu, memory, load;
        int ageS = 0;
        bool stale = false;
    };
    explicit FleetTableModel(QList<Row> rows, QObject *parent = nullptr);
    static QList<Row> picture();  ///< as in the design's overview
    static QList<Row> thousand(); ///< 1,000 rows
    int rowCount(const QModelIndex &parent = {}) const override;
    const QList<Row> &rows() const { return m_rows; }
    void setRow(int row, const Row &value); ///< with dataChanged of the row
    void append(const Row &row);
    void removeAt(int row);
    void resetTo(QList<Row> rows);

protected:
    QVariant cell(int row, const QString &column, int role) const override;

private:
    QList<Row> m_rows;
};

/// Every component in every state, 1440 × 900, laid out like the design's own page of states.
std::unique_ptr<QWidget> makeStatesGallery(ui::Theme &theme);
/// Charts above a table, like the design's first proof.
std::unique_ptr<QWidget> makeOverviewGallery(ui::Theme &theme, ui::ChartRange &range);

/// Six hours of two-minute values with one gap of nine minutes.
HistoryResult sampleHistory(const QList<ui::ChartSeries> &series, Instant from, Instant to, double base, double spread);

/// Processor time of this thread in microseconds: what work costs, whatever else the machine does.
qint64 threadCpuUs();

/// The application's theme for tests: one a process.
ui::Theme &testTheme();

} // namespace infra::test
