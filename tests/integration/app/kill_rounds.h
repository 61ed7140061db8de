// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace infra::test {

/// How it went when the application was killed over and over.
struct KillRounds
{
    QString skipped; ///< why it cannot be done here
    QString failed;  ///< what was lost, doubled or broken, and at which kill
    QString report;  ///< in numbers
};

/// Runs the real application with twenty recorded hosts, kills it (SIGKILL) at random moments, every other time in a
/// burst of requests, and starts it again; after each kill the database must be whole, and at the end the audit must
/// say what the lab's own log says, but for what was under way.
KillRounds runKillRounds(int kills);

} // namespace infra::test
