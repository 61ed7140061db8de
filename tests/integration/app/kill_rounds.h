// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/integration/app/lab_account.h"
#include "tests/support/app_run.h"
#include "tests/support/lab.h"

#include <QtCore/QRandomGenerator>
#include <QtCore/QString>

namespace infra::test {

/// The real application with twenty recorded hosts, killed (SIGKILL) at random moments, every other time in a burst of
/// requests, and started again. After each kill the database must be whole, and the audit must say what the lab's own
/// log says, but for what was under way (see LabAccount). Each function gives what was wrong, or nothing.
class KillRounds
{
public:
    /// Why it cannot be done here; empty: it can.
    static QString missing() { return Lab::missing(true); }
    /// Lab, application and devices.
    QString begin();
    /// One life: started where it does not run, asked, killed, looked at.
    QString kill(int turn);
    /// It goes on: every host is read again, and then it ends in order.
    QString end();
    QString report() const { return m_account.report(); }

private:
    bool addHosts();
    QString live(bool inABurst);
    /// Until the lab has seen the end of every session, so that its log is complete.
    bool waitForTheLab();
    QString look(qint64 killedAt, bool inOrder);

    Lab m_lab;
    AppRun m_app;
    LabAccount m_account{m_lab};
    QRandomGenerator m_random{20261124};
    qint64 m_lastRow = 0; ///< of the audit, that was looked at
};

} // namespace infra::test
