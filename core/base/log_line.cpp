// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log_line.h"

#include "core/base/redaction.h"
#include "core/base/secret_names.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace infra::log {

namespace {

constexpr qsizetype longestMessage = 16 * 1024;
constexpr qsizetype longestFieldValue = 4 * 1024;

QString bounded(const QString &text, qsizetype limit)
{
    // Redacted before the cut: half a secret would no longer look like one.
    const QString clean = redacted(text.size() > 4 * limit ? text.left(4 * limit) : text);
    if (clean.size() <= limit)
        return clean;
    const QString beginning = clean.left(limit - 1);
    return QString(beginning + u'…');
}

QString fieldValue(const char *name, const QString &value)
{
    return isSecretName(QString::fromUtf8(name)) ? QStringLiteral("‹masked›") : bounded(value, longestFieldValue);
}

} // namespace

QString toName(Level level)
{
    switch (level) {
    case Level::Trace:
        return QStringLiteral("trace");
    case Level::Debug:
        return QStringLiteral("debug");
    case Level::Info:
        return QStringLiteral("info");
    case Level::Warning:
        return QStringLiteral("warning");
    case Level::Error:
        return QStringLiteral("error");
    case Level::Critical:
        return QStringLiteral("critical");
    }
    return QStringLiteral("error");
}

Line::Line(Instant time, Level level, const char *category, const QString &message, QString correlation,
           std::initializer_list<Field> fields)
    : m_time(time)
    , m_level(level)
    , m_category(QString::fromUtf8(category))
    , m_message(bounded(message, longestMessage))
    , m_correlation(std::move(correlation))
{
    for (const auto &[name, value] : fields) {
        if (!value.isEmpty())
            m_fields.append({QString::fromUtf8(name), fieldValue(name, value)});
    }
}

QByteArray Line::json() const
{
    QJsonObject object{{QStringLiteral("time"), toRfc3339(m_time)},
                       {QStringLiteral("level"), toName(m_level)},
                       {QStringLiteral("category"), m_category},
                       {QStringLiteral("message"), m_message}};
    if (!m_correlation.isEmpty())
        object.insert(QStringLiteral("correlation"), m_correlation);
    if (!m_fields.isEmpty()) {
        QJsonObject fields;
        for (const auto &[name, value] : m_fields)
            fields.insert(name, value);
        object.insert(QStringLiteral("fields"), fields);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray Line::readable() const
{
    QString line = QString(toRfc3339(m_time) + u' ' + toName(m_level).leftJustified(8) + u' ' + m_category + u": " +
                           displayText(m_message, longestMessage));
    for (const auto &[name, value] : m_fields)
        line += QString(u' ' + name + u'=' + displayText(value, longestFieldValue));
    if (!m_correlation.isEmpty())
        line += QString(u" [" + m_correlation + u']');
    return line.toUtf8();
}

} // namespace infra::log
