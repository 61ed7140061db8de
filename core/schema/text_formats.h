// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

#include <optional>

namespace infra::schema {

/// The formats that schemas of this program may name: "host", "host-key", "id", "line", "text", "date-time",
/// "ssh-name". Each check is one pass over the text. Any thread.
bool isKnownFormat(QStringView format);
/// The rule that the text breaks, in English; nothing when it keeps the format.
std::optional<QString> brokenFormat(QStringView format, const QString &text);

} // namespace infra::schema
