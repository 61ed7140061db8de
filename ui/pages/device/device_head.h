// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace infra::ui {

class ElidedLabel;
class Glyph;

/// The 72 px head of a device's page: breadcrumb, state, name, environment, and a line of facts (what it is, how it is
/// reached, age).
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
    /// A glyph and its words in the line below the name.
    struct Fact
    {
        Glyph *glyph = nullptr;
        ElidedLabel *words = nullptr;
    };
    void fillMenu();
    Fact addFact(QHBoxLayout *line, const QString &iconName);
    static void tell(const Fact &fact, const QString &text);
    QString addressText() const;
    QString routeText() const;
    QString systemText() const;

    PageContext m_context;
    engine::DeviceRow m_row;
    QPushButton *m_up = nullptr;
    QLabel *m_name = nullptr;
    Fact m_system, m_address, m_route, m_age, m_cost;
    QPushButton *m_read = nullptr;
    QPushButton *m_more = nullptr;
    QMenu *m_menu = nullptr;
};

} // namespace infra::ui
