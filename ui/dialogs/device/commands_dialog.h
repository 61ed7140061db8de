// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/modal_dialog.h"
#include "ui/shell/page.h"

namespace infra::ui {

/// "Show the commands that run here": every text that is sent to this machine, and the exact sudoers lines that would
/// unlock more.
class CommandsDialog : public ModalDialog
{
    Q_OBJECT
public:
    CommandsDialog(const PageContext &context, const Device &device, QWidget *window);
};

} // namespace infra::ui
