// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/control_reply.h"

#include "core/model/error_json.h"

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

int exitCodeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
    case ErrorCode::SchemaViolation:
        return 2;
    case ErrorCode::GuardNeedsConfirmation:
        return 3;
    case ErrorCode::GuardBlocked:
        return 4;
    default:
        break;
    }
    return errorInfo(code).name.startsWith(u"ssh."_s) ? 5 : 1;
}

ControlReply okReply(QJsonObject body)
{
    body.insert("ok"_L1, true);
    return {0, std::move(body)};
}

ControlReply failReply(const Error &error)
{
    return {exitCodeOf(error.code), {{u"ok"_s, false}, {u"error"_s, toJson(error)}}};
}

QFuture<ControlReply> readyReply(ControlReply reply)
{
    QPromise<ControlReply> promise;
    promise.start();
    promise.addResult(std::move(reply));
    promise.finish();
    return promise.future();
}

} // namespace infra::engine
