// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/error_json.h"

namespace infra {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

QJsonObject toJson(const Error &error)
{
    return {{u"code"_s, error.name()},
            {u"message"_s, error.message},
            {u"field"_s, textOrNull(error.field)},
            {u"value"_s, textOrNull(error.value)},
            {u"rule"_s, textOrNull(error.rule)},
            {u"cause"_s, textOrNull(error.causeText())},
            {u"remedy"_s, textOrNull(error.remedyText())},
            {u"retryable"_s, error.retryable()},
            {u"correlation"_s, textOrNull(error.correlation)}};
}

Error errorFromJson(const QJsonObject &object)
{
    Error error;
    error.code = errorCodeFromName(object.value("code"_L1).toString());
    error.message = object.value("message"_L1).toString();
    error.field = object.value("field"_L1).toString();
    error.value = object.value("value"_L1).toString();
    error.rule = object.value("rule"_L1).toString();
    error.cause = object.value("cause"_L1).toString();
    error.remedy = object.value("remedy"_L1).toString();
    error.correlation = object.value("correlation"_L1).toString();
    return error;
}

QJsonValue toJson(const std::optional<Error> &error)
{
    return error ? QJsonValue(toJson(*error)) : QJsonValue();
}

} // namespace infra
