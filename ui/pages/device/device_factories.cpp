// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/device/device_factories.h"

#include "ui/dialogs/device/device_dialog.h"
#include "ui/dialogs/secrets/prompt_dialog.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/device/device_page.h"
#include "ui/pages/settings/settings_page.h"

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

void addDevicePages(PageFactories &factories)
{
    factories.pages.insert(u"device"_s, [](const PageContext &context, QWidget *parent) -> Page * {
        return new DevicePage(context, parent);
    });
    factories.pages.insert(u"containers"_s, [](const PageContext &context, QWidget *parent) -> Page * {
        return new ContainersPage(context, parent);
    });
    factories.pages.insert(u"settings"_s, [](const PageContext &context, QWidget *parent) -> Page * {
        return new SettingsPage(context, parent);
    });
    factories.addDevice = [](const PageContext &context, QWidget *window, const Device &prefilled) {
        (new DeviceDialog(context, DeviceDialog::Mode::Add, prefilled, window))->open();
    };
    factories.editDevice = [](const PageContext &context, QWidget *window, const DeviceId &id) {
        for (const engine::DeviceRow &row : context.client.devices()) {
            if (row.device.id == id)
                (new DeviceDialog(context, DeviceDialog::Mode::Edit, row.device, window))->open();
        }
    };
    factories.prompt = [](const PageContext &context, QWidget *window, const engine::PromptRequest &request) {
        (new PromptDialog(context, request, window))->open();
    };
    factories.unlockSecrets = [](const PageContext &context, QWidget *window) {
        (new UnlockDialog(context, window))->open();
    };
}

} // namespace infra::ui
