// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/engine/fleet_model.h"
#include "ui/models/rows_model.h"

namespace infra::ui {

/// A container with the machine it is on.
struct ContainerRow
{
    DeviceId device;
    QString deviceName;
    Environment environment = Environment::None;
    Container container;
    bool stale = false;
    Instant readAt{};
    bool operator==(const ContainerRow &) const = default;
};

/// Running and well is ok; unhealthy and restarting are warnings; exited by itself with an error is a warning; created,
/// exited 0 and paused are asleep.
Health healthOf(const Container &container);
/// "Healthy", "Unhealthy", "No check", "Exited 137" … through tr().
QString healthText(const Container &container);
/// "80, 443" of published ports; "8080→80" where they differ.
QString portsText(const Container &container);

/// Containers of one device or of all; columns differ by `withDevice`.
class ContainerTableModel : public RowsModel<ContainerRow>
{
    Q_OBJECT
public:
    ContainerTableModel(const Clock &clock, bool withDevice, QObject *parent = nullptr);
    /// Rows of one device's details.
    static QList<ContainerRow> rowsOf(const engine::DeviceDetails &details, const Device &device);

protected:
    QString idOf(const ContainerRow &row) const override
    {
        return row.device.toString() + u'/' + row.container.engine + u'/' + row.container.id;
    }
    QVariant cell(int row, const QString &column, int role) const override;

private:
    QVariant display(const ContainerRow &row, const QString &column) const;
    QVariant sortValue(const ContainerRow &row, const QString &column) const;

    const Clock &m_clock;
};

} // namespace infra::ui
