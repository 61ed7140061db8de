// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QByteArrayView>
#include <QtCore/QJsonValue>

namespace infra::schema {

/// What a document from outside may be at most.
struct JsonLimits
{
    qsizetype bytes = 1024 * 1024;
    int depth = 64; ///< arrays and objects inside each other
};

/// Parses one JSON object or array. Size and depth are looked at before any parser sees the text.
/// Errors: SchemaViolation with the rule that was broken. Any thread.
Result<QJsonValue> parseJsonBounded(QByteArrayView text, const JsonLimits &limits = {});

/// Depth of a value that is already parsed, counted up to `limit` + 1.
int jsonDepth(const QJsonValue &value, int limit);

} // namespace infra::schema
