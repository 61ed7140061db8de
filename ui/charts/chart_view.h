// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_math.h"
#include "ui/charts/history_chart.h"

#include <QtCharts/QChartView>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace infra::ui {

/// The plot of a HistoryChart: Qt Charts draws lines and areas; grid, labels, gaps, thresholds, events and crosshair
/// are our own, because the axes' own grid stands elsewhere than the series once the plot area is set.
class ChartView : public QChartView
{
    Q_OBJECT
public:
    /// One drawn line with all its runs, not yet thinned.
    struct Line
    {
        QList<ChartRun> runs;
        int color = 0;
        int below = -1; ///< stacked: the line at the foot of its area
        bool fill = true;
    };
    struct Content
    {
        QList<Line> lines;
        QList<GapSpan> gaps;
        std::optional<double> watchedSince; ///< nothing is known of what lies before
        ValueScale scale;
        QString unit; ///< on the labels
        std::optional<double> warn;
        QString warnText;
        int resolutionS = 60;
        bool stacked = false;
    };

    ChartView(Theme &theme, ChartRange &range, QWidget *parent);
    void setContent(Content content);
    const Content &content() const { return m_content; }
    void setEvents(const QList<ChartEvent> &events);
    /// The sample of a line next to a time, if there is one close enough.
    std::optional<QPointF> sampleAt(const Line &line, double time) const;
    int drawnPoints() const; ///< of all lines, for tests
    void refresh();          ///< range or theme changed

signals:
    void eventActivated(int index);

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override { event->ignore(); } // the panel's

private:
    struct Mark
    {
        double x = 0; ///< where it is drawn, after moving aside
        QList<int> events;
    };
    enum class Drag
    {
        None,
        Band,
        Pan
    };
    double from() const { return toSeconds(m_range.from()); }
    double to() const { return toSeconds(m_range.to()); }
    double xOf(double time) const;
    QRectF unwatchedRect() const;
    double yOf(double value) const;
    double timeAt(double x) const;
    QString labelOf(double value) const;
    void placePlot();
    void provideSeries(qsizetype areas, qsizetype lines);
    QList<Mark> marks() const;
    int markAt(const QPointF &position) const;
    void paintEvents(QPainter &painter) const;
    void paintCrosshair(QPainter &painter) const;
    QString tipAt(const QPointF &position) const;

    Theme &m_theme;
    ChartRange &m_range;
    Content m_content;
    QList<ChartEvent> m_events;
    QValueAxis *m_axisX = nullptr;
    QValueAxis *m_axisY = nullptr;
    QList<QAreaSeries *> m_areas; ///< the chart's; those that are not needed are empty
    QList<QLineSeries *> m_lines;
    QRectF m_plot;
    Drag m_drag = Drag::None;
    double m_dragStart = 0, m_dragNow = 0;
    Instant m_panFrom{}, m_panTo{};
};

} // namespace infra::ui
