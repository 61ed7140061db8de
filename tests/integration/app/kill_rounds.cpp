// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/app/kill_rounds.h"

#include "tests/integration/app/profile_check.h"
#include "tests/support/app_run.h"
#include "tests/support/lab.h"

#include <QtCore/QJsonArray>
#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>

#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

constexpr int kHosts = 20;
constexpr int kAddedAtOnce = 4;

bool addHosts(AppRun &app, const Lab &lab)
{
    bool all = true;
    std::vector<std::unique_ptr<QProcess>> adding;
    const auto wait = [&] {
        for (const auto &one : adding)
            all = AppRun::end(*one).exitCode == 0 && all;
        adding.clear();
    };
    for (const LabHost &host : lab.hosts()) {
        adding.push_back(
            app.beginCtl({u"devices"_s, u"add"_s, host.name, u"--host"_s, host.address, u"--port"_s,
                          QString::number(host.port), u"--user"_s, host.user, u"--key"_s, lab.clientKey(),
                          u"--host-key"_s, host.hostKey, u"--interval"_s, u"10"_s, u"--environment"_s, u"lab"_s}));
        if (adding.size() == kAddedAtOnce)
            wait();
    }
    wait();
    return all;
}

/// One life: started, asked, killed. Empty when it went as it must.
QString oneKill(AppRun &app, QRandomGenerator &random, bool inABurst)
{
    if (app.process().state() == QProcess::NotRunning && !app.start())
        return u"it did not start: "_s + QString::fromUtf8(app.text());
    const int devices = app.ctl({u"devices"_s, u"list"_s}).body.value("total"_L1).toInt();
    if (devices != kHosts + 1)
        return u"%1 devices are there"_s.arg(devices);
    std::unique_ptr<QProcess> burst;
    if (inABurst)
        burst = app.beginCtl({u"collect"_s, u"--all"_s, u"--force"_s});
    QThread::msleep(static_cast<unsigned long>(random.bounded(50, 5000)));
    app.kill();
    if (burst) {
        burst->kill();
        burst->waitForFinished();
    }
    return app.process().exitStatus() == QProcess::CrashExit
               ? QString()
               : u"it had ended before the kill: "_s + QString::fromUtf8(app.text());
}

QString lookAtProfile(const ProfileCheck &check)
{
    if (check.integrity != "ok"_L1)
        return u"integrity_check: "_s + check.integrity;
    return check.wrong.join(u"; "_s);
}

/// Nothing is in the audit that a host did not see; what a kill took with it is at most what was under way and what the
/// writer had not written yet, a cycle and a request a kill.
QString compareWithLab(const Lab &lab, const ProfileCheck &check, int kills, QString &report)
{
    qint64 sent = 0, answered = 0, unanswered = 0, most = 0;
    for (const LabHost &host : lab.hosts()) {
        const qint64 messages = lab.count(host.name, u"message"_s);
        const qint64 audited = check.answered.value(host.name);
        const qint64 failed = check.unanswered.value(host.name);
        if (audited > messages || messages - audited > kills + kills / 2 + failed)
            return u"%1: %2 messages seen by the lab, %3 in the audit, %4 operations failed"_s.arg(host.name)
                .arg(messages)
                .arg(audited)
                .arg(failed);
        sent += messages;
        answered += audited;
        unanswered += failed;
        most = qMax(most, messages - audited);
    }
    report =
        u"%1 kills, %2 hosts: the lab saw %3 messages, the audit has %4; %5 were under way when killed (at most %6 a host), %7 operations failed, %8 audit rows"_s
            .arg(kills)
            .arg(kHosts)
            .arg(sent)
            .arg(answered)
            .arg(sent - answered)
            .arg(most)
            .arg(unanswered)
            .arg(check.audits);
    return answered > kHosts ? QString() : u"hardly anything was read"_s;
}

} // namespace

KillRounds runKillRounds(int kills)
{
    KillRounds rounds;
    rounds.skipped = Lab::missing(true);
    if (!rounds.skipped.isEmpty())
        return rounds;
    Lab lab;
    AppRun app;
    if (!lab.start(kHosts) || !app.start() || !addHosts(app, lab)) {
        rounds.failed = u"the beginning: "_s + lab.error() + QString::fromUtf8(app.text());
        return rounds;
    }
    QRandomGenerator random(20261124);
    qint64 before = 0;
    for (int turn = 1; turn <= kills; ++turn) {
        QString wrong = oneKill(app, random, turn % 2 == 0);
        const ProfileCheck check = checkProfile(app.profile());
        if (wrong.isEmpty())
            wrong = lookAtProfile(check);
        if (wrong.isEmpty() && check.audits < before)
            wrong = u"%1 audit rows, %2 before"_s.arg(check.audits).arg(before);
        if (!wrong.isEmpty()) {
            rounds.failed = u"kill %1: %2"_s.arg(turn).arg(wrong);
            return rounds;
        }
        before = check.audits;
    }
    // It goes on: every host is read again, and then it ends in order.
    const bool again = app.start();
    const CtlAnswer last = app.ctl({u"collect"_s, u"--all"_s, u"--force"_s});
    const int status = app.stop();
    if (!again || last.exitCode != 0 || last.list("results").size() != kHosts + 1 || status != 0) {
        rounds.failed = u"after the kills: exit %1, %2"_s.arg(status).arg(QString::fromUtf8(last.text().left(2000)));
        return rounds;
    }
    const ProfileCheck check = checkProfile(app.profile());
    rounds.failed = lookAtProfile(check);
    if (rounds.failed.isEmpty())
        rounds.failed = compareWithLab(lab, check, kills, rounds.report);
    return rounds;
}

} // namespace infra::test
