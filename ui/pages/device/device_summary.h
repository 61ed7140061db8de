// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/widgets/controls.h"

class QLabel;
class QVBoxLayout;

namespace infra::ui {

/// The first tab: what the machine says of itself, what was found on it, and what needs attention.
class DeviceSummary : public QWidget
{
    Q_OBJECT
public:
    DeviceSummary(const PageContext &context, QWidget *parent = nullptr);
    void clear();
    void setRow(const engine::DeviceRow &row);
    void setDetails(const engine::DeviceDetails &details);

private:
    void showSystem(const engine::DeviceRow &row);
    void showFound(const engine::DeviceRow &row);
    void showFindings();
    QString foundText(Kind kind) const;

    PageContext m_context;
    KeyValueList *m_system = nullptr;
    KeyValueList *m_found = nullptr;
    QVBoxLayout *m_findings = nullptr;
    Panel *m_findingsPanel = nullptr;
    engine::DeviceDetails m_details;
    engine::DeviceRow m_row;
};

} // namespace infra::ui
