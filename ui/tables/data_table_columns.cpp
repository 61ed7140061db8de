// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/data_table_p.h"
#include "ui/tables/ui_state.h"

#include <QtCore/QJsonArray>
#include <QtGui/QGuiApplication>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kWidestName = 320; ///< names stop growing there
constexpr int kSmallestColumn = 36;
} // namespace

QList<int> DataTable::Private::orderedColumns() const
{
    QList<int> columns;
    const TableModel *model = proxy.source();
    if (model == nullptr)
        return columns;
    for (const QString &id : order) {
        if (const int column = model->columnOf(id); column >= 0 && !columns.contains(column))
            columns.append(column);
    }
    // Columns that a newer version brought stand where their neighbour at the left is.
    for (int column = 0; column < model->columnCount(); ++column) {
        if (columns.contains(column))
            continue;
        const qsizetype neighbour = column > 0 ? columns.indexOf(column - 1) : -1;
        columns.insert(neighbour + 1, column);
    }
    return columns;
}

bool DataTable::Private::isHiddenByUser(int column) const
{
    const ColumnSpec &spec = proxy.source()->columns().at(column);
    return !shown.value(spec.id, !spec.hiddenByDefault);
}

int DataTable::Private::widthOf(int column) const
{
    const ColumnSpec &spec = proxy.source()->columns().at(column);
    // No narrower than it will be drawn, or the columns together would be wider than the view.
    return theme.px(std::max(kSmallestColumn, widths.value(spec.id, spec.width)));
}

QList<int> DataTable::Private::fittingColumns(int available) const
{
    QList<int> columns;
    int total = 0;
    for (const int column : orderedColumns()) {
        if (isHiddenByUser(column))
            continue;
        columns.append(column);
        total += widthOf(column);
    }
    while (total > available) {
        // The lowest priority goes first; among equals the one further right. 0 stays.
        qsizetype drop = -1;
        int lowest = 0;
        for (qsizetype i = 0; i < columns.size(); ++i) {
            const int priority = proxy.source()->columns().at(columns.at(i)).priority;
            if (priority > 0 && (drop < 0 || priority <= lowest)) {
                drop = i;
                lowest = priority;
            }
        }
        if (drop < 0)
            break;
        total -= widthOf(columns.at(drop));
        columns.removeAt(drop);
    }
    return columns;
}

void DataTable::Private::layoutColumns()
{
    if (proxy.source() == nullptr || layingOut)
        return;
    layingOut = true;
    const int available = view.viewport()->width();
    const int margin = theme.px(edge);
    const QList<int> columns = fittingColumns(available - 2 * margin);
    QHash<int, int> width;
    int total = 0;
    for (const int column : columns) {
        width[column] =
            widthOf(column) + (column == columns.first() ? margin : 0) + (column == columns.last() ? margin : 0);
        total += width[column];
    }
    const auto grow = [&](auto &&wants, int limit) {
        QList<int> targets;
        int weight = 0;
        for (const int column : columns) {
            if (wants(column) && width[column] < limit) {
                targets.append(column);
                weight += width[column];
            }
        }
        int extra = available - total;
        for (const int column : std::as_const(targets)) {
            const int more =
                std::min(limit - width[column], weight > 0 ? int(qint64(extra) * width[column] / weight) : 0);
            weight -= width[column];
            extra -= more;
            width[column] += more;
            total += more;
        }
    };
    const auto spec = [this](int column) -> const ColumnSpec & { return proxy.source()->columns().at(column); };
    if (total < available) {
        const int wide = std::max(1, available);
        grow([&](int column) { return spec(column).stretch && spec(column).kind == CellKind::Name; },
             theme.px(kWidestName));
        grow([&](int column) { return spec(column).stretch && spec(column).kind != CellKind::Name; }, wide);
        // What is left goes to all alike, so that the table takes the width.
        if (total < available)
            grow([](int) { return true; }, wide);
        // The last pixels of the divisions.
        if (total < available && !columns.isEmpty())
            width[columns.last()] += available - total;
    }
    const QList<int> all = orderedColumns();
    for (int place = 0; place < int(all.size()); ++place) {
        const int column = all.at(place);
        header->moveSection(header->visualIndex(column), place);
        const bool hide = !columns.contains(column);
        if (header->isSectionHidden(column) != hide)
            header->setSectionHidden(column, hide);
        if (!hide && header->sectionSize(column) != width[column])
            header->resizeSection(column, std::max(width[column], theme.px(kSmallestColumn)));
    }
    layingOut = false;
}

