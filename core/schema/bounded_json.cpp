// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/bounded_json.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace infra::schema {

namespace {

Unexpected refused(const QString &message, const QString &value, const QString &rule)
{
    Error error{.code = ErrorCode::SchemaViolation, .message = message};
    error.value = value;
    error.rule = rule;
    return fail(std::move(error));
}

/// Opening brackets outside of strings, at most. One pass; the text need not be JSON.
int bracketDepth(QByteArrayView text, int limit)
{
    int depth = 0;
    int deepest = 0;
    bool inString = false;
    for (qsizetype i = 0; i < text.size() && deepest <= limit; ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            deepest = std::max(deepest, ++depth);
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return deepest;
}

} // namespace

Result<QJsonValue> parseJsonBounded(QByteArrayView text, const JsonLimits &limits)
{
    if (text.size() > limits.bytes)
        return refused(QStringLiteral("The document is too large"), QStringLiteral("%1 bytes").arg(text.size()),
                       QStringLiteral("at most %1 bytes").arg(limits.bytes));
    if (bracketDepth(text, limits.depth) > limits.depth)
        return refused(QStringLiteral("The document is nested too deeply"),
                       QStringLiteral("more than %1 levels").arg(limits.depth),
                       QStringLiteral("at most %1 levels of arrays and objects").arg(limits.depth));
    QJsonParseError parsed{};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), text.size()), &parsed);
    if (parsed.error != QJsonParseError::NoError)
        return refused(QStringLiteral("The document is not JSON: %1").arg(parsed.errorString()),
                       QStringLiteral("at byte %1").arg(parsed.offset), QStringLiteral("one JSON object or array"));
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

int jsonDepth(const QJsonValue &value, int limit)
{
    if ((!value.isArray() && !value.isObject()) || limit < 0)
        return 0;
    int below = 0;
    const auto look = [&below, limit](const QJsonValue &item) { below = std::max(below, jsonDepth(item, limit - 1)); };
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        std::for_each(array.begin(), array.end(), look);
    } else {
        const QJsonObject object = value.toObject();
        std::for_each(object.begin(), object.end(), look);
    }
    return below + 1;
}

} // namespace infra::schema
