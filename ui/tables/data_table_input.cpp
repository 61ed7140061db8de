// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/data_table_p.h"
#include "ui/tables/ui_state.h"

#include <QtGui/QAction>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kReorderAfterLeaveMs = 2000;
} // namespace

bool DataTable::Private::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &view) {
        if (event->type() == QEvent::KeyPress)
            return handleKey(*static_cast<QKeyEvent *>(event));
        if (event->type() == QEvent::ContextMenu) {
            const auto *menu = static_cast<QContextMenuEvent *>(event);
            if (menu->reason() == QContextMenuEvent::Keyboard) {
                openMenu(view.visualRect(view.currentIndex()).bottomLeft());
                return true;
            }
        }
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
            view.viewport()->update();
        return false;
    }
    return watched == view.viewport() && handleViewport(*event);
}

bool DataTable::Private::handleViewport(QEvent &event)
{
    switch (event.type()) {
    case QEvent::MouseMove:
        setHovered(view.rowAt(static_cast<QMouseEvent &>(event).pos().y()));
        return false;
    case QEvent::Leave:
        setHovered(-1);
        leaveTimer.start(kReorderAfterLeaveMs, this);
        return false;
    case QEvent::Resize:
        layoutColumns();
        return false;
    case QEvent::ContextMenu:
        openMenu(static_cast<QContextMenuEvent &>(event).pos());
        return true;
    case QEvent::MouseButtonPress: {
        const auto &mouse = static_cast<QMouseEvent &>(event);
        if (mouse.button() != Qt::LeftButton)
            return false;
        const int row = view.rowAt(mouse.pos().y());
        if (const int action = delegate->actionAt(mouse.pos()); action >= 0 && proxy.sourceRow(row) >= 0) {
            rowActions.at(action).run(proxy.sourceRow(row));
            return true;
        }
        if (!proxy.groupOfHead(row).isNull()) {
            toggleHead(row);
            return true;
        }
        return false;
    }
    case QEvent::Paint:
        if (proxy.rowCount() > 0 || emptyText.isEmpty())
            return false;
        {
            QPainter painter(view.viewport());
            painter.setFont(theme.font(TextStyle::Body));
            painter.setPen(theme.color("text.secondary"));
            painter.drawText(view.viewport()->rect().adjusted(8, theme.px(12), -8, 0),
                             Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, emptyText);
        }
        return true;
    default:
        return false;
    }
}

void DataTable::Private::setHovered(int row)
{
    const int before = delegate->hoveredRow();
    if (row >= 0) {
        leaveTimer.stop();
        proxy.setHeld(true);
    }
    if (before == row)
        return;
    delegate->setHoveredRow(row);
    for (const int changed : {before, row}) {
        if (changed >= 0)
            view.viewport()->update(0, view.rowViewportPosition(changed), view.viewport()->width(),
                                    view.rowHeight(changed));
    }
}

void DataTable::Private::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != leaveTimer.timerId())
        return;
    leaveTimer.stop();
    proxy.setHeld(false);
}

void DataTable::Private::toggleHead(int row)
{
    const QString group = proxy.groupOfHead(row);
    proxy.setCollapsed(group, !proxy.collapsedGroups().contains(group));
    saveState();
}

bool DataTable::Private::handleKey(QKeyEvent &event)
{
    const QModelIndex current = view.currentIndex();
    const bool onHead = current.isValid() && proxy.sourceRow(current.row()) < 0;
    // Keys make the ring appear also when the focus came by a click.
    if (event.key() >= Qt::Key_Home && event.key() <= Qt::Key_PageDown)
        view.setProperty("keyboardFocus", true);
    if (event.matches(QKeySequence::Copy)) {
        view.copySelection(u"text"_s);
        return true;
    }
    if (event.key() == Qt::Key_C && event.modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        view.copySelection(u"json"_s);
        return true;
    }
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        if (onHead)
            toggleHead(current.row());
        else if (current.isValid())
            emit view.activatedRow(proxy.sourceRow(current.row()));
        return current.isValid();
    }
    if (onHead && (event.key() == Qt::Key_Space || event.key() == Qt::Key_Left || event.key() == Qt::Key_Right)) {
        const bool collapsed = proxy.collapsedGroups().contains(proxy.groupOfHead(current.row()));
        const bool closes = event.key() == (view.layoutDirection() == Qt::RightToLeft ? Qt::Key_Right : Qt::Key_Left);
        if (event.key() == Qt::Key_Space || closes != collapsed)
            toggleHead(current.row());
        return true;
    }
    return false;
}

