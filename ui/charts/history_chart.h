// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"

#include <QtWidgets/QWidget>

#include <functional>

namespace infra::ui {

/// One line (or stacked band) of a chart.
struct ChartSeries
{
    SeriesKey key;
    QString name;          ///< shown beside its colour
    int color = 0;         ///< index into the theme's series colours
    bool negative = false; ///< drawn below zero (out beside in)
    double factor = 1;     ///< multiplied before it is drawn (bytes → MB)
};

struct ChartSpec
{
    QString id, title, unit; ///< unit on each axis label for % and °C, else in the title
    QList<ChartSeries> series = {};
    bool stacked = false;
    bool percent = false;                       ///< 0–100 unless the values stay below 50
    std::function<QString(double)> format = {}; ///< value in the legend and crosshair
    std::optional<double> warn = {};
    QString warnText = {};
    double least = 0;       ///< the scale goes at least so far up: noise near zero is not drawn as mountains
    bool minuteFill = true; ///< tinted area below the lines
};

/// Time range and crosshair shared by the charts of one page; zoom (wheel, rubber band), pan (drag with Shift), "live"
/// (follows now).
class ChartRange : public QObject
{
    Q_OBJECT
public:
    explicit ChartRange(QObject *parent = nullptr);
    Instant from() const { return m_from; }
    Instant to() const { return m_to; }
    bool isLive() const { return m_live; }
    void setRange(Instant from, Instant to, bool live);
    std::optional<Instant> crosshair() const { return m_crosshair; }
    void setCrosshair(std::optional<Instant> at);
    /// A part of what the page set; not live. At least 10 s wide.
    void zoomTo(Instant from, Instant to);
    void resetZoom(); ///< back to what `setRange` said
    bool isZoomed() const { return m_zoomed; }

signals:
    void rangeChanged();
    void crosshairChanged();

private:
    Instant m_from{}, m_to{};
    Instant m_baseFrom{}, m_baseTo{};
    bool m_live = true, m_baseLive = true, m_zoomed = false;
    std::optional<Instant> m_crosshair;
};

/// Marks on the time axis.
struct ChartEvent
{
    enum class Kind
    {
        Change,
        Action,
        Alert
    } kind = Kind::Alert;
    Instant time{};
    Health health = Health::Info;
    QString text;
};

/// A Qt Charts view in a panel, as ui.md §8: own grid and labels, gaps as gaps with their cause, crosshair with dots,
/// legend with values at the right of the title, threshold dashed, "Show as table", copy as PNG and CSV.
class HistoryChart : public QWidget, public Spoken
{
    Q_OBJECT
public:
    HistoryChart(Theme &theme, ChartRange &range, ChartSpec spec, QWidget *parent = nullptr);
    ~HistoryChart() override;
    const ChartSpec &spec() const;
    /// Series that the spec does not name are ignored; at most one point a pixel is drawn.
    void setData(const HistoryResult &result);
    void setEvents(const QList<ChartEvent> &events);
    void setWatchedSince(std::optional<Instant> since); ///< what lies before is tinted and named
    /// How often the device is read: readings of a minute are a line also where a bucket is two seconds wide.
    void setInterval(int seconds);
    void setSubtitle(const QString &text); ///< behind the title: "128 GiB"
    void setNoData(const QString &why);    ///< in place of the plot
    QByteArray toCsv() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void showAsTable(); ///< a window of its own, not modal
    QAccessible::Role spokenRole() const override { return QAccessible::Chart; }
    QString spokenValue() const override;

signals:
    void eventActivated(int index); ///< click on a mark; index into what setEvents was given

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void settle();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace infra::ui
