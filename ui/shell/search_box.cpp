// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/search_box.h"

#include "ui/theme/icons.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

int paintKey(QPainter &painter, const QRect &area, Qt::Alignment side, const QString &text, const Theme &theme)
{
    painter.save();
    painter.setFont(theme.font(TextStyle::Caption));
    const int width = painter.fontMetrics().horizontalAdvance(text) + theme.px(12);
    const int height = theme.px(18);
    const int left = side & Qt::AlignRight ? area.right() - width + 1 : area.left();
    const QRect key(left, area.center().y() - height / 2 + 1, width, height);
    painter.setPen(theme.color("border.default"));
    painter.setBrush(theme.color("surface.panel"));
    painter.drawRoundedRect(QRectF(key).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4));
    painter.setPen(theme.color("text.secondary"));
    painter.drawText(key, Qt::AlignCenter, text);
    painter.restore();
    return width;
}

KeyCap::KeyCap(const Theme &theme, const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(text)
{
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, &QWidget::updateGeometry);
}

QSize KeyCap::sizeHint() const
{
    return {QFontMetrics(m_theme.font(TextStyle::Caption)).horizontalAdvance(m_text) + m_theme.px(12), m_theme.px(20)};
}

void KeyCap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintKey(painter, rect(), Qt::AlignLeft, m_text, m_theme);
}

SearchBox::SearchBox(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setText(tr("Search or run"));
    setAccessibleName(tr("Search pages, devices and actions, or run one"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize SearchBox::sizeHint() const
{
    return {m_theme.px(290), m_theme.px(30)};
}

QSize SearchBox::minimumSizeHint() const
{
    return {m_theme.px(120), m_theme.px(30)};
}

void SearchBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color("border.default"));
    painter.setBrush(m_theme.color("surface.input"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(6), m_theme.px(6));
    const int glyph = m_theme.px(14);
    const QRect inner = rect().adjusted(m_theme.px(9), 0, -m_theme.px(6), 0);
    painter.drawPixmap(inner.left(), (height() - glyph) / 2,
                       iconPixmap(u"search"_s, glyph, m_theme.color("text.secondary"), devicePixelRatioF()));
    const int key = paintKey(painter, inner, Qt::AlignRight, tr("Ctrl K"), m_theme);
    painter.setFont(m_theme.font(TextStyle::Body));
    painter.setPen(m_theme.color("text.secondary"));
    const QRect words = inner.adjusted(glyph + m_theme.px(8), 0, -key - m_theme.px(8), 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
}

void SearchBox::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace infra::ui
