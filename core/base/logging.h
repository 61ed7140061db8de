// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QString>

#include <initializer_list>
#include <utility>

namespace infra::log {

enum class Level
{
    Trace,
    Debug,
    Info,
    Warning,
    Error,
    Critical
};

/// A name and a value that stand beside the message; values are redacted.
using Field = std::pair<const char *, QString>;

struct Options
{
    QString folder; ///< where `infrastructor.jsonl` (JSON lines) and `infrastructor.log` (readable) go; empty: none
    bool toStderr = false; ///< readable, for a person at a terminal
    Level level = Level::Info;
    qint64 maxBytes = qint64{5} * 1024 * 1024; ///< a file, before it is rotated
    int files = 5;
};

/// Starts logging for this process; once, from the composition root. Qt's own messages are taken over too. Fails when
/// the folder cannot be written; logging to stderr goes on then.
Result<void> start(const Options &options);
void stop();
void setLevel(Level level);

/// A structured line: time, level, category ("ssh.pool"), message, correlation id of this thread, fields. Any thread.
/// The message is redacted too.
void write(Level level, const char *category, const QString &message, std::initializer_list<Field> fields = {});

inline void debug(const char *category, const QString &message, std::initializer_list<Field> fields = {})
{
    write(Level::Debug, category, message, fields);
}
inline void info(const char *category, const QString &message, std::initializer_list<Field> fields = {})
{
    write(Level::Info, category, message, fields);
}
inline void warning(const char *category, const QString &message, std::initializer_list<Field> fields = {})
{
    write(Level::Warning, category, message, fields);
}
inline void error(const char *category, const QString &message, std::initializer_list<Field> fields = {})
{
    write(Level::Error, category, message, fields);
}
/// The error's code, cause and correlation become fields.
void error(const char *category, const Error &error);

} // namespace infra::log
