// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include "core/base/error_table.h"

namespace infra {

const ErrorInfo &errorInfo(ErrorCode code)
{
    for (const ErrorRow &row : errorRows()) {
        if (row.code == code)
            return row.info;
    }
    return errorRows().front().info;
}

ErrorCode errorCodeFromName(QStringView name)
{
    for (const ErrorRow &row : errorRows()) {
        if (row.info.name == name)
            return row.code;
    }
    return ErrorCode::Internal;
}

bool operator==(const Error &a, const Error &b)
{
    return a.code == b.code && a.message == b.message && a.field == b.field && a.value == b.value && a.rule == b.rule &&
           a.cause == b.cause && a.remedy == b.remedy && a.correlation == b.correlation;
}

} // namespace infra
