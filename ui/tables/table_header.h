// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tables/data_table_proxy.h"

#include <QtWidgets/QHeaderView>

namespace infra::ui {

/// What a section's own words have of its rectangle: `pad` at each side, and `edge` more before the first and behind
/// the last one of the table. Pixels.
QRect paddedSection(const QHeaderView &header, QRect rect, int section, int pad, int edge);

/// The head of a DataTable, 28 px: titles aligned as their columns, our own arrows for up to two sort keys, columns
/// moved and sized by the user. Click sorts, Shift+click adds the second key.
class TableHeader : public QHeaderView
{
    Q_OBJECT
public:
    TableHeader(const Theme &theme, const DataTableProxy &proxy, QWidget *parent);
    QSize sizeHint() const override;
    void setFrozen(bool frozen);
    void setEdge(int designPixels);

signals:
    void sortClicked(int column, bool second);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    const Theme &m_theme;
    const DataTableProxy &m_proxy;
    QPoint m_pressed;
    bool m_resizing = false;
    bool m_frozen = false;
    int m_edge = 0;
};

} // namespace infra::ui
