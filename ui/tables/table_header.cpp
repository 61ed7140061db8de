// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/table_header.h"

#include "ui/theme/icons.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

QRect paddedSection(const QHeaderView &header, QRect rect, int section, int pad, int edge)
{
    const int at = header.sectionPosition(section);
    int before = at == 0 ? pad + edge : pad;
    int behind = at + header.sectionSize(section) == header.length() ? pad + edge : pad;
    if (header.layoutDirection() == Qt::RightToLeft)
        std::swap(before, behind);
    return rect.adjusted(before, 0, -behind, 0);
}

TableHeader::TableHeader(const Theme &theme, const DataTableProxy &proxy, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
    , m_proxy(proxy)
{
    setSectionsMovable(true);
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(theme.px(28));
    setFixedHeight(theme.px(28));
    connect(&theme, &Theme::changed, this, [this] {
        setMinimumSectionSize(m_theme.px(28));
        setFixedHeight(m_theme.px(28));
    });
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), m_theme.px(28)};
}

void TableHeader::setFrozen(bool frozen)
{
    m_frozen = frozen;
    viewport()->update();
}

void TableHeader::setEdge(int designPixels)
{
    m_edge = designPixels;
    viewport()->update();
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->save();
    painter->fillRect(rect, m_theme.color("surface.panel"));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme.color("border.default"));
    const QList<DataTableProxy::SortKey> &keys = m_proxy.sortKeys();
    int key = -1;
    for (int i = 0; i < int(keys.size()); ++i) {
        if (keys.at(i).column == section)
            key = i;
    }
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const bool atRight =
        bool(model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != mirrored;
    QRect text = paddedSection(*this, rect.adjusted(0, 0, 0, -1), section, m_theme.px(8), m_theme.px(m_edge));
    painter->setFont(m_theme.font(TextStyle::Caption));
    painter->setPen(m_theme.color(key >= 0 ? "text.primary" : "text.secondary"));
    const int arrow = m_theme.px(10);
    const QString title = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
    const int room = text.width() - (key >= 0 ? arrow + m_theme.px(3) : 0);
    const QString shown = painter->fontMetrics().elidedText(title, Qt::ElideRight, room);
    const int width = painter->fontMetrics().horizontalAdvance(shown);
    painter->drawText(text, int((atRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter) | Qt::TextSingleLine,
                      shown);
    const qreal dpr = painter->device()->devicePixelRatio();
    if (key >= 0) {
        const QString glyph = keys.at(key).order == Qt::AscendingOrder ? u"arrow-up"_s : u"arrow-down"_s;
        const int x = atRight ? text.right() - width - arrow - m_theme.px(2) : text.left() + width + m_theme.px(3);
        const QColor color = m_theme.color(key == 0 ? "accent.fg" : "text.secondary");
        painter->drawPixmap(x, text.top() + (text.height() - arrow) / 2, iconPixmap(glyph, arrow, color, dpr));
    } else if (m_frozen && visualIndex(section) == 0) {
        painter->drawPixmap(text.left() + width + m_theme.px(4), text.top() + (text.height() - arrow) / 2,
                            iconPixmap(u"lock"_s, arrow, m_theme.color("text.secondary"), dpr));
    }
    painter->restore();
}

void TableHeader::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    m_resizing = cursor().shape() == Qt::SplitHCursor;
    QHeaderView::mousePressEvent(event);
}

void TableHeader::mouseReleaseEvent(QMouseEvent *event)
{
    QHeaderView::mouseReleaseEvent(event);
    const bool dragged = (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (event->button() == Qt::LeftButton && !dragged && !m_resizing) {
        if (const int section = logicalIndexAt(event->pos()); section >= 0)
            emit sortClicked(section, event->modifiers() & Qt::ShiftModifier);
    }
}

} // namespace infra::ui
