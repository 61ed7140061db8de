// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace infra {

/// Masks what looks like a secret (passwords in flags and URLs, tokens, keys, PEM blocks, `PASSWORD=…`) with
/// "‹masked›". Linear in the length of the text. Used where a text is made: logs, errors, process arguments, audit.
QString redacted(const QString &text);

/// Remote text made fit for one line of plain text: control and bidi-override characters and terminal escapes become
/// visible escapes ("\u202e"), NUL and invalid UTF-8 become U+FFFD; cut at `maxLength` with "…".
QString displayText(const QString &text, qsizetype maxLength = 4096);
QString displayText(const QByteArray &utf8, qsizetype maxLength = 4096);

} // namespace infra
