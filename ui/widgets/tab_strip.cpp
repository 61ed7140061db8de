// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>

namespace infra::ui {

TabStrip::TabStrip(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    installSpokenInterfaces();
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setProperty("focusRing", true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void TabStrip::addTab(const QString &id, const QString &text)
{
    m_tabs.append({id, text, {}, {}});
    if (m_current.isEmpty())
        m_current = id;
    updateGeometry();
    update();
}

void TabStrip::setCount(const QString &id, std::optional<int> count, std::optional<Health> health)
{
    for (Tab &tab : m_tabs) {
        if (tab.id != id || (tab.count == count && tab.health == health))
            continue;
        tab.count = count;
        tab.health = health;
        updateGeometry();
        update();
    }
}

void TabStrip::setInHeader()
{
    m_inHeader = true;
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    update();
}

void TabStrip::setCurrent(const QString &id)
{
    if (m_current == id)
        return;
    m_current = id;
    announceValue(this);
    update();
}

qsizetype TabStrip::currentIndex() const
{
    for (qsizetype i = 0; i < m_tabs.size(); ++i) {
        if (m_tabs.at(i).id == m_current)
            return i;
    }
    return -1;
}

QString TabStrip::spokenValue() const
{
    const qsizetype at = currentIndex();
    if (at < 0)
        return {};
    const Tab &tab = m_tabs.at(at);
    QString words = tab.count ? tr("%1, %n", nullptr, *tab.count).arg(tab.text) : tab.text;
    if (tab.health)
        words += u", " + healthWord(*tab.health);
    return tr("%1, %2 of %3").arg(words).arg(at + 1).arg(m_tabs.size());
}

/// Without the room at its sides.
int TabStrip::bareWidth(const Tab &tab) const
{
    int width = QFontMetrics(m_theme.font(TextStyle::BodyMedium)).horizontalAdvance(tab.text);
    if (tab.health)
        width += m_theme.px(6) + m_theme.px(11);
    if (tab.count)
        width += m_theme.px(6) + badgeWidth(countText(*tab.count), m_theme);
    return width;
}

/// Where not all have room, tabs stand closer before any is cut; then some wait outside, so that the current one is
/// seen whole, and the last bit of the strip tells so and leads to them.
TabStrip::Places TabStrip::places() const
{
    const int gap = m_theme.px(2);
    const int wide = m_theme.px(11);
    const int least = m_theme.px(5);
    const int sides = 2 * static_cast<int>(m_tabs.size());
    QList<int> widths;
    int all = 0;
    for (const Tab &tab : m_tabs) {
        widths.append(bareWidth(tab));
        all += widths.last() + 2 * wide + gap;
    }
    const int over = all - width();
    const int padding = over > 0 ? std::max(least, wide - (over + sides - 1) / sides) : wide;
    all += sides * (padding - wide);
    const int room = all > width() + gap ? width() - m_theme.px(22) : width();
    int right = 0;
    for (qsizetype i = 0; i < widths.size(); ++i) {
        widths[i] += 2 * padding;
        if (i <= currentIndex())
            right += widths.at(i) + gap;
    }
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto placed = [this, mirrored](int x, int length) {
        return QRect(mirrored ? width() - x - length : x, 0, length, height());
    };
    Places places;
    int x = -std::max(0, right - room);
    for (qsizetype i = 0; i < widths.size(); ++i) {
        const bool seen = i == currentIndex() || (x >= 0 && x + widths.at(i) <= room + gap);
        places.tabs.append(seen ? placed(x, widths.at(i)) : QRect());
        x += widths.at(i) + gap;
    }
    if (room < width())
        places.more = placed(room, width() - room);
    return places;
}

QSize TabStrip::sizeHint() const
{
    int width = 0;
    for (const Tab &tab : m_tabs)
        width += bareWidth(tab) + 2 * m_theme.px(11) + m_theme.px(2);
    return {width, m_theme.px(38)};
}

QSize TabStrip::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), m_theme.px(120)), m_theme.px(38)};
}

void TabStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_theme.font(TextStyle::BodyMedium));
    if (!m_inHeader)
        painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color("border.default"));
    const QPoint mouse = mapFromGlobal(QCursor::pos());
    // The ground below is the window's or a panel's; shapes cut their sign out of it.
    const QColor ground = palette().color(QPalette::Window);
    const Places places = this->places();
    for (qsizetype i = 0; i < m_tabs.size(); ++i) {
        const Tab &tab = m_tabs.at(i);
        const QRect rect = places.tabs.at(i);
        if (rect.isNull())
            continue;
        const bool on = tab.id == m_current;
        const bool hover = underMouse() && rect.contains(mouse);
        painter.setPen(m_theme.color(on || hover ? "text.primary" : "text.secondary"));
        const QRect text = rect.adjusted((rect.width() - bareWidth(tab)) / 2, 0, 0, -1);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, tab.text);
        int x = text.left() + painter.fontMetrics().horizontalAdvance(tab.text) + m_theme.px(6);
        if (tab.health) {
            const int side = m_theme.px(11);
            paintHealth(painter, QRectF(x, (height() - side) / 2, side, side), *tab.health, m_theme, ground);
            x += side + m_theme.px(6);
        }
        if (tab.count)
            paintBadge(painter, QRect(x, 0, rect.right() - x, height()), countText(*tab.count), BadgeTone::Quiet,
                       m_theme);
        if (on)
            painter.fillRect(QRect(rect.left(), height() - 2, rect.width(), 2), m_theme.color("accent.fg"));
    }
    if (!places.more.isNull()) {
        painter.setPen(m_theme.color("text.secondary"));
        painter.drawText(places.more, Qt::AlignCenter | Qt::TextSingleLine, u"»"_s);
    }
}

void TabStrip::choose(qsizetype index)
{
    if (index < 0 || index >= m_tabs.size() || m_tabs.at(index).id == m_current)
        return;
    setCurrent(m_tabs.at(index).id);
    emit currentChanged(m_current);
}

void TabStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPoint at = event->position().toPoint();
    const Places places = this->places();
    if (places.more.contains(at)) {
        const qsizetype next = places.tabs.indexOf(QRect(), currentIndex() + 1);
        return choose(next >= 0 ? next : 0);
    }
    for (qsizetype i = 0; i < m_tabs.size(); ++i) {
        if (places.tabs.at(i).contains(at))
            return choose(i);
    }
}

void TabStrip::keyPressEvent(QKeyEvent *event)
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const qsizetype at = currentIndex();
    switch (event->key()) {
    case Qt::Key_Left:
        return choose(at + (mirrored ? 1 : -1));
    case Qt::Key_Right:
        return choose(at + (mirrored ? -1 : 1));
    case Qt::Key_Home:
        return choose(0);
    case Qt::Key_End:
        return choose(m_tabs.size() - 1);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace infra::ui
