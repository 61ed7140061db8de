// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

Note::Note(const Theme &theme, Health health, const QString &what, const QString &why, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_health(health)
{
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(theme.px(34), theme.px(8), theme.px(8), theme.px(8));
    m_layout->setSpacing(theme.px(8));
    m_text = makeLabel(theme, {}, TextStyle::Body);
    m_text->setTextFormat(Qt::RichText); // for the weight alone: both texts are escaped
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_layout->addWidget(m_text, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    setTexts(health, what, why);
}

void Note::setTexts(Health health, const QString &what, const QString &why)
{
    m_health = health;
    m_what = what;
    m_why = why;
    refreshText();
    setAccessibleName(healthWord(health) + u": " + what);
    setAccessibleDescription(why);
    update();
}

void Note::refreshText()
{
    const QString bold = m_why.isEmpty()
                             ? m_what.toHtmlEscaped()
                             : QString(u"<span style=\"font-weight:600\">" + m_what.toHtmlEscaped() + u"</span> ");
    m_text->setText(bold + m_why.toHtmlEscaped());
}

QPushButton *Note::addButton(const QString &text, ButtonKind kind)
{
    QPushButton *button = makeButton(m_theme, text, kind, {}, this);
    setButtonSize(button, ButtonSize::Small);
    m_layout->addWidget(button, 0, Qt::AlignVCenter);
    return button;
}

void Note::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const Theme::StateColors colors = m_theme.state(m_health);
    painter.setBrush(colors.tint);
    painter.drawRoundedRect(rect(), 6, 6);
    const int side = m_theme.px(13);
    // Beside the first line of the text.
    const int lineHeight = QFontMetrics(m_text->font()).height();
    // From the label's geometry alone: asking it for its height for a width lays its text out anew, and that repaints.
    const bool oneLine = m_text->height() < lineHeight * 7 / 4;
    const int y = oneLine ? (height() - lineHeight) / 2 : m_text->y();
    const int x = layoutDirection() == Qt::RightToLeft ? width() - m_theme.px(12) - side : m_theme.px(12);
    paintHealth(painter, QRectF(x, y + (lineHeight - side) / 2, side, side), m_health, m_theme, colors.tint);
}

} // namespace infra::ui
