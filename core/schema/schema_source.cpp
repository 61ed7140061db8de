// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/schema_source.h"

#include "core/schema/text_formats.h"

#include <QtCore/QJsonArray>

#include <algorithm>
#include <iterator>

namespace infra::schema {

namespace {

constexpr int deepestSchema = 64;

Unexpected badSchema(const QString &place, const QString &why)
{
    return fail(ErrorCode::Internal, QStringLiteral("The schema %1 cannot be used: %2").arg(place, why));
}

bool isOneOf(const QString &word, std::initializer_list<QStringView> words)
{
    return std::any_of(words.begin(), words.end(), [&word](QStringView other) { return word == other; });
}

/// Walks a schema once and writes both forms.
class Preparation
{
public:
    explicit Preparation(const QHash<QString, QJsonObject> &all)
        : m_all(all)
    {
    }

    Result<SchemaSource> schema(const QJsonValue &value, const QString &place, bool branch, int depth)
    {
        if (depth > deepestSchema)
            return badSchema(place, QStringLiteral("it is nested too deeply"));
        if (!value.isObject())
            return badSchema(place, QStringLiteral("it is no object"));
        const QJsonObject object = value.toObject();
        if (const QString target = object.value(QLatin1String("$ref")).toString();
            !target.isEmpty() && !target.startsWith(u'#')) {
            if (!m_all.contains(target))
                return badSchema(place, QStringLiteral("there is no schema %1").arg(target));
            return schema(m_all.value(target), target, branch, depth + 1);
        }
        SchemaSource out;
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QString here = pointerStep(place, it.key());
            if (auto done = keyword(it.key(), it.value(), here, branch, depth, out); !done)
                return fail(std::move(done.error()));
        }
        return out;
    }

private:
    Result<void> keyword(const QString &key, const QJsonValue &value, const QString &here, bool branch, int depth,
                         SchemaSource &out)
    {
        if (isOneOf(key, {u"pattern", u"patternProperties", u"uniqueItems"}))
            return badSchema(here, QStringLiteral("this keyword is not used here"));
        if (key == u"format") {
            if (branch || !isKnownFormat(value.toString()))
                return badSchema(here, QStringLiteral("the format is not known or cannot be checked here"));
            out.whole.insert(key, value);
            return {};
        }
        if (key == u"type")
            return type(value, here, branch, out);
        if (isOneOf(key, {u"properties", u"definitions"}))
            return eachMember(key, value, here, branch, depth, out);
        if (isOneOf(key, {u"allOf", u"anyOf", u"oneOf"}))
            return eachItem(key, value, here, branch || key != u"allOf", depth, out);
        if (isOneOf(key, {u"items", u"additionalProperties", u"not", u"if", u"then", u"else", u"propertyNames",
                          u"contains"}) &&
            value.isObject()) {
            const bool below = branch || isOneOf(key, {u"not", u"if", u"then", u"else", u"contains", u"propertyNames"});
            auto inner = schema(value, here, below, depth + 1);
            if (!inner)
                return fail(std::move(inner.error()));
            out.whole.insert(key, inner->whole);
            out.stripped.insert(key, inner->stripped);
            return {};
        }
        out.whole.insert(key, value);
        out.stripped.insert(key, value);
        return {};
    }

    /// "integer" is our own check: the library takes only what fits 32 bits for one.
    static Result<void> type(const QJsonValue &value, const QString &here, bool branch, SchemaSource &out)
    {
        out.whole.insert(QStringLiteral("type"), value);
        QJsonArray types = value.isArray() ? value.toArray() : QJsonArray{value};
        for (qsizetype i = 0; i < types.size(); ++i) {
            if (types.at(i).toString() != u"integer")
                continue;
            if (branch)
                return badSchema(here, QStringLiteral("whole numbers cannot be checked here"));
            types.replace(i, QStringLiteral("number"));
        }
        out.stripped.insert(QStringLiteral("type"), value.isArray() ? QJsonValue(types) : types.at(0));
        return {};
    }

    Result<void> eachMember(const QString &key, const QJsonValue &value, const QString &here, bool branch, int depth,
                            SchemaSource &out)
    {
        const QJsonObject members = value.toObject();
        QJsonObject whole;
        QJsonObject stripped;
        for (auto it = members.begin(); it != members.end(); ++it) {
            auto inner = schema(it.value(), pointerStep(here, it.key()), branch, depth + 1);
            if (!inner)
                return fail(std::move(inner.error()));
            whole.insert(it.key(), inner->whole);
            stripped.insert(it.key(), inner->stripped);
        }
        out.whole.insert(key, whole);
        out.stripped.insert(key, stripped);
        return {};
    }

    Result<void> eachItem(const QString &key, const QJsonValue &value, const QString &here, bool branch, int depth,
                          SchemaSource &out)
    {
        const QJsonArray items = value.toArray();
        QJsonArray whole;
        QJsonArray stripped;
        for (const QJsonValue &item : items) {
            auto inner = schema(item, here, branch, depth + 1);
            if (!inner)
                return fail(std::move(inner.error()));
            whole.append(inner->whole);
            stripped.append(inner->stripped);
        }
        out.whole.insert(key, whole);
        out.stripped.insert(key, stripped);
        return {};
    }

