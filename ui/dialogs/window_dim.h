// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

class QDialog;

namespace infra::ui {

/// Darkens the window behind a dialog from when it is shown until it is hidden or gone. GUI thread.
void dimWindowBehind(QDialog &dialog, const Theme &theme);

} // namespace infra::ui
