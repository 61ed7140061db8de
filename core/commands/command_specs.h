// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/command_registry.h"

namespace infra::commands {

/// One row for every kind, in the order of `allKinds()`, with design.md's intervals, ages and timeouts.
QList<CommandSpec> commandSpecs();

} // namespace infra::commands
