// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/device/remove_dialog.h"

#include "core/base/redaction.h"

#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QLabel>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

namespace {

QString removeTitle(const QList<Device> &devices)
{
    return devices.size() == 1 ? RemoveDialog::tr("Remove %1").arg(displayText(devices.first().name, 64))
                               : RemoveDialog::tr("Remove %n devices", nullptr, static_cast<int>(devices.size()));
}

} // namespace

RemoveDialog::RemoveDialog(const PageContext &context, const QList<Device> &devices, QWidget *window)
    : ModalDialog(context.theme, removeTitle(devices), 440, window)
    , m_context(context)
    , m_devices(devices)
{
    setQuiet(tr("Nothing changes on the machine itself. You can undo this for one minute."));
    auto *keep = new QRadioButton(tr("Keep what was recorded"), this);
    auto *drop = new QRadioButton(tr("Delete what was recorded, too"), this);
    keep->setChecked(true);
    body()->addWidget(keep);
    body()->addWidget(drop);
    if (devices.size() > 1) {
        QStringList names;
        for (const Device &device : devices)
            names.append(displayText(device.name, 64));
        QLabel *list =
            makeLabel(context.theme, names.join(QStringLiteral(", ")), TextStyle::Small, "text.secondary", this);
        list->setWordWrap(true);
        body()->addWidget(list);
    }
    body()->addStretch(1);
    QPushButton *cancel = addFootButton(tr("Cancel"), ButtonKind::Default);
    QPushButton *act = addFootButton(removeTitle(devices), ButtonKind::Danger);
    cancel->setFocus();
    connect(cancel, &QPushButton::clicked, this, &QDialog::close);
    connect(act, &QPushButton::clicked, this, [this, drop] { remove(drop->isChecked()); });
}

void RemoveDialog::remove(bool withHistory)
{
    const PageContext context = m_context;
    const QList<Device> devices = m_devices;
    for (const Device &device : devices) {
        context.client.removeDevice(device.id, withHistory).then(&context.client, [context](const Result<void> &done) {
            if (!done)
                context.navigator.showError(done.error());
        });
    }
    const QString text = devices.size() == 1 ? tr("%1 was removed").arg(displayText(devices.first().name, 64))
                                             : tr("%n devices were removed", nullptr, static_cast<int>(devices.size()));
    context.navigator.toast(text, [context, devices] {
        for (const Device &device : devices) {
            context.client.undoRemove(device.id).then(&context.client, [context](const Result<void> &done) {
                if (!done)
                    context.navigator.showError(done.error());
            });
        }
    });
    close();
}

} // namespace infra::ui
