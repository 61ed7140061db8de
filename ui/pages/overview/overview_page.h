// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/fleet_filter.h"
#include "ui/pages/overview/fleet_strip.h"
#include "ui/shell/page.h"

#include <QtCore/QBasicTimer>

class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace infra::ui {

class AttentionPanel;
class DataTable;
class DayBand;
class DeviceTableModel;
class FilterField;
class SegmentedControl;
class StateCover;
class TilesView;

/// How the fleet is: a strip of facts, all machines as a table or tiles, what needs attention by cause, what waits for
/// a person, and the last day.
class OverviewPage : public Page
{
    Q_OBJECT
public:
    OverviewPage(const PageContext &context, QWidget *parent);

    QString title() const override { return tr("Overview"); }
    QString facts() const override;
    QList<QAction *> headerActions() const override { return m_actions; }
    QWidget *sidePane() override;
    QSplitter *paneSplitter() override { return m_splitter; }
    bool paneWanted() const override { return !m_tilesOn; }
    void setRoute(const Route &route) override;
    void shown() override;
    void hidden() override;
    void focusFilter() override;
    void readNow() override;
    QString helpTopic() const override { return QStringLiteral("overview"); }

    void setTiles(bool on);
    void setFilterText(const QString &text);
    int shownRows() const;

protected:
    void timerEvent(QTimerEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildBar();
    QWidget *buildBody();
    void reload();
    void applyFilter();
    void applyGrouping();
    void refreshFacts();
    void refreshCauses();
    void loadDay();
    void dayPart(const QList<AuditEntry> &entries);
    QString groupOf(const engine::DeviceRow &row) const;
    bool passes(const engine::DeviceRow &row) const;
    void showGroupMenu();
    void showSavedFilters();
    void collapseCalmGroups();

    QList<QAction *> m_actions;
    FleetStrip *m_strip = nullptr;
    FilterField *m_filterField = nullptr;
    SegmentedControl *m_states = nullptr;
    QPushButton *m_group = nullptr;
    QPushButton *m_saved = nullptr;
    QPushButton *m_attentionButton = nullptr;
    SegmentedControl *m_mode = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_views = nullptr;
    DataTable *m_table = nullptr;
    DeviceTableModel *m_model = nullptr;
    TilesView *m_tiles = nullptr;
    DayBand *m_band = nullptr;
    AttentionPanel *m_attention = nullptr;
    StateCover *m_cover = nullptr;
    QWidget *m_welcome = nullptr; ///< the note that there is only this computer
    FleetFilter m_filter;
    QString m_groupBy;
    bool m_groupsShown = false;
    bool m_tilesOn = false;
    bool m_grouped = false; ///< groups were collapsed once for a large fleet
    std::shared_ptr<void> m_watch;
    QBasicTimer m_clockTimer;
    Instant m_dayFrom{}, m_dayTo{};
    QList<AuditEntry> m_day;
    int m_dayOpen = 0; ///< questions not answered yet
    CancelToken m_dayCancel;
};

} // namespace infra::ui
