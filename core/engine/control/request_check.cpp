// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/request_check.h"

#include "core/schema/schema_catalogue.h"

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

Result<void> checkArguments(const schema::SchemaCatalogue &schemas, const QString &command, const QJsonObject &args)
{
    const bool device = command == "devices.add"_L1 || command == "devices.edit"_L1;
    const Result<void> kept = schemas.validate(device ? u"ctl_device" : u"ctl_arguments", args);
    if (kept || kept.error().code != ErrorCode::SchemaViolation)
        return kept;
    const Error &broken = kept.error();
    // A person knows arguments by name, not by JSON pointer.
    const QString field = broken.field.startsWith(u'/') ? broken.field.mid(1) : broken.field;
    return invalid(field.isEmpty() ? u"arguments"_s : field, broken.value, broken.rule);
}

} // namespace infra::engine
