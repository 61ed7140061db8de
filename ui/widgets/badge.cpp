// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/badge.h"

#include "ui/widgets/shapes.h"

#include <QtGui/QPainter>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QFont badgeFont(const Theme &theme)
{
    QFont font = theme.font(TextStyle::Caption);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

QString countText(int count)
{
    return count > 99 ? u"99+"_s : QString::number(count);
}

BadgeTone toneOf(Health health)
{
    return health == Health::Critical  ? BadgeTone::Critical
           : health == Health::Warning ? BadgeTone::Warning
                                       : BadgeTone::Quiet;
}

int badgeWidth(const QString &text, const Theme &theme)
{
    return std::max(theme.px(18), QFontMetrics(badgeFont(theme)).horizontalAdvance(text) + 2 * theme.px(5));
}

int paintBadge(QPainter &painter, const QRect &rect, const QString &text, BadgeTone tone, const Theme &theme)
{
    const int height = theme.px(16);
    const QRect pill(rect.left(), rect.top() + (rect.height() - height) / 2, badgeWidth(text, theme), height);
    QColor fill = theme.color("state.unknown.tint");
    QColor front = theme.color("text.secondary");
    if (tone == BadgeTone::Accent) {
        fill = theme.color("accent.solid");
        front = theme.color("text.onAccent");
    } else if (tone != BadgeTone::Quiet) {
        const Theme::StateColors colors = theme.state(tone == BadgeTone::Critical ? Health::Critical : Health::Warning);
        fill = colors.solid;
        front = colors.onSolid;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(pill, height / 2.0, height / 2.0);
    painter.setFont(badgeFont(theme));
    painter.setPen(front);
    painter.drawText(pill, Qt::AlignCenter | Qt::TextSingleLine, text);
    painter.restore();
    return pill.width();
}

Badge::Badge(const Theme &theme, QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    setCount({});
}

void Badge::setCount(std::optional<int> count, BadgeTone tone)
{
    m_tone = tone;
    setText(count ? countText(*count) : QString());
    setToolTip(count && *count > 99 ? QString::number(*count) : QString());
    setVisible(count.has_value());
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return {badgeWidth(text(), m_theme), m_theme.px(16)};
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBadge(painter, rect(), text(), m_tone, m_theme);
}

TagLabel::TagLabel(const Theme &theme, const QString &text, QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    setFont(theme.font(TextStyle::Caption)); // what it is drawn in
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        setFont(m_theme.font(TextStyle::Caption));
        updateGeometry();
        update();
    });
}

void TagLabel::setState(std::optional<Health> health)
{
    m_health = health;
    update();
}

void TagLabel::setEnvironment(Environment environment, bool strong)
{
    m_environment = environment;
    m_strong = strong;
    setText(environmentWord(environment));
    updateGeometry();
    update();
}

QSize TagLabel::sizeHint() const
{
    const int text_ = QFontMetrics(m_theme.font(TextStyle::Caption)).horizontalAdvance(text());
    return {text_ + m_theme.px(m_environment ? 15 : 12), m_theme.px(18)};
}

void TagLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_environment) {
        paintEnvironment(painter, rect(), *m_environment, m_strong, m_theme);
        return;
    }
    const QColor front = !m_health                      ? m_theme.color("accent.fg")
                         : *m_health == Health::Unknown ? m_theme.color("text.secondary")
                                                        : m_theme.state(*m_health).fg;
    const QColor ground = m_health ? m_theme.state(*m_health).tint : m_theme.color("accent.tint");
    paintTag(painter, QPoint(0, (height() - m_theme.px(18)) / 2), text(), front, ground, m_theme);
}

} // namespace infra::ui
