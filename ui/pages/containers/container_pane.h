// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_table_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QFrame>

namespace infra::ui {

class ElidedLabel;
class StateDot;
class TagLabel;

/// Beside the table: everything known of the chosen container.
class ContainerPane : public QFrame
{
    Q_OBJECT
public:
    ContainerPane(const PageContext &context, QWidget *parent = nullptr);
    void showContainer(const ContainerRow &row);
    void showNothing();

private:
    void addSection(const QString &title, const QStringList &lines);
    void clearSections();

    PageContext m_context;
    StateDot *m_dot = nullptr;
    QLabel *m_title = nullptr;
    ElidedLabel *m_where = nullptr;
    TagLabel *m_health = nullptr;
    KeyValueList *m_facts = nullptr;
    QVBoxLayout *m_sections = nullptr;
    QWidget *m_content = nullptr;
    QPushButton *m_openDevice = nullptr;
    StateCover *m_cover = nullptr;
    DeviceId m_device;
};

} // namespace infra::ui
