// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls.h"

#include <QtGui/QPainter>

namespace infra::ui {

Switch::Switch(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setCheckable(true);
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize Switch::sizeHint() const
{
    return {m_theme.px(32), m_theme.px(24)}; // drawn 18 high; the target is 24
}

void Switch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int trackHeight = m_theme.px(18);
    const QRectF track(0.5, (height() - trackHeight) / 2 + 0.5, width() - 1, trackHeight - 1);
    const bool on = isChecked();
    QColor edge = m_theme.color(!isEnabled() ? "border.default" : on ? "accent.solid" : "border.control");
    if (isEnabled() && underMouse())
        edge = m_theme.color(on ? "accent.solidHover" : "text.secondary");
    painter.setPen(QPen(edge, 1));
    painter.setBrush(!on ? m_theme.color("surface.input") : isEnabled() ? edge : m_theme.color("surface.track"));
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
    const qreal side = m_theme.px(12);
    const bool atRight = on != (layoutDirection() == Qt::RightToLeft);
    const qreal x = atRight ? track.right() - side - 2.5 : track.left() + 2.5;
    painter.setPen(Qt::NoPen);
    painter.setBrush(!isEnabled() ? m_theme.color("text.disabled") : on ? m_theme.color("text.onAccent") : edge);
    painter.drawEllipse(QRectF(x, track.center().y() - side / 2, side, side));
}

} // namespace infra::ui
