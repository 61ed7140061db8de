// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/devices/devices_page.h"

#include "ui/models/device_table_model.h"
#include "ui/pages/devices/bulk_bar.h"
#include "ui/pages/devices/device_pane.h"
#include "ui/pages/devices/seen_hosts.h"
#include "ui/tables/data_table.h"
#include "ui/tables/ui_state.h"
#include "ui/text/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QJsonArray>
#include <QtCore/QTimerEvent>
#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QCheckBox>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;
using engine::DeviceRow;

namespace {
constexpr int kDevicesTickMs = 1000;
} // namespace

DevicesPage::DevicesPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
{
    auto *add = new QAction(tr("Add device"), this);
    add->setProperty("iconName", u"plus-lg"_s);
    connect(add, &QAction::triggered, this, [this] { this->context().navigator.openAddDevice({}); });
    auto *look = new QAction(tr("From SSH configuration…"), this);
    look->setProperty("iconName", u"file-earmark-text"_s);
    connect(look, &QAction::triggered, this, [this] { this->context().navigator.open({u"welcome"_s, {}, {}}); });
    m_actions = {add, look};
    m_edit = new BulkEdit(context, this);
    build();
    buildHead();
    engine::FleetClient &client = context.client;
    connect(&client, &engine::FleetClient::devicesChanged, this,
            [this](const QList<DeviceRow> &changed, const QList<DeviceId> &removed) {
                m_model->apply(changed, removed);
                if (m_model->hasGroups(m_groupBy) != m_grouped)
                    applyGrouping();
                for (const DeviceId &id : removed)
                    m_ticked.remove(id);
                reload();
                if (isVisible())
                    m_seen->load();
            });
    m_model->setRows(client.devices());
    applyGrouping();
    reload();
}

QWidget *DevicesPage::sidePane()
{
    return m_pane;
}

void DevicesPage::setRoute(const Route &route)
{
    if (!route.part.isEmpty())
        m_filterField->setText(route.part);
    if (!route.device.isNull())
        m_table->selectSourceRow(m_model->rowOf(route.device));
}

void DevicesPage::shown()
{
    m_clockTimer.start(kDevicesTickMs, this);
    m_model->setRows(context().client.devices());
    reload();
    m_seen->load();
    if (m_table->currentSourceRow() < 0 && m_model->rowCount() > 0)
        m_table->selectSourceRow(0);
}

void DevicesPage::hidden()
{
    m_clockTimer.stop();
}

void DevicesPage::focusFilter()
{
    m_filterField->setFocus(Qt::ShortcutFocusReason);
    m_filterField->selectAll();
}

void DevicesPage::readNow()
{
    const int row = m_table->currentSourceRow();
    if (row >= 0)
        context().client.readNow(m_model->row(row).device.id, {});
    else
        context().client.readAllNow();
}

void DevicesPage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_clockTimer.timerId())
        return;
    m_model->refreshAges();
    refreshPane();
}

bool DevicesPage::passes(const DeviceRow &row) const
{
    const QString environment = m_environments->current();
    if (environment != u"all" && toName(row.device.environment) != environment)
        return false;
    if (!m_tagWanted.isEmpty() && !row.device.tags.contains(m_tagWanted))
        return false;
    return m_tabFilter.accepts(row) && m_filter.accepts(row);
}

void DevicesPage::applyFilter()
{
    m_filter = FleetFilter(m_filterField->text());
    m_filterField->setProblem(m_filter.problem());
    m_table->setFilter([this](int row) { return passes(m_model->row(row)); });
    refreshTicks();
}

void DevicesPage::reload()
{
    if (m_model->rowCount() == 0)
        m_cover->showLoading(tr("Reading what is known of your devices"));
    else
        m_cover->showContent();
    refreshTabs();
    applyFilter();
    refreshPane();
    emit headerChanged();
}

void DevicesPage::refreshPane()
{
    const int at = m_table->currentSourceRow();
    if (at < 0 || at >= m_model->rowCount()) {
        m_pane->showDevice(std::nullopt, {});
        return;
    }
    QString position;
    if (const QList<DeviceId> chosen = ticked(); chosen.size() > 1) {
        const qsizetype number = chosen.indexOf(m_model->row(at).device.id);
        position =
            number >= 0 ? tr("%1 of %2", "position among the ticked").arg(number + 1).arg(chosen.size()) : QString();
    }
    m_pane->showDevice(m_model->row(at), position);
}

QList<DeviceId> DevicesPage::ticked() const
{
    QList<DeviceId> devices;
    for (const DeviceRow &row : m_model->rows()) {
        if (m_ticked.contains(row.device.id))
            devices.append(row.device.id);
    }
    return devices;
}

void DevicesPage::tick(const DeviceId &device, bool on)
{
    if (on)
        m_ticked.insert(device);
    else
        m_ticked.remove(device);
    refreshTicks();
    refreshPane();
}

void DevicesPage::toggleAt(const QModelIndex &index)
{
    const QString id = index.data(RowIdRole).toString();
    if (!id.isEmpty() && !index.data(GroupRole).toBool())
        tick(DeviceId(id), !m_ticked.contains(DeviceId(id)));
}

void DevicesPage::refreshTicks()
{
    const QList<DeviceId> devices = ticked();
    int shownRows = 0;
    int asleep = 0;
    bool all = true;
    for (const DeviceRow &row : m_model->rows()) {
        const bool on = m_ticked.contains(row.device.id);
        if (passes(row)) {
            ++shownRows;
            all = all && on;
        }
        asleep += on && row.state == DeviceState::Asleep ? 1 : 0;
    }
    m_bulk->setTicked(devices, all && shownRows > 0, asleep > 0 ? tr("%1 asleep").arg(asleep) : QString());
    m_bulk->setVisible(!devices.isEmpty());
    if (std::exchange(m_countedTicks, m_ticked) != m_ticked)
        applyGrouping(); // a group's line counts its ticks
    m_table->viewport()->update();
}

bool DevicesPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() &&
        (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick)) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_table->indexAt(mouse->position().toPoint());
        if (mouse->button() == Qt::LeftButton && index.isValid() && index.column() == m_model->columnOf(u"check"_s) &&
            !index.data(GroupRole).toBool()) {
            toggleAt(index);
            return true;
        }
    }
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        toggleAt(m_table->currentIndex());
        return true;
    }
    return Page::eventFilter(watched, event);
}

} // namespace infra::ui
