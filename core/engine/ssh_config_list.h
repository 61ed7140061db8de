// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/engine/fleet_model.h"

namespace infra::engine {

/// The hosts of an ssh_config file, resolved and not contacted; nothing is run. Reads files: call it on a worker.
/// `alreadyAdded` is left false, see `markAdded`. @param file "~" is the home folder; empty: the user's own.
Result<QList<SshConfigHost>> listSshConfig(const QString &file);

/// Marks the hosts that a device stands for already: by alias, or by address, port and user.
void markAdded(QList<SshConfigHost> &hosts, const QList<Device> &devices);

} // namespace infra::engine
