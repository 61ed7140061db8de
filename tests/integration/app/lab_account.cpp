// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/app/lab_account.h"

#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

/// What a cycle's message is given by the registry, and what the writer waits before it commits, with room for a busy
/// machine.
constexpr qint64 kLongestAnswerMs = 25'000;
/// How often a request is sent again before its operation fails.
constexpr qint64 kTriesOfAFailure = 2;

qint64 timeOf(const QJsonObject &event)
{
    return QDateTime::fromString(event.value("t"_L1).toString(), Qt::ISODateWithMs).toMSecsSinceEpoch();
}

} // namespace

/// On from where it was left: these logs are long.
void LabAccount::readLogs()
{
    for (const LabHost &host : m_lab.hosts()) {
        Log &log = m_logs[host.name];
        QFile file(host.logFile);
        if (!file.open(QIODevice::ReadOnly) || !file.seek(log.read))
            continue;
        for (QByteArray line = file.readLine(); line.endsWith('\n'); line = file.readLine()) {
            log.read += line.size();
            if (line.contains("\"event\":\"argv\""))
                continue;
            const QJsonObject event = QJsonDocument::fromJson(line).object();
            const QString name = event.value("event"_L1).toString();
            if (name == "message"_L1) {
                log.seen.messages.append(timeOf(event));
            } else if (name == "exec"_L1) {
                ++log.seen.shells;
                ++log.sessions;
            } else if (name == "close"_L1 && !event.value("chan"_L1).isNull()) {
                --log.sessions;
            }
        }
    }
}

bool LabAccount::isQuiet()
{
    readLogs();
    return std::all_of(m_logs.cbegin(), m_logs.cend(), [](const Log &log) { return log.sessions == 0; });
}

QString LabAccount::closeLife(const ProfileCheck &check, qint64 killedAt, bool inOrder)
{
    ++m_lives;
    qint64 newest = 0;
    for (const AuditRow &row : check.newRows)
        newest = std::max(newest, row.timeMs);
    readLogs();
    QStringList wrong;
    for (const LabHost &host : m_lab.hosts()) {
        const Seen seen = std::exchange(m_logs[host.name].seen, {});
        const QString problem = closeHost(host.name, seen, check, newest, killedAt, inOrder);
        if (!problem.isEmpty())
            wrong.append(problem);
    }
    return wrong.join(u"; "_s);
}

QString LabAccount::closeHost(const QString &name, const Seen &seen, const ProfileCheck &check, qint64 newest,
                              qint64 killedAt, bool inOrder)
{
    qint64 audited = 0, failed = 0;
    for (const AuditRow &row : check.newRows) {
        if (row.device != name)
            continue;
        audited += row.roundTrips;
        failed += row.roundTrips == 0 && row.failed ? 1 : 0;
    }
    const auto upTo = [&seen](qint64 time) {
        return std::count_if(seen.messages.begin(), seen.messages.end(), [time](qint64 at) { return at <= time; });
    };
    const qint64 messages = seen.messages.size();
    const qint64 before = upTo(newest - 1);
    const qint64 givenUp = std::max<qint64>(0, seen.shells - 1) + kTriesOfAFailure * failed;
    const qint64 answering = std::max<qint64>(0, before - audited);
    m_messages += messages;
    m_audited += audited;
    m_answering += answering;
    m_after += messages - std::max(before, audited);
    m_givenUp += givenUp;
    const auto tell = [&](const QString &what) {
        return u"%1: %2 (the lab saw %3, %4 of them before the newest audit row, the audit has %5; %6 shells, %7 failed)"_s
            .arg(name, what)
            .arg(messages)
            .arg(before)
            .arg(audited)
            .arg(seen.shells)
            .arg(failed);
    };
    if (audited > upTo(newest))
        return tell(u"the audit has what the lab did not see"_s);
    if (answering > (inOrder ? 0 : 1) + givenUp)
        return tell(u"what was done before a commit is not in the audit"_s);
    if (inOrder && messages - audited > givenUp)
        return tell(u"an end in order lost something"_s);
    // The lost ones are the last ones of the host.
    if (audited < messages && givenUp == 0) {
        const qint64 oldest = killedAt - seen.messages.at(audited);
        m_oldestMs = std::max(m_oldestMs, oldest);
        if (oldest > kLongestAnswerMs)
            return tell(u"a request was lost that the lab saw %1 ms before the kill"_s.arg(oldest));
    }
    return {};
}

QString LabAccount::report() const
{
    return u"%1 lives: the lab saw %2 messages, the audit has %3; lost %4 whose answer was coming in at the last "
           "commit and %5 that the lab saw after it, none more than %6 ms before the kill; at most %7 were given up"_s
               .arg(m_lives)
               .arg(m_messages)
               .arg(m_audited)
               .arg(m_answering)
               .arg(m_after)
               .arg(m_oldestMs)
               .arg(m_givenUp);
}

} // namespace infra::test