void DataTable::Private::sortBy(int column, bool second)
{
    QList<DataTableProxy::SortKey> keys = proxy.sortKeys();
    // Numbers start with the greatest: that is what one looks for.
    const CellKind kind = proxy.source()->columns().at(column).kind;
    const bool largestFirst = kind == CellKind::Number || kind == CellKind::Bar || kind == CellKind::Spark;
    DataTableProxy::SortKey key{column, largestFirst ? Qt::DescendingOrder : Qt::AscendingOrder};
    const DataTableProxy::SortKey turned{column, largestFirst ? Qt::AscendingOrder : Qt::DescendingOrder};
    if (second && !keys.isEmpty() && keys.first().column != column) {
        if (keys.size() > 1 && keys.at(1) == key)
            key = turned;
        keys = {keys.first(), key};
    } else if (!keys.isEmpty() && keys.first() == key) {
        keys = {turned};
    } else if (!keys.isEmpty() && keys.first() == turned) {
        keys = {}; // the third click: worst first again
    } else {
        keys = {key};
    }
    proxy.setSort(keys);
    header->viewport()->update();
    saveState();
}

QList<int> DataTable::Private::copyRows() const
{
    const QList<int> selected = view.selectedSourceRows();
    return selected.isEmpty() ? proxy.sourceRows() : selected;
}

void DataTable::Private::openMenu(const QPoint &viewportPosition)
{
    const int row = view.rowAt(viewportPosition.y());
    QList<int> rows = view.selectedSourceRows();
    if (const int source = proxy.sourceRow(row); source >= 0 && !rows.contains(source)) {
        view.selectSourceRow(source);
        rows = {source};
    }
    auto *menu = new QMenu(&view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (contextActions && !rows.isEmpty()) {
        for (QAction *action : contextActions(rows)) {
            if (action->parent() == nullptr)
                action->setParent(menu);
            menu->addAction(action);
        }
    }
    if (rows.size() == 1) {
        for (const RowAction &action : std::as_const(rowActions))
            connect(menu->addAction(action.text), &QAction::triggered, this,
                    [run = action.run, source = rows.first()] { run(source); });
    }
    if (!menu->isEmpty())
        menu->addSeparator();
    const auto add = [this, menu](const QString &text, auto run) {
        connect(menu->addAction(text), &QAction::triggered, this, run);
    };
    add(DataTable::tr("Copy\tCtrl+C"), [this] { view.copySelection(u"text"_s); });
    add(DataTable::tr("Copy as JSON\tCtrl+Shift+C"), [this] { view.copySelection(u"json"_s); });
    menu->addSeparator();
    add(DataTable::tr("Export CSV…"), [this] { view.exportAs(u"csv"_s); });
    add(DataTable::tr("Export JSON…"), [this] { view.exportAs(u"json"_s); });
    menu->addSeparator();
    add(DataTable::tr("Columns…"),
        [this, at = view.viewport()->mapToGlobal(viewportPosition)] { view.showColumnChooser(at); });
    menu->popup(view.viewport()->mapToGlobal(viewportPosition));
}

void DataTable::Private::fitRows()
{
    QHeaderView *rows = view.verticalHeader();
    const int height = theme.rowHeight();
    const int headHeight = std::min(theme.px(28), height);
    if (rows->defaultSectionSize() != height)
        rows->setDefaultSectionSize(height);
    for (int row = 0; row < proxy.rowCount(); ++row) {
        const int wanted = proxy.sourceRow(row) < 0 ? headHeight : height;
        if (rows->sectionSize(row) != wanted)
            rows->resizeSection(row, wanted);
    }
}

void DataTable::Private::keepScroll(bool before)
{
    QScrollBar *bar = view.verticalScrollBar();
    if (before) {
        // At the top one wants to see what comes first.
        topRow = bar->value() == 0 ? QModelIndex() : view.indexAt(QPoint(1, 1));
        topOffset = topRow.isValid() ? view.rowViewportPosition(topRow.row()) : 0;
        return;
    }
    fitRows();
    if (topRow.isValid())
        bar->setValue(bar->value() + view.rowViewportPosition(topRow.row()) - topOffset);
    topRow = QModelIndex();
    setHovered(delegate->hoveredRow() < 0 ? -1 : view.rowAt(view.viewport()->mapFromGlobal(QCursor::pos()).y()));
}

} // namespace infra::ui
