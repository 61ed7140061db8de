// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/control/control_service.h"

#include <QtCore/QPromise>

namespace infra::engine {

/// Exit status of a failure: 2 bad input, 3 needs confirmation, 4 blocked, 5 device not reachable, else 1.
int exitCodeOf(ErrorCode code);
ControlReply okReply(QJsonObject body);
ControlReply failReply(const Error &error);
QFuture<ControlReply> readyReply(ControlReply reply);

/// null for nothing, else the value.
template <typename T>
QJsonValue orNull(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

} // namespace infra::engine
