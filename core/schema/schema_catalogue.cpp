// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/schema_catalogue.h"

#include "core/base/redaction.h"
#include "core/base/secret_names.h"
#include "core/schema/schema_source.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

// Without this the library ends the process where it would throw.
#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <map>

static void initSchemaResources()
{
    Q_INIT_RESOURCE(schemas); // outside of any namespace, as Qt asks
}

namespace infra::schema {

namespace {

constexpr int deepestDocument = 64;

struct Compiled
{
    QJsonObject whole;
    std::unique_ptr<valijson::Schema> schema;
};

Result<QHash<QString, QJsonObject>> readFolder(const QString &folder)
{
    QHash<QString, QJsonObject> all;
    const QStringList files = QDir(folder).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QString &fileName : files) {
        QFile file(QDir(folder).filePath(fileName));
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorCode::FileUnreadable, QStringLiteral("The schema %1 cannot be read").arg(fileName));
        const auto parsed = parseJsonBounded(file.read(JsonLimits().bytes + 1));
        if (!parsed || !parsed->isObject())
            return fail(ErrorCode::Internal, QStringLiteral("The schema %1 is no JSON object").arg(fileName));
        all.insert(fileName.chopped(5), parsed->toObject());
    }
    if (all.isEmpty())
        return fail(ErrorCode::FileUnreadable, QStringLiteral("There are no schemas in %1").arg(folder));
    return all;
}

Result<Compiled> compile(const QString &name, const QHash<QString, QJsonObject> &all)
{
    auto source = prepareSchema(name, all);
    if (!source)
        return fail(std::move(source.error()));
    Compiled compiled{source->whole, std::make_unique<valijson::Schema>()};
    try {
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::QtJsonAdapter(QJsonValue(source->stripped)), *compiled.schema);
    } catch (const std::exception &exception) {
        return fail(ErrorCode::Internal,
                    QStringLiteral("The schema %1 cannot be used: %2").arg(name, QString::fromUtf8(exception.what())));
    }
    return compiled;
}

/// "[devices]" and "[3]" of the library as steps.
QStringList stepsOf(const valijson::ValidationResults::Error &error)
{
    QStringList steps;
    for (const std::string &context : error.context) {
        const QString text = QString::fromStdString(context);
        if (text.startsWith(u'[') && text.endsWith(u']'))
            steps.append(text.mid(1, text.size() - 2));
    }
    return steps;
}

QJsonValue valueAt(QJsonValue value, const QStringList &steps)
{
    for (const QString &step : steps)
        value =
            value.isArray() ? QJsonValue(value.toArray().at(step.toInt())) : QJsonValue(value.toObject().value(step));
    return value;
}

QString shownValue(const QJsonValue &value, const QStringList &steps)
{
    for (const QString &step : steps) {
        if (isSecretName(step) || step == u"secrets")
            return QStringLiteral("‹masked›");
    }
    if (value.isObject())
        return QStringLiteral("an object of %1 members").arg(value.toObject().size());
    if (value.isArray())
        return QStringLiteral("a list of %1 items").arg(value.toArray().size());
    if (value.isString())
        return displayText(redacted(value.toString().left(1024)), 120);
    return displayText(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).mid(1).chopped(1), 120);
}

Unexpected violation(QStringView schemaName, const QJsonValue &document, const QStringList &steps, const QString &rule)
{
    QString pointer;
    for (const QString &step : steps)
        pointer = pointerStep(pointer, step);
    Error error{.code = ErrorCode::SchemaViolation, .message = {}};
    error.field = displayText(pointer, 200);
    error.value = shownValue(valueAt(document, steps), steps);
    error.rule = displayText(rule, 300);
    error.message = QStringLiteral("%1 does not fit the schema %2: %3")
                        .arg(pointer.isEmpty() ? QStringLiteral("The document") : error.field, schemaName, error.rule);
    return fail(std::move(error));
}

/// The most precise of the library's complaints: the deepest, and of those the first.
valijson::ValidationResults::Error deepestOf(const valijson::ValidationResults &results)
{
    valijson::ValidationResults::Error best;
    for (const auto &error : results) {
        if (best.description.empty() || error.context.size() > best.context.size())
            best = error;
    }
    return best;
}

} // namespace

struct SchemaCatalogue::Private
{
    std::map<QString, Compiled> schemas;
};

SchemaCatalogue::SchemaCatalogue(std::unique_ptr<Private> made)
    : d(std::move(made))
{
}

SchemaCatalogue::SchemaCatalogue(SchemaCatalogue &&) noexcept = default;
SchemaCatalogue &SchemaCatalogue::operator=(SchemaCatalogue &&) noexcept = default;
SchemaCatalogue::~SchemaCatalogue() = default;

Result<SchemaCatalogue> SchemaCatalogue::load(const QString &folder)
{
    initSchemaResources();
    const auto all = readFolder(folder.isEmpty() ? QStringLiteral(":/schemas") : folder);
    if (!all)
        return fail(all.error());
    auto made = std::make_unique<Private>();
    for (auto it = all->begin(); it != all->end(); ++it) {
        auto compiled = compile(it.key(), *all);
        if (!compiled)
            return fail(std::move(compiled.error()));
        made->schemas.emplace(it.key(), std::move(*compiled));
    }
    return SchemaCatalogue(std::move(made));
}

QStringList SchemaCatalogue::names() const
{
    QStringList result;
    for (const auto &[name, compiled] : d->schemas)
        result.append(name);
    return result;
}

Result<void> SchemaCatalogue::validate(QStringView schemaName, const QJsonValue &value) const
{
    const auto found = d->schemas.find(schemaName.toString());
    if (found == d->schemas.end())
        return fail(ErrorCode::NotFound, QStringLiteral("There is no schema %1").arg(schemaName));
    if (jsonDepth(value, deepestDocument) > deepestDocument)
        return violation(schemaName, value, {},
                         QStringLiteral("at most %1 levels of arrays and objects").arg(deepestDocument));
    try {
        valijson::Validator validator;
        valijson::ValidationResults results;
        if (!validator.validate(*found->second.schema, valijson::adapters::QtJsonAdapter(value), &results)) {
            const auto error = deepestOf(results);
            const QStringList steps = stepsOf(error);
            const QString said = QString::fromStdString(error.description);
            // About members that lack or do not belong, the library's own words name them.
            const bool names = said.startsWith(u"Missing") || said.startsWith(u"Object contains");
            const QString rule = ruleAt(found->second.whole, steps);
            return violation(schemaName, value, steps, names || rule.isEmpty() ? said : rule);
        }
    } catch (const std::exception &exception) {
        return violation(schemaName, value, {}, QString::fromUtf8(exception.what()));
    }
    if (const std::optional<RuleBreak> broken = checkOwnRules(found->second.whole, value)) {
        QStringList steps = broken->pointer.split(u'/').mid(1);
        for (QString &step : steps)
            step.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
        return violation(schemaName, value, steps, broken->rule);
    }
    return {};
}

Result<QJsonValue> SchemaCatalogue::parse(QStringView schemaName, QByteArrayView text, const JsonLimits &limits) const
{
    auto parsed = parseJsonBounded(text, limits);
    if (!parsed)
        return parsed;
    if (auto valid = validate(schemaName, *parsed); !valid)
        return fail(std::move(valid.error()));
    return parsed;
}

} // namespace infra::schema
