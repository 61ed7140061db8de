// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QFont segmentFont(const Theme &theme)
{
    QFont font = theme.font(TextStyle::Small);
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

SegmentedControl::SegmentedControl(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    installSpokenInterfaces();
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setProperty("focusRing", true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void SegmentedControl::addSegment(const QString &id, const QString &text, const QString &iconName,
                                  std::optional<Health> health)
{
    m_segments.append({id, text, iconName, health, true});
    if (m_current.isEmpty())
        m_current = id;
    updateGeometry();
    update();
}

void SegmentedControl::setText(const QString &id, const QString &text)
{
    for (Segment &segment : m_segments) {
        if (segment.id == id && segment.text != text) {
            segment.text = text;
            updateGeometry();
            update();
        }
    }
}

void SegmentedControl::setSegmentEnabled(const QString &id, bool enabled)
{
    for (Segment &segment : m_segments) {
        if (segment.id == id && segment.enabled != enabled) {
            segment.enabled = enabled;
            update();
        }
    }
}

bool SegmentedControl::isSegmentEnabled(const QString &id) const
{
    for (const Segment &segment : m_segments) {
        if (segment.id == id)
            return segment.enabled;
    }
    return false;
}

void SegmentedControl::setCurrent(const QString &id)
{
    if (m_current == id)
        return;
    m_current = id;
    announceValue(this);
    update();
}

qsizetype SegmentedControl::currentIndex() const
{
    for (qsizetype i = 0; i < m_segments.size(); ++i) {
        if (m_segments.at(i).id == m_current)
            return i;
    }
    return -1;
}

QString SegmentedControl::spokenValue() const
{
    const qsizetype at = currentIndex();
    return at < 0 ? QString() : tr("%1, %2 of %3").arg(m_segments.at(at).text).arg(at + 1).arg(m_segments.size());
}

int SegmentedControl::widthOf(qsizetype index) const
{
    const Segment &segment = m_segments.at(index);
    int width = 2 * m_theme.px(10);
    if (!segment.text.isEmpty())
        width += QFontMetrics(segmentFont(m_theme)).horizontalAdvance(segment.text);
    if (segment.health)
        width += m_theme.px(11) + m_theme.px(segment.text.isEmpty() ? 0 : 6);
    if (!segment.icon.isEmpty())
        width += m_theme.px(14) + m_theme.px(segment.text.isEmpty() ? 0 : 6);
    return width + 1; // the rule between
}

QRect SegmentedControl::rectOf(qsizetype index) const
{
    int x = 1;
    for (qsizetype i = 0; i < index; ++i)
        x += widthOf(i);
    const int height = m_theme.px(28);
    const QRect rect(x, (this->height() - height) / 2, widthOf(index), height);
    return layoutDirection() == Qt::RightToLeft
               ? QRect(width() - rect.right() - 1, rect.top(), rect.width(), rect.height())
               : rect;
}

QSize SegmentedControl::sizeHint() const
{
    int width = 1;
    for (qsizetype i = 0; i < m_segments.size(); ++i)
        width += widthOf(i);
    return {width, m_theme.px(28)};
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(segmentFont(m_theme));
    const int height = m_theme.px(28);
    const QRectF frame(0.5, (this->height() - height) / 2 + 0.5, sizeHint().width() - 1, height - 1);
    QPainterPath shape;
    shape.addRoundedRect(frame, 6, 6);
    painter.fillPath(shape, m_theme.color("surface.raised"));
    const QPoint mouse = mapFromGlobal(QCursor::pos());
    painter.save();
    painter.setClipPath(shape);
    for (qsizetype i = 0; i < m_segments.size(); ++i) {
        const Segment &segment = m_segments.at(i);
        const QRect rect = rectOf(i);
        const bool on = segment.id == m_current;
        const bool hovered = segment.enabled && underMouse() && rect.contains(mouse);
        const QColor ground = m_theme.color(on ? "surface.selected" : hovered ? "surface.hover" : "surface.raised");
        painter.fillRect(rect, ground);
        if (i + 1 < m_segments.size())
            painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), m_theme.color("border.default"));
        const QColor front = m_theme.color(!isEnabled() || !segment.enabled ? "text.disabled"
                                           : on                             ? "text.primary"
                                                                            : "text.secondary");
        int x = rect.left() + m_theme.px(10);
        if (segment.health) {
            const int side = m_theme.px(11);
            paintHealth(painter, QRectF(x, rect.center().y() - side / 2, side, side), *segment.health, m_theme, ground);
            x += side + m_theme.px(6);
        }
        if (!segment.icon.isEmpty()) {
            const int side = m_theme.px(14);
            painter.drawPixmap(x, rect.top() + (rect.height() - side) / 2,
                               iconPixmap(segment.icon, side, front, devicePixelRatioF()));
            x += side + m_theme.px(6);
        }
        painter.setPen(front);
        painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                         segment.text);
    }
    painter.restore();
    painter.setPen(QPen(m_theme.color(isEnabled() ? "border.strong" : "border.default"), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(frame, 6, 6);
}

void SegmentedControl::choose(qsizetype index, int direction)
{
    // Arrows pass over what is off.
    while (direction != 0 && index >= 0 && index < m_segments.size() && !m_segments.at(index).enabled)
        index += direction;
    if (index < 0 || index >= m_segments.size() || m_segments.at(index).id == m_current ||
        !m_segments.at(index).enabled)
        return;
    setCurrent(m_segments.at(index).id);
    emit currentChanged(m_current);
}

void SegmentedControl::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    for (qsizetype i = 0; i < m_segments.size(); ++i) {
        if (rectOf(i).contains(event->position().toPoint()))
            choose(i);
    }
}

void SegmentedControl::keyPressEvent(QKeyEvent *event)
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const qsizetype at = currentIndex();
    switch (event->key()) {
    case Qt::Key_Left:
        return choose(at + (mirrored ? 1 : -1), mirrored ? 1 : -1);
    case Qt::Key_Right:
        return choose(at + (mirrored ? -1 : 1), mirrored ? -1 : 1);
    case Qt::Key_Home:
        return choose(0, 1);
    case Qt::Key_End:
        return choose(m_segments.size() - 1, -1);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace infra::ui
