// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page_factories.h"

namespace infra::ui {

/// Adds the pages device, containers and settings, and the dialogs that add and edit devices, answer machines and
/// unlock secrets.
void addDevicePages(PageFactories &factories);

} // namespace infra::ui
