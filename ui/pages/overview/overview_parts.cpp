// SPDX-License-Identifier: GPL-3.0-or-later
// How the overview is put together: filter bar, table and tiles, pane; grouping and saved filters.
#include "ui/models/device_table_model.h"
#include "ui/pages/overview/attention_panel.h"
#include "ui/pages/overview/day_band.h"
#include "ui/pages/overview/overview_page.h"
#include "ui/pages/overview/tiles_view.h"
#include "ui/shell/quiet_splitter.h"
#include "ui/shell/surface.h"
#include "ui/tables/ui_state.h"
#include "ui/text/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QJsonArray>
#include <QtGui/QAction>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;
using engine::DeviceRow;

namespace {

QList<QPair<QString, QString>> groupings()
{
    return {{u"group"_s, OverviewPage::tr("group")},
            {u"environment"_s, OverviewPage::tr("environment")},
            {u"type"_s, OverviewPage::tr("type")},
            {u"state"_s, OverviewPage::tr("state")},
            {u"none"_s, OverviewPage::tr("nothing")}};
}

} // namespace

QWidget *OverviewPage::buildBar()
{
    const Theme &theme = context().theme;
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_filterField = new FilterField(theme, tr("Name, tag, type or state"), bar);
    m_filterField->setMinimumWidth(theme.px(150));
    m_filterField->setMaximumWidth(theme.px(252));
    row->addWidget(m_filterField, 20); // its width before the room that is left
    m_states = new SegmentedControl(theme, tr("States shown"), bar);
    m_states->addSegment(u"all"_s, tr("All %1").arg(0));
    m_states->addSegment(u"critical"_s, u"0"_s, {}, Health::Critical);
    m_states->addSegment(u"warning"_s, u"0"_s, {}, Health::Warning);
    m_states->addSegment(u"unknown"_s, u"0"_s, {}, Health::Unknown);
    m_states->setCurrent(u"all"_s);
    row->addWidget(m_states);
    m_group = makeButton(theme, QString(), ButtonKind::Default, u"chevron-down"_s, bar);
    setButtonSize(m_group, ButtonSize::Small);
    row->addWidget(m_group);
    m_saved = makeIconButton(theme, u"bookmark"_s, tr("Saved filters"), bar);
    setButtonSize(m_saved, ButtonSize::Small);
    row->addWidget(m_saved);
    row->addStretch(1);
    m_attentionButton = makeButton(theme, QString(), ButtonKind::Default, u"bell"_s, bar);
    setButtonSize(m_attentionButton, ButtonSize::Small);
    m_attentionButton->setToolTip(tr("Show or hide the side pane (F4)"));
    m_attentionButton->hide();
    connect(m_attentionButton, &QPushButton::clicked, this, &Page::paneToggleWanted);
    row->addWidget(m_attentionButton);
    m_mode = new SegmentedControl(theme, tr("Table or tiles"), bar);
    m_mode->addSegment(u"table"_s, tr("Table"), u"list-ul"_s);
    m_mode->addSegment(u"tiles"_s, tr("Tiles"), u"grid-3x3-gap"_s);
    m_mode->setCurrent(u"table"_s);
    row->addWidget(m_mode);
    QPushButton *columns = makeIconButton(theme, u"layout-three-columns"_s, tr("Choose columns"), bar);
    setButtonSize(columns, ButtonSize::Small);
    row->addWidget(columns);
    QPushButton *save = makeIconButton(theme, u"download"_s, tr("Export the table"), bar);
    setButtonSize(save, ButtonSize::Small);
    row->addWidget(save);
    connect(m_filterField, &QLineEdit::textChanged, this, &OverviewPage::applyFilter);
    connect(m_states, &SegmentedControl::currentChanged, this, &OverviewPage::applyFilter);
    connect(m_mode, &SegmentedControl::currentChanged, this, [this](const QString &id) { setTiles(id == u"tiles"); });
    connect(m_group, &QPushButton::clicked, this, &OverviewPage::showGroupMenu);
    connect(m_saved, &QPushButton::clicked, this, &OverviewPage::showSavedFilters);
    connect(columns, &QPushButton::clicked, this,
            [this, columns] { m_table->showColumnChooser(columns->mapToGlobal(QPoint(0, columns->height()))); });
    connect(save, &QPushButton::clicked, this, [this, save] {
        auto *menu = new QMenu(save);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        connect(menu->addAction(tr("As CSV…")), &QAction::triggered, m_table, [this] { m_table->exportAs(u"csv"_s); });
        connect(menu->addAction(tr("As JSON…")), &QAction::triggered, m_table,
                [this] { m_table->exportAs(u"json"_s); });
        menu->popup(save->mapToGlobal(QPoint(0, save->height())));
    });
    return bar;
}

