// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/activity/activity_page.h"

#include "ui/pages/activity/audit_pane.h"
#include "ui/pages/activity/audit_table_model.h"
#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
#include "ui/text/format.h"
#include "ui/widgets/controls.h"

#include <QtCore/QTimerEvent>
#include <QtGui/QAction>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kTypingMs = 250;
constexpr int kPageRows = 200;
constexpr qsizetype kMostHeld = 5000;
} // namespace

ActivityPage::ActivityPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
{
    build();
    connect(&context.client, &engine::FleetClient::audited, this, [this](const AuditEntry &entry) {
        if (!isVisible() || m_loading || !m_filter.accepts(entry))
            return;
        if (m_live)
            m_model->append({entry});
        else if (m_held.size() < kMostHeld)
            m_held.append(entry);
        ++m_total;
        m_cover->showContent();
        refreshFoot();
    });
}

void ActivityPage::build()
{
    Theme &theme = context().theme;
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    QFrame *ground = makeSurface(u"flat"_s, this);
    outer->addWidget(ground);
    auto *column = new QVBoxLayout(ground);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QFrame *bar = makeSurface(u"head"_s, ground);
    bar->setFixedHeight(theme.px(46));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(8);
    m_filterField = new FilterField(theme, tr("since:1h result:error -source:schedule"), bar);
    m_filterField->setMinimumWidth(theme.px(170));
    m_filterField->setMaximumWidth(theme.px(330));
    row->addWidget(m_filterField, 3);
    m_source = makeButton(theme, tr("Source: all"), ButtonKind::Default, u"chevron-down"_s, bar);
    m_result = makeButton(theme, tr("Result: all"), ButtonKind::Default, u"chevron-down"_s, bar);
    for (QPushButton *button : {m_source, m_result}) {
        setButtonSize(button, ButtonSize::Small);
        row->addWidget(button);
    }
    row->addStretch(1);
    m_dot = new StateDot(theme, Health::Ok, 10, "surface.panel", bar);
    row->addWidget(m_dot);
    m_liveLabel = makeLabel(theme, tr("Live"), TextStyle::Small, "text.secondary", bar);
    row->addWidget(m_liveLabel);
    m_pause = makeIconButton(theme, u"pause-fill"_s, tr("Pause following"), bar);
    QPushButton *save = makeIconButton(theme, u"download"_s, tr("Export the rows shown"), bar);
    for (QPushButton *button : {m_pause, save}) {
        setButtonSize(button, ButtonSize::Small);
        row->addWidget(button);
    }
    column->addWidget(bar);
    m_model = new AuditTableModel([this](const DeviceId &id) { return nameOf(id); }, this);
    m_table = new DataTable(theme, u"activity"_s, tr("Operations"), ground);
    m_table->setEdge(6);
    m_table->setState(context().state);
    m_table->setTableModel(m_model);
    m_table->setSort(u"time"_s, Qt::DescendingOrder);
    m_table->setEmptyText(tr("No operation matches the filter"));
    column->addWidget(m_table, 1);
    m_foot = makeLabel(theme, QString(), TextStyle::Small, "text.secondary", ground);
    m_foot->setContentsMargins(14, 7, 14, 7);
    column->addWidget(makeSurface(u"line"_s, ground));
    column->addWidget(m_foot);
    m_cover = new StateCover(theme, m_table);
    m_pane = new AuditPane(context(), this);

    connect(m_filterField, &QLineEdit::textChanged, this, [this] {
        filterChanged();
        m_typing.start(kTypingMs, this);
    });
    connect(m_source, &QPushButton::clicked, this, [this] {
        chooseKey(m_source, u"source"_s,
                  {{{}, tr("Source: all")},
                   {u"schedule"_s, sourceText(AuditSource::Schedule)},
                   {u"ui"_s, sourceText(AuditSource::Ui)},
                   {u"ctl"_s, sourceText(AuditSource::Ctl)}});
    });
    connect(m_result, &QPushButton::clicked, this, [this] {
        QList<QPair<QString, QString>> choices = {{{}, tr("Result: all")}};
        for (const AuditStatus status :
             {AuditStatus::Ok, AuditStatus::Partial, AuditStatus::Error, AuditStatus::Denied, AuditStatus::Cancelled})
            choices.append({toName(status), resultText(status)});
        chooseKey(m_result, u"result"_s, choices);
    });
    connect(m_pause, &QPushButton::clicked, this, [this] { setLive(!m_live); });
    connect(save, &QPushButton::clicked, this, [this] { m_table->exportAs(u"json"_s); });
    connect(m_table, &DataTable::currentRowChanged, this, [this](int at) {
        if (at < 0 || at >= m_model->rowCount())
            m_pane->showEntry(std::nullopt, {});
        else
            m_pane->showEntry(m_model->entry(at),
                              m_model->entry(at).device ? nameOf(*m_model->entry(at).device) : QString());
    });
    connect(m_pane, &AuditPane::relatedWanted, this, &ActivityPage::setFilterText);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value > m_table->verticalScrollBar()->maximum() - m_table->height())
            loadMore();
    });
}