void DataTable::Private::rememberSection(int column, int width)
{
    if (layingOut || proxy.source() == nullptr || column >= proxy.source()->columnCount() || width <= 0)
        return;
    // Only what a hand does counts; the header tells of its own moves in the same way.
    if (!(QGuiApplication::mouseButtons() & Qt::LeftButton))
        return;
    const QList<int> seen = shownColumns();
    const int margins = (column == seen.value(0, -1) ? 1 : 0) + (column == seen.value(seen.size() - 1, -1) ? 1 : 0);
    widths[proxy.source()->columns().at(column).id] =
        std::max(kSmallestColumn, (width - margins * theme.px(edge)) * 100 / std::max(1, theme.px(100)));
    saveState();
}

void DataTable::Private::rememberOrder()
{
    if (layingOut || proxy.source() == nullptr)
        return;
    order.clear();
    for (int visual = 0; visual < header->count(); ++visual)
        order.append(proxy.source()->columns().at(header->logicalIndex(visual)).id);
    saveState();
}

void DataTable::Private::resetColumns()
{
    widths.clear();
    order.clear();
    shown.clear();
    layoutColumns();
    saveState();
}

QList<int> DataTable::Private::shownColumns() const
{
    QList<int> columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (!header->isSectionHidden(column))
            columns.append(column);
    }
    return columns;
}

void DataTable::Private::loadState()
{
    if (state == nullptr || proxy.source() == nullptr)
        return;
    const QJsonObject saved = state->value(u"table."_s + stateName).toObject();
    const TableModel &model = *proxy.source();
    order.clear();
    for (const QJsonValue &id : saved[u"order"_s].toArray())
        order.append(id.toString());
    widths.clear();
    const QJsonObject savedWidths = saved[u"widths"_s].toObject();
    for (auto it = savedWidths.begin(); it != savedWidths.end(); ++it) {
        if (const int width = it->toInt(); width >= kSmallestColumn && width <= 4000)
            widths.insert(it.key(), width);
    }
    shown.clear();
    const QJsonObject savedShown = saved[u"shown"_s].toObject();
    for (auto it = savedShown.begin(); it != savedShown.end(); ++it)
        shown.insert(it.key(), it->toBool());
    QList<DataTableProxy::SortKey> keys;
    for (const QJsonValue &value : saved[u"sort"_s].toArray()) {
        const QJsonObject key = value.toObject();
        if (const int column = model.columnOf(key[u"column"_s].toString()); column >= 0)
            keys.append({column, key[u"descending"_s].toBool() ? Qt::DescendingOrder : Qt::AscendingOrder});
    }
    if (!keys.isEmpty())
        proxy.setSort(keys);
    for (const QJsonValue &group : saved[u"collapsed"_s].toArray())
        proxy.setCollapsed(group.toString(), true);
}

void DataTable::Private::saveState() const
{
    if (state == nullptr || proxy.source() == nullptr)
        return;
    QJsonObject savedWidths, savedShown;
    for (auto it = widths.cbegin(); it != widths.cend(); ++it)
        savedWidths.insert(it.key(), it.value());
    for (auto it = shown.cbegin(); it != shown.cend(); ++it)
        savedShown.insert(it.key(), it.value());
    QJsonArray sort;
    for (const DataTableProxy::SortKey &key : proxy.sortKeys()) {
        if (key.column >= 0 && key.column < proxy.source()->columnCount())
            sort.append(QJsonObject{{u"column"_s, proxy.source()->columns().at(key.column).id},
                                    {u"descending"_s, key.order == Qt::DescendingOrder}});
    }
    QStringList collapsed(proxy.collapsedGroups().cbegin(), proxy.collapsedGroups().cend());
    collapsed.sort();
    state->set(u"table."_s + stateName, QJsonObject{{u"order"_s, QJsonArray::fromStringList(order)},
                                                    {u"widths"_s, savedWidths},
                                                    {u"shown"_s, savedShown},
                                                    {u"sort"_s, sort},
                                                    {u"collapsed"_s, QJsonArray::fromStringList(collapsed)}});
}

} // namespace infra::ui
