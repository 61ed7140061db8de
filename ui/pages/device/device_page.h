// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

class QPushButton;
class QSplitter;

namespace infra::ui {

class ChartGrid;
class DetailTabs;
class DeviceHead;
class Note;

/// One machine: head, cause first, charts with one crosshair, tables of everything collected. Read every 10 s while it
/// is shown.
class DevicePage : public Page
{
    Q_OBJECT
public:
    DevicePage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QWidget *headerWidget() override;
    Environment environment() const override;
    void setRoute(const Route &route) override;
    void shown() override;
    void hidden() override;
    void focusFilter() override;
    void readNow() override;
    QString helpTopic() const override { return QStringLiteral("device"); }

private:
    void setDevice(const engine::DeviceRow &row);
    void setRow(const engine::DeviceRow &row);
    void showCause();
    void actOnCause();
    void showCommands();
    void askRemove();
    void loadEvents();

    DeviceHead *m_head = nullptr;
    Note *m_cause = nullptr;
    QPushButton *m_causeAction = nullptr;
    ChartGrid *m_charts = nullptr;
    DetailTabs *m_tabs = nullptr;
    QSplitter *m_splitter = nullptr;
    std::optional<engine::DeviceRow> m_row;
    DeviceId m_wanted;
    std::shared_ptr<void> m_watchDetails;
    std::shared_ptr<void> m_watchLive;
    bool m_shown = false;
};

} // namespace infra::ui
