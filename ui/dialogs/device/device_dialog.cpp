// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/device/device_dialog.h"

#include "core/base/redaction.h"
#include "ui/dialogs/device/connection_steps.h"
#include "ui/dialogs/device/device_form.h"
#include "ui/shell/surface.h"

#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

namespace {

std::optional<SecretBytes> copyOf(const std::optional<SecretBytes> &secret)
{
    return secret ? std::optional(secret->clone()) : std::nullopt;
}

} // namespace

DeviceDialog::DeviceDialog(const PageContext &context, Mode mode, const Device &device, QWidget *window)
    : ModalDialog(context.theme, mode == Mode::Add ? tr("Add device") : tr("Edit %1").arg(displayText(device.name, 64)),
                  840, window)
    , m_context(context)
    , m_mode(mode)
    , m_hostKey(device.hostKey)
    , m_form(new DeviceForm(context, this))
    , m_steps(new ConnectionSteps(context.theme, this))
{
    setQuiet(mode == Mode::Add ? tr("Nothing is kept until the test is done") : tr("Changes are kept when you save"));
    setEnvironment(device.environment);
    m_form->setDevice(device);
    body()->setContentsMargins(0, 0, 0, 0);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    auto *left = new QVBoxLayout;
    left->setContentsMargins(20, 14, 20, 16);
    left->addWidget(m_form, 1);
    columns->addLayout(left, 45);
    QFrame *side = makeSurface(QStringLiteral("sunken"), this);
    auto *right = new QVBoxLayout(side);
    right->setContentsMargins(18, 14, 18, 16);
    right->setSpacing(12);
    right->addWidget(makeLabel(context.theme, tr("Connection test"), TextStyle::BodyStrong, "text.primary", side));
    right->addWidget(m_steps, 1);
    columns->addWidget(side, 55);
    body()->addLayout(columns, 1);

    QPushButton *cancel = addFootButton(tr("Cancel"), ButtonKind::Default);
    m_test = addFootButton(tr("Test connection"), ButtonKind::Default);
    m_test->setObjectName(QStringLiteral("testConnection"));
    m_save = addFootButton(mode == Mode::Add ? tr("Add device") : tr("Save"), ButtonKind::Primary);
    m_save->setEnabled(mode == Mode::Edit);
    connect(cancel, &QPushButton::clicked, this, &QDialog::close);
    connect(m_test, &QPushButton::clicked, this, &DeviceDialog::test);
    connect(m_save, &QPushButton::clicked, this, &DeviceDialog::save);
    connect(m_form, &DeviceForm::changed, this, &DeviceDialog::formChanged);
    connect(m_steps, &ConnectionSteps::trusted, this, [this](const QString &fingerprint) {
        m_hostKey = fingerprint;
        test();
    });
    connect(m_steps, &ConnectionSteps::stopped, this, [this] {
        m_cancel.cancel();
        m_steps->showIdle();
        m_test->setEnabled(true);
    });
    m_form->focusFirst();
}

DeviceDialog::~DeviceDialog()
{
    m_cancel.cancel();
}

void DeviceDialog::formChanged()
{
    setEnvironment(m_form->device().environment);
    m_tested = false;
    if (m_mode == Mode::Add)
        m_save->setEnabled(false);
}

void DeviceDialog::keepSecrets()
{
    engine::DeviceSecrets typed = m_form->takeSecrets();
    if (typed.loginPassword)
        m_secrets.loginPassword = std::move(typed.loginPassword);
    if (typed.keyPassphrase)
        m_secrets.keyPassphrase = std::move(typed.keyPassphrase);
    if (typed.sudoPassword)
        m_secrets.sudoPassword = std::move(typed.sudoPassword);
}

engine::DeviceSecrets DeviceDialog::secretsCopy() const
{
    return {copyOf(m_secrets.loginPassword), copyOf(m_secrets.keyPassphrase), copyOf(m_secrets.sudoPassword)};
}

void DeviceDialog::test()
{
    Device device = m_form->device();
    device.hostKey = m_hostKey;
    if (const Result<void> checked = checkDevice(device); !checked) {
        m_form->showProblem(checked.error());
        return;
    }
    keepSecrets();
    m_cancel.cancel();
    m_cancel = CancelToken();
    m_test->setEnabled(false);
    m_steps->showRunning(device.address);
    const CancelToken mine = m_cancel;
    m_context.client.testDevice(device, secretsCopy(), m_cancel)
        .then(this, [this, mine, name = device.name](const ssh::ConnectionReport &report) {
            if (mine.isCanceled())
                return;
            m_test->setEnabled(true);
            m_steps->showReport(report, name);
            m_tested = report.succeeded();
            if (m_tested)
                m_hostKey = report.hostKey;
            m_save->setEnabled(m_tested || m_mode == Mode::Edit);
            if (m_tested)
                m_save->setFocus();
        });
}

void DeviceDialog::save()
{
    Device device = m_form->device();
    device.hostKey = m_hostKey;
    keepSecrets();
    m_save->setEnabled(false);
    QFuture<Result<Device>> done = m_mode == Mode::Add ? m_context.client.addDevice(device, secretsCopy())
                                                       : m_context.client.editDevice(device, secretsCopy());
    done.then(this, [this](const Result<Device> &saved) {
        if (!saved) {
            m_save->setEnabled(true);
            m_form->showProblem(saved.error());
            return;
        }
        m_context.navigator.toast(m_mode == Mode::Add ? tr("%1 was added").arg(displayText(saved->name, 64))
                                                      : tr("%1 was saved").arg(displayText(saved->name, 64)));
        close();
    });
}

} // namespace infra::ui
