// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/device/device_page.h"

#include "core/base/redaction.h"
#include "ui/dialogs/device/commands_dialog.h"
#include "ui/dialogs/device/host_key_dialog.h"
#include "ui/dialogs/device/remove_dialog.h"
#include "ui/models/finding_text.h"
#include "ui/pages/device/chart_grid.h"
#include "ui/pages/device/detail_tabs.h"
#include "ui/pages/device/device_head.h"
#include "ui/text/error_text.h"
#include "ui/text/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scroller.h"
#include "ui/widgets/shapes.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isTrouble(const engine::DeviceRow &row)
{
    return row.error.has_value() || row.state == DeviceState::Stale || row.state == DeviceState::Paused ||
           row.health == Health::Critical || row.health == Health::Warning;
}

} // namespace

DevicePage::DevicePage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
    , m_head(new DeviceHead(context, this))
    , m_cause(new Note(context.theme, Health::Info, {}, {}, this))
    , m_charts(new ChartGrid(context, this))
    , m_tabs(new DetailTabs(context, this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
{
    m_causeAction = m_cause->addButton(tr("Open"), ButtonKind::Default);
    m_cause->hide();
    auto *top = new QWidget;
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(20, 12, 20, 12);
    topLayout->setSpacing(12);
    topLayout->addWidget(m_cause);
    topLayout->addWidget(m_charts, 1);
    auto *scroll = makeScroller(this, tr("Charts"));
    scroll->setWidget(top);
    m_splitter->addWidget(scroll);
    m_splitter->addWidget(m_tabs);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    // Room for a cause and two rows of charts.
    m_splitter->setSizes({context.theme.px(600), context.theme.px(190)});
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setAccessibleName(tr("Charts and tables"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    connect(m_head, &DeviceHead::readRequested, this, &DevicePage::readNow);
    connect(m_head, &DeviceHead::commandsRequested, this, &DevicePage::showCommands);
    connect(m_head, &DeviceHead::removeRequested, this, &DevicePage::askRemove);
    connect(m_causeAction, &QPushButton::clicked, this, &DevicePage::actOnCause);
    connect(&context.client, &engine::FleetClient::devicesChanged, this,
            [this](const QList<engine::DeviceRow> &changed, const QList<DeviceId> &removed) {
                for (const engine::DeviceRow &row : changed) {
                    if (row.device.id == m_wanted)
                        setRow(row);
                }
                if (m_shown && removed.contains(m_wanted))
                    this->context().navigator.open({u"devices"_s, {}, {}});
            });
    connect(&context.client, &engine::FleetClient::detailsChanged, this, [this](const engine::DeviceDetails &details) {
        if (m_shown && details.device == m_wanted)
            m_tabs->setDetails(details);
    });
}

QString DevicePage::title() const
{
    return m_row ? displayText(m_row->device.name, 64) : tr("Device");
}

QWidget *DevicePage::headerWidget()
{
    return m_head;
}

Environment DevicePage::environment() const
{
    return m_row ? m_row->device.environment : Environment::None;
}

void DevicePage::setRoute(const Route &route)
{
    if (route.device != m_wanted || !m_row) {
        m_wanted = route.device;
        m_row.reset();
        for (const engine::DeviceRow &row : context().client.devices()) {
            if (row.device.id == m_wanted)
                setDevice(row);
        }
        if (m_shown)
            shown();
    }
    if (!route.part.isEmpty())
        m_tabs->open(route.part);
}

void DevicePage::shown()
{
    m_shown = true;
    if (m_wanted.isNull())
        return;
    m_watchDetails = context().client.watchDetails(m_wanted);
    m_watchLive = context().client.watchLive(m_wanted);
    if (const std::optional<engine::DeviceDetails> details = context().client.details(m_wanted))
        m_tabs->setDetails(*details);
    m_charts->setActive(true);
    loadEvents();
}

void DevicePage::hidden()
{
    m_shown = false;
    m_watchDetails.reset();
    m_watchLive.reset();
    m_charts->setActive(false);
}

void DevicePage::setDevice(const engine::DeviceRow &row)
{
    m_row = row;
    m_charts->setDevice(row);
    m_tabs->setDevice(row);
    setRow(row);
}

void DevicePage::setRow(const engine::DeviceRow &row)
{
    const bool newReading = m_row && m_row->readAt != row.readAt;
    if (!m_row) {
        setDevice(row);
        return;
    }
    const bool headChanged =
        m_row->device.name != row.device.name || m_row->device.environment != row.device.environment;
    m_row = row;
    m_head->setRow(row);
    m_tabs->setRow(row);
    if (newReading && m_shown)
        m_charts->update(row);
    showCause();
    if (headChanged)
        emit headerChanged();
}

void DevicePage::showCause()
{
    const engine::DeviceRow &row = *m_row;
    if (!isTrouble(row)) {
        m_cause->hide();
        return;
    }
    const Instant now = context().clock.now();
    m_causeAction->show();
    if (!row.findings.isEmpty() && !row.error) {
        const Finding &worst = row.findings.first();
        m_cause->setTexts(row.health, findingTitle(worst),
                          tr("Since %1. %2").arg(timeShort(worst.since, now), findingDetail(worst)));
        m_causeAction->setText(tr("Show"));
    } else if (row.error) {
        const ErrorWords words = errorWords(*row.error);
        QString why = words.why + u' ' + words.remedy;
        if (row.readAt)
            why = tr("%1 The values below are %2 old.").arg(why.trimmed(), age(row.readAt, now));
        m_cause->setTexts(row.health, words.what, why.trimmed());
        m_causeAction->setText(row.state == DeviceState::HostKey    ? tr("Compare keys…")
                               : row.state == DeviceState::NeedsYou ? tr("Sign in…")
                                                                    : tr("Try now"));
    } else {
        m_cause->setTexts(row.health, stateTitle(row, now),
                          row.state == DeviceState::Paused ? tr("Nothing is read until you resume it.") : QString());
        m_causeAction->setText(row.state == DeviceState::Paused ? tr("Resume") : tr("Try now"));
    }
    m_cause->show();
}

void DevicePage::actOnCause()
{
    if (!m_row)
        return;
    const engine::DeviceRow &row = *m_row;
    if (row.state == DeviceState::Paused) {
        context().client.setPaused({row.device.id}, false);
    } else if (row.state == DeviceState::HostKey) {
        (new HostKeyDialog(context(), row, window()))->open();
    } else if (row.state == DeviceState::NeedsYou) {
        context().client.connectInteractively(row.device.id).then(this, [this](const Result<void> &done) {
            if (!done)
                context().navigator.showError(done.error());
        });
    } else if (row.error || row.findings.isEmpty()) {
        readNow();
    } else {
        const QString rule = row.findings.first().rule;
        if (rule.startsWith("fs."_L1))
            m_tabs->open(u"filesystems"_s);
        else if (rule.startsWith("container"_L1))
            m_tabs->open(u"containers"_s);
        else if (rule.startsWith("unit"_L1) || rule.startsWith("service"_L1))
            m_tabs->open(u"services"_s);
        else if (rule.startsWith("sensor"_L1) || rule.startsWith("temp"_L1))
            m_tabs->open(u"temperatures"_s);
        else
            m_tabs->open(u"processes"_s);
    }
}

void DevicePage::readNow()
{
    if (m_wanted.isNull())
        return;
    context().client.readNow(m_wanted, m_tabs->currentKinds()).then(this, [this](const collect::CollectResult &result) {
        if (result.error)
            context().navigator.showError(*result.error);
    });
}

void DevicePage::focusFilter()
{
    m_tabs->focusFilter();
}

void DevicePage::showCommands()
{
    if (m_row)
        (new CommandsDialog(context(), m_row->device, window()))->open();
}

void DevicePage::askRemove()
{
    if (m_row)
        (new RemoveDialog(context(), {m_row->device}, window()))->open();
}

void DevicePage::loadEvents()
{
    QList<ChartEvent> events;
    if (m_row) {
        for (const Finding &finding : std::as_const(m_row->findings))
            events.append({ChartEvent::Kind::Alert, finding.since, finding.severity, findingTitle(finding)});
    }
    m_charts->setEvents(events);
}

} // namespace infra::ui
