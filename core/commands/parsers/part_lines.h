// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/parsers/frames.h"

namespace infra::commands {

/// The command was ended by `timeout` or a signal: GNU gives 124, BusyBox 143, a kill 137.
bool timedOut(const SectionPart &part);
/// The part's text without what may be half a line: all of it when the command ended by itself.
QByteArray partText(const SectionPart &part);
/// Its whole lines.
QList<QByteArray> partLines(const SectionPart &part, bool *cut = nullptr);

} // namespace infra::commands
