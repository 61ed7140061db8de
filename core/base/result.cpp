// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include "core/base/redaction.h"

namespace infra {

Unexpected invalid(const QString &field, const QString &value, const QString &rule, std::source_location where)
{
    Error error;
    error.code = ErrorCode::InvalidArgument;
    error.field = field;
    error.value = displayText(redacted(value.left(2048)), 120);
    error.rule = rule;
    error.message = QStringLiteral("%1 is not valid: %2").arg(field, rule);
    error.where = where;
    return Unexpected(std::move(error));
}

} // namespace infra
