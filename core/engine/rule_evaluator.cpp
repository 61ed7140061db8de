// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redaction.h"
#include "core/collect/derive.h"
#include "core/engine/rule_set.h"

#include <algorithm>
#include <cmath>

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;

template <typename T>
void put(RuleOperand &operand, const QString &name, const std::optional<T> &value)
{
    if (value)
        operand.numbers.insert(name, static_cast<double>(*value));
}

QList<RuleOperand> systemOperands(const RawSystem &raw, const std::optional<SystemInfo> &system)
{
    RuleOperand operand;
    if (raw.memTotalBytes && raw.memAvailableBytes && *raw.memTotalBytes > 0)
        operand.numbers.insert(u"memory_available_percent"_s, 100.0 * static_cast<double>(*raw.memAvailableBytes) /
                                                                  static_cast<double>(*raw.memTotalBytes));
    if (system)
        put(operand, u"clock_offset_s"_s, system->clockOffsetS);
    return {operand};
}

QList<RuleOperand> filesystemOperands(const QList<Filesystem> &filesystems)
{
    QList<RuleOperand> operands;
    for (const Filesystem &fs : filesystems) {
        if (fs.readOnly)
            continue; // an image is full by nature
        RuleOperand operand;
        operand.object = fs.mount;
        put(operand, u"used_percent"_s, collect::usedPercent(fs));
        put(operand, u"inodes_used_percent"_s, collect::inodesUsedPercent(fs));
        operands.append(operand);
    }
    return operands;
}

QList<RuleOperand> sensorOperands(const SensorReadings &sensors)
{
    QList<RuleOperand> operands;
    for (const Temperature &t : sensors.temperatures) {
        RuleOperand operand;
        operand.object = QString(t.chip + u'/' + t.sensor);
        operand.numbers.insert(u"celsius"_s, t.celsius);
        // A limit of nought or below is a chip's way to say that it has none.
        if (t.maxCelsius.value_or(0) > 0)
            put(operand, u"max_celsius"_s, t.maxCelsius);
        if (t.critCelsius.value_or(0) > 0)
            put(operand, u"crit_celsius"_s, t.critCelsius);
        operands.append(operand);
    }
    return operands;
}

QList<RuleOperand> serviceOperands(const QList<ServiceUnit> &units)
{
    QList<RuleOperand> operands;
    for (const ServiceUnit &unit : units)
        operands.append(
            {unit.name, {}, {{u"active"_s, unit.active}, {u"sub"_s, unit.sub}, {u"result"_s, unit.result}}});
    return operands;
}

QList<RuleOperand> containerOperands(const QList<Container> &containers)
{
    QList<RuleOperand> operands;
    for (const Container &container : containers)
        operands.append({container.name, {}, {{u"state"_s, container.state}, {u"health"_s, container.health}}});
    return operands;
}

bool holds(Comparison compare, double value, double threshold)
{
    switch (compare) {
    case Comparison::AtLeast:
        return value >= threshold;
    case Comparison::Above:
        return value > threshold;
    case Comparison::AtMost:
        return value <= threshold;
    case Comparison::Below:
        return value < threshold;
    case Comparison::Beyond:
        return std::abs(value) > threshold;
    case Comparison::Is:
        break;
    }
    return false;
}

/// The worst severity of a rule that holds for an object.
std::optional<Finding> findingOf(const Rule &rule, const RuleOperand &operand)
{
    Finding finding;
    finding.rule = rule.id;
    finding.object = displayText(operand.object, 256);
    finding.metric = rule.metric;
    for (auto it = rule.thresholds.constBegin(); it != rule.thresholds.constEnd(); ++it) {
        finding.severity = it.key();
        if (const auto *words = std::get_if<QStringList>(&it.value())) {
            const auto word = operand.words.constFind(rule.metric);
            if (word == operand.words.constEnd() || !words->contains(*word))
                continue;
            finding.detail = displayText(*word, 256);
            return finding;
        }
        const auto value = operand.numbers.constFind(rule.metric);
        if (value == operand.numbers.constEnd())
            return std::nullopt;
        std::optional<double> threshold;
        if (const auto *number = std::get_if<double>(&it.value()))
            threshold = *number;
        else if (const auto field = operand.numbers.constFind(std::get<QString>(it.value()));
                 field != operand.numbers.constEnd())
            threshold = *field;
        if (!threshold || !holds(rule.compare, *value, *threshold))
            continue;
        finding.value = *value;
        finding.threshold = threshold;
        return finding;
    }
    return std::nullopt;
}

} // namespace

