// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/overview_page.h"

#include "ui/models/causes.h"
#include "ui/models/device_table_model.h"
#include "ui/pages/overview/attention_panel.h"
#include "ui/pages/overview/day_band.h"
#include "ui/pages/overview/tiles_view.h"
#include "ui/tables/ui_state.h"
#include "ui/text/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QTimerEvent>
#include <QtGui/QAction>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;
using engine::DeviceRow;

namespace {
constexpr int kTickMs = 1000;
constexpr int kManyDevices = 200; ///< tiles are off, calm groups collapsed
constexpr int kDayRows = 1000;
} // namespace

OverviewPage::OverviewPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
{
    auto *add = new QAction(tr("Add device"), this);
    add->setProperty("iconName", u"plus-lg"_s);
    connect(add, &QAction::triggered, this, [this] { this->context().navigator.openAddDevice({}); });
    auto *read = new QAction(tr("Read all devices now"), this);
    read->setProperty("iconName", u"arrow-clockwise"_s);
    read->setPriority(QAction::LowPriority);
    connect(read, &QAction::triggered, this, [this] { this->context().client.readAllNow(); });
    m_actions = {add, read};
    m_groupBy = context.state != nullptr ? context.state->value(u"overview.group"_s).toString(u"group"_s) : u"group"_s;
    buildBody();

    engine::FleetClient &client = context.client;
    connect(&client, &engine::FleetClient::devicesChanged, this,
            [this](const QList<DeviceRow> &changed, const QList<DeviceId> &removed) {
                m_model->apply(changed, removed);
                if (m_model->hasGroups(m_groupBy) != m_groupsShown)
                    applyGrouping();
                reload();
            });
    connect(&client, &engine::FleetClient::statusChanged, this, [this] {
        refreshFacts();
        refreshCauses();
    });
    connect(&client, &engine::FleetClient::audited, this, [this](const AuditEntry &entry) {
        if (entry.source != AuditSource::Schedule && isVisible())
            loadDay();
    });
    m_model->setRows(client.devices());
    applyGrouping();
    const bool tiles = context.state != nullptr && context.state->value(u"overview.tiles"_s).toBool();
    setTiles(tiles);
    reload();
}

QString OverviewPage::facts() const
{
    std::optional<Instant> newest;
    std::optional<Instant> oldest;
    for (const DeviceRow &row : m_model->rows()) {
        if (!row.readAt || row.state == DeviceState::Asleep || row.state == DeviceState::Paused)
            continue;
        newest = newest ? std::max(*newest, *row.readAt) : *row.readAt;
        oldest = oldest ? std::min(*oldest, *row.readAt) : *row.readAt;
    }
    if (!newest)
        return {};
    const Instant now = context().clock.now();
    if (m_model->rowCount() == 1)
        return tr("Read %1 ago").arg(age(newest, now));
    return tr("Newest %1, oldest %2", "ages of readings").arg(age(newest, now), age(oldest, now));
}

QWidget *OverviewPage::sidePane()
{
    return m_attention;
}

void OverviewPage::setRoute(const Route &route)
{
    if (!route.part.isEmpty())
        setFilterText(route.part);
}

void OverviewPage::shown()
{
    m_watch = context().client.watchDetails(DeviceId());
    m_clockTimer.start(kTickMs, this);
    m_model->setRows(context().client.devices());
    reload();
    loadDay();
}

void OverviewPage::hidden()
{
    m_watch.reset();
    m_clockTimer.stop();
    m_dayCancel.cancel();
}

void OverviewPage::focusFilter()
{
    m_filterField->setFocus(Qt::ShortcutFocusReason);
    m_filterField->selectAll();
}

void OverviewPage::readNow()
{
    context().client.readAllNow();
}

void OverviewPage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_clockTimer.timerId())
        return;
    m_model->refreshAges();
    emit headerChanged();
}

int OverviewPage::shownRows() const
{
    return m_table->visibleRowCount();
}

bool OverviewPage::passes(const DeviceRow &row) const
{
    const QString state = m_states->current();
    if (state == u"problems" && row.health != Health::Critical && row.health != Health::Warning &&
        row.health != Health::Unknown)
        return false;
    if (state == u"critical" && row.health != Health::Critical)
        return false;
    if (state == u"warning" && row.health != Health::Warning)
        return false;
    if (state == u"unknown" && row.health != Health::Unknown)
        return false;
    return m_filter.accepts(row);
}

