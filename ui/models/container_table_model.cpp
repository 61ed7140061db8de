// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/container_table_model.h"

#include "core/base/redaction.h"
#include "ui/text/format.h"
#include "ui/widgets/shapes.h"

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<ColumnSpec> containerColumns(bool withDevice)
{
    const auto tr = [](const char *text) { return ContainerTableModel::tr(text); };
    QList<ColumnSpec> columns{{u"name"_s, tr("Container"), CellKind::Name, 140, 0, true}};
    if (withDevice)
        columns.append({u"device"_s, tr("Device"), CellKind::Text, 96, 9});
    columns.append({{u"image"_s, tr("Image"), CellKind::Code, 186, 6, true},
                    {u"health"_s, tr("Health"), CellKind::Text, 88, 9},
                    {u"cpu"_s, tr("CPU"), CellKind::Number, 60, 8, false, true},
                    {u"memory"_s, tr("Memory"), CellKind::Number, 80, 8, false, true},
                    {u"ports"_s, tr("Ports"), CellKind::Text, 108, 5},
                    {u"restarts"_s, tr("Restarts"), CellKind::Number, 70, 4, false, true},
                    {u"uptime"_s, tr("Uptime"), CellKind::Age, 64, 3, false, true},
                    {u"project"_s, tr("Project"), CellKind::Text, 110, 2, false, false, withDevice},
                    {u"engine"_s, tr("Engine"), CellKind::Text, 76, 1, false, false, true}});
    return columns;
}

} // namespace

Health healthOf(const Container &container)
{
    if (container.state == "restarting"_L1 || container.health == "unhealthy"_L1 || container.state == "dead"_L1)
        return Health::Warning;
    if (container.state == "running"_L1)
        return container.health == "starting"_L1 ? Health::Info : Health::Ok;
    if (container.state == "exited"_L1)
        return container.status.startsWith("Exited (0)"_L1) || container.status.isEmpty() ? Health::Asleep
                                                                                          : Health::Warning;
    return Health::Asleep;
}

QString healthText(const Container &container)
{
    if (container.state == "running"_L1) {
        if (container.health == "healthy"_L1)
            return ContainerTableModel::tr("Healthy");
        if (container.health == "unhealthy"_L1)
            return ContainerTableModel::tr("Unhealthy");
        if (container.health == "starting"_L1)
            return ContainerTableModel::tr("Starting");
        return ContainerTableModel::tr("No check");
    }
    if (container.state == "exited"_L1) {
        const QString code = container.status.section(u'(', 1).section(u')', 0, 0);
        return code.isEmpty() ? ContainerTableModel::tr("Exited")
                              : ContainerTableModel::tr("Exited %1").arg(displayText(code, 8));
    }
    if (container.state == "restarting"_L1)
        return ContainerTableModel::tr("Restarting");
    if (container.state == "paused"_L1)
        return ContainerTableModel::tr("Paused");
    if (container.state == "created"_L1)
        return ContainerTableModel::tr("Created");
    return displayText(container.state, 32);
}

QString portsText(const Container &container)
{
    QStringList parts;
    for (const PortMapping &port : container.ports) {
        if (port.host == 0)
            continue;
        const QString text =
            port.host == port.container ? QString::number(port.host) : u"%1→%2"_s.arg(port.host).arg(port.container);
        if (!parts.contains(text))
            parts.append(text);
    }
    return parts.isEmpty() ? missing() : parts.join(u", "_s);
}

ContainerTableModel::ContainerTableModel(const Clock &clock, bool withDevice, QObject *parent)
    : RowsModel(containerColumns(withDevice), parent)
    , m_clock(clock)
{
}

QList<ContainerRow> ContainerTableModel::rowsOf(const engine::DeviceDetails &details, const Device &device)
{
    QList<ContainerRow> rows;
    const auto found = details.data.constFind(Kind::Containers);
    if (found == details.data.constEnd())
        return rows;
    if (const auto *containers = std::get_if<QList<Container>>(&found->section.data)) {
        for (const Container &container : *containers)
            rows.append({device.id, device.name, device.environment, container, found->stale, found->readAt});
    }
    return rows;
}

QVariant ContainerTableModel::display(const ContainerRow &row, const QString &column) const
{
    const Container &container = row.container;
    if (column == "name"_L1)
        return displayText(container.composeService.isEmpty() ? container.name : container.composeService, 120);
    if (column == "device"_L1)
        return row.deviceName;
    if (column == "image"_L1)
        return displayText(container.image, 200);
    if (column == "health"_L1)
        return healthText(container);
    if (column == "cpu"_L1)
        return percent(container.cpuPercent);
    if (column == "memory"_L1)
        return bytesBinary(container.memoryBytes ? std::optional(static_cast<double>(*container.memoryBytes))
                                                 : std::nullopt);
    if (column == "ports"_L1)
        return portsText(container);
    if (column == "restarts"_L1)
        return count(container.restarts);
    if (column == "uptime"_L1)
        return container.state == "running"_L1 ? age(container.started, m_clock.now()) : missing();
    if (column == "project"_L1)
        return container.composeProject.isEmpty() ? missing() : displayText(container.composeProject, 80);
    if (column == "engine"_L1)
        return container.engine;
    return {};
}

QVariant ContainerTableModel::sortValue(const ContainerRow &row, const QString &column) const
{
    const Container &container = row.container;
    if (column == "name"_L1 || column == "health"_L1)
        return u"%1 %2"_s.arg(static_cast<int>(healthOf(container))).arg(container.name.toLower());
    if (column == "cpu"_L1)
        return container.cpuPercent ? QVariant(*container.cpuPercent) : QVariant();
    if (column == "memory"_L1)
        return container.memoryBytes ? QVariant(*container.memoryBytes) : QVariant();
    if (column == "restarts"_L1)
        return container.restarts ? QVariant(*container.restarts) : QVariant();
    if (column == "uptime"_L1)
        return container.started && container.state == "running"_L1 ? QVariant(-toMs(*container.started)) : QVariant();
    return display(row, column);
}

QVariant ContainerTableModel::cell(int index, const QString &column, int role) const
{
    const ContainerRow &row = this->row(index);
    const Container &container = row.container;
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case SortRole:
        return sortValue(row, column);
    case HealthRole: {
        if (column == "name"_L1)
            return static_cast<int>(row.stale ? Health::Unknown : healthOf(container));
        const bool marks = column == "health"_L1 || (column == "restarts"_L1 && container.restarts.value_or(0) > 0);
        return marks && healthOf(container) == Health::Warning ? QVariant(static_cast<int>(Health::Warning))
                                                               : QVariant();
    }
    case MutedRole:
        return row.stale || container.state != "running"_L1;
    case CopyRole:
        if (column == "memory"_L1)
            return container.memoryBytes ? QVariant(QString::number(*container.memoryBytes)) : QVariant(QString());
        if (column == "name"_L1)
            return displayText(container.name, 256);
        return display(row, column);
    case Qt::ToolTipRole:
        if (column == "name"_L1)
            return displayText(container.name, 256);
        if (column == "image"_L1)
            return displayText(container.image, 400);
        return {};
    case RowIdRole:
        return idOf(row);
    case AccessibleRowRole:
        return tr("%1 on %2, %3, CPU %4, memory %5")
            .arg(display(row, u"name"_s).toString(), row.deviceName, healthText(container),
                 percent(container.cpuPercent), display(row, u"memory"_s).toString());
    default:
        return {};
    }
}

} // namespace infra::ui
