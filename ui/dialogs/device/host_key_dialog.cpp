// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/device/host_key_dialog.h"

#include "core/base/redaction.h"
#include "ui/text/error_text.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

namespace {

constexpr int kTypedLength = 6;

} // namespace

HostKeyDialog::HostKeyDialog(const PageContext &context, const engine::DeviceRow &row, QWidget *window)
    : ModalDialog(context.theme, HostKeyDialog::tr("Is this still %1?").arg(displayText(row.device.name, 64)), 620,
                  window)
    , m_context(context)
    , m_row(row)
    , m_new(makeLabel(context.theme, tr("Asking the machine…"), TextStyle::Code, "text.primary", this))
    , m_typed(new QLineEdit(this))
{
    setEnvironment(row.device.environment);
    setQuiet(tr("Its host key is not the one that you accepted. Either the machine was set up anew, or something else "
                "answers at its address. "
                "No password and no key was sent."));
    auto *form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignLeft);
    const auto code = [this, &context](const QString &text) {
        QLabel *label = makeLabel(context.theme, text, TextStyle::Code, "text.primary", this);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setWordWrap(true);
        return label;
    };
    m_new->setWordWrap(true);
    m_new->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    form->addRow(tr("Accepted"), code(row.device.hostKey.isEmpty() ? tr("none yet") : row.device.hostKey));
    form->addRow(tr("Shown now"), m_new);
    body()->addLayout(form);
    QLabel *how = makeLabel(context.theme,
                            tr("On the machine's own console, run: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"),
                            TextStyle::Body, "text.secondary", this);
    how->setWordWrap(true);
    body()->addWidget(how);
    QLabel *label = makeLabel(context.theme, tr("Type the last %1 characters that you read there").arg(kTypedLength),
                              TextStyle::Body, "text.primary", this);
    label->setBuddy(m_typed);
    m_typed->setAccessibleName(label->text());
    m_typed->setMaxLength(kTypedLength);
    m_typed->setEnabled(false);
    body()->addWidget(label);
    body()->addWidget(m_typed);
    body()->addStretch(1);

    QPushButton *cancel = addFootButton(tr("Keep refusing"), ButtonKind::Primary);
    m_take = addFootButton(tr("Take the new key"), ButtonKind::Danger);
    m_take->setEnabled(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::close);
    connect(m_take, &QPushButton::clicked, this, &HostKeyDialog::accept);
    connect(m_typed, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_take->setEnabled(text.size() == kTypedLength && m_fingerprint.endsWith(text));
    });
    connect(this, &QObject::destroyed, this, [cancelToken = m_cancel]() mutable { cancelToken.cancel(); });
    testForKey();
}

void HostKeyDialog::testForKey()
{
    // Without the accepted key the test ends at the host key and reports what the machine shows.
    Device asked = m_row.device;
    m_context.client.testDevice(asked, {}, m_cancel).then(this, [this](const ssh::ConnectionReport &report) {
        if (!report.hostKey.isEmpty() && report.hostKey != m_row.device.hostKey)
            showKey(report.hostKeyType, report.hostKey);
        else if (report.succeeded())
            m_new->setText(tr("The machine shows the accepted key again."));
        else if (!report.steps.isEmpty() && report.steps.last().error)
            m_new->setText(errorWords(*report.steps.last().error).what);
    });
}

void HostKeyDialog::showKey(const QString &type, const QString &fingerprint)
{
    m_fingerprint = fingerprint;
    m_new->setText(type + u' ' + fingerprint);
    m_typed->setEnabled(true);
    m_typed->setFocus();
}

void HostKeyDialog::accept()
{
    const PageContext context = m_context;
    context.client.acceptHostKey(m_row.device.id, m_fingerprint)
        .then(&context.client, [context](const Result<void> &done) {
            if (!done)
                context.navigator.showError(done.error());
        });
    close();
}

} // namespace infra::ui
