// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <QtCore/QString>

namespace infra::ui {

// Numbers, sizes and times as ui.md §7 has them: at most three significant digits, no-break space before the unit, "–"
// for what is not known. Pure.

QString missing(); ///< "–"
QString number(std::optional<double> value, int significant = 3);
QString percent(std::optional<double> value);
QString bytesBinary(std::optional<double> bytes);  ///< "26.9 GiB"
QString bytesDecimal(std::optional<double> bytes); ///< "4 TB", as printed on a drive
QString rate(std::optional<double> bytesPerS);     ///< "1.2 MB/s"
QString celsius(std::optional<double> value);
QString count(std::optional<qint64> value); ///< thousands by no-break thin space
/// "2 s", "59 s", "12 min", "3 h", "4 d", "9 w".
QString age(milliseconds span);
QString age(std::optional<Instant> since, Instant now);
/// Today "14:05", this week "Mon 17:20", else "3 Mar 16:20"; local time.
QString timeShort(Instant time, Instant now);
/// "Debian 12": the name of an operating system as people say it, without what all of its kind have. Escaped.
QString systemName(const QString &os, const QString &version);
/// Plain text as a tooltip, which Qt would else read as HTML where it looks like it; lines stay lines, long ones wrap.
QString plainTip(const QString &text);
/// Local and UTC, for tooltips.
QString timeLong(Instant time);

} // namespace infra::ui
