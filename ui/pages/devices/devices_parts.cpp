// SPDX-License-Identifier: GPL-3.0-or-later
// How the list of devices is put together: head with saved filters, filter bar, table, pane.
#include "ui/models/device_table_model.h"
#include "ui/pages/devices/bulk_bar.h"
#include "ui/pages/devices/bulk_dialogs.h"
#include "ui/pages/devices/device_pane.h"
#include "ui/pages/devices/devices_page.h"
#include "ui/pages/devices/seen_hosts.h"
#include "ui/pages/devices/tick_delegate.h"
#include "ui/shell/surface.h"
#include "ui/tables/data_table.h"
#include "ui/tables/ui_state.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QJsonArray>
#include <QtGui/QAction>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;
using engine::DeviceRow;

void DevicesPage::buildHead()
{
    const Theme &theme = context().theme;
    m_head = new QWidget(this);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(20);
    row->addWidget(makeLabel(theme, tr("Devices"), TextStyle::Heading, "text.primary", m_head));
    m_tabs = new TabStrip(theme, tr("Saved filters"), m_head);
    m_tabs->setInHeader();
    m_tabs->addTab(QString(), tr("All"));
    const QJsonArray saved =
        context().state != nullptr ? context().state->value(u"overview.filters"_s).toArray() : QJsonArray();
    for (const QJsonValue &line : saved)
        m_tabs->addTab(line.toString(), line.toString());
    m_tabs->setCurrent(QString());
    row->addWidget(m_tabs);
    row->addStretch(1);
    connect(m_tabs, &TabStrip::currentChanged, this, [this](const QString &line) {
        m_tabFilter = FleetFilter(line);
        applyFilter();
    });
    m_head->hide();
}

void DevicesPage::refreshTabs()
{
    if (m_tabs == nullptr)
        return;
    m_tabs->setCount(QString(), m_model->rowCount());
    const QJsonArray saved =
        context().state != nullptr ? context().state->value(u"overview.filters"_s).toArray() : QJsonArray();
    for (const QJsonValue &line : saved) {
        const FleetFilter filter(line.toString());
        int fits = 0;
        for (const DeviceRow &row : m_model->rows())
            fits += filter.accepts(row) ? 1 : 0;
        m_tabs->setCount(line.toString(), fits);
    }
}

