// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/instant.h"

#include <QtCore/QTimeZone>

namespace infra {

namespace {

/// Reads exactly `count` ASCII digits at `at` and moves on; nothing when there are others.
std::optional<int> takeDigits(QStringView text, qsizetype &at, int count)
{
    if (at + count > text.size())
        return std::nullopt;
    int value = 0;
    for (int i = 0; i < count; ++i) {
        const char16_t c = text[at + i].unicode();
        if (c < u'0' || c > u'9')
            return std::nullopt;
        value = value * 10 + (c - u'0');
    }
    at += count;
    return value;
}

bool takeChar(QStringView text, qsizetype &at, char16_t lower, char16_t other)
{
    if (at >= text.size() || (text[at] != QChar(lower) && text[at] != QChar(other)))
        return false;
    ++at;
    return true;
}

/// Fraction of a second as milliseconds, further digits cut off. Nothing for "." without digits.
std::optional<int> takeFraction(QStringView text, qsizetype &at)
{
    if (at >= text.size() || text[at] != u'.')
        return 0;
    ++at;
    int ms = 0;
    int digits = 0;
    for (; at < text.size() && text[at] >= u'0' && text[at] <= u'9'; ++at, ++digits) {
        if (digits < 3)
            ms = ms * 10 + (text[at].unicode() - u'0');
    }
    if (digits == 0)
        return std::nullopt;
    for (int i = digits; i < 3; ++i)
        ms *= 10;
    return ms;
}

std::optional<int> takeOffsetMinutes(QStringView text, qsizetype &at)
{
    if (takeChar(text, at, u'Z', u'z'))
        return 0;
    if (at >= text.size() || (text[at] != u'+' && text[at] != u'-'))
        return std::nullopt;
    const int sign = text[at] == u'-' ? -1 : 1;
    ++at;
    const std::optional<int> hours = takeDigits(text, at, 2);
    if (!hours || !takeChar(text, at, u':', u':'))
        return std::nullopt;
    const std::optional<int> minutes = takeDigits(text, at, 2);
    if (!minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    return sign * (*hours * 60 + *minutes);
}

} // namespace

QDateTime toDateTime(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(instant), Qt::UTC);
}

QString toRfc3339(Instant instant)
{
    return toDateTime(instant).toString(Qt::ISODateWithMs);
}

std::optional<Instant> fromRfc3339(QStringView text)
{
    // By hand: Qt::ISODate also takes dates without zone, week forms and blanks that RFC 3339 (5.6) has not.
    qsizetype at = 0;
    const auto year = takeDigits(text, at, 4);
    if (!year || !takeChar(text, at, u'-', u'-'))
        return std::nullopt;
    const auto month = takeDigits(text, at, 2);
    if (!month || !takeChar(text, at, u'-', u'-'))
        return std::nullopt;
    const auto day = takeDigits(text, at, 2);
    if (!day || !(takeChar(text, at, u'T', u't') || takeChar(text, at, u' ', u' ')))
        return std::nullopt;
    const auto hour = takeDigits(text, at, 2);
    if (!hour || !takeChar(text, at, u':', u':'))
        return std::nullopt;
    const auto minute = takeDigits(text, at, 2);
    if (!minute || !takeChar(text, at, u':', u':'))
        return std::nullopt;
    const auto second = takeDigits(text, at, 2);
    if (!second)
        return std::nullopt;
    const auto ms = takeFraction(text, at);
    if (!ms)
        return std::nullopt;
    const auto offset = takeOffsetMinutes(text, at);
    if (!offset || at != text.size())
        return std::nullopt;

    const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    // A leap second is allowed by the grammar; it is read as the second after.
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return Instant(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute - *offset) +
           seconds(*second) + milliseconds(*ms);
}

} // namespace infra
