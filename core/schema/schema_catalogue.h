// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/schema/bounded_json.h"

#include <QtCore/QJsonValue>
#include <QtCore/QStringList>

#include <memory>

namespace infra::schema {

/// The JSON Schemas of this program (resources/schemas: draft-7 words that mean the same in 2020-12), each under its
/// file's name without ending: "device", "ctl_request", "settings" … Read once; then any thread may validate.
class SchemaCatalogue
{
public:
    /// From the program itself, or from a folder. Internal error with the file and place where a schema cannot be used.
    static Result<SchemaCatalogue> load(const QString &folder = {});

    SchemaCatalogue(SchemaCatalogue &&) noexcept;
    SchemaCatalogue &operator=(SchemaCatalogue &&) noexcept;
    ~SchemaCatalogue();

    QStringList names() const;
    /// SchemaViolation with field (JSON pointer, "/devices/3/port"), value (shortened, masked where it is a secret) and
    /// rule. Refuses what is nested deeper than 64 levels. NotFound for an unknown schema.
    Result<void> validate(QStringView schemaName, const QJsonValue &value) const;
    /// Parses within the limits, then validates.
    Result<QJsonValue> parse(QStringView schemaName, QByteArrayView text, const JsonLimits &limits = {}) const;

private:
    struct Private;
    explicit SchemaCatalogue(std::unique_ptr<Private> made);
    std::unique_ptr<Private> d;
};

} // namespace infra::schema
