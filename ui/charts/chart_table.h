// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_math.h"
#include "ui/charts/history_chart.h"

namespace infra::ui {

/// The values of a chart as CSV: time in UTC, then one column a series. A time that a series lacks is an empty field.
QByteArray chartToCsv(const ChartSpec &spec, const QList<ChartRun> &series);
/// The same in a window of its own, not modal; goes away with `parent`.
QWidget *showChartTable(Theme &theme, const QString &title, const ChartSpec &spec, const QList<ChartRun> &series,
                        QWidget *parent);

} // namespace infra::ui
