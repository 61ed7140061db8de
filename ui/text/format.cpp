// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/format.h"

#include "core/base/redaction.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <array>
#include <cmath>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QChar kNoBreakSpace(0x00A0);
constexpr QChar kThinSpace(0x202F); // narrow and no-break

QString withUnit(const QString &figure, const QString &unit)
{
    return figure + kNoBreakSpace + unit;
}

QString groupThousands(QString digits)
{
    const qsizetype start = digits.startsWith(u'-') ? 1 : 0;
    for (qsizetype at = digits.size() - 3; at > start; at -= 3)
        digits.insert(at, kThinSpace);
    return digits;
}

/// Decimals so that at most `significant` digits stand there; whole numbers keep all of theirs.
QString rounded(double value, int significant)
{
    double shown = value;
    int decimals = 0;
    for (int pass = 0; pass < 2; ++pass) {
        const double size = std::fabs(shown);
        const int whole = size < 1 ? 1 : int(std::floor(std::log10(size))) + 1;
        decimals = std::clamp(significant - whole, 0, 6);
        // 9.996 becomes 10.0, not 10.00: count again what rounding made of it.
        const double scale = std::pow(10, decimals);
        shown = std::round(value * scale) / scale;
    }
    if (shown == 0)
        return u"0"_s;
    const QString digits = QString::number(std::fabs(shown), 'f', decimals);
    const qsizetype point = digits.indexOf(u'.');
    QString text = groupThousands(point < 0 ? digits : digits.left(point));
    if (point >= 0)
        text += QLocale().decimalPoint() + digits.mid(point + 1);
    return shown < 0 ? QString(u'-' + text) : text;
}

bool usable(const std::optional<double> &value)
{
    return value && std::isfinite(*value);
}

template <size_t N>
QString scaled(std::optional<double> value, double step, const std::array<const char16_t *, N> &units)
{
    if (!usable(value))
        return missing();
    double left = *value;
    size_t unit = 0;
    // 1023.6 MiB is better said as 1.00 GiB: the limit is where rounding would show the step itself.
    while (std::fabs(left) >= step - 0.5 && unit + 1 < N) {
        left /= step;
        ++unit;
    }
    const QString figure = unit == 0 ? rounded(std::round(left), 3) : rounded(left, 3);
    return withUnit(figure, QString::fromUtf16(units[unit]));
}

} // namespace

QString missing()
{
    return u"–"_s;
}

QString number(std::optional<double> value, int significant)
{
    return usable(value) ? rounded(*value, significant) : missing();
}

QString percent(std::optional<double> value)
{
    if (!usable(value))
        return missing();
    // Whole percents; below ten containers and pressure need one decimal, and a trace is not nothing.
    const double size = std::fabs(*value);
    const double shown = size >= 10 ? std::round(*value) : std::round(*value * 10) / 10;
    QString figure =
        shown == 0 ? u"0"_s : QString::number(shown, 'f', size >= 10 || shown == std::round(shown) ? 0 : 1);
    figure.replace(u"."_s, QLocale().decimalPoint());
    return withUnit(figure, u"%"_s);
}

QString bytesBinary(std::optional<double> bytes)
{
    return scaled(bytes, 1024, std::array{u"B", u"KiB", u"MiB", u"GiB", u"TiB", u"PiB"});
}

QString bytesDecimal(std::optional<double> bytes)
{
    return scaled(bytes, 1000, std::array{u"B", u"kB", u"MB", u"GB", u"TB", u"PB"});
}

QString rate(std::optional<double> bytesPerS)
{
    return scaled(bytesPerS, 1000, std::array{u"B/s", u"kB/s", u"MB/s", u"GB/s"});
}

QString celsius(std::optional<double> value)
{
    return usable(value) ? withUnit(QString::number(std::lround(*value)), u"°C"_s) : missing();
}

QString count(std::optional<qint64> value)
{
    return value ? groupThousands(QString::number(*value)) : missing();
}

QString age(milliseconds span)
{
    const qint64 s = std::max<qint64>(0, span.count() / 1000);
    const auto say = [](qint64 figure, const char *unit) {
        return withUnit(QString::number(figure), QCoreApplication::translate("Format", unit));
    };
    if (s < 60)
        return say(s, QT_TRANSLATE_NOOP("Format", "s"));
    if (s < 3600)
        return say(s / 60, QT_TRANSLATE_NOOP("Format", "min"));
    if (s < 86400)
        return say(s / 3600, QT_TRANSLATE_NOOP("Format", "h"));
    if (s < 63 * 86400) // weeks only where days become hard to read: "41 d", "9 w"
        return say(s / 86400, QT_TRANSLATE_NOOP("Format", "d"));
    return say(s / (7 * 86400), QT_TRANSLATE_NOOP("Format", "w"));
}

QString age(std::optional<Instant> since, Instant now)
{
    return since ? age(std::chrono::duration_cast<milliseconds>(now - *since)) : missing();
}

QString timeShort(Instant time, Instant now)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMs(time));
    const QDateTime today = QDateTime::fromMSecsSinceEpoch(toMs(now));
    const QLocale locale;
    const QString clock = locale.toString(local.time(), u"HH:mm"_s);
    const qint64 days = local.date().daysTo(today.date());
    if (days == 0)
        return clock;
    if (days > 0 && days < 7)
        return locale.toString(local.date(), u"ddd"_s) + u' ' + clock;
    const bool thisYear = local.date().year() == today.date().year();
    return locale.toString(local.date(), thisYear ? u"d MMM"_s : u"d MMM yyyy"_s) + u' ' + clock;
}

QString systemName(const QString &os, const QString &version)
{
    QString name = displayText(os, 60);
    name.remove(u" GNU/Linux"_s);
    return QString(name + u' ' + displayText(version, 40)).trimmed();
}

QString plainTip(const QString &text)
{
    return u"<qt>"_s + text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</qt>";
}

QString timeLong(Instant time)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMs(time));
    const QDateTime utc = local.toUTC();
    return QCoreApplication::translate("Format", "%1 local\n%2 UTC")
        .arg(QLocale().toString(local, u"d MMM yyyy HH:mm:ss"_s), QLocale::c().toString(utc, u"yyyy-MM-dd HH:mm:ss"_s));
}

} // namespace infra::ui
