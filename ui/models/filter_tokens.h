// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace infra::ui {

/// One word of a filter line: `key:value`, `-key:value`, `text` or `-text`; double quotes keep spaces.
struct FilterToken
{
    bool negated = false;
    QString key; ///< lower case; empty: text
    QString value;
    bool operator==(const FilterToken &) const = default;
};

/// Splits a filter line. Pure. A colon after something that is not a plain word ("/srv:x", "10:20") belongs to the
/// text.
QList<FilterToken> filterTokens(const QString &line);

/// A sentence about the first token whose key is not among `keys`; empty when all are known.
QString unknownKeyProblem(const QList<FilterToken> &tokens, const QStringList &keys);

/// "90s", "15m", "2h", "3d" in seconds; nothing for another text.
std::optional<qint64> spanSeconds(const QString &text);

} // namespace infra::ui
