// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/fleet_filter.h"

#include "ui/widgets/shapes.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList &fleetKeys()
{
    static const QStringList keys = {u"state"_s, u"env"_s,  u"tag"_s, u"type"_s,
                                     u"group"_s, u"name"_s, u"key"_s, u"jump"_s};
    return keys;
}

bool startsAny(const QStringList &texts, const QString &wanted)
{
    for (const QString &text : texts) {
        if (text.startsWith(wanted, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

QStringList stateWords(const engine::DeviceRow &row)
{
    QStringList words = {toName(row.health), healthWord(row.health), toName(row.state), stateWord(row.state)};
    if (row.health == Health::Critical || row.health == Health::Warning || row.health == Health::Unknown)
        words << u"problem"_s;
    return words;
}

} // namespace

FleetFilter::FleetFilter(const QString &line)
    : m_tokens(filterTokens(line))
    , m_problem(unknownKeyProblem(m_tokens, fleetKeys()))
{
    for (const FilterToken &token : std::as_const(m_tokens)) {
        if (m_problem.isEmpty() && !token.key.isEmpty() && token.value.isEmpty())
            m_problem = QCoreApplication::translate("Filter", "%1: needs a value.").arg(token.key);
    }
    // A line that is not understood hides nothing.
    if (!m_problem.isEmpty())
        m_tokens.clear();
}

bool FleetFilter::holds(const FilterToken &token, const engine::DeviceRow &row) const
{
    const Device &device = row.device;
    if (token.key == u"state")
        return startsAny(stateWords(row), token.value);
    if (token.key == u"env")
        return startsAny({toName(device.environment), environmentWord(device.environment)}, token.value);
    if (token.key == u"tag")
        return startsAny(device.tags, token.value);
    if (token.key == u"type")
        return startsAny({toName(device.type), typeWord(device.type), row.system ? row.system->os : QString()},
                         token.value);
    if (token.key == u"group")
        return startsAny({device.group}, token.value);
    if (token.key == u"name")
        return device.name.contains(token.value, Qt::CaseInsensitive);
    if (token.key == u"key")
        return device.keyFile.contains(token.value, Qt::CaseInsensitive);
    if (token.key == u"jump")
        return row.session && row.session->route.contains(token.value, Qt::CaseInsensitive);
    const QStringList texts = {device.name,  device.address,        device.group,
                               device.notes, typeWord(device.type), row.system ? row.system->os : QString()};
    for (const QString &text : texts) {
        if (text.contains(token.value, Qt::CaseInsensitive))
            return true;
    }
    return startsAny(device.tags, token.value) || startsAny(stateWords(row), token.value);
}

bool FleetFilter::accepts(const engine::DeviceRow &row) const
{
    QHash<QString, bool> wanted; ///< by key: whether one of its alternatives holds
    for (const FilterToken &token : m_tokens) {
        const bool fits = holds(token, row);
        if (token.negated) {
            if (fits)
                return false;
        } else if (token.key.isEmpty()) {
            if (!fits)
                return false;
        } else {
            wanted[token.key] = wanted.value(token.key) || fits;
        }
    }
    return !wanted.values().contains(false);
}

} // namespace infra::ui
