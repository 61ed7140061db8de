// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/device.h"
#include "core/model/finding.h"
#include "core/model/section.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QStringList>

#include <variant>

namespace infra::engine {

/// What a rule looks at: a kind of reading, or the device itself.
using RuleSubject = std::variant<Kind, std::monostate>;

enum class Comparison
{
    AtLeast,
    Above,
    AtMost,
    Below,
    Beyond,
    Is
};

/// A number, a field of the same object, or words.
using Threshold = std::variant<double, QString, QStringList>;

/// One row of resources/rules/starter.json.
struct Rule
{
    QString id;
    RuleSubject subject;
    QString metric;
    Comparison compare = Comparison::AtLeast;
    QMap<Health, Threshold> thresholds; ///< worst first
    QStringList states;                 ///< device rules: only in these states; empty: all
    int cycles = 1;
};

/// The rules as data. Immutable; any thread.
class RuleSet
{
public:
    /// Strict: an unknown key, kind, metric or comparison, or thresholds in the wrong order, is an error that names
    /// field, value and rule.
    static Result<RuleSet> parse(const QByteArray &json);
    const QList<Rule> &rules() const { return m_rules; }

private:
    QList<Rule> m_rules;
};

/// One object that rules compare: a mount, a unit, a sensor, the device.
struct RuleOperand
{
    QString object;
    QHash<QString, double> numbers;
    QHash<QString, QString> words;
};

/// What a device rule may ask.
struct DeviceFacts
{
    DeviceState state = DeviceState::New;
    std::optional<Error> error;
    int failures = 0;
};

/// The objects of a section with their numbers and words; empty for a kind without rules.
QList<RuleOperand> operandsOf(const SectionData &data, const std::optional<SystemInfo> &system);
RuleOperand operandOf(const DeviceFacts &facts);
/// The metrics and fields a subject has; for the check of the file.
QStringList numberNames(const RuleSubject &subject);
QStringList wordNames(const RuleSubject &subject);

/// The findings of one device. Keeps since when each holds. Confined to one thread.
class RuleEvaluator
{
public:
    explicit RuleEvaluator(const RuleSet &rules)
        : m_rules(rules)
    {
    }

    /// A reading of this kind came.
    void read(const Section &section, const std::optional<SystemInfo> &system, Instant at);
    /// The device's own state was looked at.
    void device(const DeviceFacts &facts, Instant at);
    /// Worst first. `readings` false: only what the device itself gives (its readings no longer speak).
    QList<Finding> findings(bool readings) const;
    Health health(bool readings) const;

private:
    struct Held
    {
        Finding finding;
        int cycles = 0;
        bool shown = false;
    };
    using HeldKey = QPair<QString, QString>; ///< rule, object
    void judge(const RuleSubject &subject, const QList<RuleOperand> &operands, const QString &state, Instant at);

    const RuleSet &m_rules;
    QHash<HeldKey, Held> m_held;
};

} // namespace infra::engine
