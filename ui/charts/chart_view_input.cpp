// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_view.h"

#include "ui/text/format.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <cmath>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double kMarkSide = 10;
constexpr double kMarkReach = 11; ///< neighbours closer than this move aside

QString gapWord(std::optional<GapReason> reason)
{
    if (!reason)
        return ChartView::tr("No values");
    switch (*reason) {
    case GapReason::Unreachable:
        return ChartView::tr("Not reachable");
    case GapReason::Asleep:
        return ChartView::tr("Asleep");
    case GapReason::AppOff:
        return ChartView::tr("Infrastructor did not run");
    case GapReason::Paused:
        return ChartView::tr("Reading was paused");
    }
    return {};
}

QString clockText(double time)
{
    return timeLong(fromSeconds(time)).section(u'\n', 0, 0);
}

} // namespace

QList<ChartView::Mark> ChartView::marks() const
{
    QList<Mark> marks;
    QList<int> order;
    for (int i = 0; i < int(m_events.size()); ++i) {
        const double time = toSeconds(m_events.at(i).time);
        if (time >= from() && time <= to())
            order.append(i);
    }
    std::sort(order.begin(), order.end(), [this](int a, int b) { return m_events.at(a).time < m_events.at(b).time; });
    const double reach = m_theme.px(int(kMarkReach));
    for (qsizetype i = 0; i < order.size();) {
        // A cluster: each next within reach of the one before.
        qsizetype end = i + 1;
        while (end < order.size() &&
               xOf(toSeconds(m_events.at(order.at(end)).time)) - xOf(toSeconds(m_events.at(order.at(end - 1)).time)) <
                   reach)
            ++end;
        const qsizetype size = end - i;
        double middle = 0;
        for (qsizetype k = i; k < end; ++k)
            middle += xOf(toSeconds(m_events.at(order.at(k)).time)) / double(size);
        if (size > 3) {
            marks.append(Mark{middle, order.mid(i, size)});
        } else {
            const double start =
                size == 1 ? middle : std::clamp(middle - reach * double(size - 1) / 2, m_plot.left(), m_plot.right());
            for (qsizetype k = 0; k < size; ++k)
                marks.append(Mark{start + reach * double(k), QList<int>{order.at(i + k)}});
        }
        i = end;
    }
    return marks;
}

int ChartView::markAt(const QPointF &position) const
{
    const double reach = m_theme.px(int(kMarkReach));
    if (std::fabs(position.y() - m_plot.top()) > reach)
        return -1;
    for (const Mark &mark : marks()) {
        if (std::fabs(position.x() - mark.x) <= reach / 2 + 2)
            return mark.events.first();
    }
    return -1;
}

void ChartView::paintEvents(QPainter &painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = m_theme.px(int(kMarkSide));
    const QColor ground = m_theme.color("surface.panel");
    const auto colorOf = [this](const ChartEvent &event) {
        return event.kind == ChartEvent::Kind::Change   ? m_theme.state(Health::Info).mark
               : event.kind == ChartEvent::Kind::Action ? m_theme.color("accent.fg")
                                                        : m_theme.state(event.health).mark;
    };
    for (const Mark &mark : marks()) {
        for (const int index : mark.events) {
            const ChartEvent &event = m_events.at(index);
            QPen pen(colorOf(event), 1, Qt::CustomDashLine, Qt::FlatCap);
            pen.setDashPattern({1.5, 2.5});
            painter.setPen(pen);
            const double x = std::floor(xOf(toSeconds(event.time))) + 0.5;
            painter.drawLine(QPointF(x, m_plot.top() + side / 2), QPointF(x, m_plot.bottom()));
        }
        const QRectF sign(mark.x - side / 2, m_plot.top() - side / 2, side, side);
        if (mark.events.size() > 1) {
            const QString text = countText(int(mark.events.size()));
            const int width = badgeWidth(text, m_theme);
            paintBadge(painter, QRect(int(mark.x) - width / 2, int(sign.top()), width, int(side)), text,
                       BadgeTone::Accent, m_theme);
            continue;
        }
        const ChartEvent &event = m_events.at(mark.events.first());
        painter.setPen(Qt::NoPen);
        if (event.kind == ChartEvent::Kind::Alert) {
            paintHealth(painter, sign, event.health, m_theme, ground);
        } else if (event.kind == ChartEvent::Kind::Action) {
            painter.setBrush(colorOf(event));
            const QPointF triangle[] = {{sign.left() + 0.5, sign.top() + 1},
                                        {sign.right() - 0.5, sign.top() + 1},
                                        {mark.x, sign.bottom() - 0.5}};
            painter.drawPolygon(triangle, 3);
        } else {
            painter.setPen(QPen(colorOf(event), 1.3));
            painter.setBrush(m_theme.state(Health::Info).tint);
            painter.drawRoundedRect(sign.adjusted(0.7, 0.7, -0.7, -0.7), 2, 2);
            painter.drawLine(QPointF(sign.left() + 3, sign.center().y() - 1.3),
                             QPointF(sign.right() - 3, sign.center().y() - 1.3));
            painter.drawLine(QPointF(sign.left() + 3, sign.center().y() + 1.3),
                             QPointF(sign.right() - 3, sign.center().y() + 1.3));
        }
    }
}

