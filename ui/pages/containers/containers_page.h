// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_table_model.h"
#include "ui/shell/page.h"
#include "ui/tables/data_table.h"
#include "ui/widgets/controls.h"

class QComboBox;
class QHBoxLayout;

namespace infra::ui {

class ContainerPane;

/// Containers of every device: groups are compose projects, worst first, well ones collapsed.
class ContainersPage : public Page
{
    Q_OBJECT
public:
    ContainersPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override { return tr("Containers"); }
    QString facts() const override;
    QWidget *sidePane() override;
    void setRoute(const Route &route) override;
    void shown() override;
    void hidden() override;
    void focusFilter() override;
    void readNow() override;
    QString helpTopic() const override { return QStringLiteral("containers"); }

private:
    void buildBar(QHBoxLayout *bar);
    void takeDetails(const engine::DeviceDetails &details);
    void forget(const QList<DeviceId> &removed);
    void refresh();
    void applyFilter();
    void applyGrouping();
    void showCover();
    bool accepts(int row) const;

    ContainerTableModel *m_model = nullptr;
    DataTable *m_table = nullptr;
    ContainerPane *m_pane = nullptr;
    FilterField *m_filter = nullptr;
    SegmentedControl *m_states = nullptr;
    QComboBox *m_group = nullptr;
    QComboBox *m_device = nullptr;
    StateCover *m_cover = nullptr;
    QHash<DeviceId, QList<ContainerRow>> m_rows;
    std::shared_ptr<void> m_watch;
    bool m_collapsedOnce = false;
};

} // namespace infra::ui
