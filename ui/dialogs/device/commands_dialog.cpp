// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/device/commands_dialog.h"

#include "core/base/redaction.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

namespace {

QPlainTextEdit *codeView(const Theme &theme, const QString &text, const QString &name, int height)
{
    auto *view = new QPlainTextEdit;
    view->setReadOnly(true);
    view->setFont(theme.font(TextStyle::Code));
    view->setPlainText(text);
    view->setAccessibleName(name);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setMinimumHeight(theme.px(height));
    view->setTabChangesFocus(true);
    return view;
}

} // namespace

CommandsDialog::CommandsDialog(const PageContext &context, const Device &device, QWidget *window)
    : ModalDialog(context.theme, tr("Commands that run on %1").arg(displayText(device.name, 64)), 760, window)
{
    setEnvironment(device.environment);
    setQuiet(
        tr("All of them only read. Nothing else is sent to this machine by itself, and nothing is written on it."));
    const QString commands = context.client.commandsShown(device.id);
    body()->addWidget(codeView(context.theme, commands, tr("Commands"), 300), 1);
    const QString sudoers = context.client.sudoersLines(device.id);
    if (!sudoers.isEmpty()) {
        QLabel *text =
            makeLabel(context.theme, tr("These lines in /etc/sudoers.d would let it read more, and nothing else:"),
                      TextStyle::Body, "text.primary", this);
        text->setWordWrap(true);
        body()->addWidget(text);
        body()->addWidget(codeView(context.theme, sudoers, tr("Lines for sudoers"), 80));
        QPushButton *copySudoers = addFootButton(tr("Copy sudoers lines"), ButtonKind::Default);
        connect(copySudoers, &QPushButton::clicked, this,
                [sudoers] { QGuiApplication::clipboard()->setText(sudoers); });
    }
    QPushButton *copy = addFootButton(tr("Copy commands"), ButtonKind::Default);
    connect(copy, &QPushButton::clicked, this, [commands] { QGuiApplication::clipboard()->setText(commands); });
    QPushButton *close = addFootButton(tr("Close"), ButtonKind::Primary);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

} // namespace infra::ui
