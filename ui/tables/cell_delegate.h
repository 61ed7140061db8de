// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tables/data_table.h"

#include <QtCore/QCache>
#include <QtWidgets/QStyledItemDelegate>

class QTableView;

namespace infra::ui {

/// Paints every cell of a DataTable whole, by the roles of CellRole, and holds no widgets. Fonts and sparklines are
/// kept between paints: they are most of the cost.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    CellDelegate(const Theme &theme, QTableView &view);
    void setHoveredRow(int row) { m_hoveredRow = row; }
    int hoveredRow() const { return m_hoveredRow; }
    void setFrozen(bool frozen) { m_frozen = frozen; }
    void setEdge(int designPixels) { m_edge = designPixels; }
    void setTinted(std::function<bool(int row)> tinted) { m_tinted = std::move(tinted); }
    void setRowActions(QList<RowAction> actions) { m_actions = std::move(actions); }
    /// The action of the hovered row at a place of the viewport; −1: none.
    int actionAt(const QPoint &position) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    struct Cell;
    void refreshFonts();
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                     const QColor &ground) const;
    void paintHead(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintText(QPainter &painter, Cell &cell) const;
    void paintMeter(QPainter &painter, Cell &cell) const;
    void paintSpark(QPainter &painter, const QRect &rect, const Cell &cell) const;
    void paintActions(QPainter &painter, const QModelIndex &index, const QColor &ground) const;
    QRect actionRect(int index, int row) const;
    QRect padded(const QRect &rect, int column) const;

    const Theme &m_theme;
    QTableView &m_view;
    int m_hoveredRow = -1;
    bool m_frozen = false;
    int m_edge = 0;
    std::function<bool(int row)> m_tinted;
    QList<RowAction> m_actions;
    QFont m_body, m_medium, m_small, m_caption, m_code;
    mutable QCache<size_t, QPixmap> m_sparks{4000};
};

} // namespace infra::ui
