// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/setting_keys.h"
#include "ui/dialogs/palette.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/help_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/page_host.h"
#include "ui/shell/rail.h"
#include "ui/shell/window_actions.h"
#include "ui/tables/ui_state.h"
#include "ui/text/error_text.h"
#include "ui/widgets/toast_host.h"

#include <QtGui/QAction>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStackedWidget>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kTextStep = 10;
} // namespace

void MainWindow::buildActions()
{
    WindowActions &acts = *m_actions;
    const auto set = [this](const SettingKey &key, const QJsonValue &value) {
        m_parts.client.setSetting(QString::fromLatin1(key.name), value);
    };
    const QString program = tr("&Infrastructor");
    acts.add(u"add-device"_s, program, tr("Add device…"), {QKeySequence(u"Ctrl+N"_s)}, [this] { openAddDevice({}); });
    acts.add(u"read-all"_s, program, tr("Read all devices now"), {QKeySequence(u"Ctrl+Shift+F5"_s)},
             [this] { m_parts.client.readAllNow(); });
    acts.add(u"pause"_s, program, tr("Pause or go on collecting"), {QKeySequence(u"Ctrl+Shift+P"_s)},
             [this] { m_parts.client.setCollecting(!m_parts.client.status().collecting); });
    acts.addSeparator(program);
    acts.add(u"close"_s, program, tr("Close window"), {QKeySequence(u"Ctrl+W"_s)}, [this] { close(); });
    acts.add(u"quit"_s, program, tr("Quit"), {QKeySequence(u"Ctrl+Q"_s)}, [this] {
        m_quitting = true;
        close();
    });

    const QString go = tr("&Go");
    acts.add(u"palette"_s, go, tr("Search or run…"), {QKeySequence(u"Ctrl+K"_s)}, [this] { openPalette({}); });
    acts.add(u"back"_s, go, tr("Back"), {QKeySequence(u"Alt+Left"_s)}, [this] { goBack(); });
    acts.add(u"forward"_s, go, tr("Forward"), {QKeySequence(u"Alt+Right"_s)}, [this] { goForward(); });
    acts.addSeparator(go);
    const struct
    {
        const char *id;
        QString text;
    } pages[] = {{"overview", tr("Overview")}, {"devices", tr("Devices")}, {"containers", tr("Containers")},
                 {"activity", tr("Activity")}, {"logs", tr("Logs")},       {"settings", tr("Settings")},
                 {"welcome", tr("Welcome")}};
    int number = 1;
    for (const auto &page : pages) {
        const QString id = QString::fromLatin1(page.id);
        if (m_parts.factories.pages.contains(id))
            acts.add(u"page."_s + id, go, page.text, {QKeySequence(QStringLiteral("Ctrl+%1").arg(number++))},
                     [this, id] {
                         open({id, {}, {}});
                     });
    }

    const QString view = tr("&View");
    acts.add(u"rail"_s, view, tr("Narrow or wide rail"), {QKeySequence(u"Ctrl+B"_s)}, [this] {
        m_railNarrowByUser = !m_railNarrowByUser;
        m_parts.state.set(u"rail.narrow"_s, m_railNarrowByUser);
        applyNarrow();
    });
    acts.add(u"pane"_s, view, tr("Show or hide the side pane"), {QKeySequence(u"F4"_s)}, [this] { togglePane(); });
    acts.add(u"region"_s, view, tr("Next part of the window"), {QKeySequence(u"F6"_s)}, [this] { focusNextRegion(); });
    acts.addSeparator(view);
    acts.add(u"theme.dark"_s, view, tr("Dark theme"), {}, [set] { set(engine::keys::theme, u"dark"_s); });
    acts.add(u"theme.light"_s, view, tr("Light theme"), {}, [set] { set(engine::keys::theme, u"light"_s); });
    acts.add(u"theme.system"_s, view, tr("Theme of the desktop"), {}, [set] { set(engine::keys::theme, u"system"_s); });
    const auto textSize = [this, set](int percent) { set(engine::keys::textPercent, std::clamp(percent, 80, 200)); };
    const auto current = [this] {
        return static_cast<int>(m_parts.client.settings().integer(engine::keys::textPercent));
    };
    acts.add(u"size.larger"_s, view, tr("Larger text"), {QKeySequence(u"Ctrl++"_s), QKeySequence(u"Ctrl+="_s)},
             [textSize, current] { textSize(current() + kTextStep); });
    acts.add(u"size.smaller"_s, view, tr("Smaller text"), {QKeySequence(u"Ctrl+-"_s)},
             [textSize, current] { textSize(current() - kTextStep); });
    acts.add(u"size.normal"_s, view, tr("Normal text size"), {QKeySequence(u"Ctrl+0"_s)},
             [textSize] { textSize(100); });
    acts.add(u"fullscreen"_s, view, tr("Full screen"), {QKeySequence(u"F11"_s)},
             [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });

    const QString page = tr("&Page");
    acts.addSeparator(page);
    acts.add(u"filter"_s, page, tr("Filter this page"), {QKeySequence(u"Ctrl+F"_s)}, [this] {
        if (Page *shown = currentPage())
            shown->focusFilter();
    });
    acts.add(u"read-now"_s, page, tr("Read now"), {QKeySequence(u"F5"_s)}, [this] {
        if (Page *shown = currentPage())
            shown->readNow();
    });

    const QString help = tr("&Help");
    acts.add(u"help"_s, help, tr("Help for this page"), {QKeySequence(u"F1"_s)}, [this] { showHelp(); });
    acts.add(u"help.keys"_s, help, tr("Keys"), {}, [this] { openHelp(u"keys"_s); });
    acts.add(u"about"_s, help, tr("About Infrastructor"), {}, [this] {
        (new AboutDialog(m_parts.theme, m_parts.version, m_parts.client.profileFolder(), this))->open();
    });
}

