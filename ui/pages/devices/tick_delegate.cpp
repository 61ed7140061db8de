// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/devices/tick_delegate.h"

#include "ui/models/device_table_model.h"
#include "ui/tables/data_table.h"

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyleOption>

namespace infra::ui {

TickDelegate::TickDelegate(const Theme &theme, QAbstractItemDelegate &base,
                           std::function<bool(const QString &)> isTicked, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_base(base)
    , m_isTicked(std::move(isTicked))
{
}

void TickDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    m_base.paint(painter, option, index);
    if (index.data(GroupRole).toBool())
        return;
    QStyleOptionButton box;
    const int side = m_theme.px(16);
    box.rect = QRect(option.rect.center().x() - side / 2 + 1, option.rect.center().y() - side / 2, side, side);
    box.state =
        QStyle::State_Enabled | (m_isTicked(index.data(RowIdRole).toString()) ? QStyle::State_On : QStyle::State_Off);
    box.palette = option.palette;
    QApplication::style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, painter, nullptr);
}

QSize TickDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return m_base.sizeHint(option, index);
}

TagsDelegate::TagsDelegate(const Theme &theme, QAbstractItemDelegate &base, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_base(base)
{
}

void TagsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    m_base.paint(painter, option, index);
    if (index.data(GroupRole).toBool())
        return;
    painter->save();
    painter->setClipRect(option.rect);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(m_theme.font(TextStyle::Caption));
    const QStringList tags = index.data(TagsRole).toStringList();
    const int height = m_theme.px(18);
    int left = option.rect.left() + m_theme.px(8);
    for (qsizetype at = 0; at < tags.size(); ++at) {
        QString word = tags.at(at);
        const int room = option.rect.right() - left - m_theme.px(4);
        int wide = painter->fontMetrics().horizontalAdvance(word) + m_theme.px(12);
        const bool last = at + 1 == tags.size();
        if (wide > room - (last ? 0 : m_theme.px(26))) {
            word = at == 0 ? painter->fontMetrics().elidedText(word, Qt::ElideRight, room - m_theme.px(12))
                           : QStringLiteral("+%1").arg(tags.size() - at);
            wide = painter->fontMetrics().horizontalAdvance(word) + m_theme.px(12);
            at = tags.size();
        }
        const QRectF tag(left, option.rect.center().y() - height / 2.0 + 1, wide, height - 1);
        painter->setPen(m_theme.color("border.default"));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(tag.adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(4), m_theme.px(4));
        painter->setPen(m_theme.color("text.secondary"));
        painter->drawText(tag, Qt::AlignCenter, word);
        left += wide + m_theme.px(4);
    }
    painter->restore();
}

QSize TagsDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return m_base.sizeHint(option, index);
}

} // namespace infra::ui
