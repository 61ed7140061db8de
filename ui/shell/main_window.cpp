// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "core/base/logging.h"
#include "core/engine/setting_keys.h"
#include "ui/dialogs/palette.h"
#include "ui/shell/close_question.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/page_host.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_line.h"
#include "ui/shell/surface.h"
#include "ui/shell/window_actions.h"
#include "ui/tables/ui_state.h"
#include "ui/text/error_text.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/toast_host.h"

#include <QtGui/QAction>
#include <QtGui/QCloseEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kNarrowBelow = 1240, kTickMs = 1000, kScaleProbe = 1000;
} // namespace

MainWindow::MainWindow(Parts parts)
    : m_parts(std::move(parts))
{
    setWindowTitle(u"Infrastructor"_s);
    setWindowIcon(QIcon(markPixmap(64, 1)));
    setMinimumSize(1100, 700);
    m_railNarrowByUser = m_parts.state.value(u"rail.narrow"_s).toBool();
    m_actions = new WindowActions(this);
    m_toasts = new ToastHost(m_parts.theme, this, m_parts.theme.px(26));
    buildFrame();
    buildActions();
    connectClient();
    m_clockTimer.start(kTickMs, this);
    tick();
}

MainWindow::~MainWindow()
{
    // Pages talk to the navigator, which is this object: they go before the rest of it.
    for (PageHost *host : std::as_const(m_hosts))
        delete host;
}

void MainWindow::buildFrame()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_actions->menuBar());
    m_stripe = new QFrame(this);
    m_stripe->setFixedHeight(3);
    m_stripe->setAutoFillBackground(true);
    m_stripe->hide();
    outer->addWidget(m_stripe);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    m_rail = new Rail(m_parts.theme, this);
    row->addWidget(m_rail);
    m_column = new QVBoxLayout;
    m_column->setSpacing(0);
    m_header = new HeaderBar(m_parts.theme, this);
    m_column->addWidget(m_header);
    m_storeNote = new Note(m_parts.theme, Health::Critical, {}, {}, this);
    m_storeNote->hide();
    m_secretsNote = new Note(m_parts.theme, Health::Info, {}, {}, this);
    m_secretsNote->hide();
    connect(m_secretsNote->addButton(tr("Unlock…"), ButtonKind::Default), &QPushButton::clicked, this, [this] {
        if (m_parts.factories.unlockSecrets)
            m_parts.factories.unlockSecrets(pageContext(), this);
    });
    for (Note *note : {m_storeNote, m_secretsNote})
        m_column->addWidget(note);
    m_stack = new QStackedWidget(this);
    m_column->addWidget(m_stack, 1);
    row->addLayout(m_column, 1);
    outer->addLayout(row, 1);
    m_status = new StatusLine(m_parts.theme, this);
    outer->addWidget(m_status);

    const auto page = [this](const char *id, const char *glyph, const QString &text) {
        if (m_parts.factories.pages.contains(QLatin1String(id)))
            m_rail->addPage(QLatin1String(id), QLatin1String(glyph), text);
    };
    page("overview", "grid", tr("Overview"));
    page("devices", "hdd-stack", tr("Devices"));
    page("containers", "box-seam", tr("Containers"));
    page("activity", "list-columns-reverse", tr("Activity"));
    m_rail->addSection(tr("This program"));
    page("logs", "journal-text", tr("Logs"));
    page("settings", "gear", tr("Settings"));

    connect(m_rail, &Rail::pageChosen, this, [this](const QString &id) { open({id, {}, {}}); });
    connect(m_rail, &Rail::collapseWanted, this, [this] { m_actions->action(u"rail"_s)->trigger(); });
    connect(m_rail, &Rail::collectingWanted, this, [this](bool on) { m_parts.client.setCollecting(on); });
    connect(m_rail, &Rail::menuWanted, this, [this] {
        const QWidget *mark = m_rail->markButton();
        m_actions->markMenu()->popup(mark->mapToGlobal(QPoint(0, mark->height() + 4)));
    });
    connect(m_header, &HeaderBar::searchWanted, this, [this] { openPalette({}); });
}

void MainWindow::connectClient()
{
    engine::FleetClient &client = m_parts.client;
    connect(&client, &engine::FleetClient::statusChanged, this, &MainWindow::tick);
    connect(&client, &engine::FleetClient::noticed, this, &MainWindow::showError);
    connect(&client, &engine::FleetClient::devicesChanged, this,
            [this](const QList<engine::DeviceRow> &, const QList<DeviceId> &removed) {
                for (const DeviceId &id : removed)
                    m_history.forget(id);
                tick();
            });
    connect(&client, &engine::FleetClient::promptRequested, this, [this](const engine::PromptRequest &request) {
        if (m_parts.factories.prompt)
            m_parts.factories.prompt(pageContext(), this, request);
        else
            m_parts.client.answerPrompt(request.id, std::nullopt);
    });
    m_scale = m_parts.theme.px(kScaleProbe);
    connect(&m_parts.theme, &Theme::changed, this, [this] {
        if (const int scale = m_parts.theme.px(kScaleProbe); scale != m_scale) {
            m_scale = scale;
            rebuildPages();
        }
        applyNarrow();
        headerChanged();
        tick();
    });
}

