// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QStyledItemDelegate>

#include <functional>

namespace infra::ui {

/// Draws a check box on a cell that the table's own delegate has painted. What is ticked is the page's business, not
/// the selection's.
class TickDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    TickDelegate(const Theme &theme, QAbstractItemDelegate &base, std::function<bool(const QString &rowId)> isTicked,
                 QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    QAbstractItemDelegate &m_base;
    std::function<bool(const QString &rowId)> m_isTicked;
};

/// Draws the words of TagsRole as outlined tags, as many as fit, then "+2".
class TagsDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    TagsDelegate(const Theme &theme, QAbstractItemDelegate &base, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    QAbstractItemDelegate &m_base;
};

} // namespace infra::ui
