// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

namespace infra::ui {

/// Registers the compiled-in fonts with the application; once a process is enough, again does no harm.
void registerFonts();
/// The font of a style at a text size in percent: pixel sizes of ui.md §4, hinting off, Noto Sans and DejaVu Sans
/// behind it.
QFont fontFor(TextStyle style, int textPercent);

} // namespace infra::ui
