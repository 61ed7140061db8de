// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/font_warmer.h"

#include <QtCore/QTimerEvent>
#include <QtGui/QFontMetrics>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kTurnMs = 25;
} // namespace

FontWarmer::FontWarmer(const Theme &theme, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
{
    connect(&theme, &Theme::changed, this, &FontWarmer::begin);
    begin();
}

void FontWarmer::begin()
{
    m_next = 0;
    m_timer.start(kTurnMs, this);
}

void FontWarmer::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return QObject::timerEvent(event);
    // Shaping loads the engine; the arrow and the ellipsis load what stands in where the font has none.
    QFontMetrics(m_theme.font(static_cast<TextStyle>(m_next))).horizontalAdvance(u"Ag 0–9 … ↓"_s);
    if (++m_next > static_cast<int>(TextStyle::Phrase))
        m_timer.stop();
}

} // namespace infra::ui
