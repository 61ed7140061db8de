// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/cell_delegate.h"

#include "ui/tables/data_table_proxy.h"
#include "ui/tables/table_header.h"
#include "ui/text/format.h"
#include "ui/theme/focus_ring.h"
#include "ui/theme/icons.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QToolTip>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kCellPadding = 8;

bool hasHealth(const std::optional<Health> &health)
{
    return health && (*health == Health::Warning || *health == Health::Critical);
}

} // namespace

struct CellDelegate::Cell
{
    QModelIndex index;
    QRect rect; ///< without padding; shrinks while parts are painted
    QColor ground;
    CellKind kind = CellKind::Text;
    QString text, secondary;
    std::optional<Health> health;
    bool muted = false;
    bool right = false;
    qreal dpr = 1;
};

CellDelegate::CellDelegate(const Theme &theme, QTableView &view)
    : QStyledItemDelegate(&view)
    , m_theme(theme)
    , m_view(view)
{
    refreshFonts();
    connect(&theme, &Theme::changed, this, &CellDelegate::refreshFonts);
}

void CellDelegate::refreshFonts()
{
    m_body = m_theme.font(TextStyle::Body);
    m_medium = m_theme.font(TextStyle::BodyMedium);
    m_small = m_theme.font(TextStyle::Small);
    m_caption = m_theme.font(TextStyle::Caption);
    m_code = m_theme.font(TextStyle::Code);
    m_sparks.clear();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {m_theme.px(60), m_theme.rowHeight()};
}

void CellDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                               const QColor &ground) const
{
    painter.fillRect(option.rect, ground);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     m_theme.color("border.subtle"));
    if (m_view.currentIndex().row() != index.row() || !hasKeyboardFocus(m_view))
        return;
    // The ring is of the row: every cell paints its piece.
    const QColor ring = m_theme.color("border.focus");
    const QRect &rect = option.rect;
    painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), ring);
    painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), ring);
    const QHeaderView *header = m_view.horizontalHeader();
    if (rect.left() <= 0 || header->visualIndex(index.column()) == 0)
        painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), ring);
    if (rect.right() >= std::min(m_view.viewport()->width(), header->length()) - 2)
        painter.fillRect(
            QRect(std::min(rect.right(), m_view.viewport()->width() - 1) - 1, rect.top(), 2, rect.height()), ring);
}