QWidget *DevicesPage::buildBar()
{
    const Theme &theme = context().theme;
    QFrame *bar = makeSurface(u"head"_s, this);
    bar->setFixedHeight(theme.px(46));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(8);
    m_filterField = new FilterField(theme, tr("Name, address, tag, key or note"), bar);
    m_filterField->setMinimumWidth(theme.px(150));
    m_filterField->setMaximumWidth(theme.px(250));
    row->addWidget(m_filterField, 2);
    m_environments = new SegmentedControl(theme, tr("Environments shown"), bar);
    m_environments->addSegment(u"all"_s, tr("All"));
    for (const Environment environment : {Environment::Production, Environment::Staging, Environment::Lab})
        m_environments->addSegment(toName(environment), environmentWord(environment));
    m_environments->setCurrent(u"all"_s);
    row->addWidget(m_environments);
    m_group = makeButton(theme, tr("Group: %1").arg(tr("group")), ButtonKind::Default, u"chevron-down"_s, bar);
    m_tag = makeButton(theme, tr("Tag: any"), ButtonKind::Default, u"chevron-down"_s, bar);
    for (QPushButton *button : {m_group, m_tag}) {
        setButtonSize(button, ButtonSize::Small);
        row->addWidget(button);
    }
    row->addStretch(1);
    QPushButton *columns = makeIconButton(theme, u"layout-three-columns"_s, tr("Choose columns"), bar);
    QPushButton *save = makeIconButton(theme, u"download"_s, tr("Export the table"), bar);
    for (QPushButton *button : {columns, save}) {
        setButtonSize(button, ButtonSize::Small);
        row->addWidget(button);
    }
    connect(m_filterField, &QLineEdit::textChanged, this, &DevicesPage::applyFilter);
    connect(m_environments, &SegmentedControl::currentChanged, this, &DevicesPage::applyFilter);
    connect(m_group, &QPushButton::clicked, this, &DevicesPage::chooseGroup);
    connect(m_tag, &QPushButton::clicked, this, &DevicesPage::chooseTag);
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

void DevicesPage::build()
{
    Theme &theme = context().theme;
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    QFrame *ground = makeSurface(u"flat"_s, this);
    outer->addWidget(ground);
    auto *column = new QVBoxLayout(ground);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    m_bulk = new BulkBar(context(), ground);
    m_bulk->hide();
    column->addWidget(m_bulk);
    m_model = new DeviceTableModel(DeviceTableModel::deviceColumns(), context().clock, this);
    m_table = new DataTable(theme, u"devices"_s, tr("Devices"), ground);
    m_table->setEdge(6);
    m_table->setTinted([this](int row) { return m_ticked.contains(m_model->row(row).device.id); });
    m_table->setState(context().state);
    m_table->setTableModel(m_model);
    m_table->setEmptyText(tr("No device matches the filter"));
    m_table->setItemDelegateForColumn(m_model->columnOf(u"check"_s),
                                      new TickDelegate(
                                          theme, *m_table->itemDelegate(),
                                          [this](const QString &id) { return m_ticked.contains(DeviceId(id)); },
                                          m_table));
    m_table->setItemDelegateForColumn(m_model->columnOf(u"tags"_s),
                                      new TagsDelegate(theme, *m_table->itemDelegate(), m_table));
    m_table->viewport()->installEventFilter(this);
    m_table->installEventFilter(this);
    column->addWidget(m_table, 1);
    m_seen = new SeenHosts(context(), ground);
    column->addWidget(m_seen);
    m_cover = new StateCover(theme, m_table);
    m_pane = new DevicePane(context(), this);

    connect(m_bulk, &BulkBar::cleared, this, [this] {
        m_ticked.clear();
        refreshTicks();
        refreshPane();
    });
    connect(m_bulk, &BulkBar::allWanted, this, [this](bool on) {
        for (const DeviceRow &row : m_model->rows()) {
            if (!passes(row))
                continue;
            if (on)
                m_ticked.insert(row.device.id);
            else
                m_ticked.remove(row.device.id);
        }
        refreshTicks();
        refreshPane();
    });
    connect(m_table, &DataTable::currentRowChanged, this, &DevicesPage::refreshPane);
    connect(m_table, &DataTable::activatedRow, this, [this](int row) {
        context().navigator.open({u"device"_s, m_model->row(row).device.id, {}});
    });
    connect(m_pane, &DevicePane::removeWanted, this, [this](const DeviceId &id) {
        const int at = m_model->rowOf(id);
        if (at < 0)
            return;
        auto *dialog = new SmallDialog(context().theme, tr("Remove %1").arg(m_model->row(at).device.name),
                                       tr("It is no longer read. Nothing changes on the machine itself."),
                                       tr("Remove device"), true, window());
        QCheckBox *history = dialog->addCheck(tr("Delete its history too, after a minute for undo"), false);
        connect(dialog, &SmallDialog::confirmed, this,
                [this, id, history] { m_edit->remove({id}, history->isChecked()); });
        dialog->open();
    });
}

void DevicesPage::applyGrouping()
{
    m_grouped = m_model->hasGroups(m_groupBy);
    if (!m_grouped) {
        m_table->setGrouping({});
        return;
    }
    m_table->setGrouping(
        [this](int at) {
            const Device &device = m_model->row(at).device;
            if (m_groupBy == u"environment")
                return environmentWord(device.environment);
            return device.group.isEmpty() ? tr("No group") : device.group;
        },
        [this](const QString &, const QList<int> &rows) {
            int chosen = 0;
            for (const int row : rows)
                chosen += m_ticked.contains(m_model->row(row).device.id) ? 1 : 0;
            return chosen > 0 ? tr("%1, %2 selected").arg(rows.size()).arg(chosen) : QString::number(rows.size());
        });
}

void DevicesPage::chooseGroup()
{
    auto *menu = new QMenu(m_group);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QList<QPair<QString, QString>> choices = {
        {u"group"_s, tr("group")}, {u"environment"_s, tr("environment")}, {u"none"_s, tr("nothing")}};
    for (const auto &[id, name] : choices) {
        connect(menu->addAction(tr("Group by %1").arg(name)), &QAction::triggered, this,
                [this, chosen = id, word = name] {
                    m_groupBy = chosen;
                    m_group->setText(tr("Group: %1").arg(word));
                    m_group->setAccessibleName(m_group->text());
                    applyGrouping();
                });
    }
    menu->popup(m_group->mapToGlobal(QPoint(0, m_group->height())));
}

void DevicesPage::chooseTag()
{
    QStringList tags;
    for (const DeviceRow &row : m_model->rows())
        tags += row.device.tags;
    tags.removeDuplicates();
    tags.sort(Qt::CaseInsensitive);
    auto *menu = new QMenu(m_tag);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &words, const QString &tag) {
        connect(menu->addAction(words), &QAction::triggered, this, [this, tag] {
            m_tagWanted = tag;
            m_tag->setText(tag.isEmpty() ? tr("Tag: any") : tr("Tag: %1").arg(tag));
            m_tag->setAccessibleName(m_tag->text());
            applyFilter();
        });
    };
    add(tr("Any tag"), {});
    menu->addSeparator();
    for (const QString &tag : std::as_const(tags))
        add(tag, tag);
    menu->popup(m_tag->mapToGlobal(QPoint(0, m_tag->height())));
}

} // namespace infra::ui
