// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/tables/data_table.h"

#include <QtCore/QSet>

namespace infra::ui {

/// Hosts found in the SSH configuration, ticked or not. None is contacted.
class HostTableModel : public TableModel
{
    Q_OBJECT
public:
    explicit HostTableModel(QObject *parent = nullptr);
    void setHosts(const QList<engine::SshConfigHost> &hosts); ///< ticks all that can be added as they are
    const engine::SshConfigHost &host(int row) const { return m_hosts.at(row); }
    bool canAdd(int row) const;
    bool isTicked(const QString &alias) const { return m_ticked.contains(alias); }
    void setTicked(const QString &alias, bool on);
    QList<engine::SshConfigHost> ticked() const;
    int rowCount(const QModelIndex &parent = {}) const override;

signals:
    void ticksChanged();

protected:
    QVariant cell(int row, const QString &column, int role) const override;

private:
    bool isJump(const QString &alias) const;
    QString says(const engine::SshConfigHost &host) const;
    QList<engine::SshConfigHost> m_hosts;
    QSet<QString> m_ticked;
};

} // namespace infra::ui
