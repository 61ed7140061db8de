// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/modal_dialog.h"
#include "ui/shell/page.h"

namespace infra::ui {

class ConnectionSteps;
class DeviceForm;

/// Adds or edits a device: the form, and the live test beside it. A new device is kept only after its test went through
/// (or, asleep now, when the person adds it with a host key that was trusted here).
class DeviceDialog : public ModalDialog
{
    Q_OBJECT
public:
    enum class Mode
    {
        Add,
        Edit
    };
    DeviceDialog(const PageContext &context, Mode mode, const Device &device, QWidget *window);
    ~DeviceDialog() override;

private:
    void test();
    void save();
    void formChanged();
    void keepSecrets();
    engine::DeviceSecrets secretsCopy() const;

    PageContext m_context;
    Mode m_mode;
    QString m_hostKey;
    engine::DeviceSecrets m_secrets; ///< taken from the fields, for the test and then for the keyring
    DeviceForm *m_form = nullptr;
    ConnectionSteps *m_steps = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_save = nullptr;
    CancelToken m_cancel;
    bool m_tested = false;
};

} // namespace infra::ui
