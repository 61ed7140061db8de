// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <span>

namespace infra::ui {

/// The words of one code, in English and marked for translation in the context "Errors".
struct ErrorTextRow
{
    ErrorCode code;
    const char *what;
    const char *why;
    const char *remedy;
};

/// Codes of the program, the network, host keys and login; then the rest. Together every code once.
std::span<const ErrorTextRow> connectionErrorRows();
std::span<const ErrorTextRow> otherErrorRows();

} // namespace infra::ui