void MainWindow::goBack()
{
    if (m_history.canGoBack())
        showRoute(m_history.back());
}

void MainWindow::goForward()
{
    if (m_history.canGoForward())
        showRoute(m_history.forward());
}

void MainWindow::openAddDevice(const Device &prefilled)
{
    if (m_parts.factories.addDevice)
        m_parts.factories.addDevice(pageContext(), this, prefilled);
}

void MainWindow::openEditDevice(const DeviceId &device)
{
    if (m_parts.factories.editDevice)
        m_parts.factories.editDevice(pageContext(), this, device);
}

void MainWindow::openPalette(const QString &text)
{
    if (!m_palette)
        m_palette = new Palette(pageContext(), *m_actions, this);
    m_palette->openWith(text);
}

void MainWindow::toast(const QString &text, std::function<void()> undo)
{
    const QString act = undo ? tr("Undo") : QString();
    m_toasts->show({Health::Ok, text, {}, act, std::move(undo)});
}

void MainWindow::showError(const Error &error)
{
    const ErrorWords words = errorWords(error);
    m_toasts->show({Health::Critical, words.what, QString(words.why + u' ' + words.remedy).trimmed(), {}, {}});
}

void MainWindow::togglePane()
{
    if (PageHost *shown = m_hosts.value(m_shownPage))
        shown->togglePane();
}

void MainWindow::showHelp()
{
    const Page *page = currentPage();
    openHelp(page != nullptr && !page->helpTopic().isEmpty() ? page->helpTopic() : u"start"_s);
}

void MainWindow::openHelp(const QString &topic)
{
    auto *dialog = findChild<HelpDialog *>();
    if (dialog == nullptr)
        dialog = new HelpDialog(m_parts.theme, this);
    dialog->showTopic(topic);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void MainWindow::focusNextRegion()
{
    PageHost *shown = m_hosts.value(m_shownPage);
    QList<QWidget *> regions = {m_rail, m_header, shown != nullptr ? static_cast<QWidget *>(shown->page()) : m_stack};
    if (shown != nullptr && shown->isPaneShown())
        regions.append(shown->pane());
    const QWidget *focus = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype number = 0; number < regions.size(); ++number) {
        // The pane may stand inside the page: the innermost region counts, and it is last.
        if (focus != nullptr && (regions.at(number) == focus || regions.at(number)->isAncestorOf(focus)))
            at = number;
    }
    const qsizetype next = (at + 1) % regions.size();
    if (next == 0) {
        m_rail->focusCurrent();
        return;
    }
    QWidget *region = regions.at(next);
    for (QWidget *candidate : region->findChildren<QWidget *>()) {
        const bool inPane = next == 2 && regions.size() > 3 && regions.at(3)->isAncestorOf(candidate);
        if ((candidate->focusPolicy() & Qt::TabFocus) != 0 && candidate->isVisible() && candidate->isEnabled() &&
            !inPane) {
            candidate->setFocus(Qt::TabFocusReason);
            return;
        }
    }
    region->setFocus(Qt::TabFocusReason);
}

} // namespace infra::ui
