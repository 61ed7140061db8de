// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/logs/log_entry.h"

#include "core/base/redaction.h"
#include "ui/text/error_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kLongestLine = 64 * 1024;
constexpr int kHours = 24;

const QStringList &logLevelNames()
{
    static const QStringList names = {u"trace"_s, u"debug"_s, u"info"_s, u"warning"_s, u"error"_s, u"critical"_s};
    return names;
}

} // namespace

QString levelName(log::Level level)
{
    return logLevelNames().value(static_cast<int>(level));
}

QString levelWord(log::Level level)
{
    switch (level) {
    case log::Level::Trace:
        return QCoreApplication::translate("Logs", "Trace");
    case log::Level::Debug:
        return QCoreApplication::translate("Logs", "Debug");
    case log::Level::Info:
        return QCoreApplication::translate("Logs", "Info");
    case log::Level::Warning:
        return QCoreApplication::translate("Logs", "Warning");
    case log::Level::Error:
        return QCoreApplication::translate("Logs", "Error");
    case log::Level::Critical:
        break;
    }
    return QCoreApplication::translate("Logs", "Critical");
}

std::optional<LogEntry> parseLogLine(const QByteArray &line)
{
    if (line.size() > kLongestLine)
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto time = fromRfc3339(object.value("time"_L1).toString());
    const qsizetype level = logLevelNames().indexOf(object.value("level"_L1).toString());
    if (!time || level < 0)
        return std::nullopt;
    LogEntry entry;
    entry.time = *time;
    entry.level = static_cast<log::Level>(level);
    entry.part = displayText(object.value("category"_L1).toString(), 64);
    entry.message = displayText(object.value("message"_L1).toString());
    entry.correlation = displayText(object.value("correlation"_L1).toString(), 64);
    entry.fields = object.value("fields"_L1).toObject();
    entry.device = displayText(entry.fields.value("device"_L1).toString(), 128);
    entry.code = displayText(entry.fields.value("code"_L1).toString(), 64);
    return entry;
}

LogFilter::LogFilter(const QString &line, Instant now)
    : m_tokens(filterTokens(line))
{
    m_problem = unknownKeyProblem(m_tokens, {u"level"_s, u"part"_s, u"device"_s, u"since"_s, u"code"_s});
    for (const FilterToken &token : std::as_const(m_tokens)) {
        if (token.key == u"since") {
            if (const auto span = spanSeconds(token.value))
                m_since = now - seconds(*span);
            else
                m_problem = QCoreApplication::translate("Logs", "since: takes a span such as 15m, 2h or 1d.");
        } else if (token.key == u"level") {
            QString level = token.value;
            if (level.endsWith(u'+'))
                level.chop(1);
            if (!logLevelNames().contains(level.toLower()))
                m_problem = QCoreApplication::translate("Logs", "level: is one of %1, with + for it and worse.")
                                .arg(logLevelNames().join(u", "_s));
        }
    }
    if (!m_problem.isEmpty()) {
        m_tokens.clear();
        m_since.reset();
    }
}

bool LogFilter::holds(const FilterToken &token, const LogEntry &entry) const
{
    if (token.key == u"level") {
        const bool orWorse = token.value.endsWith(u'+');
        const qsizetype wanted = logLevelNames().indexOf((orWorse ? token.value.chopped(1) : token.value).toLower());
        const qsizetype level = static_cast<qsizetype>(entry.level);
        return orWorse ? level >= wanted : level == wanted;
    }
    if (token.key == u"part")
        return entry.part.startsWith(token.value, Qt::CaseInsensitive);
    if (token.key == u"device")
        return entry.device.startsWith(token.value, Qt::CaseInsensitive);
    if (token.key == u"code")
        return entry.code.startsWith(token.value, Qt::CaseInsensitive);
    return entry.message.contains(token.value, Qt::CaseInsensitive) ||
           entry.correlation.startsWith(token.value, Qt::CaseInsensitive) ||
           entry.device.contains(token.value, Qt::CaseInsensitive) ||
           entry.part.contains(token.value, Qt::CaseInsensitive);
}

bool LogFilter::accepts(const LogEntry &entry) const
{
    if (m_since && entry.time < *m_since)
        return false;
    for (const FilterToken &token : m_tokens) {
        if (token.key != u"since" && holds(token, entry) == token.negated)
            return false;
    }
    return true;
}

namespace {

/// What lines of one class have in common: "did not answer for … ms".
QString withoutNumbers(const QString &message)
{
    static const QRegularExpression number(u"\\b\\d[\\d.,:]*\\d\\b|\\b\\d\\b"_s);
    return message.left(120).replace(number, u"…"_s);
}

} // namespace

QList<LogErrorGroup> errorGroups(const QList<LogEntry> &entries, Instant now)
{
    const Instant from = now - std::chrono::hours(kHours);
    QHash<QString, qsizetype> at;
    QList<LogErrorGroup> groups;
    for (const LogEntry &entry : entries) {
        if (entry.level < log::Level::Warning || entry.time < from || entry.time > now)
            continue;
        const QString what =
            entry.code.isEmpty() ? QString(entry.part + u'|' + withoutNumbers(entry.message)) : entry.code;
        const QString key = what + u'|' + entry.device;
        auto known = at.constFind(key);
        if (known == at.cend()) {
            known = at.insert(key, groups.size());
            LogErrorGroup group;
            group.code = entry.code;
            group.device = entry.device;
            group.part = entry.part;
            group.level = entry.level;
            group.first = entry.time;
            group.hours = QList<int>(kHours, 0);
            // A code says it in the user's words; else the line itself does.
            Error error;
            error.code = errorCodeFromName(entry.code);
            group.title = entry.code.isEmpty() || error.code == ErrorCode::Internal ? withoutNumbers(entry.message)
                                                                                    : errorWords(error).what;
            groups.append(group);
        }
        LogErrorGroup &group = groups[*known];
        ++group.times;
        group.level = std::max(group.level, entry.level);
        group.first = std::min(group.first, entry.time);
        if (entry.time >= group.last) {
            group.last = entry.time;
            group.newestMessage = entry.message;
        }
        const auto hour = std::chrono::duration_cast<std::chrono::hours>(entry.time - from).count();
        ++group.hours[std::clamp<qsizetype>(hour, 0, kHours - 1)];
    }
    std::stable_sort(groups.begin(), groups.end(), [](const LogErrorGroup &a, const LogErrorGroup &b) {
        return a.level != b.level ? a.level > b.level : a.last > b.last;
    });
    return groups;
}

} // namespace infra::ui
