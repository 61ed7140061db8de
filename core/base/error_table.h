// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <span>

namespace infra {

/// One row of the fixed table behind `errorInfo`.
struct ErrorRow
{
    ErrorCode code = ErrorCode::Internal;
    ErrorInfo info;
};

/// Every code once; Internal first. Any thread.
std::span<const ErrorRow> errorRows();

} // namespace infra
