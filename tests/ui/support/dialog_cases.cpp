// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/dialog_cases.h"

#include "ui/dialogs/device/commands_dialog.h"
#include "ui/dialogs/device/device_dialog.h"
#include "ui/dialogs/device/host_key_dialog.h"
#include "ui/dialogs/device/remove_dialog.h"
#include "ui/dialogs/palette.h"
#include "ui/dialogs/secrets/prompt_dialog.h"
#include "ui/pages/devices/bulk_dialogs.h"
#include "ui/shell/close_question.h"
#include "ui/shell/help_dialog.h"
#include "ui/shell/window_actions.h"
#include "ui/tray/tray_controller.h"

#include <QtGui/QAction>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

namespace {

template <typename DialogType, typename... Arguments>
QWidget *opened(Arguments &&...arguments)
{
    auto *dialog = new DialogType(std::forward<Arguments>(arguments)...);
    dialog->open();
    return dialog;
}

engine::DeviceRow someRow(WindowFixture &fixture, const QString &name)
{
    const QList<engine::DeviceRow> rows = fixture.client.devices();
    for (const engine::DeviceRow &row : rows) {
        if (row.device.name == name)
            return row;
    }
    engine::DeviceRow row;
    row.device = rows.isEmpty() ? mailMachine() : rows.constFirst().device;
    return row;
}

QWidget *triggered(WindowFixture &fixture, const QString &action, const QByteArray &className)
{
    fixture.window->actions().action(action)->trigger();
    for (QWidget *child : fixture.window->findChildren<QWidget *>()) {
        if (className == child->metaObject()->className())
            return child;
    }
    return nullptr;
}

/// Presses the button that tests the connection.
QWidget *tested(QWidget *dialog)
{
    for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
        if (button->objectName() == u"testConnection")
            button->click();
    }
    return dialog;
}

QWidget *deviceDialog(WindowFixture &fixture, ui::DeviceDialog::Mode mode, const Device &device)
{
    return opened<ui::DeviceDialog>(fixture.window->pageContext(), mode, device, fixture.window.get());
}

QList<DialogCase> deviceDialogs()
{
    using Mode = ui::DeviceDialog::Mode;
    return {
        {"add-device", [](WindowFixture &fixture) { return deviceDialog(fixture, Mode::Add, {}); }},
        {"add-device-unknown-key",
         [](WindowFixture &fixture) { return tested(deviceDialog(fixture, Mode::Add, mailMachine())); }},
        {"add-device-tested",
         [](WindowFixture &fixture) {
             Device known = mailMachine();
             known.hostKey = u"SHA256:c0TdyXo4mFqW0rN3hZkJvQe7LbUaSg8uQ2pI6tVwXyZ"_s;
             return tested(deviceDialog(fixture, Mode::Add, known));
         }},
        {"edit-device",
         [](WindowFixture &fixture) {
             return deviceDialog(fixture, Mode::Edit, someRow(fixture, u"borealis"_s).device);
         }},
        {"host-key",
         [](WindowFixture &fixture) {
             return opened<ui::HostKeyDialog>(fixture.window->pageContext(), someRow(fixture, u"pve1"_s),
                                              fixture.window.get());
         }},
        {"remove-device",
         [](WindowFixture &fixture) {
             return opened<ui::RemoveDialog>(fixture.window->pageContext(),
                                             QList<Device>{someRow(fixture, u"web2"_s).device}, fixture.window.get());
         }},
        {"remove-devices",
         [](WindowFixture &fixture) {
             QList<Device> devices;
             for (const engine::DeviceRow &row : fixture.client.devices())
                 devices.append(row.device);
             devices.append(mailMachine());
             return opened<ui::RemoveDialog>(fixture.window->pageContext(), devices, fixture.window.get());
         }},
        {"commands",
         [](WindowFixture &fixture) {
             return opened<ui::CommandsDialog>(fixture.window->pageContext(), someRow(fixture, u"borealis"_s).device,
                                               fixture.window.get());
         }},
    };
}

QList<DialogCase> otherDialogs()
{
    return {
        {"prompt",
         [](WindowFixture &fixture) {
             engine::PromptRequest request;
             request.id = 7;
             request.prompt = {someRow(fixture, u"vault"_s).device.id, u"Two factors"_s,
                               u"Password accepted. Enter the code of your authenticator."_s, u"Verification code:"_s,
                               false};
             return opened<ui::PromptDialog>(fixture.window->pageContext(), request, fixture.window.get());
         }},
        {"unlock",
         [](WindowFixture &fixture) {
             return opened<ui::UnlockDialog>(fixture.window->pageContext(), fixture.window.get());
         }},
        {"small",
         [](WindowFixture &fixture) -> QWidget * {
             auto *dialog = new ui::SmallDialog(windowTheme(), ui::MainWindow::tr("Search or run…"),
                                                ui::MainWindow::tr("Secrets are locked."),
                                                ui::MainWindow::tr("Larger text"), false, fixture.window.get());
             dialog->addField(ui::MainWindow::tr("Filter this page"), u"nas media"_s, u"nas"_s);
             dialog->open();
             return dialog;
         }},
        {"close-question",
         [](WindowFixture &fixture) { return opened<ui::CloseQuestion>(windowTheme(), fixture.window.get()); }},
        {"help", [](WindowFixture &fixture) { return triggered(fixture, u"help"_s, "infra::ui::HelpDialog"); }},
        {"about", [](WindowFixture &fixture) { return triggered(fixture, u"about"_s, "infra::ui::AboutDialog"); }},
        {"palette",
         [](WindowFixture &fixture) {
             fixture.window->openPalette(u"re"_s);
             return static_cast<QWidget *>(fixture.window->findChild<ui::Palette *>());
         }},
        {"palette-nothing",
         [](WindowFixture &fixture) {
             fixture.window->openPalette(u"qqqqq"_s);
             return static_cast<QWidget *>(fixture.window->findChild<ui::Palette *>());
         }},
        {"tray",
         [](WindowFixture &fixture) {
             auto *tray = new ui::TrayController(fixture.client, windowTheme(), fixture.time, *fixture.window);
             fixture.window->setTrayAvailable(true);
             tray->setParent(fixture.window.get());
             tray->menu().popup(fixture.window->mapToGlobal(QPoint(600, 40)));
             return static_cast<QWidget *>(&tray->menu());
         }},
        {"program-menu",
         [](WindowFixture &fixture) {
             QMenu *menu = fixture.window->actions().markMenu();
             menu->popup(fixture.window->mapToGlobal(QPoint(20, 40)));
             return static_cast<QWidget *>(menu);
         }},
    };
}

} // namespace

Device mailMachine()
{
    Device device;
    device.name = u"mail1"_s;
    device.address = u"mail1.larkfield.example"_s;
    device.user = u"admin"_s;
    device.environment = Environment::Production;
    device.tags = {u"mail"_s, u"dmz"_s};
    device.auth = {AuthMethod::Agent};
    return device;
}

const QList<DialogCase> &allDialogs()
{
    static const QList<DialogCase> dialogs = deviceDialogs() + otherDialogs();
    return dialogs;
}

} // namespace infra::test
