// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/device_service.h"
#include "core/engine/fleet_model.h"

#include <optional>

namespace infra::schema {
class SchemaCatalogue;
}

namespace infra::engine {

/// One machine that an import would add.
struct ImportEntry
{
    Device device;
    QJsonObject line;             ///< what is shown of it: alias, name, address, port, user …
    bool present = false;         ///< a device stands for it already
    std::optional<Error> refused; ///< why it cannot be added
};

/// The hosts of an SSH configuration. One that breaks a rule is refused by itself; the others go on.
QList<ImportEntry> importEntries(const schema::SchemaCatalogue &schemas, const QList<SshConfigHost> &hosts);

/// The devices of an inventory file (resources/schemas/inventory.json). All of it must be right, or nothing is taken.
/// Errors: FileUnreadable; SchemaViolation and InvalidArgument with field ("/devices/3/port"), value and rule. Reads a
/// file.
Result<QList<ImportEntry>> importEntries(const schema::SchemaCatalogue &schemas, const QString &file,
                                         const DeviceService &devices);

} // namespace infra::engine
