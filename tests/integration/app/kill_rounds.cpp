// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/app/kill_rounds.h"

#include <QtCore/QDateTime>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QThread>

#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

constexpr int kHosts = 20;
constexpr int kAddedAtOnce = 4;
constexpr int kPatienceMs = 60'000;

} // namespace

QString KillRounds::begin()
{
    if (!m_lab.start(kHosts))
        return u"the lab did not start: "_s + m_lab.error();
    if (!m_app.start())
        return u"it did not start: "_s + QString::fromUtf8(m_app.text());
    return addHosts() ? QString() : u"a host could not be added"_s;
}

bool KillRounds::addHosts()
{
    bool all = true;
    std::vector<std::unique_ptr<QProcess>> adding;
    const auto wait = [&] {
        for (const auto &one : adding)
            all = AppRun::end(*one).exitCode == 0 && all;
        adding.clear();
    };
    for (const LabHost &host : m_lab.hosts()) {
        adding.push_back(
            m_app.beginCtl({u"devices"_s, u"add"_s, host.name, u"--host"_s, host.address, u"--port"_s,
                            QString::number(host.port), u"--user"_s, host.user, u"--key"_s, m_lab.clientKey(),
                            u"--host-key"_s, host.hostKey, u"--interval"_s, u"10"_s, u"--environment"_s, u"lab"_s}));
        if (adding.size() == kAddedAtOnce)
            wait();
    }
    wait();
    return all;
}

QString KillRounds::live(bool inABurst)
{
    if (m_app.process().state() == QProcess::NotRunning && !m_app.start())
        return u"it did not start: "_s + QString::fromUtf8(m_app.text());
    const int devices = m_app.ctl({u"devices"_s, u"list"_s}).body.value("total"_L1).toInt();
    if (devices != kHosts + 1)
        return u"%1 devices are there"_s.arg(devices);
    std::unique_ptr<QProcess> burst;
    if (inABurst)
        burst = m_app.beginCtl({u"collect"_s, u"--all"_s, u"--force"_s});
    QThread::msleep(static_cast<unsigned long>(m_random.bounded(50, 5000)));
    const bool ran = m_app.process().state() == QProcess::Running && !m_app.process().waitForFinished(0);
    if (burst) { // first: it would take the profile itself when its owner is gone
        burst->kill();
        burst->waitForFinished();
    }
    m_app.kill();
    return ran ? QString() : u"it had ended before the kill: "_s + QString::fromUtf8(m_app.text());
}

bool KillRounds::waitForTheLab()
{
    const auto quiet = [this] {
        const std::optional<QByteArray> told = m_lab.run({u"status"_s, u"--dir"_s, m_lab.dir()});
        if (!told)
            return false;
        for (const QJsonValue &host : QJsonDocument::fromJson(*told).object().value("hosts"_L1).toArray()) {
            if (host.toObject().value("connections"_L1).toInt() != 0)
                return false;
        }
        return m_account.isQuiet();
    };
    const QDeadlineTimer deadline(kPatienceMs);
    while (!quiet()) {
        if (deadline.hasExpired())
            return false;
        QThread::msleep(20);
    }
    return true;
}

QString KillRounds::look(qint64 endedAt, bool inOrder)
{
    if (!waitForTheLab())
        return u"sessions of the dead application stay open in the lab"_s;
    const ProfileCheck check = checkProfile(m_app.profile(), m_lastRow);
    if (check.integrity != "ok"_L1)
        return u"integrity_check: "_s + check.integrity;
    if (!check.wrong.isEmpty())
        return check.wrong.join(u"; "_s);
    if (check.audits < m_lastRow)
        return u"%1 audit rows, %2 before"_s.arg(check.audits).arg(m_lastRow);
    m_lastRow = check.newRows.isEmpty() ? m_lastRow : check.newRows.last().seq;
    return m_account.closeLife(check, endedAt, inOrder);
}

QString KillRounds::kill(int turn)
{
    if (QString wrong = live(turn % 2 == 0); !wrong.isEmpty())
        return wrong;
    return look(QDateTime::currentMSecsSinceEpoch(), false);
}

QString KillRounds::end()
{
    if (!m_app.start())
        return u"it did not start again: "_s + QString::fromUtf8(m_app.text());
    const CtlAnswer last = m_app.ctl({u"collect"_s, u"--all"_s, u"--force"_s});
    if (last.exitCode != 0 || last.list("results").size() != kHosts + 1)
        return u"after the kills: "_s + QString::fromUtf8(last.text().left(2000));
    for (const QJsonValue &result : last.list("results")) {
        if (!result.toObject().value("error"_L1).isNull())
            return u"a host is not read any more: "_s + QString::fromUtf8(last.text().left(2000));
    }
    if (const int status = m_app.stop(); status != 0)
        return u"it ended with %1"_s.arg(status);
    const qint64 before = m_account.audited();
    if (QString wrong = look(QDateTime::currentMSecsSinceEpoch(), true); !wrong.isEmpty())
        return wrong;
    return m_account.audited() >= before + kHosts ? QString() : u"the last reading is not in the audit"_s;
}

} // namespace infra::test
