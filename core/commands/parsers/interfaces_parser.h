// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/model/inventory.h"

namespace infra::commands {

/// `interfaces`, from /sys/class/net. Source: Documentation/ABI/testing/sysfs-class-net.
Result<Parsed<QList<NetInterface>>> parseInterfaces(const SectionText &section);

} // namespace infra::commands
