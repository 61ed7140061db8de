// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace infra::app {

/// Start at login by the desktop's own way: `$XDG_CONFIG_HOME/autostart/infrastructor.desktop` (freedesktop.org
/// autostart specification).
/// @param on false removes the file.
Result<void> setStartAtLogin(bool on, const QString &profileFolder);

} // namespace infra::app
