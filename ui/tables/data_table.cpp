// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/data_table.h"

#include "ui/tables/data_table_p.h"
#include "ui/tables/table_export.h"
#include "ui/tables/ui_state.h"

#include <QtCore/QMimeData>
#include <QtCore/QSaveFile>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

DataTable::Private::Private(DataTable &owner, Theme &usedTheme, QString name)
    : view(owner)
    , theme(usedTheme)
    , stateName(std::move(name))
{
    delegate = new CellDelegate(theme, view);
    header = new TableHeader(theme, proxy, &view);
}

DataTable::DataTable(Theme &theme, const QString &stateName, const QString &accessibleName, QWidget *parent)
    : QTableView(parent)
    , d(std::make_unique<Private>(*this, theme, stateName))
{
    setAccessibleName(accessibleName);
    setItemDelegate(d->delegate);
    setHorizontalHeader(d->header);
    setModel(&d->proxy);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(theme.px(20));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalScrollBar()->setSingleStep(theme.rowHeight());
    viewport()->setMouseTracking(true);
    installEventFilter(d.get());
    viewport()->installEventFilter(d.get());

    connect(&theme, &Theme::changed, this, [this] {
        d->fitRows();
        d->layoutColumns();
        verticalScrollBar()->setSingleStep(d->theme.rowHeight());
        viewport()->update();
    });
    connect(&d->proxy, &DataTableProxy::aboutToArrange, this, [this] { d->keepScroll(true); });
    connect(&d->proxy, &DataTableProxy::arranged, this, [this] { d->keepScroll(false); });
    connect(d->header, &TableHeader::sortClicked, this, [this](int column, bool second) { d->sortBy(column, second); });
    connect(d->header, &QHeaderView::sectionResized, this,
            [this](int column, int, int width) { d->rememberSection(column, width); });
    connect(d->header, &QHeaderView::sectionMoved, this, [this] { d->rememberOrder(); });
    d->header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(d->header, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { showColumnChooser(d->header->mapToGlobal(at)); });
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex &index) {
        if (const int row = d->proxy.sourceRow(index.row()); row >= 0)
            emit activatedRow(row);
    });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
        // Without its model the table is on its way out, and so may be who listens.
        if (d->proxy.source() != nullptr)
            emit currentRowChanged(current.isValid() ? d->proxy.sourceRow(current.row()) : -1);
        viewport()->update(); // the ring moves whole rows
    });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (d->proxy.source() != nullptr)
            emit selectionCountChanged(int(selectionModel()->selectedRows().size()));
    });
}

DataTable::~DataTable()
{
    // The view lets go of the proxy before the proxy dies with the private part.
    removeEventFilter(d.get());
    viewport()->removeEventFilter(d.get());
    setModel(nullptr);
}

void DataTable::setTableModel(TableModel *model)
{
    d->proxy.setSource(model);
    d->loadState();
    d->layoutColumns();
    d->fitRows();
}

TableModel *DataTable::tableModel() const
{
    return d->proxy.source();
}

void DataTable::setFilter(std::function<bool(int)> accepts)
{
    d->proxy.setFilter(std::move(accepts));
}

void DataTable::setGrouping(std::function<QString(int)> groupOf,
                            std::function<QString(const QString &, const QList<int> &)> headText)
{
    d->proxy.setGrouping(std::move(groupOf), std::move(headText));
}

void DataTable::setCollapsed(const QString &group, bool collapsed)
{
    d->proxy.setCollapsed(group, collapsed);
}

void DataTable::setSort(const QString &column, Qt::SortOrder order)
{
    if (const int at = tableModel() != nullptr ? tableModel()->columnOf(column) : -1; at >= 0)
        d->proxy.setSort({{at, order}});
    d->header->viewport()->update();
}

void DataTable::setFrozen(bool frozen)
{
    d->delegate->setFrozen(frozen);
    d->header->setFrozen(frozen);
    d->proxy.setFrozen(frozen);
    viewport()->update();
}

int DataTable::currentSourceRow() const
{
    return currentIndex().isValid() ? d->proxy.sourceRow(currentIndex().row()) : -1;
}

