// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_layout.h"

#include <QtWidgets/QWidget>

namespace infra::ui {

FlowLayout::FlowLayout(QWidget *parent, int gap)
    : QLayout(parent)
    , m_gap(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::setTileWidth(int minimumWidth)
{
    m_tileWidth = minimumWidth;
    invalidate();
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    if (m_tileWidth > 0)
        size.setWidth(std::min(size.width(), m_tileWidth));
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect &rect, bool place) const
{
    const QMargins margins = contentsMargins();
    const QRect area = rect.marginsRemoved(margins);
    const int columns = m_tileWidth > 0 ? std::max(1, (area.width() + m_gap) / (m_tileWidth + m_gap)) : 0;
    const bool mirrored = parentWidget() != nullptr && parentWidget()->layoutDirection() == Qt::RightToLeft;
    int x = area.left();
    int y = area.top();
    int rowHeight = 0;
    QList<QPair<QLayoutItem *, QRect>> row;
    const auto flush = [&] {
        for (auto &[item, place_] : row) {
            // Tiles of a row are of one height; others stand in its middle.
            if (columns > 0)
                place_.setHeight(rowHeight);
            else
                place_.translate(0, (rowHeight - place_.height()) / 2);
            if (mirrored)
                place_.moveLeft(area.left() + area.right() - place_.right());
            if (place)
                item->setGeometry(place_);
        }
        row.clear();
    };
    for (QLayoutItem *item : m_items) {
        if (item->widget() != nullptr && item->widget()->isHidden())
            continue;
        QSize size = item->sizeHint();
        if (columns > 0) {
            size.setWidth((area.width() - m_gap * (columns - 1)) / columns);
            if (item->hasHeightForWidth())
                size.setHeight(item->heightForWidth(size.width()));
        }
        if (!row.isEmpty() && x + size.width() > area.right() + 1) {
            flush();
            x = area.left();
            y += rowHeight + m_gap;
            rowHeight = 0;
        }
        row.append({item, QRect(QPoint(x, y), size)});
        x += size.width() + m_gap;
        rowHeight = std::max(rowHeight, size.height());
    }
    flush();
    return y + rowHeight - rect.top() + margins.bottom();
}

} // namespace infra::ui