void MainWindow::start(bool minimized)
{
    if (!restoreGeometry(QByteArray::fromBase64(m_parts.state.value(u"window.geometry"_s).toString().toLatin1())))
        resize(1440, 900);
    const bool first = m_parts.client.devices().size() <= 1 && !m_parts.state.value(u"welcome.done"_s).toBool();
    open({first && m_parts.factories.pages.contains(u"welcome"_s) ? u"welcome"_s : u"overview"_s, {}, {}});
    if (!minimized)
        show();
    else if (!m_trayAvailable)
        showMinimized();
}

void MainWindow::raiseToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

PageContext MainWindow::pageContext()
{
    return {m_parts.client, m_parts.theme, m_parts.clock, *this, &m_parts.state};
}

Route MainWindow::currentRoute() const
{
    return m_history.current().value_or(Route{});
}

Page *MainWindow::currentPage() const
{
    const PageHost *shown = m_hosts.value(m_shownPage);
    return shown != nullptr ? shown->page() : nullptr;
}

void MainWindow::headerChanged()
{
    Page *page = currentPage();
    if (page == nullptr)
        return;
    m_header->showPage(page);
    m_hosts.value(m_shownPage)->refreshPane();
    m_actions->setPageActions(page->headerActions());
    const Environment environment = page->environment();
    m_stripe->setVisible(environment != Environment::None);
    QPalette colors = m_stripe->palette();
    colors.setColor(QPalette::Window, m_parts.theme.environment(environment).solid);
    m_stripe->setPalette(colors);
    m_actions->action(u"back"_s)->setEnabled(m_history.canGoBack());
    m_actions->action(u"forward"_s)->setEnabled(m_history.canGoForward());
    m_actions->action(u"pane"_s)->setEnabled(page->sidePane() != nullptr);
    setWindowTitle(tr("%1 – Infrastructor").arg(page->title()));
}

void MainWindow::tick()
{
    const engine::FleetStatus status = m_parts.client.status();
    const Instant now = m_parts.clock.now();
    m_rail->setStatus(status, now);
    m_rail->setCount(u"devices"_s, status.devices > 0 ? count(status.devices) : QString());
    m_status->setStatus(status, now);
    updateNotes();
}

void MainWindow::updateNotes()
{
    const engine::FleetStatus status = m_parts.client.status();
    if (!status.storeWritable) {
        const ErrorWords words =
            status.storeError ? errorWords(*status.storeError) : ErrorWords{tr("History cannot be written."), {}, {}};
        m_storeNote->setTexts(
            Health::Critical, words.what,
            QString(words.remedy + u' ' + tr("%1 readings were not kept so far.").arg(count(status.droppedTelemetry)))
                .trimmed());
    }
    m_storeNote->setVisible(!status.storeWritable);
    const bool locked = status.secretsState == secrets::StoreState::Locked;
    if (locked)
        m_secretsNote->setTexts(Health::Info, tr("Secrets are locked."),
                                tr("Machines that need a password or passphrase wait until you open them."));
    m_secretsNote->setVisible(locked);
}

bool MainWindow::isNarrow() const
{
    // Large text needs the room as a small window does.
    return width() < m_parts.theme.px(kNarrowBelow);
}

void MainWindow::applyNarrow()
{
    const bool narrow = isNarrow();
    m_rail->setNarrow(narrow || m_railNarrowByUser);
    m_status->setShort(narrow);
    for (PageHost *host : std::as_const(m_hosts))
        host->setNarrow(narrow);
}

void MainWindow::keepGeometry()
{
    m_parts.state.set(u"window.geometry"_s, QString::fromLatin1(saveGeometry().toBase64()));
    if (const Result<void> saved = m_parts.state.save(); !saved)
        log::error("ui.state", saved.error());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    keepGeometry();
    const QString action = m_parts.client.settings().string(engine::keys::closeAction);
    if (m_quitting || !m_trayAvailable || action == u"quit") {
        event->accept();
        emit quitRequested();
        return;
    }
    event->ignore();
    if (action == u"tray") {
        hide();
        emit hiddenToTray();
        return;
    }
    if (findChild<CloseQuestion *>() != nullptr)
        return;
    auto *question = new CloseQuestion(m_parts.theme, this);
    const auto keep = [this](const QString &choice) {
        m_parts.client.setSetting(QLatin1String(engine::keys::closeAction.name), choice);
    };
    connect(question, &CloseQuestion::keepChosen, this, [this, keep] {
        keep(u"tray"_s);
        hide();
        emit hiddenToTray();
    });
    connect(question, &CloseQuestion::quitChosen, this, [this, keep] {
        keep(u"quit"_s);
        m_quitting = true;
        close();
    });
    question->open();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    applyNarrow();
    tick();
    if (m_palette)
        m_palette->place();
}

void MainWindow::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_clockTimer.timerId())
        tick();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    m_altAlone = event->key() == Qt::Key_Alt;
    QWidget::keyPressEvent(event);
}

void MainWindow::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Alt && m_altAlone) {
        QMenuBar *bar = m_actions->menuBar();
        bar->setVisible(!bar->isVisible());
        // With the focus alone the arrows do nothing.
        if (bar->isVisible())
            bar->setActiveAction(bar->actions().constFirst());
    }
    m_altAlone = false;
    QWidget::keyReleaseEvent(event);
}

} // namespace infra::ui