QWidget *OverviewPage::buildBody()
{
    Theme &theme = context().theme;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    m_strip = new FleetStrip(theme, this);
    column->addWidget(m_strip);
    m_splitter = new QuietSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(16);
    auto *left = new QWidget(m_splitter);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(12);
    leftColumn->addWidget(buildBar());
    auto *note = new Note(theme, Health::Info, tr("Only this computer is watched so far."),
                          tr("Add the machines you know; nothing is installed on them."), left);
    connect(note->addButton(tr("Add device…"), ButtonKind::Primary), &QPushButton::clicked, this,
            [this] { context().navigator.openAddDevice({}); });
    connect(note->addButton(tr("Look in SSH configuration"), ButtonKind::Default), &QPushButton::clicked, this, [this] {
        context().navigator.open({u"welcome"_s, {}, {}});
    });
    m_welcome = note;
    m_welcome->hide();
    leftColumn->addWidget(note);
    m_views = new QStackedWidget(left);
    QFrame *frame = makeSurface(u"panel"_s, m_views);
    auto *frameBox = new QVBoxLayout(frame);
    frameBox->setContentsMargins(1, 4, 1, 8);
    m_model = new DeviceTableModel(DeviceTableModel::overviewColumns(), context().clock, this);
    m_table = new DataTable(theme, u"overview"_s, tr("Devices"), frame);
    m_table->setState(context().state);
    m_table->setTableModel(m_model);
    m_table->setEmptyText(tr("No device matches the filter"));
    frameBox->addWidget(m_table);
    m_views->addWidget(frame);
    m_tiles = new TilesView(theme, context().clock, m_views);
    m_views->addWidget(m_tiles);
    leftColumn->addWidget(m_views, 1);
    m_band = new DayBand(theme, left);
    leftColumn->addWidget(m_band);
    m_splitter->addWidget(left);
    m_splitter->setStretchFactor(0, 1);
    column->addWidget(m_splitter, 1);
    m_attention = new AttentionPanel(theme, this);
    m_cover = new StateCover(theme, m_views);

    const auto openDevice = [this](int row) {
        context().navigator.open({u"device"_s, m_model->row(row).device.id, {}});
    };
    connect(m_table, &DataTable::activatedRow, this, openDevice);
    m_table->setRowActions({{u"arrow-clockwise"_s, tr("Read now"),
                             [this](int row) { context().client.readNow(m_model->row(row).device.id, {}); }},
                            {u"box-arrow-up-right"_s, tr("Open"), openDevice}});
    connect(m_tiles, &TilesView::opened, this, [this](const DeviceId &id) {
        context().navigator.open({u"device"_s, id, {}});
    });
    connect(m_band, &DayBand::opened, this, [this](Instant) {
        context().navigator.open({u"activity"_s, {}, u"since:1d -source:schedule"_s});
    });
    connect(m_attention, &AttentionPanel::chosen, this,
            [this](const Route &route) { context().navigator.open(route); });
    return this;
}

void OverviewPage::setTiles(bool on)
{
    m_tilesOn = on && m_model->rowCount() <= TilesView::kMostTiles;
    m_mode->setCurrent(m_tilesOn ? u"tiles"_s : u"table"_s);
    m_views->setCurrentIndex(m_tilesOn ? 1 : 0);
    m_group->setVisible(!m_tilesOn);
    if (context().state != nullptr)
        context().state->set(u"overview.tiles"_s, m_tilesOn);
    applyFilter();
    emit headerChanged();
}

void OverviewPage::setFilterText(const QString &text)
{
    m_filterField->setText(text);
}

