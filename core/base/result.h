// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace infra {

/// What can fail returns this. An error is never swallowed and never only logged.
template <typename T>
using Result = tl::expected<T, Error>;

using Unexpected = tl::unexpected<Error>;

inline Unexpected fail(Error error)
{
    return Unexpected(std::move(error));
}

inline Unexpected fail(ErrorCode code, QString message, std::source_location where = std::source_location::current())
{
    Error error;
    error.code = code;
    error.message = std::move(message);
    error.where = where;
    return Unexpected(std::move(error));
}

/// Bad input: names the field, the value (cut at 120 characters) and the rule.
Unexpected invalid(const QString &field, const QString &value, const QString &rule,
                   std::source_location where = std::source_location::current());

} // namespace infra
