// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/device/chart_grid.h"

#include "ui/pages/device/chart_specs.h"
#include "ui/text/error_text.h"
#include "ui/text/format.h"

#include <QtCore/QSaveFile>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kChartHeight = 200;
constexpr int kWideChartHeight = 220;

} // namespace

ChartGrid::ChartGrid(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_range(new ChartRange(this))
    , m_bar(new RangeBar(context.theme, context.clock, *m_range, this))
    , m_grid(new QGridLayout)
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(12);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_bar);
    layout->addLayout(m_grid, 1);
    makeCharts();
    m_bar->setSpan(u"1h"_s);
    connect(m_range, &ChartRange::rangeChanged, this, &ChartGrid::ask);
    connect(m_bar, &RangeBar::exportRequested, this, &ChartGrid::exportMenu);
}

ChartGrid::~ChartGrid()
{
    m_cancel.cancel();
}

void ChartGrid::makeCharts()
{
    for (const ChartSpec &spec : deviceChartSpecs())
        m_charts.append(new HistoryChart(m_context.theme, *m_range, spec, this));
    placeCharts();
}

void ChartGrid::placeCharts()
{
    const int columns = width() < 900 ? 2 : 3;
    QList<HistoryChart *> shown;
    for (HistoryChart *chart : std::as_const(m_charts)) {
        // Pressure is the seventh: it takes a place only where the kernel tells it and the row is not left with a hole.
        const bool wanted = chart->spec().id != "pressure"_L1 || (m_hasPressure && columns == 2);
        chart->setVisible(wanted);
        if (wanted)
            shown.append(chart);
    }
    const int height = m_context.theme.px(width() > 1500 ? kWideChartHeight : kChartHeight);
    for (HistoryChart *chart : std::as_const(m_charts)) {
        m_grid->removeWidget(chart);
        chart->setMinimumHeight(height);
        chart->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    }
    for (int i = 0; i < shown.size(); ++i)
        m_grid->addWidget(shown.at(i), i / columns, i % columns);
    for (int column = 0; column < 3; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    m_columns = columns;
}

void ChartGrid::setDevice(const engine::DeviceRow &row)
{
    if (m_device != row.device.id) {
        m_device = row.device.id;
        m_system.reset();
        // What the device before had must not stand under another name for a moment.
        for (HistoryChart *chart : std::as_const(m_charts)) {
            chart->setData({});
            chart->setNoData({});
            chart->setWatchedSince(row.device.addedAt);
        }
        m_bar->setGaps({});
        m_bar->setSpan(m_bar->spanId());
    }
    update(row);
}

void ChartGrid::update(const engine::DeviceRow &row)
{
    if (row.system && row.system != m_system) {
        m_system = row.system;
        for (HistoryChart *chart : std::as_const(m_charts)) {
            if (chart->spec().id == "memory"_L1 && m_system->memTotalBytes)
                chart->setSubtitle(bytesBinary(static_cast<double>(*m_system->memTotalBytes)));
            else if (chart->spec().id == "load"_L1 && m_system->cpuThreads)
                chart->setSubtitle(tr("%n threads", nullptr, *m_system->cpuThreads));
        }
        const bool pressure = m_system->pressure.cpu.some.has_value();
        if (pressure != m_hasPressure) {
            m_hasPressure = pressure;
            placeCharts();
        }
    }
    for (HistoryChart *chart : std::as_const(m_charts))
        chart->setInterval(row.device.intervalS);
    m_bar->setOldest(row.device.addedAt);
    if (m_range->isLive())
        m_bar->follow();
}

void ChartGrid::setActive(bool active)
{
    m_active = active;
    if (active)
        m_bar->follow();
    else
        m_cancel.cancel();
    if (active && !m_range->isLive())
        ask();
}

void ChartGrid::setEvents(const QList<ChartEvent> &events)
{
    for (HistoryChart *chart : std::as_const(m_charts))
        chart->setEvents(events);
}

void ChartGrid::ask()
{
    if (!m_active || m_device.isNull())
        return;
    m_cancel.cancel();
    m_cancel = CancelToken();
    HistoryQuery query;
    query.device = m_device;
    query.series = deviceChartSeries();
    query.from = m_range->from();
    query.to = m_range->to();
    query.maxPoints = std::clamp(width() / std::max(1, m_columns), 100, 1200);
    const CancelToken mine = m_cancel;
    m_context.client.history(query, m_cancel).then(this, [this, mine](const Result<HistoryResult> &result) {
        if (!mine.isCanceled())
            take(result);
    });
}

void ChartGrid::take(const Result<HistoryResult> &result)
{
    if (!result) {
        if (result.error().code == ErrorCode::Canceled)
            return;
        const ErrorWords words = errorWords(result.error());
        for (HistoryChart *chart : std::as_const(m_charts))
            chart->setNoData(words.what + u' ' + words.remedy);
        return;
    }
    m_bar->setResolution(result->resolutionS);
    m_bar->setGaps(result->gaps);
    for (HistoryChart *chart : std::as_const(m_charts)) {
        const bool has =
            std::any_of(result->series.begin(), result->series.end(), [chart](const HistorySeries &series) {
                return !series.points.isEmpty() &&
                       std::any_of(chart->spec().series.begin(), chart->spec().series.end(),
                                   [&series](const ChartSeries &wanted) { return wanted.key == series.key; });
            });
        chart->setData(*result);
        chart->setNoData(has                                    ? QString()
                         : chart->spec().id == "temperature"_L1 ? tr("No sensor was read in this range")
                                                                : tr("No reading in this range"));
    }
}

QByteArray ChartGrid::toCsv() const
{
    QByteArray text;
    for (const HistoryChart *chart : m_charts) {
        text += chart->spec().title.toUtf8() + '\n';
        text += chart->toCsv() + '\n';
    }
    return text;
}

void ChartGrid::exportMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy as picture"), this, [this] { QGuiApplication::clipboard()->setPixmap(grab()); });
    menu->addAction(tr("Copy as CSV"), this,
                    [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(toCsv())); });
    menu->addSeparator();
    menu->addAction(tr("Save as picture…"), this, [this] {
        auto *dialog =
            new QFileDialog(this, tr("Save the charts as a picture"), u"charts.png"_s, tr("PNG pictures (*.png)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
            if (!grab().save(path, "PNG"))
                m_context.navigator.showError(
                    fail(ErrorCode::FileUnwritable, tr("%1 could not be written.").arg(path)).value());
        });
        dialog->open();
    });
    menu->addAction(tr("Save as CSV…"), this, [this] {
        auto *dialog = new QFileDialog(this, tr("Save the values as CSV"), u"charts.csv"_s, tr("CSV files (*.csv)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
            QSaveFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(toCsv()) < 0 || !file.commit())
                m_context.navigator.showError(
                    fail(ErrorCode::FileUnwritable, tr("%1 could not be written.").arg(path)).value());
        });
        dialog->open();
    });
    menu->popup(at);
}

void ChartGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int columns = width() < 900 ? 2 : 3;
    if (columns != m_columns)
        placeCharts();
}

} // namespace infra::ui
