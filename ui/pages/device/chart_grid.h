// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/device/range_bar.h"
#include "ui/shell/page.h"

class QGridLayout;

namespace infra::ui {

/// The charts of one device: CPU, memory, load, pressure, network, disk, temperature; one range and one crosshair. Asks
/// for history when the range, the size or the device changes, and while live when a new reading came; an older
/// question is cancelled by a newer one.
class ChartGrid : public QWidget
{
    Q_OBJECT
public:
    ChartGrid(const PageContext &context, QWidget *parent = nullptr);
    ~ChartGrid() override;

    void setDevice(const engine::DeviceRow &row);
    /// A new reading: follows when live.
    void update(const engine::DeviceRow &row);
    void setActive(bool active); ///< asks only while active
    void setEvents(const QList<ChartEvent> &events);
    QByteArray toCsv() const;
    RangeBar &bar() { return *m_bar; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeCharts();
    void placeCharts();
    void ask();
    void take(const Result<HistoryResult> &result);
    void exportMenu(const QPoint &at);

    PageContext m_context;
    ChartRange *m_range = nullptr;
    RangeBar *m_bar = nullptr;
    QGridLayout *m_grid = nullptr;
    QList<HistoryChart *> m_charts;
    DeviceId m_device;
    std::optional<SystemInfo> m_system;
    CancelToken m_cancel;
    int m_columns = 0;
    bool m_active = false;
    bool m_hasPressure = true;
};

} // namespace infra::ui
