// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/fleet_filter.h"
#include "ui/shell/page.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QSet>

class QPushButton;

namespace infra::ui {

class BulkBar;
class BulkEdit;
class DataTable;
class DevicePane;
class DeviceTableModel;
class FilterField;
class SeenHosts;
class SegmentedControl;
class StateCover;
class TabStrip;

/// How machines are reached: one table with check boxes (only here), what can be done to the ticked ones, hosts that
/// were seen in the SSH configuration and not added, and beside it the chosen device.
class DevicesPage : public Page
{
    Q_OBJECT
public:
    DevicesPage(const PageContext &context, QWidget *parent);

    QString title() const override { return tr("Devices"); }
    QWidget *headerWidget() override { return m_head; }
    QList<QAction *> headerActions() const override { return m_actions; }
    QWidget *sidePane() override;
    void setRoute(const Route &route) override;
    void shown() override;
    void hidden() override;
    void focusFilter() override;
    void readNow() override;
    QString helpTopic() const override { return QStringLiteral("devices"); }

    void tick(const DeviceId &device, bool on);
    QList<DeviceId> ticked() const;

protected:
    void timerEvent(QTimerEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    QWidget *buildBar();
    void buildHead();
    void reload();
    void applyFilter();
    void applyGrouping();
    void refreshTicks();
    void refreshPane();
    bool passes(const engine::DeviceRow &row) const;
    void toggleAt(const QModelIndex &index);
    void chooseGroup();
    void chooseTag();
    void refreshTabs();

    QList<QAction *> m_actions;
    QWidget *m_head = nullptr;
    TabStrip *m_tabs = nullptr;
    FilterField *m_filterField = nullptr;
    SegmentedControl *m_environments = nullptr;
    QPushButton *m_group = nullptr;
    QPushButton *m_tag = nullptr;
    BulkBar *m_bulk = nullptr;
    BulkEdit *m_edit = nullptr;
    DataTable *m_table = nullptr;
    DeviceTableModel *m_model = nullptr;
    SeenHosts *m_seen = nullptr;
    DevicePane *m_pane = nullptr;
    StateCover *m_cover = nullptr;
    FleetFilter m_filter;
    FleetFilter m_tabFilter;
    QString m_tagWanted;
    QString m_groupBy = QStringLiteral("group");
    bool m_grouped = false;
    QSet<DeviceId> m_ticked;
    QSet<DeviceId> m_countedTicks; ///< in the lines of the groups
    QBasicTimer m_clockTimer;
};

} // namespace infra::ui
