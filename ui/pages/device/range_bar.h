// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "ui/charts/history_chart.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QWidget>

class QLabel;

namespace infra::ui {

/// The line above the charts: 15 minutes to a year, what is shown and in which resolution, crosshair time, export.
class RangeBar : public QWidget
{
    Q_OBJECT
public:
    RangeBar(Theme &theme, const Clock &clock, ChartRange &range, QWidget *parent = nullptr);

    /// The span that is chosen now; live ranges end now.
    milliseconds span() const;
    void setSpan(const QString &id);
    /// When the first reading was made, as far as that is known: spans that would only show emptiness are off.
    void setOldest(std::optional<Instant> oldest);
    QString spanId() const;
    /// Moves a live range to end now.
    void follow();
    void setResolution(int seconds);
    void setGaps(const QList<Gap> &gaps);

signals:
    void exportRequested(const QPoint &globalPosition);

private:
    void showTexts();

    Theme &m_theme;
    const Clock &m_clock;
    ChartRange &m_range;
    SegmentedControl *m_spans = nullptr;
    QLabel *m_shown = nullptr;
    QLabel *m_gaps = nullptr;
    QLabel *m_cross = nullptr;
    QPushButton *m_live = nullptr;
    int m_resolution = 0;
    bool m_chosen = false; ///< the span, by hand
};

} // namespace infra::ui
