// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QtCore/QString>

namespace infra::ui {

/// The one style sheet of the application, at most 120 rules. Widgets take part by dynamic properties, set before they
/// are shown: QPushButton `kind` (default, primary, danger, dangerline, flat, icon) and `buttonSize` (small, large);
/// QLineEdit `validity` (ok, bad); QFrame `surface` (panel, raised, rail, header, code, line). After a property
/// changed: unpolish and polish.
QString makeStyleSheet(const ThemeValues &values);

} // namespace infra::ui
