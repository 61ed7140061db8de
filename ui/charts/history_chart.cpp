// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/history_chart.h"

#include "ui/charts/chart_table.h"
#include "ui/charts/chart_view.h"
#include "ui/text/format.h"

#include <QtCore/QBasicTimer>
#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QMenu>

#include <cmath>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

struct HistoryChart::Private
{
    Private(Theme &usedTheme, ChartRange &usedRange, ChartSpec usedSpec)
        : theme(usedTheme)
        , range(usedRange)
        , spec(std::move(usedSpec))
    {
    }

    const HistorySeries *find(const SeriesKey &key) const
    {
        for (const HistorySeries &series : result.series) {
            if (series.key == key)
                return &series;
        }
        return nullptr;
    }

    bool unitOnLabels() const { return spec.unit == u"%" || spec.unit == u"°C"; }

    QString valueText(double value) const
    {
        if (spec.format)
            return spec.format(value);
        if (spec.unit == u"%")
            return percent(value);
        if (spec.unit == u"°C")
            return celsius(value);
        return number(value);
    }

    ValueScale scaleOf(const QList<ChartView::Line> &lines, int plotHeight) const
    {
        double low = std::numeric_limits<double>::max();
        double high = std::numeric_limits<double>::lowest();
        const double from = toSeconds(range.from());
        const double to = toSeconds(range.to());
        for (const ChartView::Line &line : lines) {
            for (const ChartRun &run : line.runs) {
                for (const QPointF &point : run) {
                    if (point.x() < from || point.x() > to)
                        continue;
                    low = std::min(low, point.y());
                    high = std::max(high, point.y());
                }
            }
        }
        if (high < low)
            low = high = 0;
        const int wanted = std::clamp(plotHeight / theme.px(34), 2, 5);
        if (spec.percent) {
            if (high < 50)
                return {0, 50, plotHeight < theme.px(120) ? 25.0 : 12.5 * (wanted > 4 ? 1 : 2)};
            return {0, 100, plotHeight < theme.px(120) ? 50.0 : 25.0};
        }
        if (spec.warn)
            high = std::max(high, *spec.warn);
        high = std::max(high, spec.least);
        // Temperatures do not start at zero.
        const bool fromZero = spec.unit != u"°C" || high - low <= 0.5;
        ValueScale scale =
            fromZero ? niceScale(std::min(0.0, low), std::max(0.0, high), wanted) : niceScale(low, high, wanted);
        if (spec.warn && *spec.warn > scale.high - scale.step / 4)
            scale.high += scale.step / 2; // room for the words above the line
        return scale;
    }

    std::optional<double> watchedSince;
    int intervalS = 0;

    /// Several changes of one turn, such as a new range, new data and a new size, are one picture.
    void invalidate(HistoryChart *chart)
    {
        if (!pending.isActive())
            pending.start(0, chart);
    }

    /// For those who ask before the turn ends.
    void catchUp()
    {
        if (pending.isActive())
            rebuild();
    }

    void rebuild()
    {
        ChartView::Content content;
        content.resolutionS = std::max(1, result.resolutionS);
        content.unit = unitOnLabels() ? spec.unit : QString();
        content.warn = spec.warn;
        content.warnText = spec.warnText;
        content.stacked = spec.stacked;
        QList<ChartRun> points;
        for (const ChartSeries &series : std::as_const(spec.series)) {
            const HistorySeries *found = find(series.key);
            points.append(found != nullptr ? seriesPoints(*found, series.factor, series.negative) : ChartRun());
        }
        plain = points;
        if (spec.stacked)
            points = stackSeries(points);
        QList<ChartRun> longest;
        int below = -1;
        for (qsizetype i = 0; i < points.size(); ++i) {
            ChartView::Line line;
            line.runs = splitRuns(points.at(i), std::max(content.resolutionS, intervalS), result.gaps);
            line.color = spec.series.at(i).color;
            line.fill = spec.minuteFill;
            line.below = spec.stacked ? below : -1;
            if (!line.runs.isEmpty())
                below = int(i);
            if (line.runs.size() > longest.size())
                longest = line.runs;
            content.lines.append(line);
        }
        content.gaps = gapSpans(longest, result.gaps, toSeconds(range.from()), toSeconds(range.to()));
        content.watchedSince = watchedSince;
        content.scale = scaleOf(content.lines, view->height() - theme.px(34));
        view->setContent(std::move(content));
    }

