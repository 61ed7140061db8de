// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/parsers/frames.h"
#include "core/model/device.h"

namespace infra::commands {

struct Detected
{
    DeviceType type = DeviceType::Unknown;
    QStringList capabilities;
};

/// The detection part of a message; nothing when it did not come whole: half a list would read as lost capabilities.
std::optional<Detected> parseDetect(const SectionText &section);

} // namespace infra::commands
