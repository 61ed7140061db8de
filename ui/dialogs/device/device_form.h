// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/widgets/controls.h"

class QComboBox;
class QGridLayout;
class QLineEdit;
class QSpinBox;

namespace infra::ui {

/// The fields of a device: name, environment, address, port, user, route, how to sign in, sudo, tags, group, notes. It
/// checks nothing itself: `device()` is what was typed, the core names what is wrong with it.
class DeviceForm : public QWidget
{
    Q_OBJECT
public:
    DeviceForm(const PageContext &context, QWidget *parent = nullptr);
    void setDevice(const Device &device);
    Device device() const;
    /// Typed secrets, taken out of the fields; a field left empty is nothing.
    engine::DeviceSecrets takeSecrets();
    void showProblem(const Error &error); ///< red edge and sentence at the field it names
    void focusFirst();

signals:
    void changed();

private:
    void buildNames(QGridLayout *grid, int &row);
    void buildSignIn(QGridLayout *grid, int &row);
    void buildRest(QGridLayout *grid, int &row);
    void showSignIn();
    QLineEdit *addLine(QGridLayout *grid, int row, int column, int span, const QString &label);
    SecretBytes take(QLineEdit *field);

    PageContext m_context;
    Device m_base;
    QLineEdit *m_name = nullptr, *m_address = nullptr, *m_user = nullptr, *m_keyFile = nullptr;
    QLineEdit *m_passphrase = nullptr, *m_password = nullptr, *m_sudoPassword = nullptr, *m_tags = nullptr,
              *m_group = nullptr, *m_notes = nullptr;
    QSpinBox *m_port = nullptr, *m_interval = nullptr;
    QComboBox *m_environment = nullptr, *m_route = nullptr, *m_sudo = nullptr, *m_type = nullptr;
    SegmentedControl *m_signIn = nullptr;
    QWidget *m_keyBox = nullptr, *m_passwordBox = nullptr, *m_sudoBox = nullptr;
    QLabel *m_signInHint = nullptr, *m_problem = nullptr;
};

} // namespace infra::ui
