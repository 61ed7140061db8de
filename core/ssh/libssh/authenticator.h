// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/libssh/connect_plan.h"
#include "core/ssh/libssh/connect_talk.h"

#include <functional>

namespace infra::ssh {

/// Logs one session in, by the device's methods in their order. Blocking; connect threads only, after the host key was
/// checked. Stops at the first secret that is refused, so that no account is locked; serves hosts that want several
/// factors. In the background nothing is begun that a person would have to finish.
class Authenticator
{
public:
    Authenticator(ssh_session session, const ConnectPlan &plan, ConnectTalk &talk);

    /// How it was done, for SessionInfo::authUsed. Errors: those of the auth group, LinkLost, or why the talk was
    /// stopped.
    Result<QString> run();

private:
    enum class Verdict
    {
        Success,
        Partial,
        Denied,
        Impossible,
        Stop
    };
    struct Attempt
    {
        Verdict verdict = Verdict::Impossible;
        Error error;
        QString used;
    };

    bool offered(AuthMethod method) const;
    Attempt attempt(AuthMethod method);
    Attempt byAgent();
    Attempt byKeyFiles();
    Attempt byKeyFile(const QString &path);
    Attempt byPassword();
    Attempt byKeyboard();
    Attempt answerRound(bool &passwordUsed);
    int finish(const std::function<int()> &step);
    Attempt judge(int rc, const QString &used, ErrorCode denied, const QString &text);
    Attempt linkTrouble();
    std::optional<SecretBytes> askPerson(const QString &title, const QString &instruction, const QString &text,
                                         bool echo);
    Error bestError(const QList<Attempt> &attempts, const QStringList &succeeded) const;

    ssh_session m_session;
    const ConnectPlan &m_plan;
    ConnectTalk &m_talk;
    unsigned m_methods = 0;
};

} // namespace infra::ssh