    const QHash<QString, QJsonObject> &m_all;
};

/// Follows "#/definitions/x"; the schema itself where there is no reference.
QJsonObject resolved(const QJsonObject &root, QJsonObject schema)
{
    for (int hops = 0; hops < deepestSchema; ++hops) {
        const QString target = schema.value(QLatin1String("$ref")).toString();
        if (!target.startsWith(u"#/"))
            return schema;
        QJsonObject next = root;
        const QStringList steps = target.mid(2).split(u'/');
        for (const QString &step : steps)
            next = next.value(step).toObject();
        schema = next;
    }
    return {};
}

bool allowsInteger(const QJsonValue &type)
{
    return type.toString() == u"integer" || type.toArray().contains(QStringLiteral("integer"));
}

bool allowsNumber(const QJsonValue &type)
{
    return type.toString() == u"number" || type.toArray().contains(QStringLiteral("number"));
}

/// Walks document and schema side by side.
class OwnRules
{
public:
    explicit OwnRules(const QJsonObject &root)
        : m_root(root)
    {
    }

    std::optional<RuleBreak> check(const QJsonObject &written, const QJsonValue &value, const QString &pointer,
                                   int depth) const
    {
        if (depth > 2 * deepestSchema)
            return RuleBreak{pointer, QStringLiteral("not nested so deeply")};
        const QJsonObject schema = resolved(m_root, written);
        if (auto broken = checkHere(schema, value, pointer))
            return broken;
        const QJsonArray all = schema.value(QLatin1String("allOf")).toArray();
        for (const QJsonValue &part : all) {
            if (auto broken = check(part.toObject(), value, pointer, depth + 1))
                return broken;
        }
        return value.isObject()  ? checkMembers(schema, value.toObject(), pointer, depth)
               : value.isArray() ? checkItems(schema, value.toArray(), pointer, depth)
                                 : std::nullopt;
    }

private:
    static std::optional<RuleBreak> checkHere(const QJsonObject &schema, const QJsonValue &value,
                                              const QString &pointer)
    {
        const QJsonValue type = schema.value(QLatin1String("type"));
        if (value.isDouble() && allowsInteger(type) && !allowsNumber(type)) {
            // Two defaults tell "not a whole number of 64 bits" from that very number.
            if (value.toInteger(0) == 0 && value.toInteger(1) == 1)
                return RuleBreak{pointer, QStringLiteral("a whole number")};
        }
        const QString format = schema.value(QLatin1String("format")).toString();
        if (value.isString() && !format.isEmpty()) {
            if (const std::optional<QString> rule = brokenFormat(format, value.toString()))
                return RuleBreak{pointer, *rule};
        }
        return std::nullopt;
    }

    std::optional<RuleBreak> checkMembers(const QJsonObject &schema, const QJsonObject &object, const QString &pointer,
                                          int depth) const
    {
        const QJsonObject properties = schema.value(QLatin1String("properties")).toObject();
        const QJsonObject others = schema.value(QLatin1String("additionalProperties")).toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QJsonObject member = properties.contains(it.key()) ? properties.value(it.key()).toObject() : others;
            if (auto broken = check(member, it.value(), pointerStep(pointer, it.key()), depth + 1))
                return broken;
        }
        return std::nullopt;
    }

    std::optional<RuleBreak> checkItems(const QJsonObject &schema, const QJsonArray &array, const QString &pointer,
                                        int depth) const
    {
        const QJsonObject items = schema.value(QLatin1String("items")).toObject();
        if (items.isEmpty())
            return std::nullopt;
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (auto broken = check(items, array.at(i), pointerStep(pointer, QString::number(i)), depth + 1))
                return broken;
        }
        return std::nullopt;
    }

    const QJsonObject &m_root;
};

} // namespace

Result<SchemaSource> prepareSchema(const QString &name, const QHash<QString, QJsonObject> &all)
{
    return Preparation(all).schema(all.value(name), name, false, 0);
}

std::optional<RuleBreak> checkOwnRules(const QJsonObject &schema, const QJsonValue &value)
{
    return OwnRules(schema).check(schema, value, QString(), 0);
}

QString ruleAt(const QJsonObject &schema, const QStringList &path)
{
    QJsonObject at = resolved(schema, schema);
    for (const QString &step : path) {
        const QJsonObject properties = at.value(QLatin1String("properties")).toObject();
        if (properties.contains(step))
            at = properties.value(step).toObject();
        else if (at.value(QLatin1String("items")).isObject())
            at = at.value(QLatin1String("items")).toObject();
        else
            at = at.value(QLatin1String("additionalProperties")).toObject();
        at = resolved(schema, at);
    }
    return path.isEmpty() ? QString() : at.value(QLatin1String("description")).toString();
}

QString pointerStep(const QString &pointer, const QString &step)
{
    QString escaped = step;
    escaped.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
    return QString(pointer + u'/' + escaped);
}

} // namespace infra::schema
