// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tables/ui_state.h"
