// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/device.h"
#include "core/model/finding.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QTableView>

class QAction;

namespace infra::ui {

/// How a cell is drawn; the delegate reads these roles and holds no widgets.
enum CellRole
{
    SortRole = Qt::UserRole + 1, ///< typed value; invalid sorts last
    CellKindRole,                ///< CellKind as int
    HealthRole,                  ///< Health as int: shape before the text (Name) or colour of the number
    PercentRole,                 ///< double for bars
    SeriesRole,                  ///< QList<std::optional<float>> in a QVariant, for sparklines
    IconRole,                    ///< icon name after the shape
    MutedRole,                   ///< bool: text.disabled (stale values)
    EnvironmentRole,             ///< Environment as int
    GroupRole,                   ///< bool: this row is a group's head; text in column 0 spans
    SecondaryRole,               ///< quiet text after the main one
    CopyRole,                    ///< exact text for copies and exports
    RowIdRole,                   ///< QString: identity of the row (selection survives updates)
    AccessibleRowRole            ///< one sentence of the row
};
enum class CellKind
{
    Text,
    Name,
    Number,
    Bar,
    Spark,
    Environment,
    Tag,
    Code,
    Age,
    Count ///< the shape of HealthRole before a number
};

/// One column. Lower `priority` drops out first when the table is narrow; 0 is never dropped.
struct ColumnSpec
{
    QString id, title;
    CellKind kind = CellKind::Text;
    int width = 100;
    int priority = 0;
    bool stretch = false;
    bool right = false; ///< numbers
    bool hiddenByDefault = false;
};

/// A small button at the right end of the hovered row; also in its context menu.
struct RowAction
{
    QString iconName, text;
    std::function<void(int sourceRow)> run;
};

/// Rows with an identity. Subclasses hold copies of read-model rows and answer by column id; updates come as one ranged
/// `dataChanged`.
class TableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit TableModel(QList<ColumnSpec> columns, QObject *parent = nullptr);
    const QList<ColumnSpec> &columns() const { return m_columns; }
    int columnOf(const QString &id) const;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex &index, int role) const final;

protected:
    /// The value of a role in a row and column; called for every role above and for Qt::DisplayRole and
    /// Qt::ToolTipRole.
    virtual QVariant cell(int row, const QString &column, int role) const = 0;

private:
    QList<ColumnSpec> m_columns;
};

/// Two-key stable sort on SortRole, worst first by default; text filter by a predicate; re-sorting waits while the
/// pointer is over a row (2 s) or `setFrozen(true)`. Groups: rows are put under heads by `groupOf`.
class DataTableProxy;

/// The table of every page: rows by density, hover of the row, columns chosen, ordered and sized by the user and
/// remembered under `stateName` in the profile's ui state; copy as text or JSON, export CSV and JSON in the context
/// menu; keyboard all the way.
class DataTable : public QTableView
{
    Q_OBJECT
public:
    DataTable(Theme &theme, const QString &stateName, const QString &accessibleName, QWidget *parent = nullptr);
    ~DataTable() override;
    void setTableModel(TableModel *model);
    TableModel *tableModel() const;
    /// Shows rows for which it answers true; null: all. Call again after the filter's inputs changed.
    void setFilter(std::function<bool(int sourceRow)> accepts);
    /// Group heads: the key of a row's group and the head's quiet text; null: no groups.
    void setGrouping(std::function<QString(int sourceRow)> groupOf,
                     std::function<QString(const QString &group, const QList<int> &rows)> headText = {});
    void setCollapsed(const QString &group, bool collapsed);
    void setSort(const QString &column, Qt::SortOrder order);
    void setFrozen(bool frozen);
    int currentSourceRow() const; ///< −1: none
    QList<int> selectedSourceRows() const;
    void selectSourceRow(int row);
    void selectFirst();          ///< the first row that is shown, without moving the focus
    int visibleRowCount() const; ///< without group heads
    void setMultiSelect(bool on);
    /// Rows that stand on the ground of a selection without being it: those that are ticked.
    void setTinted(std::function<bool(int sourceRow)> tinted);
    /// More room before the first and behind the last column, where a table goes to the edges of its page.
    void setEdge(int designPixels);
    /// Extra entries in front of the context menu.
    void setContextActions(std::function<QList<class QAction *>(const QList<int> &sourceRows)> actions);
    /// Drawn at the right end of the row under the pointer; at most three.
    void setRowActions(QList<RowAction> actions);
    /// Where columns, order, widths, sorting and collapsed groups are remembered; null: nowhere. Call before or after
    /// the model.
    void setState(class UiState *state);
    /// Shown in place of the rows while there are none: "No container matches".
    void setEmptyText(const QString &text);
    void copySelection(const QString &format); ///< "text" or "json"
    void showColumnChooser(const QPoint &globalPosition);
    void exportAs(const QString &format); ///< "csv" or "json", asks for a file
    QByteArray toCsv() const;             ///< formulas defused: cells that start with = + - @ get a leading '
    QByteArray toJsonRows() const;

signals:
    void activatedRow(int sourceRow); ///< Enter or double click
    void currentRowChanged(int sourceRow);
    void selectionCountChanged(int count);
    void exported(const QString &path);
    void exportFailed(const Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace infra::ui