QStringList numberNames(const RuleSubject &subject)
{
    const auto *kind = std::get_if<Kind>(&subject);
    if (kind == nullptr)
        return {u"failures"_s};
    switch (*kind) {
    case Kind::SystemMetrics:
        return {u"memory_available_percent"_s, u"clock_offset_s"_s};
    case Kind::Filesystems:
        return {u"used_percent"_s, u"inodes_used_percent"_s};
    case Kind::Temperatures:
        return {u"celsius"_s, u"max_celsius"_s, u"crit_celsius"_s};
    default:
        return {};
    }
}

QStringList wordNames(const RuleSubject &subject)
{
    const auto *kind = std::get_if<Kind>(&subject);
    if (kind == nullptr)
        return {u"state"_s, u"error"_s};
    if (*kind == Kind::Services)
        return {u"active"_s, u"sub"_s, u"result"_s};
    if (*kind == Kind::Containers)
        return {u"state"_s, u"health"_s};
    return {};
}

QList<RuleOperand> operandsOf(const SectionData &data, const std::optional<SystemInfo> &system)
{
    if (const auto *raw = std::get_if<RawSystem>(&data))
        return systemOperands(*raw, system);
    if (const auto *filesystems = std::get_if<QList<Filesystem>>(&data))
        return filesystemOperands(*filesystems);
    if (const auto *sensors = std::get_if<SensorReadings>(&data))
        return sensorOperands(*sensors);
    if (const auto *units = std::get_if<QList<ServiceUnit>>(&data))
        return serviceOperands(*units);
    if (const auto *containers = std::get_if<QList<Container>>(&data))
        return containerOperands(*containers);
    return {};
}

RuleOperand operandOf(const DeviceFacts &facts)
{
    RuleOperand operand;
    operand.numbers.insert(u"failures"_s, facts.failures);
    operand.words.insert(u"state"_s, toName(facts.state));
    if (facts.error)
        operand.words.insert(u"error"_s, facts.error->name());
    return operand;
}

void RuleEvaluator::read(const Section &section, const std::optional<SystemInfo> &system, Instant at)
{
    // What could not be read says nothing: what was found before stays.
    if (section.status == SectionStatus::Error)
        return;
    judge(RuleSubject(section.kind), operandsOf(section.data, system), {}, at);
}

void RuleEvaluator::device(const DeviceFacts &facts, Instant at)
{
    judge(RuleSubject(std::monostate{}), {operandOf(facts)}, toName(facts.state), at);
}

void RuleEvaluator::judge(const RuleSubject &subject, const QList<RuleOperand> &operands, const QString &state,
                          Instant at)
{
    for (const Rule &rule : m_rules.rules()) {
        if (rule.subject != subject)
            continue;
        QSet<QString> found;
        const bool applies = rule.states.isEmpty() || rule.states.contains(state);
        for (const RuleOperand &operand : operands) {
            const std::optional<Finding> finding = applies ? findingOf(rule, operand) : std::nullopt;
            if (!finding)
                continue;
            found.insert(finding->object);
            Held &held = m_held[{rule.id, finding->object}];
            const Instant since = held.cycles > 0 ? held.finding.since : at;
            held.finding = *finding;
            held.finding.since = since;
            ++held.cycles;
            held.shown = held.cycles >= rule.cycles;
        }
        m_held.removeIf([&](QHash<HeldKey, Held>::iterator it) {
            return it.key().first == rule.id && !found.contains(it.key().second);
        });
    }
}

QList<Finding> RuleEvaluator::findings(bool readings) const
{
    QSet<QString> ofDevice;
    for (const Rule &rule : m_rules.rules()) {
        if (std::holds_alternative<std::monostate>(rule.subject))
            ofDevice.insert(rule.id);
    }
    QList<Finding> all;
    bool critical = false;
    for (const Held &held : m_held) {
        if (!held.shown || !(readings || ofDevice.contains(held.finding.rule)))
            continue;
        all.append(held.finding);
        critical = critical || (ofDevice.contains(held.finding.rule) && held.finding.severity == Health::Critical);
    }
    // A cause that is named makes "its state is unknown" a repetition.
    if (critical)
        all.removeIf([&](const Finding &f) { return ofDevice.contains(f.rule) && f.severity == Health::Unknown; });
    std::sort(all.begin(), all.end(), [](const Finding &a, const Finding &b) {
        if (a.severity != b.severity)
            return worseThan(a.severity, b.severity);
        return a.rule != b.rule ? a.rule < b.rule : a.object < b.object;
    });
    return all;
}

Health RuleEvaluator::health(bool readings) const
{
    const QList<Finding> all = findings(readings);
    return all.isEmpty() ? Health::Ok : all.first().severity;
}

} // namespace infra::engine
