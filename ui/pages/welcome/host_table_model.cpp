// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/host_table_model.h"

#include "core/base/redaction.h"
#include "ui/pages/devices/seen_hosts.h"

#include <QtCore/QCoreApplication>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString hostWord(const char *text)
{
    return QCoreApplication::translate("Welcome", text);
}

QList<ColumnSpec> hostColumns()
{
    return {
        {u"check"_s, QString(), CellKind::Text, 36, 0, false, false, false},
        {u"name"_s, hostWord("Host"), CellKind::Text, 132, 0, false, false, false},
        {u"address"_s, hostWord("Address"), CellKind::Text, 180, 0, false, false, false},
        {u"route"_s, hostWord("Route"), CellKind::Text, 130, 1, false, false, false},
        {u"says"_s, hostWord("What the configuration says"), CellKind::Name, 240, 0, true, false, false},
    };
}

} // namespace

HostTableModel::HostTableModel(QObject *parent)
    : TableModel(hostColumns(), parent)
{
}

void HostTableModel::setHosts(const QList<engine::SshConfigHost> &hosts)
{
    beginResetModel();
    m_hosts = hosts;
    m_ticked.clear();
    for (int row = 0; row < m_hosts.size(); ++row) {
        if (canAdd(row) && !isJump(m_hosts.at(row).alias))
            m_ticked.insert(m_hosts.at(row).alias);
    }
    endResetModel();
    emit ticksChanged();
}

bool HostTableModel::canAdd(int row) const
{
    // A command of the configuration runs only after the person has read it: by the form, one by one.
    return !m_hosts.at(row).alreadyAdded && m_hosts.at(row).needsConsent.isEmpty();
}

bool HostTableModel::isJump(const QString &alias) const
{
    for (const engine::SshConfigHost &host : m_hosts) {
        if (host.jumps.contains(alias))
            return true;
    }
    return false;
}

void HostTableModel::setTicked(const QString &alias, bool on)
{
    for (int row = 0; row < m_hosts.size(); ++row) {
        if (m_hosts.at(row).alias != alias || !canAdd(row))
            continue;
        if (on)
            m_ticked.insert(alias);
        else
            m_ticked.remove(alias);
        emit dataChanged(index(row, 0), index(row, columnCount() - 1));
        emit ticksChanged();
    }
}

QList<engine::SshConfigHost> HostTableModel::ticked() const
{
    QList<engine::SshConfigHost> hosts;
    for (const engine::SshConfigHost &host : m_hosts) {
        if (m_ticked.contains(host.alias))
            hosts.append(host);
    }
    return hosts;
}

int HostTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hosts.size());
}

QString HostTableModel::says(const engine::SshConfigHost &host) const
{
    if (host.alreadyAdded)
        return hostWord("Already a device");
    if (!host.needsConsent.isEmpty())
        return hostWord("Runs a command to connect; add it by the form");
    for (const engine::SshConfigHost &other : m_hosts) {
        if (other.jumps.contains(host.alias))
            return hostWord("Used on the way to %1").arg(displayText(other.alias, 64));
    }
    if (!host.keyFile.isEmpty())
        return hostWord("Key file %1, or the agent").arg(displayText(host.keyFile, 120));
    return hostWord("Keys of the agent");
}

QVariant HostTableModel::cell(int row, const QString &column, int role) const
{
    const engine::SshConfigHost &host = m_hosts.at(row);
    if (role == RowIdRole)
        return host.alias;
    if (role == MutedRole)
        return column != u"name" || !canAdd(row);
    if (role == AccessibleRowRole)
        return QString(host.alias + u", "_s + hostAddress(host) + u", "_s + says(host));
    if (column == u"check")
        return role == Qt::DisplayRole ? QVariant(u" "_s) : role == SortRole ? QVariant(row) : QVariant();
    if (column == u"says" && role == HealthRole) {
        if (!host.needsConsent.isEmpty())
            return static_cast<int>(Health::Info);
        return static_cast<int>(host.alreadyAdded ? Health::Ok : isJump(host.alias) ? Health::Unknown : Health::Ok);
    }
    if (column == u"says" && role == Qt::ToolTipRole && !host.needsConsent.isEmpty())
        return displayText(host.needsConsent.join(u'\n'), 1000);
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    if (column == u"name")
        return displayText(host.alias, 64);
    if (column == u"address")
        return hostAddress(host);
    if (column == u"route")
        return host.jumps.isEmpty() ? hostWord("Direct")
                                    : hostWord("Through %1").arg(displayText(host.jumps.join(u", "_s), 120));
    return says(host);
}

} // namespace infra::ui
