// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/device/range_bar.h"

#include "ui/text/format.h"

#include <QtCore/QDateTime>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

struct Span
{
    const char *id;
    const char *text;
    milliseconds length;
};

// The words of the segments: "15 m" to "1 y".
constexpr Span kSpans[] = {
    {"15m", QT_TRANSLATE_NOOP("RangeBar", "15 m"), minutes(15)},
    {"1h", QT_TRANSLATE_NOOP("RangeBar", "1 h"), hours(1)},
    {"6h", QT_TRANSLATE_NOOP("RangeBar", "6 h"), hours(6)},
    {"24h", QT_TRANSLATE_NOOP("RangeBar", "24 h"), hours(24)},
    {"7d", QT_TRANSLATE_NOOP("RangeBar", "7 d"), hours(24 * 7)},
    {"30d", QT_TRANSLATE_NOOP("RangeBar", "30 d"), hours(24 * 30)},
    {"90d", QT_TRANSLATE_NOOP("RangeBar", "90 d"), hours(24 * 90)},
    {"1y", QT_TRANSLATE_NOOP("RangeBar", "1 y"), hours(24 * 365)},
};

constexpr milliseconds kUsualSpan = hours(1);

} // namespace

RangeBar::RangeBar(Theme &theme, const Clock &clock, ChartRange &range, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_range(range)
    , m_spans(new SegmentedControl(theme, tr("Time range"), this))
    , m_shown(makeLabel(theme, {}, TextStyle::Body, "text.secondary", this))
    , m_gaps(makeLabel(theme, {}, TextStyle::Small, "text.secondary", this))
    , m_cross(makeLabel(theme, {}, TextStyle::Code, "text.secondary", this))
    , m_live(makeButton(theme, tr("Follow"), ButtonKind::Flat, u"activity"_s, this))
{
    for (const Span &span : kSpans)
        m_spans->addSegment(QLatin1StringView(span.id), QCoreApplication::translate("RangeBar", span.text));
    m_spans->setCurrent(u"1h"_s);
    auto *exportButton = makeIconButton(theme, u"download"_s, tr("Export what the charts show"), this);
    m_live->setToolTip(tr("Back to a range that ends now and moves on"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_spans);
    layout->addWidget(m_shown);
    layout->addWidget(m_live);
    layout->addStretch(1);
    layout->addWidget(m_gaps);
    layout->addWidget(m_cross);
    layout->addWidget(exportButton);

    connect(m_spans, &SegmentedControl::currentChanged, this, [this](const QString &id) {
        m_chosen = true;
        setSpan(id);
    });
    connect(m_live, &QPushButton::clicked, this, [this] { setSpan(spanId()); });
    connect(exportButton, &QPushButton::clicked, this, [this, exportButton] {
        emit exportRequested(exportButton->mapToGlobal(QPoint(0, exportButton->height())));
    });
    connect(&m_range, &ChartRange::rangeChanged, this, &RangeBar::showTexts);
    connect(&m_range, &ChartRange::crosshairChanged, this, &RangeBar::showTexts);
    showTexts();
}

milliseconds RangeBar::span() const
{
    for (const Span &span : kSpans) {
        if (m_spans->current() == QLatin1StringView(span.id))
            return span.length;
    }
    return hours(1);
}

QString RangeBar::spanId() const
{
    return m_spans->current();
}

void RangeBar::setSpan(const QString &id)
{
    m_spans->setCurrent(id);
    const Instant now = m_clock.now();
    m_range.setRange(now - span(), now, true);
}

/// Spans that reach back before anything was read are off, but for the shortest one that shows all there is. What was
/// not chosen by hand is the longest of them up to an hour: fifteen minutes at first.
void RangeBar::setOldest(std::optional<Instant> oldest)
{
    const milliseconds known = oldest ? m_clock.now() - *oldest : milliseconds::max();
    milliseconds shorter{0};
    QString fitting = QLatin1StringView(kSpans[0].id);
    for (const Span &span : kSpans) {
        const bool shows = known > shorter;
        m_spans->setSegmentEnabled(QLatin1StringView(span.id), shows);
        if (shows && span.length <= kUsualSpan)
            fitting = QLatin1StringView(span.id);
        shorter = span.length;
    }
    if (!m_spans->isSegmentEnabled(m_spans->current()) || (!m_chosen && fitting != m_spans->current()))
        setSpan(fitting);
}

void RangeBar::follow()
{
    if (!m_range.isLive())
        return;
    const Instant now = m_clock.now();
    m_range.setRange(now - span(), now, true);
}

void RangeBar::setResolution(int seconds)
{
    m_resolution = seconds;
    showTexts();
}

void RangeBar::setGaps(const QList<Gap> &gaps)
{
    if (gaps.isEmpty())
        m_gaps->clear();
    else if (gaps.size() == 1)
        m_gaps->setText(
            tr("No data %1 to %2")
                .arg(timeShort(gaps.first().from, m_clock.now()), timeShort(gaps.first().to, m_clock.now())));
    else
        m_gaps->setText(tr("%n times without data", nullptr, static_cast<int>(gaps.size())));
}

void RangeBar::showTexts()
{
    const Instant now = m_clock.now();
    QString text = tr("%1 to %2").arg(timeShort(m_range.from(), now), timeShort(m_range.to(), now));
    if (m_resolution >= 60)
        text = tr("%1, %2 averages").arg(text, age(seconds(m_resolution)));
    else if (m_resolution > 0)
        text = tr("%1, every reading").arg(text);
    m_shown->setText(text);
    m_live->setVisible(!m_range.isLive());
    const std::optional<Instant> cross = m_range.crosshair();
    m_cross->setVisible(cross.has_value());
    if (cross)
        m_cross->setText(toDateTime(*cross).toLocalTime().toString(u"HH:mm:ss"_s));
}

} // namespace infra::ui
