// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/modal_dialog.h"
#include "ui/shell/page.h"

namespace infra::ui {

/// Removes devices: the history is kept or deleted, as the user says; a toast offers one undo for all of them.
class RemoveDialog : public ModalDialog
{
    Q_OBJECT
public:
    RemoveDialog(const PageContext &context, const QList<Device> &devices, QWidget *window);

private:
    void remove(bool withHistory);

    PageContext m_context;
    const QList<Device> m_devices;
};

} // namespace infra::ui
