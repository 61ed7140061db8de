// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/day_band.h"

#include "ui/models/finding_text.h"
#include "ui/text/format.h"
#include "ui/theme/focus_ring.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QToolTip>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kNear = 11; ///< px; closer marks share a place
constexpr qsizetype kMostTogether = 3;
} // namespace

QList<BandMark> bandMarks(const QList<AuditEntry> &entries, const QList<engine::DeviceRow> &rows, Instant from,
                          Instant to)
{
    QHash<DeviceId, QString> names;
    for (const engine::DeviceRow &row : rows)
        names.insert(row.device.id, row.device.name);
    QList<BandMark> marks;
    for (const AuditEntry &entry : entries) {
        if (entry.source == AuditSource::Schedule || entry.time < from || entry.time > to)
            continue;
        BandMark mark;
        mark.sort = entry.operation == u"collect" ? BandMark::Sort::Action : BandMark::Sort::Change;
        mark.time = entry.time;
        const QString device = entry.device ? names.value(*entry.device) : QString();
        mark.text = device.isEmpty() ? entry.operation : QString(entry.operation + u", "_s + device);
        marks.append(mark);
    }
    for (const engine::DeviceRow &row : rows) {
        for (const Finding &finding : row.findings) {
            if (finding.since < from || finding.since > to)
                continue;
            marks.append({BandMark::Sort::Alert, finding.since, finding.severity,
                          row.device.name + u": "_s + findingTitle(finding)});
        }
    }
    std::stable_sort(marks.begin(), marks.end(), [](const BandMark &a, const BandMark &b) { return a.time < b.time; });
    return marks;
}

