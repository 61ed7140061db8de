// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/logging.h"
#include "ui/models/filter_tokens.h"

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>

namespace infra::ui {

/// One line of the program's own log, as the JSON file has it.
struct LogEntry
{
    Instant time{};
    log::Level level = log::Level::Info;
    QString part; ///< "ssh.pool"
    QString device, code, message, correlation;
    QJsonObject fields;
    bool operator==(const LogEntry &) const = default;
};

/// Nothing for a line that is not ours (cut off by a crash, foreign). Texts are escaped for one line. Pure.
std::optional<LogEntry> parseLogLine(const QByteArray &line);
QString levelName(log::Level level); ///< "warning", as in the file
QString levelWord(log::Level level); ///< through tr()

/// `level:warning+ -part:cache device:vault since:1h code:ssh word`. A level with + means it or worse. Pure.
class LogFilter
{
public:
    LogFilter() = default;
    LogFilter(const QString &line, Instant now);
    QString problem() const { return m_problem; }
    bool accepts(const LogEntry &entry) const;

private:
    bool holds(const FilterToken &token, const LogEntry &entry) const;
    QList<FilterToken> m_tokens;
    QString m_problem;
    std::optional<Instant> m_since;
};

/// Errors and warnings of the last day, gathered by class and device, the most severe and newest first.
struct LogErrorGroup
{
    QString code, device, part, title;
    log::Level level = log::Level::Warning;
    int times = 0;
    Instant first{}, last{};
    QString newestMessage;
    QList<int> hours; ///< 24, oldest first
};
QList<LogErrorGroup> errorGroups(const QList<LogEntry> &entries, Instant now);

} // namespace infra::ui
