// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/containers_page.h"

#include "core/base/redaction.h"
#include "ui/pages/containers/container_pane.h"
#include "ui/shell/surface.h"
#include "ui/text/format.h"

#include <QtCore/QPointer>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isWell(const ContainerRow &row)
{
    return healthOf(row.container) == Health::Ok;
}

QString groupOf(const ContainerRow &row, const QString &by)
{
    if (by == "device"_L1)
        return row.deviceName;
    if (by == "image"_L1)
        return row.container.image.section(u':', 0, 0);
    return row.container.composeProject.isEmpty() ? ContainersPage::tr("No project, %1").arg(row.deviceName)
                                                  : QString(row.container.composeProject + u" · "_s + row.deviceName);
}

} // namespace

ContainersPage::ContainersPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
    , m_model(new ContainerTableModel(context.clock, true, this))
    , m_table(new DataTable(context.theme, u"containers"_s, tr("Containers"), this))
    , m_pane(new ContainerPane(context, this))
{
    m_table->setState(context.state);
    m_table->setTableModel(m_model);
    m_table->setEdge(6);
    m_table->setSort(u"name"_s, Qt::AscendingOrder);
    m_table->setEmptyText(tr("No container matches"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(14, 0, 14, 0);
    bar->setSpacing(8);
    buildBar(bar);
    QFrame *ground = makeSurface(u"flat"_s, this);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(ground);
    auto *layout = new QVBoxLayout(ground);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    QFrame *head = makeSurface(u"head"_s, ground);
    head->setLayout(bar);
    head->setFixedHeight(context.theme.px(46));
    layout->addWidget(head);
    layout->addWidget(m_table, 1);
    m_cover = new StateCover(context.theme, m_table);
    m_cover->showLoading(tr("Reading containers"));

    // The pane stands in the window and may go before the page does.
    connect(m_table, &DataTable::currentRowChanged, this, [this, pane = QPointer<ContainerPane>(m_pane)](int row) {
        if (pane.isNull())
            return;
        if (row >= 0)
            m_pane->showContainer(m_model->row(row));
        else
            m_pane->showNothing();
    });
    connect(m_table, &DataTable::activatedRow, this, [this](int row) {
        this->context().navigator.open({u"device"_s, m_model->row(row).device, u"containers"_s});
    });
    connect(&context.client, &engine::FleetClient::detailsChanged, this, [this](const engine::DeviceDetails &details) {
        if (m_watch)
            takeDetails(details);
    });
    connect(&context.client, &engine::FleetClient::devicesChanged, this,
            [this](const QList<engine::DeviceRow> &, const QList<DeviceId> &removed) { forget(removed); });
}

void ContainersPage::buildBar(QHBoxLayout *bar)
{
    const Theme &theme = context().theme;
    m_filter = new FilterField(theme, tr("Name, image, port, project"), this);
    m_filter->setAccessibleName(tr("Filter containers"));
    m_filter->setMinimumWidth(theme.px(200));
    m_filter->setMaximumWidth(theme.px(280));
    m_states = new SegmentedControl(theme, tr("States shown"), this);
    m_states->addSegment(u"all"_s, tr("All"));
    m_states->addSegment(u"warning"_s, u"0"_s, {}, Health::Warning);
    m_states->addSegment(u"asleep"_s, u"0"_s, {}, Health::Asleep);
    m_states->addSegment(u"ok"_s, u"0"_s, {}, Health::Ok);
    m_states->setCurrent(u"all"_s);
    m_group = new QComboBox(this);
    m_group->setAccessibleName(tr("Group by"));
    m_group->addItem(tr("Group: project"), u"project"_s);
    m_group->addItem(tr("Group: device"), u"device"_s);
    m_group->addItem(tr("Group: image"), u"image"_s);
    m_group->addItem(tr("No groups"), u"none"_s);
    m_device = new QComboBox(this);
    m_device->setAccessibleName(tr("Device"));
    m_device->addItem(tr("Device: all"), QString());
    QPushButton *columns = makeIconButton(theme, u"layout-three-columns"_s, tr("Choose columns"), this);
    QPushButton *save = makeIconButton(theme, u"download"_s, tr("Export the table"), this);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_states);
    bar->addWidget(m_group);
    bar->addWidget(m_device);
    bar->addStretch(1);
    bar->addWidget(columns);
    bar->addWidget(save);
    connect(m_filter, &QLineEdit::textChanged, this, &ContainersPage::applyFilter);
    connect(m_states, &SegmentedControl::currentChanged, this, &ContainersPage::applyFilter);
    connect(m_group, &QComboBox::currentIndexChanged, this, &ContainersPage::applyGrouping);
    connect(m_device, &QComboBox::currentIndexChanged, this, &ContainersPage::applyFilter);
    connect(columns, &QPushButton::clicked, this,
            [this, columns] { m_table->showColumnChooser(columns->mapToGlobal(QPoint(0, columns->height()))); });
    connect(save, &QPushButton::clicked, this, [this] { m_table->exportAs(u"csv"_s); });
}

QString ContainersPage::facts() const
{
    const qsizetype all = m_model->rowCount();
    const auto up = std::count_if(m_model->rows().begin(), m_model->rows().end(),
                                  [](const ContainerRow &row) { return row.container.state == "running"_L1; });
    return all == 0 ? QString() : tr("%1 of %n run", nullptr, static_cast<int>(all)).arg(up);
}

QWidget *ContainersPage::sidePane()
{
    return m_pane;
}

void ContainersPage::setRoute(const Route &route)
{
    if (!route.part.isEmpty())
        m_filter->setText(route.part);
}

void ContainersPage::shown()
{
    m_watch = context().client.watchDetails(DeviceId());
    for (const engine::DeviceRow &row : context().client.devices()) {
        if (const std::optional<engine::DeviceDetails> details = context().client.details(row.device.id))
            takeDetails(*details);
    }
    showCover();
}

void ContainersPage::hidden()
{
    m_watch.reset();
}

void ContainersPage::takeDetails(const engine::DeviceDetails &details)
{
    Device device;
    for (const engine::DeviceRow &row : context().client.devices()) {
        if (row.device.id == details.device)
            device = row.device;
    }
    if (device.id.isNull() || !details.data.contains(Kind::Containers))
        return;
    QList<ContainerRow> rows = ContainerTableModel::rowsOf(details, device);
    if (m_rows.value(device.id) == rows && m_rows.contains(device.id))
        return;
    m_rows.insert(device.id, std::move(rows));
    refresh();
}

void ContainersPage::forget(const QList<DeviceId> &removed)
{
    bool any = false;
    for (const DeviceId &id : removed)
        any = m_rows.remove(id) > 0 || any;
    if (any)
        refresh();
}

void ContainersPage::refresh()
{
    QList<ContainerRow> all;
    QStringList names;
    for (const QList<ContainerRow> &rows : std::as_const(m_rows)) {
        all.append(rows);
        if (!rows.isEmpty())
            names.append(rows.first().deviceName);
    }
    m_model->apply(all);
    names.sort(Qt::CaseInsensitive);
    for (const QString &name : std::as_const(names)) {
        if (m_device->findData(name) < 0)
            m_device->addItem(tr("Device: %1").arg(displayText(name, 64)), name);
    }
    QHash<Health, int> counts;
    for (const ContainerRow &row : std::as_const(all))
        ++counts[healthOf(row.container)];
    m_states->setText(u"all"_s, tr("All %1").arg(all.size()));
    m_states->setText(u"warning"_s, QString::number(counts.value(Health::Warning)));
    m_states->setText(u"asleep"_s, QString::number(counts.value(Health::Asleep)));
    m_states->setText(u"ok"_s, QString::number(counts.value(Health::Ok) + counts.value(Health::Info)));
    if (!m_collapsedOnce && !all.isEmpty())
        applyGrouping();
    showCover();
    // The pane says something from the start: the worst one's story.
    if (m_table->currentSourceRow() < 0 && !all.isEmpty())
        m_table->selectFirst();
    emit headerChanged();
}

bool ContainersPage::accepts(int index) const
{
    const ContainerRow &row = m_model->row(index);
    const QString device = m_device->currentData().toString();
    if (!device.isEmpty() && row.deviceName != device)
        return false;
    const Health health = healthOf(row.container);
    const QString state = m_states->current();
    if ((state == "warning"_L1 && health != Health::Warning) || (state == "asleep"_L1 && health != Health::Asleep) ||
        (state == "ok"_L1 && health != Health::Ok && health != Health::Info))
        return false;
    const QString text = m_filter->text().trimmed();
    if (text.isEmpty())
        return true;
    const Container &container = row.container;
    for (const QString &field : {container.name, container.image, container.composeProject, row.deviceName,
                                 portsText(container), container.id}) {
        if (field.contains(text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

void ContainersPage::applyFilter()
{
    m_table->setFilter([this](int row) { return accepts(row); });
}

void ContainersPage::applyGrouping()
{
    const QString by = m_group->currentData().toString();
    if (by == "none"_L1) {
        m_table->setGrouping({});
        return;
    }
    m_table->setGrouping(
        [this, by](int row) { return displayText(groupOf(m_model->row(row), by), 120); },
        [this](const QString &, const QList<int> &rows) {
            const auto well =
                std::count_if(rows.begin(), rows.end(), [this](int row) { return isWell(m_model->row(row)); });
            const auto ill = std::count_if(rows.begin(), rows.end(), [this](int row) {
                return healthOf(m_model->row(row).container) == Health::Warning;
            });
            return ill == 0
                       ? tr("%1 of %n well", nullptr, static_cast<int>(rows.size())).arg(well)
                       : tr("%1 of %n well, look at %2", nullptr, static_cast<int>(rows.size())).arg(well).arg(ill);
        });
    // Few containers are all shown; many open only where something is wrong.
    if (m_model->rowCount() > 40 && !m_collapsedOnce) {
        QHash<QString, bool> allWell;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QString group = displayText(groupOf(m_model->row(row), by), 120);
            allWell[group] = allWell.value(group, true) && healthOf(m_model->row(row).container) != Health::Warning;
        }
        for (auto it = allWell.constBegin(); it != allWell.constEnd(); ++it)
            m_table->setCollapsed(it.key(), it.value());
    }
    m_collapsedOnce = true;
}

void ContainersPage::showCover()
{
    if (m_model->rowCount() > 0) {
        m_cover->showContent();
        return;
    }
    if (m_rows.isEmpty())
        m_cover->showLoading(tr("Reading containers"));
    else
        m_cover->showEmpty(tr("No containers"),
                           tr("None of your machines runs Docker or Podman that this account may ask."),
                           tr("Add device"), [this] { context().navigator.openAddDevice({}); });
}

void ContainersPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
}

void ContainersPage::readNow()
{
    context().client.readAllNow();
}

} // namespace infra::ui