QString OverviewPage::groupOf(const DeviceRow &row) const
{
    if (m_groupBy == u"environment")
        return environmentWord(row.device.environment);
    if (m_groupBy == u"type")
        return row.device.isLocal() ? tr("This computer") : typeWord(row.device.type);
    if (m_groupBy == u"state")
        return healthWord(row.health);
    return row.device.group.isEmpty() ? tr("No group") : row.device.group;
}

void OverviewPage::applyGrouping()
{
    QString word;
    for (const auto &[id, name] : groupings())
        word = id == m_groupBy ? name : word;
    m_group->setText(tr("Group: %1").arg(word));
    m_group->setAccessibleName(m_group->text());
    m_groupsShown = m_model->hasGroups(m_groupBy);
    if (!m_groupsShown) {
        m_table->setGrouping({});
        return;
    }
    m_table->setGrouping([this](int row) { return groupOf(m_model->row(row)); },
                         [this](const QString &, const QList<int> &rows) {
                             QStringList parts = {tr("%n device(s)", nullptr, static_cast<int>(rows.size()))};
                             QHash<Health, int> counts;
                             for (const int row : rows)
                                 ++counts[m_model->row(row).health];
                             for (const Health health : {Health::Critical, Health::Warning, Health::Unknown,
                                                         Health::Maintenance, Health::Asleep}) {
                                 if (counts.value(health) > 0)
                                     parts.append(count(counts.value(health)) + u' ' + healthWord(health).toLower());
                             }
                             return parts.join(u", "_s);
                         });
}

void OverviewPage::collapseCalmGroups()
{
    QHash<QString, bool> problem;
    for (const DeviceRow &row : m_model->rows()) {
        bool &has = problem[groupOf(row)];
        has = has || row.health == Health::Critical || row.health == Health::Warning;
    }
    for (auto it = problem.cbegin(); it != problem.cend(); ++it)
        m_table->setCollapsed(it.key(), !it.value());
    // Of a thousand, only what is wrong is open at first.
    if (m_states->current() == u"all")
        m_states->setText(u"all"_s, tr("All %1").arg(count(m_model->rowCount())));
}

void OverviewPage::showGroupMenu()
{
    auto *menu = new QMenu(m_group);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto &[id, name] : groupings()) {
        QAction *action = menu->addAction(tr("Group by %1").arg(name));
        action->setCheckable(true);
        action->setChecked(id == m_groupBy);
        connect(action, &QAction::triggered, this, [this, chosen = id] {
            m_groupBy = chosen;
            if (context().state != nullptr)
                context().state->set(u"overview.group"_s, chosen);
            applyGrouping();
        });
    }
    menu->popup(m_group->mapToGlobal(QPoint(0, m_group->height())));
}

void OverviewPage::showSavedFilters()
{
    auto *menu = new QMenu(m_saved);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QJsonArray saved =
        context().state != nullptr ? context().state->value(u"overview.filters"_s).toArray() : QJsonArray();
    for (const QJsonValue &line : saved)
        connect(menu->addAction(line.toString()), &QAction::triggered, this,
                [this, text = line.toString()] { setFilterText(text); });
    if (!saved.isEmpty())
        menu->addSeparator();
    const QString text = m_filterField->text().trimmed();
    QAction *keep = menu->addAction(tr("Save this filter"));
    keep->setEnabled(!text.isEmpty() && m_filter.problem().isEmpty() && !saved.contains(text) &&
                     context().state != nullptr);
    connect(keep, &QAction::triggered, this, [this, saved, text] {
        QJsonArray more = saved;
        more.append(text);
        context().state->set(u"overview.filters"_s, more);
    });
    QAction *forget = menu->addAction(tr("Forget this filter"));
    forget->setEnabled(saved.contains(text));
    connect(forget, &QAction::triggered, this, [this, saved, text] {
        QJsonArray fewer;
        for (const QJsonValue &line : saved) {
            if (line.toString() != text)
                fewer.append(line);
        }
        context().state->set(u"overview.filters"_s, fewer);
    });
    menu->popup(m_saved->mapToGlobal(QPoint(0, m_saved->height())));
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    // With the pane away, one button stands for it.
    const bool narrow = window()->width() < context().theme.px(1240);
    m_attentionButton->setVisible(narrow);
    m_mode->setText(u"table"_s, narrow ? QString() : tr("Table"));
    m_mode->setText(u"tiles"_s, narrow ? QString() : tr("Tiles"));
}

} // namespace infra::ui
