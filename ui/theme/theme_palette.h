// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QtGui/QPalette>

namespace infra::ui {

/// The application's palette in all three groups, so that foreign dialogs and text selection fit.
QPalette makePalette(const ThemeValues &values);

} // namespace infra::ui