QWidget *ActivityPage::sidePane()
{
    return m_pane;
}

void ActivityPage::setRoute(const Route &route)
{
    if (!route.part.isEmpty())
        setFilterText(route.part);
}

void ActivityPage::shown()
{
    filterChanged();
    load();
}

void ActivityPage::hidden()
{
    m_cancel.cancel();
    m_loading = false;
}

void ActivityPage::focusFilter()
{
    m_filterField->setFocus(Qt::ShortcutFocusReason);
    m_filterField->selectAll();
}

void ActivityPage::readNow()
{
    load();
}

void ActivityPage::setFilterText(const QString &text)
{
    m_filterField->setText(text);
}

int ActivityPage::shownRows() const
{
    return m_table->visibleRowCount();
}

QString ActivityPage::nameOf(const DeviceId &id) const
{
    for (const engine::DeviceRow &row : context().client.devices()) {
        if (row.device.id == id)
            return row.device.name;
    }
    return id.toString();
}

void ActivityPage::filterChanged()
{
    QHash<QString, DeviceId> ids;
    for (const engine::DeviceRow &row : context().client.devices())
        ids.insert(row.device.name.toLower(), row.device.id);
    m_filter = AuditFilter(m_filterField->text(), context().clock.now(), ids);
    m_filterField->setProblem(m_filter.problem());
    m_table->setFilter([this](int row) { return m_filter.accepts(m_model->entry(row)); });
    refreshFoot();
}

void ActivityPage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_typing.timerId())
        return;
    m_typing.stop();
    load();
}

void ActivityPage::load()
{
    m_cancel.cancel();
    m_cancel = CancelToken();
    m_loading = true;
    m_next.reset();
    if (m_model->rowCount() == 0)
        m_cover->showLoading(tr("Reading the audit"));
    AuditQuery query = m_filter.query();
    query.limit = kPageRows;
    const CancelToken mine = m_cancel;
    context().client.audit(query, mine).then(this, [this, mine](const Result<AuditPage> &page) {
        if (!mine.isCanceled())
            took(page, false);
    });
}

void ActivityPage::loadMore()
{
    if (m_loading || !m_next)
        return;
    m_loading = true;
    AuditQuery query = m_filter.query();
    query.cursor = m_next;
    query.limit = kPageRows;
    const CancelToken mine = m_cancel;
    context().client.audit(query, mine).then(this, [this, mine](const Result<AuditPage> &page) {
        if (!mine.isCanceled())
            took(page, true);
    });
}

void ActivityPage::took(const Result<AuditPage> &page, bool more)
{
    m_loading = false;
    if (!page) {
        if (m_model->rowCount() == 0)
            m_cover->showError(page.error(), tr("Read again"), [this] { load(); });
        else
            context().navigator.showError(page.error());
        return;
    }
    m_next = page->next;
    m_total = page->total;
    if (more)
        m_model->append(page->entries);
    else
        m_model->setEntries(page->entries);
    if (m_model->rowCount() == 0 && m_filterField->text().isEmpty())
        m_cover->showEmpty(tr("Nothing happened yet"),
                           tr("Each reading and each change leaves a row here, with who asked and what it cost."));
    else
        m_cover->showContent();
    if (!more && m_table->currentSourceRow() < 0 && m_model->rowCount() > 0)
        m_table->selectSourceRow(0);
    refreshFoot();
}

void ActivityPage::refreshFoot()
{
    const QString shown = tr("%1 of %2 rows", "shown of all").arg(count(m_table->visibleRowCount()), count(m_total));
    m_foot->setText(m_held.isEmpty() ? shown : tr("%1; %2 new since the pause").arg(shown, count(m_held.size())));
}

void ActivityPage::setLive(bool on)
{
    m_live = on;
    if (on) {
        m_model->append(m_held);
        m_held.clear();
    }
    setButtonIcon(m_pause, context().theme, on ? u"pause-fill"_s : u"play-fill"_s);
    const QString words = on ? tr("Pause following") : tr("Follow again");
    m_pause->setToolTip(words);
    m_pause->setAccessibleName(words);
    m_dot->setHealth(on ? Health::Ok : Health::Maintenance);
    m_liveLabel->setText(on ? tr("Live") : tr("Paused"));
    refreshFoot();
}

void ActivityPage::chooseKey(QPushButton *button, const QString &key, const QList<QPair<QString, QString>> &choices)
{
    auto *menu = new QMenu(button);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto &[value, words] : choices) {
        connect(menu->addAction(words), &QAction::triggered, this, [this, button, key, chosen = value, text = words] {
            QStringList kept;
            for (const QString &word : m_filterField->text().split(u' ', Qt::SkipEmptyParts)) {
                if (!word.startsWith(key + u':'))
                    kept.append(word);
            }
            if (!chosen.isEmpty())
                kept.append(key + u':' + chosen);
            button->setText(text);
            button->setAccessibleName(text);
            setFilterText(kept.join(u' '));
        });
    }
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

} // namespace infra::ui
