// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/palette_model.h"

#include "ui/shell/search_box.h"
#include "ui/theme/icons.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QPainter>

namespace infra::ui {

void PaletteModel::setHits(const QList<PaletteHit> &hits)
{
    beginResetModel();
    m_rows.clear();
    std::optional<PaletteGroup> group;
    for (const PaletteHit &hit : hits) {
        if (group != hit.entry.group) {
            Row heading;
            heading.heading = true;
            heading.hit.entry.group = hit.entry.group;
            m_rows.append(heading);
            group = hit.entry.group;
        }
        m_rows.append({false, hit});
    }
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row &row = m_rows.at(index.row());
    if (role == Qt::DisplayRole)
        return row.heading ? paletteGroupWord(row.hit.entry.group) : row.hit.entry.text;
    if (role == Qt::AccessibleTextRole)
        return row.heading ? paletteGroupWord(row.hit.entry.group)
                           : QString(row.hit.entry.text + QStringLiteral(", ") + row.hit.entry.quiet);
    return {};
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (index.isValid() && m_rows.at(index.row()).heading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

PaletteDelegate::PaletteDelegate(const Theme &theme, const PaletteModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_model(model)
{
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {m_theme.px(200), m_theme.px(m_model.rows().at(index.row()).heading ? 30 : 36)};
}

int PaletteDelegate::paintWords(QPainter &painter, const QRect &area, const QString &text, const QList<int> &positions,
                                TextStyle style, const QColor &color) const
{
    painter.setFont(m_theme.font(style));
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width());
    int left = area.left();
    qsizetype at = 0;
    while (at < shown.size()) {
        const bool hit = positions.contains(static_cast<int>(at));
        qsizetype end = at;
        while (end < shown.size() && positions.contains(static_cast<int>(end)) == hit)
            ++end;
        const QString run = shown.mid(at, end - at);
        painter.setPen(hit ? m_theme.color("accent.fg") : color);
        painter.drawText(QRect(left, area.top(), area.right() - left + 1, area.height()),
                         Qt::AlignVCenter | Qt::AlignLeft, run);
        left += painter.fontMetrics().horizontalAdvance(run);
        at = end;
    }
    return left - area.left();
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const PaletteModel::Row &row = m_model.rows().at(index.row());
    const int pad = m_theme.px(14);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect area = option.rect.adjusted(pad, 0, -pad, 0);
    if (row.heading) {
        painter->setFont(m_theme.font(TextStyle::Small));
        painter->setPen(m_theme.color("text.secondary"));
        painter->drawText(area.adjusted(0, m_theme.px(4), 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          paletteGroupWord(row.hit.entry.group));
        painter->restore();
        return;
    }
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    const QColor background = m_theme.color(chosen ? "surface.selected" : "surface.panel");
    if (chosen)
        painter->fillRect(option.rect, background);
    const PaletteEntry &entry = row.hit.entry;
    const int glyph = m_theme.px(16);
    const QRect icon(area.left(), area.center().y() - glyph / 2 + 1, glyph, glyph);
    if (entry.health)
        paintHealth(*painter, QRectF(icon).adjusted(2, 2, -2, -2), *entry.health, m_theme, background);
    else if (!entry.icon.isEmpty())
        painter->drawPixmap(icon.topLeft(), iconPixmap(entry.icon, glyph, m_theme.color("text.secondary"),
                                                       painter->device()->devicePixelRatioF()));
    area.setLeft(icon.right() + m_theme.px(12));
    if (!entry.key.isEmpty())
        area.setRight(area.right() - paintKey(*painter, area, Qt::AlignRight, entry.key, m_theme) - m_theme.px(10));
    if (entry.environment != Environment::None) {
        painter->setFont(m_theme.font(TextStyle::Caption));
        const int wide = painter->fontMetrics().horizontalAdvance(environmentWord(entry.environment)) + m_theme.px(14);
        paintEnvironment(*painter, QRect(area.right() - wide, area.top(), wide, area.height()), entry.environment,
                         false, m_theme);
        area.setRight(area.right() - wide - m_theme.px(10));
    }
    const int used =
        paintWords(*painter, area, entry.text, row.hit.positions, TextStyle::BodyMedium, m_theme.color("text.primary"));
    area.setLeft(area.left() + used + m_theme.px(12));
    if (area.width() > m_theme.px(40))
        paintWords(*painter, area, entry.quiet, row.hit.quietPositions, TextStyle::Small,
                   m_theme.color("text.secondary"));
    painter->restore();
}

} // namespace infra::ui
