// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QJsonObject>

namespace infra {

/// An error in the shape of contract.md: code, message, field, value, rule, cause, remedy, retryable, correlation;
/// empty texts are null.
QJsonObject toJson(const Error &error);
/// The reverse, for rows read back from the store and replies of a running application.
Error errorFromJson(const QJsonObject &object);
/// null where there is none.
QJsonValue toJson(const std::optional<Error> &error);

} // namespace infra
