// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/history_chart.h"

namespace infra::ui {

/// The seven charts of a device's dashboard, in their order. Memory and load depend on the machine's size.
QList<ChartSpec> deviceChartSpecs();
/// Every series that these charts need.
QList<SeriesKey> deviceChartSeries();

} // namespace infra::ui
