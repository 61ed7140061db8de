// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/glyph_button.h"

#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOptionButton>
#include <QtWidgets/QStylePainter>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What the sheet gives the words of each kind of button; a hovered flat one is as loud as the others.
const char *wordsColor(const QString &kind, bool enabled, bool hovered)
{
    if (!enabled)
        return "text.disabled";
    if (kind == u"primary" || kind == u"danger")
        return kind == u"primary" ? "text.onAccent" : "state.critical.onSolid";
    if (kind == u"dangerline")
        return "state.critical.fg";
    if (kind == u"link")
        return "text.link";
    return kind == u"flat" && !hovered ? "text.secondary" : "text.primary";
}

} // namespace

GlyphButton::GlyphButton(const Theme &theme, const QString &text, QWidget *parent)
    : QPushButton(text, parent)
    , m_theme(theme)
{
}

bool GlyphButton::glyphBehind() const
{
    return property("glyph").toString() == u"chevron-down";
}

int GlyphButton::gap() const
{
    return m_theme.px(glyphBehind() ? 6 : 8);
}

QSize GlyphButton::sizeHint() const
{
    ensurePolished();
    // The frame and padding of the sheet around what is drawn.
    QStyleOptionButton option;
    initStyleOption(&option);
    option.icon = {};
    option.text.clear();
    const QFontMetrics metrics(font());
    const int words = metrics.size(Qt::TextShowMnemonic | Qt::TextSingleLine, text()).width();
    const int glyph = icon().isNull() ? 0 : iconSize().width() + (text().isEmpty() ? 0 : gap());
    const QSize inner(words + glyph, std::max(metrics.height(), iconSize().height()));
    return style()->sizeFromContents(QStyle::CT_PushButton, &option, inner, this);
}

void GlyphButton::paintEvent(QPaintEvent *)
{
    QStyleOptionButton option;
    initStyleOption(&option);
    QStylePainter painter(this);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);
    const QFontMetrics metrics(font());
    const int flags = Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextShowMnemonic;
    const int words = metrics.size(Qt::TextShowMnemonic | Qt::TextSingleLine, text()).width();
    const int side = iconSize().width();
    const int total = words + side + (text().isEmpty() ? 0 : gap());
    const int left = (width() - total) / 2;
    const bool behind = glyphBehind() != isRightToLeft();
    const QRect glyph(behind ? left + total - side : left, (height() - side) / 2, side, side);
    icon().paint(&painter, glyph, Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter.setFont(font());
    painter.setPen(m_theme.color(wordsColor(property("kind").toString(), isEnabled(), hovered)));
    painter.drawText(QRect(behind ? left : left + total - words, 0, words, height()), flags, text());
}

} // namespace infra::ui
