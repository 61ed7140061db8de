// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/rule_set.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QSet>

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;

const QHash<QString, Comparison> &comparisons()
{
    static const QHash<QString, Comparison> names{
        {u"at_least"_s, Comparison::AtLeast}, {u"above"_s, Comparison::Above},   {u"at_most"_s, Comparison::AtMost},
        {u"below"_s, Comparison::Below},      {u"beyond"_s, Comparison::Beyond}, {u"is"_s, Comparison::Is},
    };
    return names;
}

const QList<Health> &severities()
{
    static const QList<Health> all{Health::Critical, Health::Warning,     Health::Unknown,
                                   Health::Info,     Health::Maintenance, Health::Asleep};
    return all;
}

QString shown(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)).mid(1).chopped(1);
}

class RuleReader
{
public:
    RuleReader(const QJsonObject &object, QString place)
        : m_object(object)
        , m_place(std::move(place))
    {
    }

    Result<Rule> read()
    {
        Rule rule;
        rule.id = m_object.value(u"id"_s).toString();
        if (rule.id.isEmpty() || rule.id.size() > 64)
            return wrong(u"id"_s, u"1 to 64 characters"_s);
        const QString kind = m_object.value(u"kind"_s).toString();
        if (kind == u"device") {
            rule.subject = std::monostate{};
        } else if (const auto known = kindFromName(kind)) {
            rule.subject = *known;
        } else {
            return wrong(u"kind"_s, u"a kind of reading, or \"device\""_s);
        }
        const auto compare = comparisons().constFind(m_object.value(u"compare"_s).toString());
        if (compare == comparisons().constEnd())
            return wrong(u"compare"_s, u"one of at_least, above, at_most, below, beyond, is"_s);
        rule.compare = *compare;
        rule.metric = m_object.value(u"metric"_s).toString();
        const bool words = rule.compare == Comparison::Is;
        if (!(words ? wordNames(rule.subject) : numberNames(rule.subject)).contains(rule.metric))
            return wrong(u"metric"_s, u"what this kind has, of the type that the comparison needs"_s);
        const QJsonValue cycles = m_object.value(u"cycles"_s);
        if (!cycles.isDouble() || cycles.toInt(0) < 1 || cycles.toInt(0) > 1000)
            return wrong(u"cycles"_s, u"a whole number from 1 to 1000"_s);
        rule.cycles = cycles.toInt();
        if (const Result<void> states = readStates(rule); !states)
            return Unexpected(states.error());
        if (const Result<void> thresholds = readThresholds(rule); !thresholds)
            return Unexpected(thresholds.error());
        return rule;
    }

private:
    Unexpected wrong(const QString &field, const QString &expected) const
    {
        return invalid(QString(m_place + u'.' + field), shown(m_object.value(field)), expected);
    }

    Result<void> readStates(Rule &rule) const
    {
        if (!m_object.contains(u"states"_s))
            return {};
        for (const QJsonValue &state : m_object.value(u"states"_s).toArray()) {
            if (!deviceStateFromName(state.toString()))
                return wrong(u"states"_s, u"states of a device"_s);
            rule.states.append(state.toString());
        }
        if (rule.states.isEmpty() || !std::holds_alternative<std::monostate>(rule.subject))
            return wrong(u"states"_s, u"a list, and for device rules only"_s);
        return {};
    }

    Result<void> readThresholds(Rule &rule) const
    {
        static const QSet<QString> plain{u"id"_s, u"kind"_s, u"metric"_s, u"compare"_s, u"cycles"_s, u"states"_s};
        for (auto it = m_object.constBegin(); it != m_object.constEnd(); ++it) {
            if (plain.contains(it.key()))
                continue;
            const auto severity = healthFromName(it.key());
            if (!severity || !severities().contains(*severity))
                return invalid(QString(m_place + u'.' + it.key()), shown(it.value()), u"no such key"_s);
            const auto threshold = thresholdOf(rule, it.value());
            if (!threshold)
                return wrong(it.key(), u"a number or a field of the object; for \"is\" a list of words"_s);
            rule.thresholds.insert(*severity, *threshold);
        }
        if (rule.thresholds.isEmpty())
            return wrong(u"warning"_s, u"at least one severity"_s);
        const auto number = [&rule](Health severity) -> std::optional<double> {
            const auto found = rule.thresholds.constFind(severity);
            const auto *value = found == rule.thresholds.constEnd() ? nullptr : std::get_if<double>(&found.value());
            return value == nullptr ? std::nullopt : std::optional(*value);
        };
        const std::optional<double> warning = number(Health::Warning);
        const std::optional<double> critical = number(Health::Critical);
        const bool falling = rule.compare == Comparison::Below || rule.compare == Comparison::AtMost;
        const bool disordered = warning && critical && (falling ? *critical >= *warning : *critical <= *warning);
        if (disordered)
            return wrong(u"critical"_s, u"worse than the warning"_s);
        return {};
    }

    static std::optional<Threshold> thresholdOf(const Rule &rule, const QJsonValue &value)
    {
        if (rule.compare == Comparison::Is) {
            QStringList words;
            for (const QJsonValue &word : value.toArray()) {
                if (!word.isString() || word.toString().isEmpty())
                    return std::nullopt;
                words.append(word.toString());
            }
            return words.isEmpty() ? std::nullopt : std::optional<Threshold>(words);
        }
        if (value.isDouble())
            return Threshold(value.toDouble());
        if (value.isString() && numberNames(rule.subject).contains(value.toString()))
            return Threshold(value.toString());
        return std::nullopt;
    }

    const QJsonObject m_object;
    const QString m_place;
};

} // namespace

Result<RuleSet> RuleSet::parse(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject())
        return invalid(u"rules"_s, QString::fromUtf8(json.left(60)), u"JSON: "_s + problem.errorString());
    const QJsonObject root = document.object();
    for (auto it = root.constBegin(); it != root.constEnd(); ++it) {
        if (it.key() != u"format" && it.key() != u"about" && it.key() != u"rules")
            return invalid(it.key(), shown(it.value()), u"no such key"_s);
    }
    if (root.value(u"format"_s).toInt() != 1)
        return invalid(u"format"_s, shown(root.value(u"format"_s)), u"1"_s);
    if (!root.value(u"rules"_s).isArray())
        return invalid(u"rules"_s, shown(root.value(u"rules"_s)), u"a list"_s);
    RuleSet set;
    QSet<QString> ids;
    const QJsonArray rules = root.value(u"rules"_s).toArray();
    for (qsizetype i = 0; i < rules.size(); ++i) {
        const QString place = u"rules[%1]"_s.arg(i);
        if (!rules[i].isObject())
            return invalid(place, shown(rules[i]), u"an object"_s);
        Result<Rule> rule = RuleReader(rules[i].toObject(), place).read();
        if (!rule)
            return Unexpected(rule.error());
        if (ids.contains(rule->id))
            return invalid(QString(place + u".id"_s), rule->id, u"used once"_s);
        ids.insert(rule->id);
        set.m_rules.append(*rule);
    }
    return set;
}

} // namespace infra::engine
