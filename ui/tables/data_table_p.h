// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tables/cell_delegate.h"
#include "ui/tables/data_table_proxy.h"
#include "ui/tables/table_header.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QPointer>

namespace infra::ui {

class UiState;

/// The inner parts of DataTable: columns that fit, what is remembered, pointer and keys.
struct DataTable::Private : public QObject
{
    Private(DataTable &owner, Theme &usedTheme, QString name);

    // Columns (data_table_columns.cpp)
    void layoutColumns();
    QList<int> fittingColumns(int available) const;
    QList<int> orderedColumns() const; ///< all, in the user's order
    int widthOf(int column) const;
    bool isHiddenByUser(int column) const;
    void rememberSection(int column, int width);
    void rememberOrder();
    void resetColumns();
    QList<int> shownColumns() const; ///< as seen from left to right
    void loadState();
    void saveState() const;

    // Rows and input (data_table_input.cpp)
    bool eventFilter(QObject *watched, QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void setHovered(int row);
    bool handleKey(QKeyEvent &event);
    bool handleViewport(QEvent &event);
    void toggleHead(int row);
    void sortBy(int column, bool second);
    void openMenu(const QPoint &viewportPosition);
    void fitRows();
    void keepScroll(bool before);
    QList<int> copyRows() const;

    DataTable &view;
    Theme &theme;
    QString stateName;
    QPointer<UiState> state;
    DataTableProxy proxy;
    CellDelegate *delegate = nullptr;
    TableHeader *header = nullptr;
    std::function<QList<QAction *>(const QList<int> &)> contextActions;
    QList<RowAction> rowActions;
    QString emptyText;
    QHash<QString, int> widths; ///< by the user, in design pixels
    QStringList order;          ///< by the user; ids
    QHash<QString, bool> shown; ///< by the user
    int edge = 0;               ///< design pixels
    bool layingOut = false;
    QBasicTimer leaveTimer;
    int topOffset = 0;
    QPersistentModelIndex topRow;
    int lastCurrent = -1;
};

} // namespace infra::ui
