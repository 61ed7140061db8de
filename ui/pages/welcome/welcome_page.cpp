// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/welcome_page.h"

#include "core/engine/setting_keys.h"
#include "ui/pages/devices/seen_hosts.h"
#include "ui/pages/devices/tick_delegate.h"
#include "ui/pages/welcome/host_table_model.h"
#include "ui/pages/welcome/local_card.h"
#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
#include "ui/tables/data_table.h"
#include "ui/tables/ui_state.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/scroller.h"

#include <QtCore/QTimerEvent>
#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kLocalTickMs = 1000;
}

WelcomePage::WelcomePage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
{
    auto *skip = new QAction(tr("Skip for now"), this);
    skip->setProperty("buttonKind", u"flat"_s);
    connect(skip, &QAction::triggered, this, &WelcomePage::leave);
    m_actions = {skip};
    build();
    connect(&context.client, &engine::FleetClient::devicesChanged, this, &WelcomePage::refreshLocal);
}

void WelcomePage::build()
{
    Theme &theme = context().theme;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(4);
    QLabel *title = makeLabel(theme, tr("This computer is already here. Add the machines you know."), TextStyle::Figure,
                              "text.primary", this);
    title->setWordWrap(true);
    column->addWidget(title);
    QLabel *words = makeLabel(theme,
                              tr("Found in your SSH configuration; none has been contacted yet. No agent, no account, "
                                 "nothing is installed on them."),
                              TextStyle::Body, "text.secondary", this);
    words->setWordWrap(true);
    column->addWidget(words);
    column->addSpacing(12);
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(buildHosts(), 1);
    auto *right = new QVBoxLayout;
    right->setSpacing(12);
    m_local = new LocalCard(theme, context().clock, this);
    right->addWidget(m_local);
    right->addWidget(buildWays());
    QFrame *promise = makeSurface(u"panel"_s, this);
    auto *promiseRow = new QHBoxLayout(promise);
    promiseRow->setContentsMargins(12, 10, 12, 10);
    promiseRow->setSpacing(12);
    promiseRow->addWidget(new Glyph(theme, u"shield-check"_s, 16, "accent.fg", promise), 0, Qt::AlignTop);
    auto *promiseWords = new QVBoxLayout;
    promiseWords->setSpacing(2);
    promiseWords->addWidget(
        makeLabel(theme, tr("Only reading commands run"), TextStyle::BodyMedium, "text.primary", promise));
    QLabel *promiseMore =
        makeLabel(theme, tr("Each is in a fixed list that you can look at. Host keys are always checked."),
                  TextStyle::Small, "text.secondary", promise);
    promiseMore->setWordWrap(true);
    promiseWords->addWidget(promiseMore);
    promiseRow->addLayout(promiseWords, 1);
    right->addWidget(promise);
    right->addStretch(1);
    auto *rightBox = new QWidget(this);
    rightBox->setLayout(right);
    right->setContentsMargins(0, 0, 0, 0);
    // The smallest window, or large text, is lower than what stands here.
    QScrollArea *scroll = makeScroller(this, tr("This computer, and more ways in"));
    scroll->setWidget(rightBox);
    const auto resize = [scroll, &theme] { scroll->setFixedWidth(theme.px(396)); };
    connect(&theme, &Theme::changed, scroll, resize);
    resize();
    row->addWidget(scroll);
    column->addLayout(row, 1);
}

QWidget *WelcomePage::buildHosts()
{
    Theme &theme = context().theme;
    QFrame *panel = makeSurface(u"panel"_s, this);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    QFrame *head = makeSurface(u"head"_s, panel);
    head->setFixedHeight(theme.px(44));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    m_all = new QCheckBox(head);
    m_all->setTristate(true);
    m_all->setAccessibleName(tr("Tick all hosts that can be added"));
    row->addWidget(m_all);
    row->addWidget(makeLabel(theme, context().client.settings().string(engine::keys::sshConfigFile),
                             TextStyle::BodyStrong, "text.primary", head));
    m_found = new ElidedLabel(theme, QString(), TextStyle::Small, "text.secondary", head);
    row->addWidget(m_found, 1);
    m_filterField = new FilterField(theme, tr("Filter"), head);
    m_filterField->setFixedWidth(theme.px(170));
    row->addWidget(m_filterField);
    column->addWidget(head);
    m_model = new HostTableModel(this);
    m_table = new DataTable(theme, u"welcome"_s, tr("Hosts of the SSH configuration"), panel);
    m_table->setTableModel(m_model);
    m_table->setEmptyText(tr("No host matches the filter"));
    m_table->setItemDelegateForColumn(m_model->columnOf(u"check"_s),
                                      new TickDelegate(
                                          theme, *m_table->itemDelegate(),
                                          [this](const QString &alias) { return m_model->isTicked(alias); }, m_table));
    m_table->viewport()->installEventFilter(this);
    m_table->installEventFilter(this);
    column->addWidget(m_table, 1);
    column->addWidget(buildPromises());
    column->addWidget(buildFoot());
    m_cover = new StateCover(theme, m_table);
    connect(m_model, &HostTableModel::ticksChanged, this, &WelcomePage::refreshTicks);
    connect(m_filterField, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_table->setFilter([this, text](int at) {
            const engine::SshConfigHost &host = m_model->host(at);
            return host.alias.contains(text, Qt::CaseInsensitive) ||
                   hostAddress(host).contains(text, Qt::CaseInsensitive);
        });
    });
    connect(m_all, &QCheckBox::clicked, this, [this] {
        const bool on = m_all->checkState() != Qt::Unchecked;
        for (int at = 0; at < m_model->rowCount(); ++at)
            m_model->setTicked(m_model->host(at).alias, on);
    });
    return panel;
}

