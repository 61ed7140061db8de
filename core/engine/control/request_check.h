// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QJsonObject>

namespace infra::schema {
class SchemaCatalogue;
}

namespace infra::engine {

/// Checks the arguments of one command of the command line against its schema (resources/schemas: "ctl_device" for
/// `devices add` and `devices edit`, "ctl_arguments" for all others) before anything looks at them. Errors:
/// InvalidArgument; its field is the argument's name ("port", "tag/2"), with value and rule. Any thread.
Result<void> checkArguments(const schema::SchemaCatalogue &schemas, const QString &command, const QJsonObject &args);

} // namespace infra::engine