QString ChartView::tipAt(const QPointF &position) const
{
    if (const int event = markAt(position); event >= 0)
        return clockText(toSeconds(m_events.at(event).time)) + u'\n' + m_events.at(event).text;
    if (!m_plot.contains(position))
        return {};
    const double time = timeAt(position.x());
    for (const GapSpan &gap : m_content.gaps) {
        if (time >= gap.from && time <= gap.to)
            return tr("%1, %2 to %3").arg(gapWord(gap.reason), clockText(gap.from), clockText(gap.to));
    }
    return {};
}

bool ChartView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = tipAt(help->pos());
        QToolTip::showText(help->globalPos(), tip.isEmpty() ? QString() : plainTip(tip), this);
        return true;
    }
    return QChartView::viewportEvent(event);
}

void ChartView::mousePressEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (event->button() != Qt::LeftButton)
        return QChartView::mousePressEvent(event);
    if (const int mark = markAt(at); mark >= 0) {
        emit eventActivated(mark);
        return;
    }
    m_drag = event->modifiers() & Qt::ShiftModifier ? Drag::Pan : Drag::Band;
    m_dragStart = m_dragNow = at.x();
    m_panFrom = m_range.from();
    m_panTo = m_range.to();
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    m_dragNow = at.x();
    if (m_drag == Drag::Pan) {
        const double shift =
            (m_dragStart - at.x()) / std::max(1.0, m_plot.width()) * (toSeconds(m_panTo) - toSeconds(m_panFrom));
        const milliseconds by{qint64(shift * 1000)};
        m_range.zoomTo(m_panFrom + by, m_panTo + by);
        return;
    }
    if (m_drag == Drag::Band)
        viewport()->update();
    setCursor(markAt(at) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    m_range.setCrosshair(m_plot.contains(at) ? std::optional(fromSeconds(timeAt(at.x()))) : std::nullopt);
}

void ChartView::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    viewport()->update();
    if (drag != Drag::Band || event->button() != Qt::LeftButton)
        return;
    const double left = std::clamp(std::min(m_dragStart, m_dragNow), m_plot.left(), m_plot.right());
    const double right = std::clamp(std::max(m_dragStart, m_dragNow), m_plot.left(), m_plot.right());
    if (right - left >= m_theme.px(6)) // less is a click with a trembling hand
        m_range.zoomTo(fromSeconds(timeAt(left)), fromSeconds(timeAt(right)));
}

void ChartView::mouseDoubleClickEvent(QMouseEvent *)
{
    m_drag = Drag::None;
    m_range.resetZoom();
}

void ChartView::wheelEvent(QWheelEvent *event)
{
    // Only when the chart has the focus or with a modifier, so that the page under the charts still scrolls.
    if (!(hasFocus() || event->modifiers() & Qt::ControlModifier) || event->angleDelta().y() == 0)
        return event->ignore();
    const double factor = std::pow(0.8, event->angleDelta().y() / 120.0);
    const double middle = timeAt(std::clamp(event->position().x(), m_plot.left(), m_plot.right()));
    m_range.zoomTo(fromSeconds(middle - (middle - from()) * factor), fromSeconds(middle + (to() - middle) * factor));
    event->accept();
}

void ChartView::keyPressEvent(QKeyEvent *event)
{
    const double step = std::max<double>(m_content.resolutionS, (to() - from()) / std::max(1.0, m_plot.width()));
    const double now = m_range.crosshair() ? toSeconds(*m_range.crosshair()) : to();
    const double middle = (from() + to()) / 2;
    const double half = (to() - from()) / 2;
    const double fast = event->modifiers() & Qt::ControlModifier ? 10 : 1;
    switch (event->key()) {
    case Qt::Key_Left: // time goes right in every language
        return m_range.setCrosshair(fromSeconds(std::max(from(), now - step * fast)));
    case Qt::Key_Right:
        return m_range.setCrosshair(fromSeconds(std::min(to(), now + step * fast)));
    case Qt::Key_Home:
        return m_range.setCrosshair(m_range.from());
    case Qt::Key_End:
        return m_range.setCrosshair(m_range.to());
    case Qt::Key_Plus:
        return m_range.zoomTo(fromSeconds(middle - half * 0.7), fromSeconds(middle + half * 0.7));
    case Qt::Key_Minus:
        return m_range.zoomTo(fromSeconds(middle - half / 0.7), fromSeconds(middle + half / 0.7));
    case Qt::Key_0:
        return m_range.resetZoom();
    case Qt::Key_Escape:
        if (m_range.crosshair())
            return m_range.setCrosshair({});
        break;
    default:
        break;
    }
    QChartView::keyPressEvent(event);
}

void ChartView::leaveEvent(QEvent *event)
{
    m_range.setCrosshair({});
    QChartView::leaveEvent(event);
}

} // namespace infra::ui
