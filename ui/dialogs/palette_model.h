// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/palette_sources.h"

#include <QtCore/QAbstractListModel>
#include <QtWidgets/QStyledItemDelegate>

namespace infra::ui {

/// What the palette lists: hits under headings. A heading has no flags, so arrows pass over it.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    struct Row
    {
        bool heading = false;
        PaletteHit hit;
    };
    void setHits(const QList<PaletteHit> &hits);
    const QList<Row> &rows() const { return m_rows; }
    int firstHit() const { return m_rows.size() > 1 ? 1 : -1; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QList<Row> m_rows;
};

/// Draws a hit: glyph or shape, words with the match in accent, quiet words, environment, key.
class PaletteDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    PaletteDelegate(const Theme &theme, const PaletteModel &model, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int paintWords(QPainter &painter, const QRect &area, const QString &text, const QList<int> &positions,
                   TextStyle style, const QColor &color) const;
    const Theme &m_theme;
    const PaletteModel &m_model;
};

} // namespace infra::ui
