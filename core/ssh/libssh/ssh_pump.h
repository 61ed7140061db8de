// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/libssh/live_session.h"

#include <QtCore/QThread>

#include <map>

namespace infra::ssh {

/// One SSH thread: many sessions, one event loop. Made, posted to and destroyed on the engine thread; all else happens
/// in its thread.
class SshPump
{
public:
    SshPump(const Clock &clock, Random &random, Liveness liveness, std::function<void(EngineNote)> report);
    /// Ends the sessions and joins the thread.
    ~SshPump();
    SshPump(const SshPump &) = delete;
    SshPump &operator=(const SshPump &) = delete;

    void post(PumpRequest request);

private:
    class Worker;

    QThread m_thread;
    std::unique_ptr<Worker> m_worker;
};

} // namespace infra::ssh
