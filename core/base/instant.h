// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QString>

#include <chrono>
#include <optional>

namespace infra {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A point of wall time in UTC, milliseconds since 1970.
using Instant = std::chrono::sys_time<milliseconds>;
/// A point of the monotonic clock; only differences mean something.
using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, milliseconds>;

inline qint64 toMs(Instant instant)
{
    return instant.time_since_epoch().count();
}
inline Instant fromMs(qint64 ms)
{
    return Instant(milliseconds(ms));
}
QDateTime toDateTime(Instant instant);
/// RFC 3339 in UTC with milliseconds: "2026-11-24T05:00:00.000Z".
QString toRfc3339(Instant instant);
/// Accepts any RFC 3339 offset; nothing when the text is not one.
std::optional<Instant> fromRfc3339(QStringView text);

} // namespace infra
