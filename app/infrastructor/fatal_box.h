// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace infra::app {

/// Says in a window why the program cannot start and what to do; closing it ends the program with 1. GUI thread.
void showFatalBox(const Error &error);

} // namespace infra::app
