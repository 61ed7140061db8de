// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/modal_dialog.h"
#include "ui/shell/page.h"

class QLineEdit;

namespace infra::ui {

/// A question of a machine while a person connects (keyboard-interactive, a passphrase). Remote words are shown as
/// such.
class PromptDialog : public ModalDialog
{
    Q_OBJECT
public:
    PromptDialog(const PageContext &context, const engine::PromptRequest &request, QWidget *window);
    ~PromptDialog() override;

private:
    void answer(std::optional<QByteArray> bytes);

    PageContext m_context;
    const quint64 m_id;
    QLineEdit *m_line = nullptr;
    bool m_answered = false;
};

/// Opens the sealed file of secrets, or makes it where there is no keyring: its passphrase twice then.
class UnlockDialog : public ModalDialog
{
    Q_OBJECT
public:
    UnlockDialog(const PageContext &context, QWidget *window);

private:
    void unlock();

    PageContext m_context;
    QLineEdit *m_phrase = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_open = nullptr;
};

} // namespace infra::ui
