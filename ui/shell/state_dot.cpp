// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/state_dot.h"

#include "ui/theme/icons.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QPainter>

namespace infra::ui {

StateDot::StateDot(const Theme &theme, Health health, int size, const char *background, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_health(health)
    , m_size(size)
    , m_background(background)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(healthWord(health));
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void StateDot::setHealth(Health health)
{
    m_health = health;
    setAccessibleName(healthWord(health));
    update();
}

QSize StateDot::sizeHint() const
{
    return {m_theme.px(m_size), m_theme.px(m_size)};
}

void StateDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHealth(painter, QRectF(rect()), m_health, m_theme, m_theme.color(m_background));
}

Glyph::Glyph(const Theme &theme, const QString &iconName, int size, const char *color, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(iconName)
    , m_size(size)
    , m_color(color)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Glyph::setIcon(const QString &iconName)
{
    m_icon = iconName;
    update();
}

QSize Glyph::sizeHint() const
{
    return {m_theme.px(m_size), m_theme.px(m_size)};
}

void Glyph::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int size = m_theme.px(m_size);
    painter.drawPixmap((width() - size) / 2, (height() - size) / 2,
                       iconPixmap(m_icon, size, m_theme.color(m_color), devicePixelRatioF()));
}

} // namespace infra::ui
