// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_view.h"

#include "ui/text/format.h"

#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QGraphicsLayout>

#include <cmath>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

ChartView::ChartView(Theme &theme, ChartRange &range, QWidget *parent)
    : QChartView(parent)
    , m_theme(theme)
    , m_range(range)
{
    // Never setTheme(): every pen and brush is set from tokens.
    QChart *chart_ = chart();
    chart_->setMargins({});
    chart_->layout()->setContentsMargins(0, 0, 0, 0);
    chart_->setBackgroundVisible(false);
    chart_->setBackgroundRoundness(0);
    chart_->legend()->hide();
    chart_->setAnimationOptions(QChart::NoAnimation);
    setFrameShape(NoFrame);
    setRubberBand(NoRubberBand);
    setRenderHint(QPainter::Antialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setProperty("focusRing", true);
    m_axisX = new QValueAxis(chart_);
    m_axisY = new QValueAxis(chart_);
    chart_->addAxis(m_axisX, Qt::AlignBottom);
    chart_->addAxis(m_axisY, Qt::AlignLeft);
    for (QValueAxis *axis : {m_axisX, m_axisY}) {
        axis->setLabelsVisible(false);
        axis->setGridLineVisible(false);
        axis->setLineVisible(false);
        axis->setTickCount(2); // it lays out its ticks although none is seen
    }
    connect(&range, &ChartRange::crosshairChanged, this, [this] { viewport()->update(); });
}

void ChartView::setContent(Content content)
{
    m_content = std::move(content);
    refresh();
}

void ChartView::setEvents(const QList<ChartEvent> &events)
{
    m_events = events;
    viewport()->update();
}

double ChartView::xOf(double time) const
{
    return m_plot.left() + (time - from()) / std::max(1e-3, to() - from()) * m_plot.width();
}

double ChartView::timeAt(double x) const
{
    return from() + (x - m_plot.left()) / std::max(1.0, m_plot.width()) * (to() - from());
}

double ChartView::yOf(double value) const
{
    const ValueScale &scale = m_content.scale;
    return m_plot.bottom() - (value - scale.low) / std::max(1e-12, scale.high - scale.low) * m_plot.height();
}

QString ChartView::labelOf(double value) const
{
    // Below zero is the mirror of out against in: the amount is what counts.
    const int decimals = m_content.scale.decimals();
    const QString figure = decimals == 0 ? count(qint64(std::llround(std::fabs(value))))
                                         : QLocale().toString(std::fabs(value), 'f', decimals);
    return m_content.unit.isEmpty() ? figure : QString(figure + QChar(0xA0) + m_content.unit);
}

void ChartView::placePlot()
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Caption));
    int labels = m_theme.px(20);
    for (const double tick : m_content.scale.ticks())
        labels = std::max(labels, metrics.horizontalAdvance(labelOf(tick)));
    const int left = labels + m_theme.px(8);
    const int top = m_theme.px(10);
    const int bottom = metrics.height() + m_theme.px(8);
    // On whole pixels, so that grid and axis stay crisp.
    m_plot = QRectF(left, top, std::max(10, width() - left - m_theme.px(6)), std::max(10, height() - top - bottom));
    chart()->setGeometry(QRectF(0, 0, width(), height()));
    chart()->setPlotArea(m_plot);
}

/// The series of one picture after another are the same objects: to add and to remove one makes Qt Charts lay out its
/// legend and its axes each time, which costs more than all the drawing.
void ChartView::provideSeries(qsizetype areas, qsizetype lines)
{
    if (areas <= m_areas.size() && lines <= m_lines.size())
        return;
    chart()->removeAllSeries();
    m_areas.clear();
    m_lines.clear();
    const auto attach = [this](QAbstractSeries *series) {
        chart()->addSeries(series);
        series->attachAxis(m_axisX);
        series->attachAxis(m_axisY);
    };
    for (qsizetype i = 0; i < areas; ++i) {
        auto *upper = new QLineSeries;
        auto *lower = new QLineSeries;
        auto *area = new QAreaSeries(upper, lower);
        upper->setParent(area);
        lower->setParent(area);
        area->setPen(Qt::NoPen);
        m_areas.append(area);
        attach(area);
    }
    for (qsizetype i = 0; i < lines; ++i) { // above all areas
        m_lines.append(new QLineSeries);
        attach(m_lines.last());
    }
}

