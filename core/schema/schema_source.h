// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QHash>
#include <QtCore/QJsonObject>

namespace infra::schema {

/// A schema as written, and what the validating library is given of it.
struct SchemaSource
{
    QJsonObject whole;    ///< references to other files resolved
    QJsonObject stripped; ///< without what that library does wrongly or slowly
};

/// Prepares the schemas of a folder. Resolves `{"$ref": "other"}` by putting that schema there; takes out `format` and
/// integer types, which `checkOwnRules` does. Refuses what neither may do: `pattern`, `patternProperties`,
/// `uniqueItems` (quadratic), unknown formats, and own rules below anyOf, oneOf, not and if. Internal error with the
/// place.
Result<SchemaSource> prepareSchema(const QString &name, const QHash<QString, QJsonObject> &all);

/// What breaks a rule: where (JSON pointer) and which.
struct RuleBreak
{
    QString pointer;
    QString rule;
};

/// The rules that were taken out: formats and whole numbers. Nothing when all are kept.
std::optional<RuleBreak> checkOwnRules(const QJsonObject &schema, const QJsonValue &value);

/// The `description` of the schema at a place of the document; empty where there is none.
QString ruleAt(const QJsonObject &schema, const QStringList &path);

/// Puts a step into a JSON pointer (RFC 6901).
QString pointerStep(const QString &pointer, const QString &step);

} // namespace infra::schema
