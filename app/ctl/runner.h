// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/control_client.h"
#include "app/common/profile_lock.h"
#include "app/common/services.h"
#include "app/ctl/syntax.h"

#include <QtCore/QObject>
#include <QtCore/QStringList>

namespace infra::ctl {

/// One run of `infrastructorctl`: reads the command line, asks the owner of the profile over its socket, or takes the
/// lock and works in this process; prints, and ends the event loop with the exit status. Who finds the lock held by
/// another command line waits up to 10 s.
class Runner : public QObject
{
    Q_OBJECT
public:
    explicit Runner(QStringList arguments);
    ~Runner() override;

    /// An exit status when all is said already (usage, help), else nothing: run the event loop.
    std::optional<int> begin();

private:
    Result<void> readSecrets();
    void attempt();
    void askOwner();
    void work();
    void finish(const engine::ControlReply &reply);
    int print(const engine::ControlReply &reply) const;
    int printError(const Error &error) const;

    const QStringList m_arguments;
    SystemClock m_clock;
    EventLoopTimerService m_timers;
    ParsedCommandLine m_line;
    std::optional<app::Profile> m_profile;
    engine::ControlRequest m_request;
    SecretBytes m_secretsPassphrase;
    MonotonicTime m_giveUp{};
    TimerHandle m_retry;
    std::unique_ptr<app::ControlClient> m_client;
    std::unique_ptr<app::ProfileLock> m_lock;
    std::unique_ptr<app::Services> m_services;
};

} // namespace infra::ctl
