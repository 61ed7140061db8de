// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/tables/data_table.h"
#include "ui/widgets/controls.h"

#include <functional>

class QStackedWidget;

namespace infra::ui {

class DeviceSummary;

/// The tables of everything collected of a device, a tab a kind, with counts, the worst state and the age of each
/// reading. A kind that could not be read says why in its place; a kind that the machine does not have says so. A table
/// is made when its tab is first opened, and filled while it is the one that is seen.
class DetailTabs : public QWidget
{
    Q_OBJECT
public:
    DetailTabs(const PageContext &context, QWidget *parent = nullptr);
    void setDevice(const engine::DeviceRow &row);
    void setRow(const engine::DeviceRow &row);
    void setDetails(const engine::DeviceDetails &details);
    void open(const QString &tab);
    QString current() const;
    void focusFilter();
    /// What a tab shows, for "read now".
    QList<Kind> currentKinds() const;

signals:
    void tabChanged(const QString &tab);

private:
    struct View
    {
        QString id, title;
        Kind kind = Kind::Filesystems;
        TableModel *model = nullptr;
        QString sortColumn;
        Qt::SortOrder order = Qt::AscendingOrder;
        QWidget *page = nullptr; ///< from when the tab was first opened; so the four below
        DataTable *table = nullptr;
        StateCover *cover = nullptr;
        FilterField *filter = nullptr;
        QLabel *age = nullptr;
        std::function<void(const Section &, bool stale)> apply;
        std::function<std::optional<Health>(const Section &)> worst;
        std::function<int(const Section &)> count;
        QString emptyText;
    };
    template <typename Row>
    void addList(const QString &id, const QString &title, Kind kind, class TableModel *model, const QString &sortColumn,
                 Qt::SortOrder order, const QString &emptyText, std::function<QList<Row>(const SectionData &)> rowsOf,
                 std::function<void(const QList<Row> &, bool)> apply,
                 std::function<std::optional<Health>(const QList<Row> &)> worst = {});
    void addViews();
    void build(View &view);
    void fill(const View &view);

    PageContext m_context;
    TabStrip *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr;
    DeviceSummary *m_summary = nullptr;
    QList<std::shared_ptr<View>> m_views;
    Device m_device;
    std::optional<engine::DeviceDetails> m_details; ///< the newest of this device
};

} // namespace infra::ui