DayBand::DayBand(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Changes, actions and alerts of the last 24 hours"));
    setFocusPolicy(Qt::StrongFocus);
    setProperty("focusRing", true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void DayBand::setMarks(const QList<BandMark> &marks, Instant from, Instant to)
{
    m_marks = marks;
    m_from = from;
    m_to = to;
    m_message.clear();
    m_current = -1;
    update();
}

void DayBand::setMessage(const QString &message)
{
    m_message = message;
    setAccessibleDescription(message);
    update();
}

QSize DayBand::sizeHint() const
{
    return {m_theme.px(860), m_theme.px(72)};
}

QString DayBand::spokenValue() const
{
    if (!m_message.isEmpty())
        return m_message;
    const QList<Placed> places = placed();
    if (m_current >= 0 && m_current < places.size())
        return textOf(places.at(m_current));
    return tr("%n mark(s)", nullptr, static_cast<int>(m_marks.size()));
}

int DayBand::xOf(Instant time) const
{
    const int left = m_theme.px(14);
    const int wide = width() - 2 * left;
    const double part = static_cast<double>((time - m_from).count()) /
                        static_cast<double>(std::max<qint64>(1, (m_to - m_from).count()));
    return left + qRound(part * wide);
}

QList<DayBand::Placed> DayBand::placed() const
{
    QList<Placed> places;
    for (qsizetype at = 0; at < m_marks.size(); ++at) {
        const int x = xOf(m_marks.at(at).time);
        if (!places.isEmpty() && x - places.last().x < m_theme.px(kNear))
            places.last().marks.append(at);
        else
            places.append(Placed{x, QList<qsizetype>{at}});
    }
    return places;
}

QString DayBand::textOf(const Placed &place) const
{
    QStringList lines;
    for (const qsizetype at : place.marks.mid(0, 8))
        lines.append(toDateTime(m_marks.at(at).time).toLocalTime().time().toString(u"HH:mm  "_s) + m_marks.at(at).text);
    if (place.marks.size() > 8)
        lines.append(tr("and %n more", nullptr, static_cast<int>(place.marks.size() - 8)));
    return lines.join(u'\n');
}

void DayBand::paintMark(QPainter &painter, const QPointF &centre, const BandMark &mark) const
{
    const double half = m_theme.px(11) / 2.0;
    const QRectF box(centre.x() - half, centre.y() - half, half * 2, half * 2);
    const QColor ground = m_theme.color("surface.panel");
    switch (mark.sort) {
    case BandMark::Sort::Alert:
        paintHealth(painter, box, mark.health, m_theme, ground);
        return;
    case BandMark::Sort::Change:
        painter.setPen(QPen(m_theme.state(Health::Info).mark, 1.4));
        painter.setBrush(ground);
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        painter.drawLine(QPointF(box.left() + 3, centre.y() - 1.5), QPointF(box.right() - 3, centre.y() - 1.5));
        painter.drawLine(QPointF(box.left() + 3, centre.y() + 1.5), QPointF(box.right() - 3, centre.y() + 1.5));
        return;
    case BandMark::Sort::Action: {
        QPainterPath path;
        path.moveTo(box.left(), box.top() + 1);
        path.lineTo(box.right(), box.top() + 1);
        path.lineTo(centre.x(), box.bottom());
        path.closeSubpath();
        painter.fillPath(path, m_theme.color("accent.fg"));
        return;
    }
    }
}

void DayBand::paintLegend(QPainter &painter, const QRect &line) const
{
    const struct
    {
        BandMark::Sort sort;
        QString word;
    } entries[] = {{BandMark::Sort::Alert, tr("Alert")},
                   {BandMark::Sort::Action, tr("Action")},
                   {BandMark::Sort::Change, tr("Change")}};
    painter.setFont(m_theme.font(TextStyle::Small));
    int right = line.right();
    for (const auto &entry : entries) {
        const int wide = painter.fontMetrics().horizontalAdvance(entry.word);
        painter.setPen(m_theme.color("text.secondary"));
        painter.drawText(QRect(right - wide, line.top(), wide + 1, line.height()), Qt::AlignVCenter, entry.word);
        right -= wide + m_theme.px(12);
        paintMark(painter, QPointF(right, line.center().y() + 1), {entry.sort, {}, Health::Critical, {}});
        right -= m_theme.px(20);
    }
}

void DayBand::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color("border.default"));
    painter.setBrush(m_theme.color("surface.panel"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(8), m_theme.px(8));
    const QRect line(m_theme.px(13), m_theme.px(6), width() - m_theme.px(26), m_theme.px(18));
    painter.setFont(m_theme.font(TextStyle::BodyStrong));
    painter.setPen(m_theme.color("text.primary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft, tr("Last 24 hours"));
    if (!m_message.isEmpty()) {
        painter.setFont(m_theme.font(TextStyle::Small));
        painter.setPen(m_theme.color("text.secondary"));
        const QRect below(line.left(), line.bottom() + m_theme.px(6), line.width(), m_theme.px(18));
        painter.drawText(below, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(m_message, Qt::ElideRight, below.width()));
        return;
    }
    paintLegend(painter, line);
    const int middle = m_theme.px(40);
    const int left = m_theme.px(13);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color("surface.track"));
    painter.drawRoundedRect(QRectF(left, middle - 3, width() - 2 * left, 6), 2, 2);
    painter.setFont(m_theme.font(TextStyle::Caption));
    const QDateTime start = toDateTime(m_from).toLocalTime();
    QDateTime hour(start.date(), QTime(start.time().hour() / 3 * 3, 0));
    // Labels keep apart: every third hour, in a narrow band every sixth.
    const int step = (width() - 2 * left) / 8 < m_theme.px(48) ? 6 : 3;
    for (hour = hour.addSecs(step * 3600); hour < toDateTime(m_to).toLocalTime(); hour = hour.addSecs(step * 3600)) {
        const int x = xOf(fromMs(hour.toMSecsSinceEpoch()));
        painter.fillRect(QRect(x, middle + 3, 1, m_theme.px(5)), m_theme.color("chart.axis"));
        painter.setPen(m_theme.color("chart.axisText"));
        const QRect text(x - m_theme.px(30), middle + m_theme.px(9), m_theme.px(60), m_theme.px(16));
        if (text.left() > left - m_theme.px(20) && text.right() < width() - left + m_theme.px(20))
            painter.drawText(text, Qt::AlignCenter, hour.time().toString(u"HH:mm"_s));
    }
    const QList<Placed> places = placed();
    for (qsizetype at = 0; at < places.size(); ++at) {
        const Placed &place = places.at(at);
        if (at == m_current && hasKeyboardFocus(*this))
            painter.fillRect(QRect(place.x, middle - m_theme.px(12), 1, m_theme.px(24)),
                             m_theme.color("chart.crosshair"));
        if (place.marks.size() > kMostTogether) {
            const QString text = QString::number(place.marks.size());
            const int wide = std::max(m_theme.px(14), painter.fontMetrics().horizontalAdvance(text) + m_theme.px(8));
            const QRectF box(place.x - wide / 2.0, middle - m_theme.px(7), wide, m_theme.px(14));
            painter.setPen(QPen(m_theme.state(Health::Info).mark, 1));
            painter.setBrush(m_theme.color("surface.panel"));
            painter.drawRoundedRect(box, 3, 3);
            painter.setPen(m_theme.color("text.primary"));
            painter.drawText(box, Qt::AlignCenter, text);
            continue;
        }
        for (qsizetype number = place.marks.size() - 1; number >= 0; --number)
            paintMark(painter, QPointF(place.x + static_cast<double>(number) * m_theme.px(4), middle),
                      m_marks.at(place.marks.at(number)));
    }
}

int DayBand::placeAt(const QPoint &point) const
{
    const QList<Placed> places = placed();
    for (int at = 0; at < places.size(); ++at) {
        if (std::abs(point.x() - places.at(at).x) <= m_theme.px(kNear))
            return at;
    }
    return -1;
}

bool DayBand::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_message.isEmpty()) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const int at = placeAt(help->pos()); at >= 0)
            QToolTip::showText(help->globalPos(), textOf(placed().at(at)), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void DayBand::mousePressEvent(QMouseEvent *event)
{
    if (const int at = placeAt(event->position().toPoint()); at >= 0 && m_message.isEmpty())
        emit opened(m_marks.at(placed().at(at).marks.constFirst()).time);
}

void DayBand::keyPressEvent(QKeyEvent *event)
{
    const QList<Placed> places = placed();
    const int last = static_cast<int>(places.size()) - 1;
    if (event->key() == Qt::Key_Left && last >= 0)
        m_current = m_current < 0 ? last : std::max(0, m_current - 1);
    else if (event->key() == Qt::Key_Right && last >= 0)
        m_current = std::min(last, m_current + 1);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current >= 0 && m_current <= last)
        emit opened(m_marks.at(places.at(m_current).marks.constFirst()).time);
    else
        return QWidget::keyPressEvent(event);
    announceValue(this);
    update();
}

} // namespace infra::ui
