// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/local_card.h"

#include "ui/models/device_table_model.h"
#include "ui/models/device_text.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QPainter>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr double kHottest = 100; ///< °C, full width of the bar
}

LocalCard::LocalCard(const Theme &theme, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
{
    setAccessibleName(tr("This computer"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void LocalCard::setRow(const std::optional<engine::DeviceRow> &row)
{
    const bool another = m_row.has_value() != row.has_value();
    m_row = row;
    if (const int now = row ? int(lines().size()) : 3; another || now != m_lineCount) {
        m_lineCount = now;
        updateGeometry();
    }
    update();
}

QSize LocalCard::sizeHint() const
{
    return {m_theme.px(380), m_theme.px(44 + 24 + 42 + m_lineCount * 24 + 12)};
}

QList<LocalCard::Line> LocalCard::lines() const
{
    QList<Line> all;
    const MetricSample &sample = m_row->sample;
    if (sample.memUsed && sample.memTotal && *sample.memTotal > 0)
        all.append({tr("Memory"), percent(*sample.memUsed / *sample.memTotal * 100),
                    tr("of %1").arg(bytesBinary(sample.memTotal)), *sample.memUsed / *sample.memTotal * 100, false});
    if (m_row->fullestPercent)
        all.append({tr("Disk"), percent(m_row->fullestPercent), m_row->fullestMount, m_row->fullestPercent, false});
    if (sample.tempMax)
        all.append(
            {tr("Temp"), celsius(sample.tempMax), tr("hottest sensor"), *sample.tempMax / kHottest * 100, false});
    if (sample.load1)
        all.append({tr("Load"), number(sample.load1),
                    m_row->system && m_row->system->cpuThreads ? tr("%n thread(s)", nullptr, *m_row->system->cpuThreads)
                                                               : QString(),
                    m_row->system && m_row->system->cpuThreads
                        ? std::optional(*sample.load1 / *m_row->system->cpuThreads * 100)
                        : std::nullopt,
                    false});
    if (m_row->containersTotal && *m_row->containersTotal > 0)
        all.append({tr("Containers"), tr("%1 up", "containers").arg(m_row->containersUp.value_or(0)),
                    tr("of %1").arg(*m_row->containersTotal),
                    100.0 * m_row->containersUp.value_or(0) / *m_row->containersTotal, true});
    return all;
}

QString LocalCard::spokenValue() const
{
    return m_row ? deviceSentence(*m_row) : QString();
}

void LocalCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color("border.default"));
    painter.setBrush(m_theme.color("surface.panel"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(8), m_theme.px(8));
    QStringList cut; // told by the tooltip
    const auto fitting = [&painter, &cut](const QString &text, int width) {
        const QString fit = painter.fontMetrics().elidedText(text, Qt::ElideRight, width);
        if (fit != text)
            cut.append(text);
        return fit;
    };
    const int pad = m_theme.px(14);
    QRect line(pad, 0, width() - 2 * pad, m_theme.px(44));
    painter.fillRect(QRect(1, line.bottom(), width() - 2, 1), m_theme.color("border.subtle"));
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(m_theme.color("text.secondary"));
    if (!m_row) {
        painter.drawText(line, Qt::AlignVCenter, tr("This computer is being read"));
        return;
    }
    const QString old = m_row->readAt ? tr("%1 ago").arg(age(m_row->readAt, m_clock.now())) : QString();
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, old);
    const int oldWidth = painter.fontMetrics().horizontalAdvance(old) + m_theme.px(10);
    paintHealth(painter, QRectF(pad, line.center().y() - m_theme.px(6), m_theme.px(12), m_theme.px(12)), m_row->health,
                m_theme, m_theme.color("surface.panel"));
    painter.drawPixmap(pad + m_theme.px(22), line.center().y() - m_theme.px(8),
                       iconPixmap(u"laptop"_s, m_theme.px(16), m_theme.color("text.secondary"), devicePixelRatioF()));
    painter.setFont(m_theme.font(TextStyle::BodyStrong));
    painter.setPen(m_theme.color("text.primary"));
    const QRect name = line.adjusted(m_theme.px(46), 0, -oldWidth, 0);
    const QString shown = fitting(m_row->device.name, name.width());
    painter.drawText(name, Qt::AlignVCenter, shown);
    const int used = painter.fontMetrics().horizontalAdvance(shown) + m_theme.px(8);
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(m_theme.color("text.secondary"));
    const QString os = m_row->system ? systemName(m_row->system->os, m_row->system->osVersion) : QString();
    painter.drawText(name.adjusted(used, 0, 0, 0), Qt::AlignVCenter,
                     fitting(tr("This computer, %1").arg(os), name.width() - used));

    line = QRect(pad, line.bottom() + m_theme.px(8), line.width(), m_theme.px(20));
    painter.setFont(m_theme.font(TextStyle::Body));
    painter.drawText(line, Qt::AlignVCenter, tr("CPU, since you started it"));
    painter.setPen(m_theme.color("text.primary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, percent(m_row->sample.cpuTotal));
    paintSparkline(painter, QRectF(pad, line.bottom() + m_theme.px(4), line.width(), m_theme.px(36)), m_row->cpuHour,
                   m_theme.series(0), m_theme);
    line.translate(0, m_theme.px(20 + 46));
    for (const Line &entry : lines()) {
        painter.setFont(m_theme.font(TextStyle::Body));
        painter.setPen(m_theme.color("text.secondary"));
        painter.drawText(line, Qt::AlignVCenter, fitting(entry.word, m_theme.px(76)));
        const int barLeft = line.left() + m_theme.px(80);
        const int barWidth = std::min(m_theme.px(110), line.width() / 3);
        const QColor fill = entry.good ? m_theme.state(Health::Ok).solid : m_theme.series(0);
        paintBar(painter, QRectF(barLeft, line.center().y() - m_theme.px(3), barWidth, m_theme.px(6)), entry.percent,
                 fill, m_theme);
        const int figureRight = barLeft + barWidth + m_theme.px(66);
        painter.setPen(m_theme.color("text.primary"));
        painter.drawText(QRect(barLeft + barWidth, line.top(), figureRight - barLeft - barWidth, line.height()),
                         Qt::AlignVCenter | Qt::AlignRight, entry.figure);
        painter.setFont(m_theme.font(TextStyle::Small));
        painter.setPen(m_theme.color("text.secondary"));
        const QRect rest(figureRight + m_theme.px(10), line.top(), line.right() - figureRight - m_theme.px(10),
                         line.height());
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight, fitting(entry.of, rest.width()));
        line.translate(0, m_theme.px(24));
    }
    if (const QString whole = plainTip(cut.join(u'\n')); toolTip() != whole)
        setToolTip(whole);
}

} // namespace infra::ui