    /// Of the plain series, not of the stack: at the crosshair, else the newest.
    std::optional<QPointF> shownSample(qsizetype i) const
    {
        if (i >= plain.size() || plain.at(i).isEmpty())
            return {};
        if (!range.crosshair())
            return plain.at(i).last();
        ChartView::Line line;
        line.runs = {plain.at(i)};
        return view->sampleAt(line, toSeconds(*range.crosshair()));
    }

    QString titleText() const
    {
        QString title = spec.title;
        if (!subtitle.isEmpty())
            title += u", " + subtitle;
        if (!spec.unit.isEmpty() && !unitOnLabels())
            title += u", " + spec.unit;
        return title;
    }

    Theme &theme;
    ChartRange &range;
    ChartSpec spec;
    HistoryResult result;
    QList<ChartRun> plain;
    QString subtitle, noData;
    ChartView *view = nullptr;
    QBasicTimer pending;
};

HistoryChart::HistoryChart(Theme &theme, ChartRange &range, ChartSpec spec, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(theme, range, std::move(spec)))
{
    installSpokenInterfaces();
    d->view = new ChartView(theme, range, this);
    setAccessibleName(d->titleText());
    d->view->setAccessibleName(d->titleText());
    setFocusProxy(d->view);
    setLayoutDirection(Qt::LeftToRight); // time goes right in every language
    connect(&range, &ChartRange::rangeChanged, this, [this] { d->invalidate(this); });
    connect(&range, &ChartRange::crosshairChanged, this, [this] {
        d->view->setAccessibleDescription(spokenValue());
        update(0, 0, width(), d->theme.px(36));
    });
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        d->view->refresh();
        update();
    });
    connect(d->view, &ChartView::eventActivated, this, &HistoryChart::eventActivated);
}

HistoryChart::~HistoryChart() = default;

const ChartSpec &HistoryChart::spec() const
{
    return d->spec;
}

void HistoryChart::setData(const HistoryResult &result)
{
    d->noData.clear();
    d->view->show();
    d->result = result;
    d->invalidate(this);
}

void HistoryChart::setWatchedSince(std::optional<Instant> since)
{
    const std::optional<double> seconds = since ? std::optional(toSeconds(*since)) : std::nullopt;
    if (seconds == d->watchedSince)
        return;
    d->watchedSince = seconds;
    d->invalidate(this);
}

void HistoryChart::setInterval(int seconds)
{
    if (std::exchange(d->intervalS, seconds) != seconds)
        d->invalidate(this);
}

void HistoryChart::setEvents(const QList<ChartEvent> &events)
{
    d->view->setEvents(events);
}

void HistoryChart::setSubtitle(const QString &text)
{
    d->subtitle = text;
    setAccessibleName(d->titleText());
    d->view->setAccessibleName(d->titleText());
    update();
}

void HistoryChart::setNoData(const QString &why)
{
    d->noData = why;
    d->view->setVisible(why.isEmpty());
    update();
}

QByteArray HistoryChart::toCsv() const
{
    d->catchUp();
    return chartToCsv(d->spec, d->plain);
}

QSize HistoryChart::sizeHint() const
{
    return {d->theme.px(376), d->theme.px(208)};
}

QSize HistoryChart::minimumSizeHint() const
{
    return {d->theme.px(220), d->theme.px(140)};
}

QString HistoryChart::spokenValue() const
{
    if (!d->noData.isEmpty())
        return d->noData;
    d->catchUp();
    QStringList parts;
    for (qsizetype i = 0; i < d->spec.series.size(); ++i) {
        const std::optional<QPointF> sample = d->shownSample(i);
        const QString value = sample ? d->valueText(std::fabs(sample->y())) : tr("no value");
        double highest = 0;
        for (const QPointF &point : d->plain.value(i))
            highest = std::max(highest, std::fabs(point.y()));
        //: series of a chart: name, value shown, highest value
        parts.append(tr("%1 %2, highest %3").arg(d->spec.series.at(i).name, value, d->valueText(highest)));
    }
    const QString when = d->range.crosshair() ? timeLong(*d->range.crosshair()).section(u'\n', 0, 0) : tr("newest");
    return when + u": " + parts.join(u"; "_s);
}