void OverviewPage::applyFilter()
{
    m_filter = FleetFilter(m_filterField->text());
    m_filterField->setProblem(m_filter.problem());
    m_table->setFilter([this](int row) { return passes(m_model->row(row)); });
    QList<DeviceRow> rows;
    if (m_tilesOn) {
        for (const DeviceRow &row : m_model->rows()) {
            if (passes(row))
                rows.append(row);
        }
    }
    m_tiles->setRows(rows);
}

void OverviewPage::reload()
{
    const QList<DeviceRow> &rows = m_model->rows();
    QHash<Health, int> counts;
    for (const DeviceRow &row : rows)
        ++counts[row.health];
    const bool many = rows.size() > kManyDevices;
    m_states->setText(u"all"_s, tr("All %1").arg(count(rows.size())));
    m_states->setText(u"critical"_s, count(counts.value(Health::Critical)));
    m_states->setText(u"warning"_s, count(counts.value(Health::Warning)));
    m_states->setText(u"unknown"_s, count(counts.value(Health::Unknown)));
    if (many && m_tilesOn)
        setTiles(false);
    m_mode->setEnabled(!many);
    m_mode->setToolTip(many ? tr("Tiles are for at most %1 devices").arg(kManyDevices) : QString());
    applyFilter();
    if (many && !m_grouped) {
        m_grouped = true;
        collapseCalmGroups();
    }
    if (rows.isEmpty())
        m_cover->showLoading(tr("Reading what is known of your devices"));
    else
        m_cover->showContent();
    m_welcome->setVisible(rows.size() == 1);
    refreshFacts();
    refreshCauses();
    if (m_dayOpen == 0 && m_dayTo > Instant{})
        m_band->setMarks(bandMarks(m_day, rows, m_dayFrom, m_dayTo), m_dayFrom, m_dayTo);
    emit headerChanged();
}

void OverviewPage::refreshFacts()
{
    QList<engine::DeviceDetails> details;
    for (const DeviceRow &row : m_model->rows()) {
        if (auto known = context().client.details(row.device.id))
            details.append(*known);
    }
    const StorageSum sum = storageSum(details);
    m_strip->setFacts(fleetFacts(m_model->rows(), context().client.status(),
                                 sum.fileSystems > 0 ? std::optional(sum) : std::nullopt));
    m_strip->setVisible(!m_model->rows().isEmpty());
}

void OverviewPage::refreshCauses()
{
    const Instant now = context().clock.now();
    const QList<Cause> attention = attentionCauses(m_model->rows(), now);
    m_attention->setCauses(attention, waitingCauses(m_model->rows(), context().client.status(), now), now,
                           m_model->rows().isEmpty());
    m_attentionButton->setText(attention.isEmpty() ? tr("Nothing needs attention")
                                                   : tr("Needs attention, %1").arg(attention.size()));
    m_attentionButton->setAccessibleName(m_attentionButton->text());
}

void OverviewPage::loadDay()
{
    m_dayCancel.cancel();
    m_dayCancel = CancelToken();
    m_dayTo = context().clock.now();
    m_dayFrom = m_dayTo - std::chrono::hours(24);
    m_day.clear();
    const QList<AuditSource> persons = {AuditSource::Ui, AuditSource::Ctl, AuditSource::Rest, AuditSource::Mcp};
    m_dayOpen = static_cast<int>(persons.size());
    const CancelToken mine = m_dayCancel;
    for (const AuditSource source : persons) {
        AuditQuery query;
        query.since = m_dayFrom;
        query.source = source;
        query.limit = kDayRows;
        context().client.audit(query, mine).then(this, [this, mine](const Result<AuditPage> &page) {
            if (mine.isCanceled())
                return;
            if (!page) {
                m_dayCancel.cancel();
                m_band->setMessage(tr("The last day could not be read from the history."));
                return;
            }
            m_day += page->entries;
            if (--m_dayOpen == 0)
                m_band->setMarks(bandMarks(m_day, m_model->rows(), m_dayFrom, m_dayTo), m_dayFrom, m_dayTo);
        });
    }
}

} // namespace infra::ui
