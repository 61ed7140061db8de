// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/activity/audit_filter.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString auditWord(const char *text)
{
    return QCoreApplication::translate("Activity", text);
}

} // namespace

AuditFilter::AuditFilter(const QString &line, Instant now, const QHash<QString, DeviceId> &idOfName)
    : m_tokens(filterTokens(line))
    , m_idOfName(idOfName)
{
    m_problem =
        unknownKeyProblem(m_tokens, {u"since"_s, u"source"_s, u"result"_s, u"device"_s, u"op"_s, u"cache"_s, u"by"_s});
    for (const FilterToken &token : std::as_const(m_tokens)) {
        if (token.key == u"since") {
            if (const auto span = spanSeconds(token.value))
                m_query.since = now - seconds(*span);
            else
                m_problem = auditWord("since: takes a span such as 15m, 2h or 1d.");
        } else if (token.key == u"source") {
            const auto source = auditSourceFromName(token.value.toLower());
            if (!source)
                m_problem = auditWord("source: is schedule, ui, ctl, rest or mcp.");
            else if (!token.negated)
                m_query.source = source;
        } else if (token.key == u"result") {
            const auto status = auditStatusFromName(token.value.toLower());
            if (!status)
                m_problem = auditWord("result: is ok, partial, error, denied or cancelled.");
            else if (!token.negated)
                m_query.status = status;
        } else if (token.key == u"cache" && !cacheUseFromName(token.value.toLower())) {
            m_problem = auditWord("cache: is hit, miss, shared or none.");
        } else if (token.key == u"device" && !token.negated) {
            const DeviceId id = m_idOfName.value(token.value.toLower());
            if (id.isNull())
                m_problem = auditWord("There is no device %1.").arg(token.value);
            m_query.device = id;
        } else if (token.key.isEmpty() && !token.negated && m_query.text.isEmpty()) {
            m_query.text = token.value;
        }
    }
    if (!m_problem.isEmpty()) {
        m_tokens.clear();
        m_query = {};
    }
}

bool AuditFilter::holds(const FilterToken &token, const AuditEntry &entry) const
{
    if (token.key == u"since")
        return !m_query.since || entry.time >= *m_query.since;
    if (token.key == u"source")
        return entry.source == auditSourceFromName(token.value.toLower());
    if (token.key == u"result")
        return entry.status == auditStatusFromName(token.value.toLower());
    if (token.key == u"cache")
        return entry.cache == cacheUseFromName(token.value.toLower());
    if (token.key == u"device")
        return entry.device && entry.device == m_idOfName.value(token.value.toLower());
    if (token.key == u"op")
        return entry.operation.startsWith(token.value, Qt::CaseInsensitive);
    if (token.key == u"by")
        return entry.actor.contains(token.value, Qt::CaseInsensitive);
    const QString error = entry.error ? entry.error->message : QString();
    for (const QString &text : {entry.operation, entry.actor, entry.detail, error}) {
        if (text.contains(token.value, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

bool AuditFilter::accepts(const AuditEntry &entry) const
{
    for (const FilterToken &token : m_tokens) {
        if (holds(token, entry) == token.negated)
            return false;
    }
    return true;
}

QString operationText(const AuditEntry &entry)
{
    static const QRegularExpression between(u"[, ]+"_s);
    const QStringList parts = entry.detail.split(between, Qt::SkipEmptyParts);
    if (entry.operation == u"collect") {
        if (parts.size() == 1)
            return auditWord("Read %1").arg(QString(parts.constFirst()).replace(u'_', u' '));
        const int sections = static_cast<int>(parts.size()); // lupdate does not see a cast as a number
        return QCoreApplication::translate("Activity", "Read %n section(s)", nullptr, sections);
    }
    const QHash<QString, QString> known = {
        {u"device.add"_s, auditWord("Add device")},
        {u"device.edit"_s, auditWord("Edit device")},
        {u"device.remove"_s, auditWord("Remove device")},
        {u"device.undo_remove"_s, auditWord("Take back a removal")},
        {u"settings.set"_s, auditWord("Change a setting")},
        {u"device.accept_host_key"_s, auditWord("Accept a host key")},
        {u"device.pause"_s, auditWord("Pause reading")},
        {u"device.resume"_s, auditWord("Resume reading")},
        {u"device.test"_s, auditWord("Test a connection")},
        {u"secrets.unlock"_s, auditWord("Unlock secrets")},
    };
    const QString words = known.value(entry.operation, entry.operation);
    return entry.detail.isEmpty() ? words : QString(words + u": "_s + entry.detail);
}

QString actorText(const AuditEntry &entry)
{
    if (entry.source == AuditSource::Schedule)
        return auditWord("Schedule");
    const qsizetype colon = entry.actor.indexOf(u':');
    return entry.actor.isEmpty() ? sourceText(entry.source) : entry.actor.mid(colon + 1);
}

QString sourceText(AuditSource source)
{
    switch (source) {
    case AuditSource::Schedule:
        return auditWord("Schedule");
    case AuditSource::Ui:
        return auditWord("Window");
    case AuditSource::Ctl:
        return auditWord("Command line");
    case AuditSource::Rest:
        return auditWord("REST");
    case AuditSource::Mcp:
        break;
    }
    return auditWord("MCP");
}

QString resultText(AuditStatus status)
{
    switch (status) {
    case AuditStatus::Ok:
        return auditWord("Done");
    case AuditStatus::Partial:
        return auditWord("Partly");
    case AuditStatus::Error:
        return auditWord("Failed");
    case AuditStatus::Denied:
        return auditWord("Refused");
    case AuditStatus::Cancelled:
        break;
    }
    return auditWord("Cancelled");
}

Health resultHealth(AuditStatus status)
{
    switch (status) {
    case AuditStatus::Ok:
        return Health::Ok;
    case AuditStatus::Partial:
        return Health::Info;
    case AuditStatus::Error:
        return Health::Warning;
    case AuditStatus::Denied:
        return Health::Critical;
    case AuditStatus::Cancelled:
        break;
    }
    return Health::Unknown;
}

} // namespace infra::ui
