// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/device/detail_tabs.h"

#include "ui/models/container_table_model.h"
#include "ui/models/inventory_tables.h"
#include "ui/pages/device/device_summary.h"
#include "ui/text/format.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The list that a section's data is, or that a part of it is.
template <typename Row>
QList<Row> listOf(const SectionData &data)
{
    const auto *rows = std::get_if<QList<Row>>(&data);
    return rows != nullptr ? *rows : QList<Row>();
}

QList<Temperature> temperaturesOf(const SectionData &data)
{
    const auto *readings = std::get_if<SensorReadings>(&data);
    return readings != nullptr ? readings->temperatures : QList<Temperature>();
}

QList<PendingUpdate> updatesOf(const SectionData &data)
{
    const auto *status = std::get_if<UpdateStatus>(&data);
    return status != nullptr ? status->packages : QList<PendingUpdate>();
}

bool rowContains(const TableModel &model, int row, const QString &needle)
{
    for (int column = 0; column < model.columnCount(); ++column) {
        if (model.index(row, column).data(Qt::DisplayRole).toString().contains(needle, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace

DetailTabs::DetailTabs(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_tabs(new TabStrip(context.theme, tr("What was collected"), this))
    , m_stack(new QStackedWidget(this))
    , m_summary(new DeviceSummary(context, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addWidget(m_stack, 1);
    m_tabs->addTab(u"summary"_s, tr("Summary"));
    m_stack->addWidget(m_summary);
    addViews();
    m_tabs->setCurrent(u"summary"_s);
    connect(m_tabs, &TabStrip::currentChanged, this, [this](const QString &id) {
        open(id);
        emit tabChanged(id);
    });
}

void DetailTabs::build(View &view)
{
    auto *widget = new QWidget(this);
    view.filter = new FilterField(m_context.theme, tr("Filter"), widget);
    view.filter->setAccessibleName(tr("Filter of %1").arg(view.title));
    view.filter->setMaximumWidth(m_context.theme.px(280));
    view.age = makeLabel(m_context.theme, {}, TextStyle::Small, "text.secondary", widget);
    view.table = new DataTable(m_context.theme, u"device."_s + view.id, view.title, widget);
    view.table->setEdge(4);
    view.table->setTableModel(view.model);
    view.table->setSort(view.sortColumn, view.order);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 7, 12, 7);
    bar->addWidget(view.filter);
    bar->addStretch(1);
    bar->addWidget(view.age);
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(view.table, 1);
    view.cover = new StateCover(m_context.theme, view.table);
    connect(view.filter, &QLineEdit::textChanged, this, [table = view.table, model = view.model](const QString &text) {
        const QString needle = text.trimmed();
        if (needle.isEmpty())
            table->setFilter({});
        else
            table->setFilter([model, needle](int row) { return rowContains(*model, row, needle); });
    });
    view.page = widget;
    m_stack->addWidget(widget);
}

template <typename Row>
void DetailTabs::addList(const QString &id, const QString &title, Kind kind, TableModel *model,
                         const QString &sortColumn, Qt::SortOrder order, const QString &emptyText,
                         std::function<QList<Row>(const SectionData &)> rowsOf,
                         std::function<void(const QList<Row> &, bool)> apply,
                         std::function<std::optional<Health>(const QList<Row> &)> worst)
{
    auto view = std::make_shared<View>();
    view->id = id;
    view->title = title;
    view->kind = kind;
    view->emptyText = emptyText;
    view->model = model;
    view->sortColumn = sortColumn;
    view->order = order;
    view->apply = [apply, rowsOf](const Section &section, bool stale) { apply(rowsOf(section.data), stale); };
    view->count = [rowsOf](const Section &section) { return static_cast<int>(rowsOf(section.data).size()); };
    view->worst = [rowsOf, worst](const Section &section) {
        return worst ? worst(rowsOf(section.data)) : std::nullopt;
    };
    m_tabs->addTab(id, title);
    m_views.append(view);
}

void DetailTabs::addViews()
{
    auto *containers = new ContainerTableModel(m_context.clock, false, this);
    addList<Container>(
        u"containers"_s, tr("Containers"), Kind::Containers, containers, u"name"_s, Qt::AscendingOrder,
        tr("No containers on this machine."), listOf<Container>,
        [this, containers](const QList<Container> &list, bool stale) {
            QList<ContainerRow> rows;
            for (const Container &container : list)
                rows.append({m_device.id, m_device.name, m_device.environment, container, stale, {}});
            containers->apply(rows);
        },
        [](const QList<Container> &list) { return worstOf(list); });
    const auto plain = [](auto *model) {
        return [model](const auto &rows, bool stale) {
            model->apply(rows);
            model->setStale(stale);
        };
    };
    auto *filesystems = makeFilesystemModel(this);
    addList<Filesystem>(u"filesystems"_s, tr("File systems"), Kind::Filesystems, filesystems, u"used_percent"_s,
                        Qt::DescendingOrder, tr("No local file system was found."), listOf<Filesystem>,
                        plain(filesystems), [](const QList<Filesystem> &list) { return worstOf(list); });
    auto *services = makeServiceModel(this);
    addList<ServiceUnit>(u"services"_s, tr("Services"), Kind::Services, services, u"name"_s, Qt::AscendingOrder,
                         tr("No services were listed."), listOf<ServiceUnit>, plain(services),
                         [](const QList<ServiceUnit> &list) { return worstOf(list); });
    auto *processes = makeProcessModel(this);
    addList<Process>(u"processes"_s, tr("Processes"), Kind::Processes, processes, u"cpu"_s, Qt::DescendingOrder,
                     tr("No processes were listed."), listOf<Process>, plain(processes));
    auto *interfaces = makeInterfaceModel(this);
    addList<NetInterface>(u"interfaces"_s, tr("Interfaces"), Kind::Interfaces, interfaces, u"name"_s,
                          Qt::AscendingOrder, tr("No interfaces were listed."), listOf<NetInterface>,
                          plain(interfaces));
    auto *ports = makePortModel(this);
    addList<ListeningPort>(u"ports"_s, tr("Ports"), Kind::Ports, ports, u"port"_s, Qt::AscendingOrder,
                           tr("Nothing listens here."), listOf<ListeningPort>, plain(ports));
    auto *users = makeUserModel(m_context.clock, this);
    addList<UserSession>(u"users"_s, tr("Users"), Kind::Users, users, u"user"_s, Qt::AscendingOrder,
                         tr("Nobody is logged in."), listOf<UserSession>, plain(users));

    auto *temperatures = makeTemperatureModel(this);
    addList<Temperature>(u"temperatures"_s, tr("Sensors"), Kind::Temperatures, temperatures, u"value"_s,
                         Qt::DescendingOrder, tr("This machine has no sensors that can be read."), temperaturesOf,
                         plain(temperatures), [](const QList<Temperature> &list) { return worstOf(list); });
    auto *updates = makeUpdateModel(this);
    addList<PendingUpdate>(u"updates"_s, tr("Updates"), Kind::Updates, updates, u"security"_s, Qt::DescendingOrder,
                           tr("Nothing waits to be updated."), updatesOf, plain(updates));
}

void DetailTabs::setDevice(const engine::DeviceRow &row)
{
    m_device = row.device;
    m_details.reset();
    for (const std::shared_ptr<View> &view : std::as_const(m_views)) {
        m_tabs->setCount(view->id, std::nullopt);
        fill(*view);
    }
    m_summary->clear();
    setRow(row);
}

void DetailTabs::setRow(const engine::DeviceRow &row)
{
    m_device = row.device;
    m_summary->setRow(row);
}

void DetailTabs::setDetails(const engine::DeviceDetails &details)
{
    m_details = details;
    m_summary->setDetails(details);
    for (const std::shared_ptr<View> &view : std::as_const(m_views)) {
        const auto found = details.data.constFind(view->kind);
        if (found == details.data.constEnd())
            m_tabs->setCount(view->id, std::nullopt);
        else
            m_tabs->setCount(view->id, view->count(found->section), view->worst(found->section));
        if (view->page != nullptr && view->page == m_stack->currentWidget())
            fill(*view);
    }
}

void DetailTabs::fill(const View &view)
{
    if (view.page == nullptr)
        return;
    if (!m_details) {
        view.apply(Section(), false);
        view.cover->showLoading(tr("Waiting for the first reading of %1").arg(view.title));
        view.age->clear();
        return;
    }
    const auto readNow = [this, kind = view.kind] { m_context.client.readNow(m_device.id, {kind}); };
    const auto found = m_details->data.constFind(view.kind);
    if (found == m_details->data.constEnd()) {
        view.apply(Section(), false);
        view.age->clear();
        view.cover->showEmpty(tr("Not read yet"),
                              isSlow(view.kind) ? tr("This is read every few hours, or when you ask for it.")
                                                : tr("The first reading is on its way."),
                              tr("Read now"), readNow);
        return;
    }
    const Section &section = found->section;
    view.apply(section, found->stale);
    QString ageText = tr("Read %1 ago").arg(age(found->readAt, m_context.clock.now()));
    if (!section.warnings.isEmpty())
        ageText = tr("%1, with %n warnings", nullptr, static_cast<int>(section.warnings.size())).arg(ageText);
    view.age->setText(ageText);
    view.age->setToolTip(section.warnings.isEmpty() ? timeLong(found->readAt) : section.warnings.join(u'\n'));
    const bool empty = view.count(section) == 0;
    if (section.status == SectionStatus::Error && empty && section.error)
        view.cover->showError(*section.error, tr("Read again"), readNow);
    else if (section.status == SectionStatus::Skipped)
        view.cover->showEmpty(tr("Not on this machine"),
                              section.warnings.isEmpty() ? view.emptyText : section.warnings.first());
    else if (empty)
        view.cover->showEmpty(view.emptyText, {});
    else
        view.cover->showContent();
}

void DetailTabs::open(const QString &tab)
{
    if (tab == "summary"_L1) {
        m_stack->setCurrentWidget(m_summary);
        m_tabs->setCurrent(tab);
        return;
    }
    for (const std::shared_ptr<View> &view : std::as_const(m_views)) {
        if (view->id != tab)
            continue;
        if (view->page == nullptr)
            build(*view);
        if (view->page != m_stack->currentWidget())
            fill(*view);
        m_stack->setCurrentWidget(view->page);
        m_tabs->setCurrent(tab);
    }
}

QString DetailTabs::current() const
{
    return m_tabs->current();
}

void DetailTabs::focusFilter()
{
    for (const std::shared_ptr<View> &view : std::as_const(m_views)) {
        if (view->id == m_tabs->current())
            view->filter->setFocus(Qt::ShortcutFocusReason);
    }
}

QList<Kind> DetailTabs::currentKinds() const
{
    for (const std::shared_ptr<View> &view : m_views) {
        if (view->id == m_tabs->current() && isSlow(view->kind))
            return {view->kind};
    }
    return {};
}

} // namespace infra::ui