void HistoryChart::paintEvent(QPaintEvent *)
{
    if (d->pending.isActive()) // a new size is painted before the turn ends
        settle();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(d->theme.color("border.default"), 1));
    painter.setBrush(d->theme.color("surface.panel"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const int pad = d->theme.px(12);
    const QRect head(pad, d->theme.px(5), width() - 2 * pad, d->theme.px(22));
    // From the right: the newest or the crosshair's values; names give way when it is narrow, values never.
    QFont strong = d->theme.font(TextStyle::Small);
    strong.setWeight(QFont::DemiBold);
    const QFontMetrics names(d->theme.font(TextStyle::Small));
    const QFontMetrics values(strong);
    const QFontMetrics titles(d->theme.font(TextStyle::BodyStrong));
    const int square = d->theme.px(8);
    const int gap = d->theme.px(10);
    const int space = d->theme.px(4);
    int needed = 0;
    QStringList texts;
    for (qsizetype i = 0; i < d->spec.series.size(); ++i) {
        const std::optional<QPointF> sample = d->noData.isEmpty() ? d->shownSample(i) : std::nullopt;
        texts.append(sample ? d->valueText(std::fabs(sample->y())) : missing());
        needed += square + space + names.horizontalAdvance(d->spec.series.at(i).name) + space +
                  values.horizontalAdvance(texts.last()) + gap;
    }
    const QString title = d->titleText();
    const bool withNames = head.width() - needed >= std::min(titles.horizontalAdvance(title), d->theme.px(90));
    int right = head.right() + 1;
    for (qsizetype i = d->spec.series.size() - 1; i >= 0; --i) {
        const ChartSeries &series = d->spec.series.at(i);
        int x = right - values.horizontalAdvance(texts.at(i));
        painter.setFont(strong);
        painter.setPen(d->theme.color("text.primary"));
        painter.drawText(QRect(x, head.top(), right - x, head.height()),
                         Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, texts.at(i));
        if (withNames) {
            const int nameWidth = names.horizontalAdvance(series.name);
            x -= space + nameWidth;
            painter.setFont(d->theme.font(TextStyle::Small));
            painter.setPen(d->theme.color("text.secondary"));
            painter.drawText(QRect(x, head.top(), nameWidth + 2, head.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                             series.name);
        }
        x -= space + square;
        painter.setPen(Qt::NoPen);
        painter.setBrush(d->theme.series(series.color));
        painter.drawRoundedRect(QRect(x, head.center().y() - square / 2 + 1, square, square), 1.5, 1.5);
        right = x - gap;
    }
    painter.setFont(d->theme.font(TextStyle::BodyStrong));
    painter.setPen(d->theme.color("text.primary"));
    const QRect place(head.left(), head.top(), std::max(0, right - head.left()), head.height());
    const QString shown = titles.elidedText(title, Qt::ElideRight, place.width());
    painter.drawText(place, Qt::AlignVCenter | Qt::TextSingleLine, shown);
    if (const QString whole = shown == title ? QString() : plainTip(title); toolTip() != whole)
        setToolTip(whole);
    if (!d->noData.isEmpty()) {
        painter.setFont(d->theme.font(TextStyle::Small));
        painter.setPen(d->theme.color("text.secondary"));
        painter.drawText(rect().adjusted(pad, head.bottom(), -pad, -pad), Qt::AlignCenter | Qt::TextWordWrap,
                         d->noData);
    }
}

void HistoryChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int top = d->theme.px(29);
    d->view->setGeometry(d->theme.px(6), top, width() - d->theme.px(12), height() - top - d->theme.px(4));
    d->invalidate(this);
}

void HistoryChart::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != d->pending.timerId())
        return QWidget::timerEvent(event);
    settle();
    update();
}

void HistoryChart::settle()
{
    d->rebuild();
    d->pending.stop();
    d->view->setAccessibleDescription(spokenValue());
}

void HistoryChart::showAsTable()
{
    d->catchUp();
    showChartTable(d->theme, d->titleText(), d->spec, d->plain, this);
}

void HistoryChart::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Show as table")), &QAction::triggered, this, &HistoryChart::showAsTable);
    menu->addSeparator();
    connect(menu->addAction(tr("Copy as picture")), &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setPixmap(grab()); });
    connect(menu->addAction(tr("Copy as CSV")), &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(toCsv())); });
    menu->addSeparator();
    QAction *reset = menu->addAction(tr("Whole range"));
    reset->setEnabled(d->range.isZoomed());
    connect(reset, &QAction::triggered, this, [this] { d->range.resetZoom(); });
    menu->popup(event->globalPos());
}

} // namespace infra::ui
