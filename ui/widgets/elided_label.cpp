// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/elided_label.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyle>

namespace infra::ui {

ElidedLabel::ElidedLabel(const Theme &theme, const QString &text, TextStyle style, const char *colorPath,
                         QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_style(style)
    , m_colorPath(colorPath)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    if (m_text == text && !m_text.isEmpty())
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setColorPath(const char *colorPath)
{
    m_colorPath = colorPath;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(m_style));
    return {metrics.horizontalAdvance(m_text) + 2, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QFontMetrics metrics(m_theme.font(m_style));
    return {std::min(sizeHint().width(), metrics.averageCharWidth() * 6), metrics.height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_theme.font(m_style));
    painter.setPen(m_theme.color(isEnabled() ? m_colorPath.constData() : "text.disabled"));
    const QString shown = painter.fontMetrics().elidedText(m_text, m_mode, width());
    painter.drawText(
        rect(), int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)) | Qt::AlignVCenter | Qt::TextSingleLine,
        shown);
    setToolTip(shown == m_text ? QString() : m_text.toHtmlEscaped());
}

} // namespace infra::ui
