// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/section_list.h"

#include "ui/theme/icons.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyledItemDelegate>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kIconRole = Qt::UserRole + 1;

class SectionDelegate : public QStyledItemDelegate
{
public:
    SectionDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {m_theme.px(120), m_theme.px(31)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
        const QRect area = option.rect.adjusted(0, 0, 0, -1);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (chosen || hovered) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme.color(chosen ? "surface.selected" : "surface.hover"));
            painter->drawRoundedRect(area, m_theme.px(6), m_theme.px(6));
        }
        const int glyph = m_theme.px(16);
        const int pad = m_theme.px(8);
        const bool mirrored = option.direction == Qt::RightToLeft;
        const int left = mirrored ? area.right() - pad - glyph + 1 : area.left() + pad;
        painter->drawPixmap(left, area.top() + (area.height() - glyph) / 2,
                            iconPixmap(index.data(kIconRole).toString(), glyph,
                                       m_theme.color(chosen ? "accent.fg" : "text.secondary"),
                                       painter->device()->devicePixelRatioF()));
        QRect words = area.adjusted(pad + glyph + m_theme.px(10), 0, -pad, 0);
        if (mirrored)
            words = area.adjusted(pad, 0, -pad - glyph - m_theme.px(10), 0);
        painter->setFont(m_theme.font(TextStyle::Body));
        painter->setPen(m_theme.color(chosen ? "text.primary" : "text.secondary"));
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeading,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

SectionList::SectionList(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QListWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setItemDelegate(new SectionDelegate(theme, this));
    connect(this, &QListWidget::currentItemChanged, this, [this] { emit currentSectionChanged(current()); });
    connect(&theme, &Theme::changed, this, &QListWidget::doItemsLayout);
}

void SectionList::addSection(const QString &id, const QString &iconName, const QString &text)
{
    auto *item = new QListWidgetItem(text, this);
    item->setData(Qt::UserRole, id);
    item->setData(kIconRole, iconName);
    item->setToolTip(text);
}

QString SectionList::current() const
{
    return currentItem() != nullptr ? currentItem()->data(Qt::UserRole).toString() : QString();
}

void SectionList::setCurrent(const QString &id)
{
    for (int row = 0; row < count(); ++row) {
        if (item(row)->data(Qt::UserRole).toString() == id)
            setCurrentRow(row);
    }
}

} // namespace infra::ui
