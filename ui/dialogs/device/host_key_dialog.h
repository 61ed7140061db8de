// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/modal_dialog.h"
#include "ui/shell/page.h"

class QLineEdit;

namespace infra::ui {

/// A machine shows another host key than the one that was accepted. The old and the new fingerprint stand side by side;
/// the new one is taken only when the person typed its end as read on the machine itself.
class HostKeyDialog : public ModalDialog
{
    Q_OBJECT
public:
    HostKeyDialog(const PageContext &context, const engine::DeviceRow &row, QWidget *window);

private:
    void testForKey();
    void showKey(const QString &type, const QString &fingerprint);
    void accept() override;

    PageContext m_context;
    engine::DeviceRow m_row;
    QString m_fingerprint;
    QLabel *m_new = nullptr;
    QLineEdit *m_typed = nullptr;
    QPushButton *m_take = nullptr;
    CancelToken m_cancel;
};

} // namespace infra::ui
