// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/logging.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

namespace infra::log {

/// Names of levels as they stand in the files: "trace", "debug", "info", "warning", "error", "critical".
QString toName(Level level);

/// One line of the log before it is written: redacted and bounded (16 KiB of message). Any thread.
class Line
{
public:
    Line(Instant time, Level level, const char *category, const QString &message, QString correlation,
         std::initializer_list<Field> fields);

    /// One JSON object: time, level, category, message, and correlation and fields where there are any. No line end.
    QByteArray json() const;
    /// For a person; control characters are shown as escapes, so that a message cannot forge a line. UTF-8, no line
    /// end.
    QByteArray readable() const;

private:
    Instant m_time;
    Level m_level;
    QString m_category;
    QString m_message;
    QString m_correlation;
    QList<std::pair<QString, QString>> m_fields;
};

} // namespace infra::log