QList<int> DataTable::selectedSourceRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    for (int &row : rows)
        row = d->proxy.sourceRow(row);
    rows.removeAll(-1);
    return rows;
}

void DataTable::selectSourceRow(int row)
{
    const int at = d->proxy.rowOfSource(row);
    if (at < 0) {
        clearSelection();
        setCurrentIndex({});
        return;
    }
    const QList<int> columns = d->shownColumns();
    const QModelIndex index = d->proxy.index(at, columns.isEmpty() ? 0 : columns.first());
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void DataTable::selectFirst()
{
    d->proxy.settle();
    const QList<int> shown = d->proxy.sourceRows();
    if (!shown.isEmpty())
        selectSourceRow(shown.constFirst());
}

int DataTable::visibleRowCount() const
{
    return int(d->proxy.sourceRows().size());
}

void DataTable::setMultiSelect(bool on)
{
    setSelectionMode(on ? ExtendedSelection : SingleSelection);
}

void DataTable::setTinted(std::function<bool(int)> tinted)
{
    d->delegate->setTinted([this, tinted = std::move(tinted)](int row) { return tinted(d->proxy.sourceRow(row)); });
}

void DataTable::setEdge(int designPixels)
{
    d->edge = designPixels;
    d->delegate->setEdge(designPixels);
    d->header->setEdge(designPixels);
    d->layoutColumns();
}

void DataTable::setContextActions(std::function<QList<QAction *>(const QList<int> &)> actions)
{
    d->contextActions = std::move(actions);
}

void DataTable::setRowActions(QList<RowAction> actions)
{
    d->rowActions = actions;
    d->delegate->setRowActions(std::move(actions));
}

void DataTable::setState(UiState *state)
{
    d->state = state;
    d->loadState();
    d->layoutColumns();
}

void DataTable::setEmptyText(const QString &text)
{
    d->emptyText = text;
    viewport()->update();
}

void DataTable::copySelection(const QString &format)
{
    if (tableModel() == nullptr)
        return;
    const QList<int> rows = d->copyRows();
    const QString text = format == u"json" ? QString::fromUtf8(tableToJson(*tableModel(), rows, d->shownColumns()))
                                           : tableToText(*tableModel(), rows, d->shownColumns());
    QGuiApplication::clipboard()->setText(text);
}

void DataTable::showColumnChooser(const QPoint &globalPosition)
{
    if (tableModel() == nullptr)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const int column : d->orderedColumns()) {
        const ColumnSpec &spec = tableModel()->columns().at(column);
        if (spec.title.isEmpty())
            continue;
        QAction *action = menu->addAction(spec.title);
        action->setCheckable(true);
        action->setChecked(!d->isHiddenByUser(column));
        action->setEnabled(column != 0); // the name of a row always stays
        connect(action, &QAction::toggled, this, [this, id = spec.id](bool on) {
            d->shown[id] = on;
            d->layoutColumns();
            d->saveState();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("As they were")), &QAction::triggered, this, [this] { d->resetColumns(); });
    menu->popup(globalPosition);
}

void DataTable::exportAs(const QString &format)
{
    const bool json = format == u"json";
    auto *dialog = new QFileDialog(this, tr("Export %1").arg(accessibleName()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(json ? tr("JSON (*.json)") : tr("CSV (*.csv)"));
    dialog->setDefaultSuffix(json ? u"json"_s : u"csv"_s);
    dialog->selectFile(d->stateName + (json ? u".json" : u".csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, json](const QString &path) {
        QSaveFile file(path);
        const QByteArray bytes = json ? toJsonRows() : toCsv();
        if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
            emit exported(path);
            return;
        }
        Error error;
        error.code = ErrorCode::FileUnwritable;
        error.message = u"%1: %2"_s.arg(path, file.errorString());
        emit exportFailed(error);
    });
    dialog->open();
}

QByteArray DataTable::toCsv() const
{
    return tableModel() != nullptr ? tableToCsv(*tableModel(), d->proxy.sourceRows(), d->shownColumns()) : QByteArray();
}

QByteArray DataTable::toJsonRows() const
{
    return tableModel() != nullptr ? tableToJson(*tableModel(), d->proxy.sourceRows(), d->shownColumns())
                                   : QByteArray("[]\n");
}

} // namespace infra::ui
