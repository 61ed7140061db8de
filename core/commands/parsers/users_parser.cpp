// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/users_parser.h"

#include "core/commands/parsers/part_lines.h"

#include <QtCore/QDateTime>
#include <QtCore/QHash>

#include <algorithm>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxSessions = 1000;
constexpr double daySeconds = 86400;

std::optional<QTime> clockTime(QByteArrayView text)
{
    const QList<QByteArray> parts = text.toByteArray().split(':');
    if (parts.size() < 2 || parts.size() > 3)
        return std::nullopt;
    const std::optional<quint64> hour = toUnsigned(parts.at(0)), minute = toUnsigned(parts.at(1));
    const std::optional<quint64> second = parts.size() == 3 ? toUnsigned(parts.at(2)) : 0;
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return QTime(static_cast<int>(*hour), static_cast<int>(*minute), static_cast<int>(std::min<quint64>(*second, 59)));
}

std::optional<Instant> instantOf(const QDate &date, const QTime &time)
{
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    return fromMs(QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch());
}

/// Year, month and day of "2026-11-24".
std::optional<QDate> isoDate(QByteArrayView text)
{
    const QDate date = QDate::fromString(QString::fromLatin1(text), Qt::ISODate);
    return text.size() == 10 && date.isValid() ? std::optional(date) : std::nullopt;
}

int monthNumber(QByteArrayView text)
{
    static const QByteArray months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const qsizetype at = text.size() == 3 ? months.indexOf(text) : -1;
    return at >= 0 && at % 3 == 0 ? static_cast<int>(at / 3) + 1 : 0;
}

/// The date at `fields[at]`; sets how many words it takes.
std::optional<Instant> dateAt(const QList<QByteArrayView> &fields, qsizetype at, std::optional<double> now,
                              qsizetype &taken)
{
    taken = 0;
    if (const std::optional<QDate> date = isoDate(fields.value(at))) {
        const std::optional<QTime> time = clockTime(fields.value(at + 1));
        taken = time ? 2 : 0;
        return time ? instantOf(*date, *time) : std::nullopt;
    }
    const int month = monthNumber(fields.value(at));
    const std::optional<quint64> day = toUnsigned(fields.value(at + 1));
    const std::optional<QTime> time = clockTime(fields.value(at + 2));
    if (month == 0 || !day || *day < 1 || *day > 31 || !time)
        return std::nullopt;
    taken = 3;
    if (!now || *now < 0 || *now > 1e11)
        return std::nullopt;
    const QDateTime latest = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>((*now + daySeconds) * 1000), Qt::UTC);
    for (int year = latest.date().year(); year > latest.date().year() - 9; --year) {
        const QDate date(year, month, static_cast<int>(*day));
        if (date.isValid() && QDateTime(date, *time, Qt::UTC) <= latest)
            return instantOf(date, *time);
    }
    return std::nullopt;
}

} // namespace

QList<UserSession> parseWho(const QList<QByteArray> &lines, std::optional<double> hostEpochS)
{
    QList<UserSession> sessions;
    for (const QByteArray &line : lines) {
        QList<QByteArrayView> fields = words(line);
        if (fields.size() < 3 || line.startsWith(' ') || fields.first() == "LOGIN" || fields.first() == "NAME" ||
            fields.first() == "USER" || sessions.size() >= maxSessions)
            continue;
        if (fields.at(1) == "+" || fields.at(1) == "-" || fields.at(1) == "?")
            fields.removeAt(1);
        // BusyBox has the idle time in front of the date, coreutils' -a behind it.
        std::optional<Instant> since;
        qsizetype taken = 0, at = 2;
        for (; at <= 3 && taken == 0; ++at)
            since = dateAt(fields, at, hostEpochS, taken);
        if (taken == 0)
            continue;
        const bool busybox = at - 1 == 3;
        UserSession session;
        session.user = shownText(fields.at(0), 64);
        session.tty = shownText(fields.at(1), 64);
        session.since = since;
        const QByteArrayView last = fields.last();
        if (last.size() > 2 && last.startsWith('(') && last.endsWith(')'))
            session.from = shownText(last.sliced(1).chopped(1), 255);
        else if (busybox && fields.size() > 3 + taken)
            session.from = shownText(last, 255);
        sessions.append(session);
    }
    return sessions;
}

QList<UserSession> parseSessions(const QList<QByteArray> &lines)
{
    QList<UserSession> sessions;
    QHash<QByteArray, QByteArray> keys;
    const auto close = [&] {
        if (keys.value("Class").startsWith("user") && !keys.value("Name").isEmpty() && sessions.size() < maxSessions) {
            UserSession session;
            session.user = shownText(keys.value("Name"), 64);
            session.tty = shownText(keys.value("TTY"), 64);
            session.from = shownText(keys.value("RemoteHost"), 255);
            // "Tue 2026-11-24 07:30:00 UTC"; another zone than the one that was asked for is not guessed at.
            const QByteArray stamp = keys.value("Timestamp");
            const QList<QByteArrayView> date = words(stamp);
            if (date.size() == 4 && date.at(3) == "UTC")
                if (const std::optional<QDate> day = isoDate(date.at(1)))
                    if (const std::optional<QTime> clock = clockTime(date.at(2)))
                        session.since = instantOf(*day, *clock);
            sessions.append(session);
        }
        keys.clear();
    };
    for (const QByteArray &line : lines) {
        const qsizetype equals = line.indexOf('=');
        if (line.isEmpty())
            close();
        else if (equals > 0 && keys.size() < 100)
            keys.insert(line.first(equals), line.mid(equals + 1));
    }
    close();
    return sessions;
}

Result<Parsed<QList<UserSession>>> parseUsers(const SectionText &section, const HostLine &host)
{
    const SectionPart *who = section.part("who");
    const SectionPart *loginctl = section.part("sessions");
    if (!who)
        return fail(ErrorCode::BadOutput, u"no list of sessions came"_s);
    if (who->rc.value_or(0) != 0 && !loginctl)
        return fail(ErrorCode::NotSupported, u"this host keeps no list of sessions (no `who`)"_s);
    Warnings warnings;
    bool cut = false;
    QList<UserSession> sessions = parseWho(partLines(*who, &cut), host.epochS);
    if (sessions.isEmpty() && loginctl)
        sessions = parseSessions(partLines(*loginctl, &cut));
    if (cut || !section.whole)
        warnings.lost(u"the reading was cut off: some sessions are missing"_s);
    const bool partial = warnings.partial();
    return Parsed<QList<UserSession>>{std::move(sessions), warnings.take(), partial};
}

} // namespace infra::commands