void ChartView::refresh()
{
    struct Drawn
    {
        const Line *line;
        ChartRun points;
        ChartRun foot; ///< of its area; empty: none
    };
    placePlot();
    setBackgroundBrush(m_theme.color("surface.panel"));
    m_axisX->setRange(from(), to());
    m_axisY->setRange(m_content.scale.low, m_content.scale.high);
    const double foot = std::clamp(0.0, m_content.scale.low, m_content.scale.high);
    const int columns = int(m_plot.width());
    QList<Drawn> drawn;
    qsizetype areas = 0;
    for (const Line &line : std::as_const(m_content.lines)) {
        for (qsizetype run = 0; run < line.runs.size(); ++run) {
            Drawn one{&line, decimate(line.runs.at(run), from(), to(), columns), {}};
            if (one.points.isEmpty() || one.points.last().x() < from() || one.points.first().x() > to())
                continue;
            if (line.fill && one.points.size() > 1) {
                const bool onLine = line.below >= 0 && m_content.lines.at(line.below).runs.size() == line.runs.size();
                one.foot = onLine
                               ? decimate(m_content.lines.at(line.below).runs.at(run), from(), to(), columns)
                               : ChartRun{QPointF(one.points.first().x(), foot), QPointF(one.points.last().x(), foot)};
                ++areas;
            }
            drawn.append(one);
        }
    }
    provideSeries(areas, drawn.size());
    qsizetype area = 0;
    qsizetype line = 0;
    for (const Drawn &one : std::as_const(drawn)) {
        const QColor color = m_theme.series(one.line->color);
        if (!one.foot.isEmpty()) {
            QColor fill = color;
            fill.setAlphaF(m_content.stacked ? 0.26F : 0.12F);
            m_areas.at(area)->setBrush(fill);
            m_areas.at(area)->lowerSeries()->replace(one.foot);
            m_areas.at(area++)->upperSeries()->replace(one.points);
        }
        QLineSeries *series = m_lines.at(line++);
        series->setPen(QPen(color, 1.5, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        // A lone sample between two gaps is a dot: a line of one point would not be seen.
        series->setPointsVisible(one.points.size() == 1);
        series->replace(one.points);
    }
    for (; area < m_areas.size(); ++area) {
        m_areas.at(area)->upperSeries()->clear();
        m_areas.at(area)->lowerSeries()->clear();
    }
    for (; line < m_lines.size(); ++line)
        m_lines.at(line)->clear();
    viewport()->update();
}

int ChartView::drawnPoints() const
{
    int count = 0;
    for (const QLineSeries *line : m_lines)
        count += line->count();
    return count;
}

std::optional<QPointF> ChartView::sampleAt(const Line &line, double time) const
{
    const double reach = 1.5 * std::max(1, m_content.resolutionS);
    std::optional<QPointF> best;
    for (const ChartRun &run : line.runs) {
        if (run.isEmpty() || time < run.first().x() - reach || time > run.last().x() + reach)
            continue;
        auto at = std::lower_bound(run.cbegin(), run.cend(), time,
                                   [](const QPointF &point, double t) { return point.x() < t; });
        for (int step = 0; step < 2; ++step) {
            if (at != run.cend() && std::fabs(at->x() - time) <= reach &&
                (!best || std::fabs(at->x() - time) < std::fabs(best->x() - time)))
                best = *at;
            if (at == run.cbegin())
                break;
            --at;
        }
    }
    return best;
}

QRectF ChartView::unwatchedRect() const
{
    if (!m_content.watchedSince || *m_content.watchedSince <= from())
        return {};
    const double right = std::min(m_plot.right(), xOf(*m_content.watchedSince));
    return {m_plot.left(), m_plot.top(), std::max(0.0, right - m_plot.left()), m_plot.height()};
}

void ChartView::drawBackground(QPainter *painter, const QRectF &rect)
{
    QChartView::drawBackground(painter, rect);
    painter->save();
    painter->resetTransform(); // logical pixels already
    painter->setRenderHint(QPainter::Antialiasing, false);
    for (const GapSpan &gap : std::as_const(m_content.gaps)) {
        const double left = std::max(m_plot.left(), xOf(gap.from));
        const double right = std::min(m_plot.right(), xOf(gap.to));
        if (right > left)
            painter->fillRect(QRectF(left, m_plot.top(), std::max(1.0, right - left), m_plot.height()),
                              m_theme.color("chart.gap"));
    }
    if (const QRectF unwatched = unwatchedRect(); unwatched.width() >= 1)
        painter->fillRect(unwatched, m_theme.color("chart.gap"));
    for (const double tick : m_content.scale.ticks()) {
        const bool zero = tick == 0;
        const int y = qRound(yOf(tick));
        painter->fillRect(QRect(int(m_plot.left()), y, int(m_plot.width()), 1),
                          m_theme.color(zero ? "chart.axis" : "chart.grid"));
    }
    painter->restore();
}

void ChartView::drawForeground(QPainter *painter, const QRectF &rect)
{
    QChartView::drawForeground(painter, rect);
    painter->save();
    painter->resetTransform();
    painter->setFont(m_theme.font(TextStyle::Caption));
    painter->setPen(m_theme.color("chart.axisText"));
    const QFontMetrics metrics = painter->fontMetrics();
    for (const double tick : m_content.scale.ticks()) {
        const QRectF label(0, yOf(tick) - metrics.height() / 2.0, m_plot.left() - m_theme.px(8), metrics.height());
        painter->drawText(label, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, labelOf(tick));
    }
    const QRectF unwatched = unwatchedRect();
    if (const QString words = tr("Not yet watched"); unwatched.width() > metrics.horizontalAdvance(words) + 12)
        painter->drawText(unwatched, Qt::AlignCenter | Qt::TextSingleLine, words);
    const int most = std::max(1, int(m_plot.width()) / m_theme.px(54));
    for (const TimeTick &tick : timeTicks(from(), to(), most)) {
        const double half = metrics.horizontalAdvance(tick.label) / 2.0;
        // A label that would stick out at an edge is left out rather than cut.
        const double x = xOf(tick.time);
        if (x - half < m_plot.left() - m_theme.px(8) || x + half > width())
            continue;
        painter->drawText(QPointF(x - half, m_plot.bottom() + m_theme.px(5) + metrics.ascent()), tick.label);
    }
    if (m_content.warn && *m_content.warn >= m_content.scale.low && *m_content.warn <= m_content.scale.high) {
        QPen pen(m_theme.color("chart.threshold"), 1, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({4, 3});
        painter->setPen(pen);
        const double y = std::floor(yOf(*m_content.warn)) + 0.5;
        painter->drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
        const bool above = y - metrics.height() > m_plot.top();
        painter->drawText(
            QPointF(m_plot.left() + m_theme.px(4), above ? y - m_theme.px(4) : y + metrics.ascent() + m_theme.px(2)),
            m_content.warnText);
    }
    paintEvents(*painter);
    paintCrosshair(*painter);
    if (m_drag == Drag::Band) {
        QColor band = m_theme.color("accent.fg");
        band.setAlphaF(0.16F);
        const double left = std::clamp(std::min(m_dragStart, m_dragNow), m_plot.left(), m_plot.right());
        const double right = std::clamp(std::max(m_dragStart, m_dragNow), m_plot.left(), m_plot.right());
        painter->fillRect(QRectF(left, m_plot.top(), right - left, m_plot.height()), band);
    }
    painter->restore();
}

void ChartView::paintCrosshair(QPainter &painter) const
{
    if (!m_range.crosshair())
        return;
    const double time = toSeconds(*m_range.crosshair());
    if (time < from() || time > to())
        return;
    const double x = xOf(time);
    painter.fillRect(QRect(qRound(x), int(m_plot.top()), 1, int(m_plot.height())), m_theme.color("chart.crosshair"));
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Line &line : m_content.lines) {
        const std::optional<QPointF> sample = sampleAt(line, time);
        if (!sample)
            continue;
        painter.setPen(QPen(m_theme.color("surface.panel"), 1.5));
        painter.setBrush(m_theme.series(line.color));
        painter.drawEllipse(QPointF(x, std::clamp(yOf(sample->y()), m_plot.top(), m_plot.bottom())), 3.5, 3.5);
    }
}

} // namespace infra::ui