void WelcomePage::shown()
{
    m_timer.start(kLocalTickMs, this);
    refreshLocal();
    load();
}

void WelcomePage::focusFilter()
{
    m_filterField->setFocus(Qt::ShortcutFocusReason);
    m_filterField->selectAll();
}

void WelcomePage::readNow()
{
    load();
}

void WelcomePage::load()
{
    if (m_model->rowCount() == 0)
        m_cover->showLoading(tr("Reading the SSH configuration"));
    context().client.sshConfigHosts().then(this, [this](const Result<QList<engine::SshConfigHost>> &hosts) {
        if (!hosts) {
            m_cover->showError(hosts.error(), tr("Read again"), [this] { load(); });
            return;
        }
        m_model->setHosts(*hosts);
        if (hosts->isEmpty())
            m_cover->showEmpty(tr("No hosts in the SSH configuration"),
                               tr("Add a machine that you can reach over SSH; the form tests it before it is kept."),
                               tr("Add device…"), [this] { context().navigator.openAddDevice({}); });
        else
            m_cover->showContent();
        refreshTicks();
    });
}

void WelcomePage::refreshTicks()
{
    const int ticked = static_cast<int>(m_model->ticked().size());
    int possible = 0;
    int added = 0;
    for (int at = 0; at < m_model->rowCount(); ++at) {
        possible += m_model->canAdd(at) ? 1 : 0;
        added += m_model->host(at).alreadyAdded ? 1 : 0;
    }
    m_all->setEnabled(possible > 0);
    m_all->setCheckState(ticked == 0 ? Qt::Unchecked : ticked == possible ? Qt::Checked : Qt::PartiallyChecked);
    m_found->setText(added > 0 ? tr("%n host(s), %1 already added", nullptr, m_model->rowCount()).arg(added)
                               : tr("%n host(s)", nullptr, m_model->rowCount()));
    m_add->setText(ticked == 0 ? tr("Add devices") : tr("Add %n device(s)", nullptr, ticked));
    m_add->setAccessibleName(m_add->text());
    m_add->setEnabled(ticked > 0 && !m_adding);
    m_table->viewport()->update();
}

void WelcomePage::refreshLocal()
{
    for (const engine::DeviceRow &row : context().client.devices()) {
        if (row.device.isLocal())
            return m_local->setRow(row);
    }
    m_local->setRow(std::nullopt);
}

void WelcomePage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        m_local->update();
}

bool WelcomePage::eventFilter(QObject *watched, QEvent *event)
{
    const auto toggle = [this](const QModelIndex &index) {
        const QString alias = index.data(RowIdRole).toString();
        m_model->setTicked(alias, !m_model->isTicked(alias));
    };
    if (watched == m_table->viewport() && event->type() == QEvent::MouseButtonPress) {
        const QModelIndex index = m_table->indexAt(static_cast<QMouseEvent *>(event)->position().toPoint());
        if (index.isValid() && index.column() == m_model->columnOf(u"check"_s)) {
            toggle(index);
            return true;
        }
    }
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space && m_table->currentIndex().isValid()) {
        toggle(m_table->currentIndex());
        return true;
    }
    return Page::eventFilter(watched, event);
}

void WelcomePage::addTicked()
{
    struct Work
    {
        qsizetype open = 0;
        int added = 0;
        std::optional<Error> error;
    };
    auto work = std::make_shared<Work>();
    const QList<engine::SshConfigHost> hosts = m_model->ticked();
    work->open = hosts.size();
    m_adding = true;
    refreshTicks();
    for (const engine::SshConfigHost &host : hosts) {
        context().client.addDevice(deviceFromHost(host), {}).then(this, [this, work](const Result<Device> &result) {
            if (result)
                ++work->added;
            else
                work->error = result.error();
            if (--work->open > 0)
                return;
            m_adding = false;
            if (work->error)
                context().navigator.showError(*work->error);
            if (work->added > 0) {
                context().navigator.toast(
                    tr("%n device(s) added, first readings are on the way", nullptr, work->added));
                leave();
            } else {
                load();
            }
        });
    }
}

void WelcomePage::leave()
{
    if (context().state != nullptr)
        context().state->set(u"welcome.done"_s, true);
    context().navigator.open({u"overview"_s, {}, {}});
}

} // namespace infra::ui
