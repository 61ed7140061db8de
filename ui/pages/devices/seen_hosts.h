// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QtWidgets/QFrame>

class QVBoxLayout;

namespace infra::ui {

class ElidedLabel;

/// Under the list of devices: hosts of the SSH configuration that are no device. None of them is contacted before a
/// click.
class SeenHosts : public QFrame
{
    Q_OBJECT
public:
    SeenHosts(const PageContext &context, QWidget *parent);
    void load();
    int count() const { return m_count; }

private:
    void show(const QList<engine::SshConfigHost> &hosts);
    void addRow(const engine::SshConfigHost &host);

    PageContext m_context;
    ElidedLabel *m_quiet = nullptr;
    QVBoxLayout *m_rows = nullptr;
    int m_count = 0;
};

/// The device that a host of the SSH configuration would become: its alias stays its name and is resolved at each
/// connect.
Device deviceFromHost(const engine::SshConfigHost &host);
/// "root@10.20.0.10", with the port where it is not 22.
QString hostAddress(const engine::SshConfigHost &host);

} // namespace infra::ui