void CellDelegate::paintHead(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QColor ground = m_theme.color(m_hoveredRow == index.row() ? "surface.hover" : "surface.window");
    paintGround(painter, option, index, ground);
    // Every cell paints the same line of text and shows its own piece of it: no spans, which are slow in thousands.
    const QRect line(-m_view.horizontalHeader()->offset(), option.rect.top(), m_view.viewport()->width(),
                     option.rect.height() - 1);
    const bool mirrored = m_view.layoutDirection() == Qt::RightToLeft;
    const int pad = m_theme.px(kCellPadding + m_edge);
    const int side = m_theme.px(12);
    const bool collapsed = index.data(CollapsedRole).toBool();
    const QPixmap chevron = iconPixmap(!collapsed ? u"chevron-down"_s
                                       : mirrored ? u"chevron-left"_s
                                                  : u"chevron-right"_s,
                                       side, m_theme.color("text.secondary"), painter.device()->devicePixelRatio());
    painter.setClipRect(option.rect);
    painter.drawPixmap(mirrored ? line.right() - pad - side : line.left() + pad,
                       line.top() + (line.height() - side) / 2, chevron);
    const QModelIndex first = index.siblingAtColumn(0);
    QRect text = mirrored ? line.adjusted(pad, 0, -(pad + side + m_theme.px(8)), 0)
                          : line.adjusted(pad + side + m_theme.px(8), 0, -pad, 0);
    const int align = (mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine;
    QFont strong = m_small;
    strong.setWeight(QFont::Medium);
    painter.setFont(strong);
    painter.setPen(m_theme.color("text.primary"));
    const QString name = first.data(Qt::DisplayRole).toString();
    painter.drawText(text, align, name);
    const int used = painter.fontMetrics().horizontalAdvance(name) + m_theme.px(8);
    mirrored ? text.setRight(text.right() - used) : text.setLeft(text.left() + used);
    painter.setFont(m_small);
    painter.setPen(m_theme.color("text.secondary"));
    painter.drawText(
        text, align,
        painter.fontMetrics().elidedText(first.data(SecondaryRole).toString(), Qt::ElideRight, text.width()));
}

QRect CellDelegate::padded(const QRect &rect, int column) const
{
    return paddedSection(*m_view.horizontalHeader(), rect.adjusted(0, 0, 0, -1), column, m_theme.px(kCellPadding),
                         m_theme.px(m_edge));
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (index.data(GroupRole).toBool()) {
        paintHead(*painter, option, index);
        painter->restore();
        return;
    }
    Cell cell;
    cell.index = index;
    // Here State_Active means that the view has the focus: right for the two kinds of selection.
    const bool tinted = m_tinted && m_tinted(index.row());
    const bool active = tinted || option.state & QStyle::State_Active;
    cell.ground = m_theme.color(tinted || option.state & QStyle::State_Selected
                                    ? (active ? "surface.selected" : "surface.selectedInactive")
                                : m_hoveredRow == index.row() ? "surface.hover"
                                                              : "surface.panel");
    paintGround(*painter, option, index, cell.ground);
    cell.rect = padded(option.rect, index.column());
    cell.kind = CellKind(index.data(CellKindRole).toInt());
    cell.text = index.data(Qt::DisplayRole).toString();
    cell.secondary = index.data(SecondaryRole).toString();
    if (const QVariant health = index.data(HealthRole); health.isValid())
        cell.health = Health(health.toInt());
    cell.muted = index.data(MutedRole).toBool();
    cell.right =
        index.model()->headerData(index.column(), Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    cell.dpr = painter->device()->devicePixelRatio();
    painter->setClipRect(option.rect);
    switch (cell.kind) {
    case CellKind::Environment: {
        const auto environment = Environment(index.data(EnvironmentRole).toInt());
        if (environment == Environment::None)
            paintText(*painter, cell);
        else
            paintEnvironment(*painter, cell.rect, environment, false, m_theme);
        break;
    }
    case CellKind::Tag:
        if (cell.text.isEmpty()) {
            paintText(*painter, cell);
        } else {
            const Health tone = cell.health.value_or(Health::Unknown);
            const QColor front = tone == Health::Unknown ? m_theme.color("text.secondary") : m_theme.state(tone).fg;
            paintTag(*painter, QPoint(cell.rect.left(), cell.rect.center().y() - m_theme.px(18) / 2 + 1), cell.text,
                     front, m_theme.state(tone).tint, m_theme);
        }
        break;
    case CellKind::Bar:
    case CellKind::Spark:
        paintMeter(*painter, cell);
        break;
    default:
        paintText(*painter, cell);
    }
    paintActions(*painter, index, cell.ground);
    painter->restore();
}

void CellDelegate::paintText(QPainter &painter, Cell &cell) const
{
    const bool isName = cell.kind == CellKind::Name;
    QRect rect = cell.rect;
    const bool mirrored = m_view.layoutDirection() == Qt::RightToLeft;
    const auto takeLeading = [&](int width) {
        const QRect part = mirrored ? QRect(rect.right() - width + 1, rect.top(), width, rect.height())
                                    : QRect(rect.left(), rect.top(), width, rect.height());
        mirrored ? rect.setRight(rect.right() - width - m_theme.px(8))
                 : rect.setLeft(rect.left() + width + m_theme.px(8));
        return part;
    };
    if (isName && cell.health) {
        const int side = m_theme.px(12);
        const QRect part = takeLeading(side);
        paintHealth(painter, QRectF(part.left(), part.top() + (part.height() - side) / 2.0, side, side), *cell.health,
                    m_theme, cell.ground);
    }
    if (const QString glyph = cell.index.data(IconRole).toString(); !glyph.isEmpty()) {
        const int side = m_theme.px(15);
        const QRect part = takeLeading(side);
        painter.drawPixmap(part.left(), part.top() + (part.height() - side) / 2,
                           iconPixmap(glyph, side, m_theme.color("text.secondary"), cell.dpr));
    }
    const bool isMissing = cell.text.isEmpty() || cell.text == missing();
    const bool isCount = cell.kind == CellKind::Count;
    const bool loud = !isName && !isCount && hasHealth(cell.health) && !isMissing;
    const bool quiet = cell.muted || (cell.kind == CellKind::Age && !loud);
    painter.setFont(cell.kind == CellKind::Code ? m_code : loud || (isName && !cell.muted) ? m_medium : m_body);
    painter.setPen(isMissing ? m_theme.color("text.disabled")
                   : loud    ? m_theme.state(*cell.health).fg
                             : m_theme.color(quiet ? "text.secondary" : "text.primary"));
    const bool right = cell.right || isCount || cell.kind == CellKind::Number || cell.kind == CellKind::Age;
    const int align = int((right != mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter) | Qt::TextSingleLine;
    const QString text = isMissing ? missing() : cell.text;
    const bool isPath = text.startsWith(u'/') || cell.kind == CellKind::Code;
    const QFontMetrics metrics = painter.fontMetrics();
    painter.drawText(rect, align, metrics.elidedText(text, isPath ? Qt::ElideMiddle : Qt::ElideRight, rect.width()));
    int used = metrics.horizontalAdvance(text) + m_theme.px(8);
    if (isCount && cell.health && !isMissing) {
        const int side = m_theme.px(11);
        const int left = mirrored ? rect.left() + used - m_theme.px(2) : rect.right() - used + m_theme.px(3) - side;
        paintHealth(painter, QRectF(left, rect.top() + (rect.height() - side) / 2.0, side, side), *cell.health, m_theme,
                    cell.ground);
    }
    if (isName && m_frozen && m_view.selectionModel()->isRowSelected(cell.index.row(), {})) {
        const int side = m_theme.px(12);
        painter.drawPixmap(mirrored ? rect.right() - used - side : rect.left() + used,
                           rect.top() + (rect.height() - side) / 2,
                           iconPixmap(u"lock"_s, side, m_theme.color("text.secondary"), cell.dpr));
        used += side + m_theme.px(6);
    }
    if (cell.secondary.isEmpty() || right || used >= rect.width())
        return;
    mirrored ? rect.setRight(rect.right() - used) : rect.setLeft(rect.left() + used);
    painter.setFont(m_small);
    painter.setPen(m_theme.color("text.secondary"));
    painter.drawText(rect, align, painter.fontMetrics().elidedText(cell.secondary, Qt::ElideRight, rect.width()));
}

void CellDelegate::paintMeter(QPainter &painter, Cell &cell) const
{
    const int gap = m_theme.px(8);
    const int figure = m_theme.px(cell.kind == CellKind::Spark ? 40 : 36);
    const bool mirrored = m_view.layoutDirection() == Qt::RightToLeft;
    QRect meter = cell.rect;
    QRect text = cell.rect;
    const int width = std::min(m_theme.px(120), std::max(0, cell.rect.width() - figure - gap));
    if (mirrored) {
        text.setRight(cell.rect.left() + figure);
        meter.setLeft(text.right() + gap);
        meter.setRight(meter.left() + width - 1);
    } else {
        text.setLeft(cell.rect.right() - figure + 1);
        meter.setRight(text.left() - gap - 1);
        meter.setLeft(std::max(cell.rect.left(), meter.right() - width + 1));
    }
    if (cell.kind == CellKind::Spark) {
        paintSpark(painter, meter, cell);
    } else {
        const QVariant percent = cell.index.data(PercentRole);
        const QColor fill = cell.muted               ? m_theme.color("text.disabled")
                            : hasHealth(cell.health) ? m_theme.state(*cell.health).solid
                                                     : m_theme.series(0);
        paintBar(painter, meter, percent.isValid() ? std::optional(percent.toDouble()) : std::nullopt, fill, m_theme);
    }
    const bool isMissing = cell.text.isEmpty() || cell.text == missing();
    const bool loud = hasHealth(cell.health) && !isMissing && !cell.muted;
    painter.setFont(loud ? m_medium : m_body);
    painter.setPen(isMissing ? m_theme.color("text.disabled")
                   : loud    ? m_theme.state(*cell.health).fg
                             : m_theme.color(cell.muted ? "text.secondary" : "text.primary"));
    painter.drawText(text, int((mirrored ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter) | Qt::TextSingleLine,
                     isMissing ? missing() : cell.text);
}

void CellDelegate::paintSpark(QPainter &painter, const QRect &rect, const Cell &cell) const
{
    const auto values = cell.index.data(SeriesRole).value<QList<std::optional<float>>>();
    const QColor line = cell.muted ? m_theme.color("text.disabled") : m_theme.series(0);
    const QSize size(rect.width(), m_theme.px(16));
    if (values.size() < 2 || size.width() < 4)
        return;
    size_t key = qHashMulti(0, size.width(), size.height(), line.rgba(), cell.dpr);
    for (const std::optional<float> &value : values)
        key = qHashMulti(key, value.has_value(), value.value_or(0));
    QPixmap *pixmap = m_sparks.object(key);
    if (pixmap == nullptr) {
        pixmap = new QPixmap(size * cell.dpr);
        pixmap->setDevicePixelRatio(cell.dpr);
        pixmap->fill(Qt::transparent);
        QPainter inner(pixmap);
        paintSparkline(inner, QRectF(QPointF(0, 0), size), values, line, m_theme);
        inner.end();
        m_sparks.insert(key, pixmap);
    }
    painter.drawPixmap(rect.left(), rect.top() + (rect.height() - size.height()) / 2, *pixmap);
}

QRect CellDelegate::actionRect(int index, int row) const
{
    const int side = m_theme.px(24);
    const int width = std::min(m_view.viewport()->width(), m_view.horizontalHeader()->length());
    const int x = width - m_theme.px(6 + m_edge) - side * (int(m_actions.size()) - index);
    const int y = m_view.rowViewportPosition(row) + (m_view.rowHeight(row) - side) / 2;
    const QRect rect(x, y, side, side);
    return m_view.layoutDirection() == Qt::RightToLeft
               ? QRect(m_view.viewport()->width() - rect.right() - 1, y, side, side)
               : rect;
}

int CellDelegate::actionAt(const QPoint &position) const
{
    for (int i = 0; m_hoveredRow >= 0 && i < int(m_actions.size()); ++i) {
        if (actionRect(i, m_hoveredRow).contains(position))
            return i;
    }
    return -1;
}

void CellDelegate::paintActions(QPainter &painter, const QModelIndex &index, const QColor &ground) const
{
    if (m_actions.isEmpty() || index.row() != m_hoveredRow)
        return;
    const int side = m_theme.px(14);
    const QRect first = actionRect(0, index.row());
    const QRect last = actionRect(int(m_actions.size()) - 1, index.row());
    // What stood at the end of the row gives way while the pointer is here.
    painter.fillRect(first.united(last).adjusted(-m_theme.px(6), 0, m_theme.px(6 + m_edge), 0), ground);
    for (int i = 0; i < int(m_actions.size()); ++i) {
        const QRect rect = actionRect(i, index.row());
        painter.drawPixmap(rect.left() + (rect.width() - side) / 2, rect.top() + (rect.height() - side) / 2,
                           iconPixmap(m_actions.at(i).iconName, side, m_theme.color("text.secondary"),
                                      painter.device()->devicePixelRatio()));
    }
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    if (const int action = actionAt(event->pos()); action >= 0) {
        QToolTip::showText(event->globalPos(), m_actions.at(action).text.toHtmlEscaped(), view);
        return true;
    }
    QString text = index.data(Qt::ToolTipRole).toString();
    if (text.isEmpty()) {
        // The whole of what was elided.
        const QString shown = index.data(Qt::DisplayRole).toString();
        const int free = padded(option.rect, index.column()).width();
        if (QFontMetrics(CellKind(index.data(CellKindRole).toInt()) == CellKind::Code ? m_code : m_medium)
                .horizontalAdvance(shown) > free)
            text = shown;
    }
    // Escaped: a tool tip that looks like markup would be shown as markup.
    QToolTip::showText(event->globalPos(), plainTip(text), view);
    return true;
}

} // namespace infra::ui
