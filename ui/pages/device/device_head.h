// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

class QLabel;
class QMenu;
class QPushButton;

namespace infra::ui {

/// The 72 px head of a device's page: breadcrumb, state, name, environment, and a line of facts (what it is, how it is reached, age).
class DeviceHead : public QWidget
{
    Q_OBJECT
public:
    DeviceHead(const PageContext &context, QWidget *parent = nullptr);
    void setRow(const engine::DeviceRow &row);

signals:
    void readRequested();
    void commandsRequested();
    void removeRequested();

private:
    void fillMenu();
    QString routeText() const;
    QString systemText() const;

    PageContext m_context;
    engine::DeviceRow m_row;
    QPushButton *m_up = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_facts = nullptr;
    QPushButton *m_read = nullptr;
    QPushButton *m_more = nullptr;
    QMenu *m_menu = nullptr;
};

} // namespace infra::ui
