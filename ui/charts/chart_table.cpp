// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table.h"

#include "ui/tables/data_table.h"
#include "ui/text/format.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialog>

#include <algorithm>
#include <cmath>
#include <map>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ChartRow
{
    Instant time;
    QList<std::optional<double>> values;
};

QList<ChartRow> chartRows(const QList<ChartRun> &series)
{
    std::map<qint64, QList<std::optional<double>>> byTime;
    for (qsizetype i = 0; i < series.size(); ++i) {
        for (const QPointF &point : series.at(i)) {
            QList<std::optional<double>> &values = byTime[toMs(fromSeconds(point.x()))];
            values.resize(series.size());
            values[i] = std::fabs(point.y());
        }
    }
    QList<ChartRow> rows;
    rows.reserve(qsizetype(byTime.size()));
    for (const auto &[time, values] : byTime)
        rows.append({fromMs(time), values});
    return rows;
}

QList<ColumnSpec> chartColumns(const ChartSpec &spec)
{
    QList<ColumnSpec> columns{{u"time"_s, QCoreApplication::translate("ChartTable", "Time"), CellKind::Text, 160}};
    for (qsizetype i = 0; i < spec.series.size(); ++i) {
        ColumnSpec column;
        column.id = u"s%1"_s.arg(i);
        column.title =
            spec.unit.isEmpty() ? spec.series.at(i).name : u"%1, %2"_s.arg(spec.series.at(i).name, spec.unit);
        column.kind = CellKind::Number;
        column.width = 110;
        column.right = true;
        columns.append(column);
    }
    return columns;
}

/// Newest first: that is what one reads.
class ChartTableModel : public TableModel
{
public:
    ChartTableModel(const ChartSpec &spec, const QList<ChartRun> &series, QObject *parent)
        : TableModel(chartColumns(spec), parent)
        , m_rows(chartRows(series))
    {
        std::reverse(m_rows.begin(), m_rows.end());
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }

protected:
    QVariant cell(int row, const QString &column, int role) const override
    {
        const ChartRow &data = m_rows.at(row);
        if (role == RowIdRole)
            return QString::number(toMs(data.time));
        if (column == u"time") {
            if (role == Qt::DisplayRole)
                return timeLong(data.time).section(u'\n', 0, 0);
            if (role == SortRole)
                return -toMs(data.time);
            return role == CopyRole ? QVariant(toRfc3339(data.time)) : QVariant();
        }
        const std::optional<double> value = data.values.value(columnOf(column) - 1);
        if (role == Qt::DisplayRole)
            return number(value);
        return (role == SortRole || role == CopyRole) && value ? QVariant(*value) : QVariant();
    }

private:
    QList<ChartRow> m_rows;
};

} // namespace

QByteArray chartToCsv(const ChartSpec &spec, const QList<ChartRun> &series)
{
    QByteArray csv = "time";
    for (const ColumnSpec &column : chartColumns(spec).mid(1)) {
        QString title = column.title;
        csv += ",\"" + title.replace(u'"', u"\"\""_s).toUtf8() + '"';
    }
    csv += "\r\n";
    for (const ChartRow &row : chartRows(series)) {
        csv += toRfc3339(row.time).toUtf8();
        for (const std::optional<double> &value : row.values)
            csv += value ? QByteArray(',' + QByteArray::number(*value, 'g', 10)) : QByteArray(",");
        csv += "\r\n";
    }
    return csv;
}

QWidget *showChartTable(Theme &theme, const QString &title, const ChartSpec &spec, const QList<ChartRun> &series,
                        QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(1, 4, 1, 8);
    auto *table = new DataTable(theme, u"chart."_s + spec.id, title, dialog);
    table->setTableModel(new ChartTableModel(spec, series, table));
    table->setMultiSelect(true);
    column->addWidget(table);
    dialog->resize(theme.px(160 + 110 * int(spec.series.size()) + 40), theme.px(420));
    dialog->show();
    return dialog;
}

} // namespace infra::ui
