// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/authenticator.h"

#include "core/base/redaction.h"
#include "core/ssh/libssh/agent_proxy.h"
#include "core/ssh/libssh/key_file.h"

#include <algorithm>
#include <poll.h>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMostRounds = 8;    // of keyboard-interactive questions
constexpr int kLoginSliceMs = 50; // how soon a stop is noticed

QString methodNames(unsigned methods)
{
    QStringList names;
    if (methods & SSH_AUTH_METHOD_PUBLICKEY)
        names += u"publickey"_s;
    if (methods & SSH_AUTH_METHOD_PASSWORD)
        names += u"password"_s;
    if (methods & SSH_AUTH_METHOD_INTERACTIVE)
        names += u"keyboard-interactive"_s;
    if (methods & SSH_AUTH_METHOD_HOSTBASED)
        names += u"hostbased"_s;
    if (methods & SSH_AUTH_METHOD_GSSAPI_MIC)
        names += u"gssapi-with-mic"_s;
    return names.isEmpty() ? u"nothing"_s : names.join(u", ");
}

Error authError(ErrorCode code, const QString &message)
{
    Error error;
    error.code = code;
    error.message = message;
    return error;
}

} // namespace

Authenticator::Authenticator(ssh_session session, const ConnectPlan &plan, ConnectTalk &talk)
    : m_session(session)
    , m_plan(plan)
    , m_talk(talk)
{
}

/// Waits for the end of one of libssh's login calls here and not inside libssh: at the host's goodbye libssh closes its
/// socket, and a blocking call would then wait for nothing until its own timeout.
int Authenticator::finish(const std::function<int()> &step)
{
    ssh_set_blocking(m_session, 0);
    int rc = step();
    while (rc == SSH_AUTH_AGAIN) {
        if (m_talk.stopped() || ssh_is_connected(m_session) == 0) {
            rc = SSH_AUTH_ERROR;
            break;
        }
        const bool toWrite = (ssh_get_poll_flags(m_session) & SSH_WRITE_PENDING) != 0;
        pollfd waiting{ssh_get_fd(m_session), static_cast<short>(toWrite ? POLLIN | POLLOUT : POLLIN), 0};
        ::poll(&waiting, 1, kLoginSliceMs);
        rc = step();
    }
    ssh_set_blocking(m_session, 1);
    return rc;
}

Result<QString> Authenticator::run()
{
    const int none = finish([this] { return ssh_userauth_none(m_session, nullptr); });
    if (none == SSH_AUTH_SUCCESS)
        return u"none"_s;
    if (none == SSH_AUTH_ERROR)
        return fail(linkTrouble().error);
    m_methods = static_cast<unsigned>(ssh_userauth_list(m_session, nullptr));

    QList<AuthMethod> left = m_plan.auth;
    QList<Attempt> attempts;
    QStringList succeeded;
    while (true) {
        const auto next = std::find_if(left.begin(), left.end(), [this](AuthMethod method) { return offered(method); });
        if (next == left.end())
            return fail(bestError(attempts, succeeded));
        const AuthMethod method = *next;
        left.erase(next);
        Attempt done = attempt(method);
        switch (done.verdict) {
        case Verdict::Success:
            succeeded += done.used;
            return succeeded.join(u" + ");
        case Verdict::Partial: // one factor of several
            succeeded += done.used;
            m_methods = static_cast<unsigned>(ssh_userauth_list(m_session, nullptr));
            break;
        case Verdict::Stop:
            return fail(done.error);
        case Verdict::Denied:
        case Verdict::Impossible:
            attempts.append(done);
            break;
        }
    }
}

bool Authenticator::offered(AuthMethod method) const
{
    switch (method) {
    case AuthMethod::Agent:
    case AuthMethod::KeyFile:
        return (m_methods & SSH_AUTH_METHOD_PUBLICKEY) != 0;
    case AuthMethod::Password: // most hosts behind PAM ask for the password this way only
        return (m_methods & (SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_INTERACTIVE)) != 0;
    case AuthMethod::KeyboardInteractive:
        return (m_methods & SSH_AUTH_METHOD_INTERACTIVE) != 0;
    }
    return false;
}

Authenticator::Attempt Authenticator::attempt(AuthMethod method)
{
    switch (method) {
    case AuthMethod::Agent:
        return byAgent();
    case AuthMethod::KeyFile:
        return byKeyFiles();
    case AuthMethod::Password:
        return (m_methods & SSH_AUTH_METHOD_PASSWORD) != 0 ? byPassword() : byKeyboard();
    case AuthMethod::KeyboardInteractive:
        return byKeyboard();
    }
    return {};
}

Authenticator::Attempt Authenticator::judge(int rc, const QString &used, ErrorCode denied, const QString &text)
{
    switch (rc) {
    case SSH_AUTH_SUCCESS:
        return {Verdict::Success, {}, used};
    case SSH_AUTH_PARTIAL:
        return {Verdict::Partial, {}, used};
    case SSH_AUTH_DENIED:
        return {Verdict::Denied, authError(denied, text), {}};
    default:
        return linkTrouble();
    }
}

Authenticator::Attempt Authenticator::linkTrouble()
{
    const QString said = QString::fromUtf8(ssh_get_error(m_session));
    // First: it is why the link went, whatever else is said of that.
    if (said.contains(u"Too many authentication failures", Qt::CaseInsensitive))
        return {Verdict::Stop,
                authError(ErrorCode::AuthTooMany, u"%1 refused after too many tries"_s.arg(m_plan.host)),
                {}};
    if (const auto stopped = m_talk.stopped())
        return {Verdict::Stop, authError(*stopped, u"stopped while logging in to %1"_s.arg(m_plan.host)), {}};
    if (said.contains(u"Timeout", Qt::CaseInsensitive))
        return {Verdict::Stop,
                authError(ErrorCode::ConnectTimeout, u"%1 stopped answering during the login"_s.arg(m_plan.host)),
                {}};
    return {Verdict::Stop,
            authError(ErrorCode::LinkLost,
                      u"the link to %1 broke during the login: %2"_s.arg(m_plan.host, displayText(said, 200))),
            {}};
}

Authenticator::Attempt Authenticator::byAgent()
{
    QList<QByteArray> preferred;
    for (const QString &path : m_plan.keyFiles) {
        if (const auto facts = inspectKeyFile(path); facts && !facts->publicBlob.isEmpty())
            preferred.append(facts->publicBlob);
    }
    // Nobody sits there to touch a token or to confirm in the background; a person needs time for it.
    const milliseconds patience =
        m_plan.foreground ? std::max(m_plan.agentDeadline, milliseconds(30'000)) : m_plan.agentDeadline;
    auto proxy = AgentProxy::start(m_plan.agentSocket, preferred, m_plan.onlyTheseKeys, patience);
    if (!proxy)
        return {Verdict::Impossible, proxy.error(), {}};
    if ((*proxy)->keyCount() == 0)
        return {Verdict::Impossible,
                authError(ErrorCode::AuthAgentUnavailable, u"the SSH agent holds no key for this device"_s),
                {}};
    UniqueFd end((*proxy)->takeClientEnd());
    m_talk.guard(end.get());
    ssh_set_agent_socket(m_session, end.get());
    const int rc = finish([this] { return ssh_userauth_agent(m_session, nullptr); });
    ssh_set_agent_socket(m_session, SSH_INVALID_SOCKET);
    if (rc != SSH_AUTH_SUCCESS && rc != SSH_AUTH_PARTIAL && (*proxy)->fellSilent() && !m_talk.stopped())
        return {Verdict::Impossible, authError(ErrorCode::AuthAgentSilent, u"the SSH agent does not sign"_s), {}};
    return judge(rc, u"key from agent"_s, ErrorCode::AuthKeyRejected,
                 u"%1 accepts no key of the SSH agent"_s.arg(m_plan.host));
}

Authenticator::Attempt Authenticator::byKeyFiles()
{
    Attempt result{
        Verdict::Impossible, authError(ErrorCode::AuthKeyUnreadable, u"no key file is set for this device"_s), {}};
    bool first = true;
    for (const QString &path : m_plan.keyFiles) {
        Attempt attempt = byKeyFile(path);
        if (attempt.verdict == Verdict::Success || attempt.verdict == Verdict::Partial ||
            attempt.verdict == Verdict::Stop)
            return attempt;
        if (first ||
            attempt.verdict == Verdict::Denied) // what the host refused tells more than a file that is not there
            result = attempt;
        first = false;
    }
    return result;
}

Authenticator::Attempt Authenticator::byKeyFile(const QString &path)
{
    const QString rejected = u"%1 does not accept the key %2"_s.arg(m_plan.host, path);
    const auto facts = inspectKeyFile(path);
    if (!facts)
        return {Verdict::Impossible, facts.error(), {}};
    std::optional<SecretBytes> asked;
    const SecretBytes *passphrase = m_plan.passphrase ? &*m_plan.passphrase : nullptr;
    if (facts->encrypted) {
        // A key that the host does not know is not worth a passphrase.
        if (const KeyHandle known = publicKeyOf(facts->publicBlob)) {
            const int rc =
                finish([this, &known] { return ssh_userauth_try_publickey(m_session, nullptr, known.get()); });
            if (rc != SSH_AUTH_SUCCESS)
                return judge(rc == SSH_AUTH_PARTIAL ? SSH_AUTH_DENIED : rc, {}, ErrorCode::AuthKeyRejected, rejected);
        }
        if (passphrase == nullptr && m_plan.foreground) {
            asked = askPerson(m_plan.device.name, u"Passphrase of the key %1"_s.arg(path), u"Passphrase:"_s, false);
            passphrase = asked ? &*asked : nullptr;
        }
    }
    if (facts->encrypted && passphrase == nullptr && m_plan.secretError)
        return {Verdict::Impossible, *m_plan.secretError, {}};
    const auto key = openKeyFile(path, *facts, passphrase);
    if (!key)
        return {Verdict::Impossible, key.error(), {}};
    const int rc = finish([this, &key] { return ssh_userauth_publickey(m_session, nullptr, key->get()); });
    return judge(rc, u"key file"_s, ErrorCode::AuthKeyRejected, rejected);
}

Authenticator::Attempt Authenticator::byPassword()
{
    std::optional<SecretBytes> asked;
    const SecretBytes *password = m_plan.password ? &*m_plan.password : nullptr;
    if (password == nullptr && m_plan.foreground) {
        asked = askPerson(m_plan.device.name, u"Password of %1 on %2"_s.arg(m_plan.user, m_plan.host), u"Password:"_s,
                          false);
        password = asked ? &*asked : nullptr;
    }
    if (password == nullptr && m_plan.secretError)
        return {Verdict::Impossible, *m_plan.secretError, {}};
    if (password == nullptr)
        return {Verdict::Impossible,
                authError(ErrorCode::AuthInteractionNeeded, u"no password is kept for %1"_s.arg(m_plan.host)),
                {}};
    const int rc = finish([this, password] { return ssh_userauth_password(m_session, nullptr, password->cString()); });
    Attempt attempt = judge(rc, u"password"_s, ErrorCode::AuthPasswordRejected,
                            u"%1 refused the password of %2"_s.arg(m_plan.host, m_plan.user));
    if (attempt.verdict == Verdict::Denied)
        attempt.verdict = Verdict::Stop;
    return attempt;
}

Authenticator::Attempt Authenticator::byKeyboard()
{
    // To begin is to ask: a push to somebody's telephone would go out with it.
    if (!m_plan.foreground && !m_plan.password && m_plan.secretError)
        return {Verdict::Impossible, *m_plan.secretError, {}};
    if (!m_plan.foreground && !m_plan.password)
        return {Verdict::Impossible,
                authError(ErrorCode::AuthInteractionNeeded, u"%1 asks questions at login"_s.arg(m_plan.host)),
                {}};
    bool passwordUsed = false;
    const auto next = [this] { return ssh_userauth_kbdint(m_session, nullptr, nullptr); };
    int rc = finish(next);
    for (int round = 0; rc == SSH_AUTH_INFO; ++round) {
        if (round == kMostRounds)
            return {
                Verdict::Stop, authError(ErrorCode::ProtocolError, u"%1 never stops asking"_s.arg(m_plan.host)), {}};
        if (const Attempt answered = answerRound(passwordUsed); answered.verdict != Verdict::Success)
            return answered;
        rc = finish(next);
    }
    Attempt attempt = judge(rc, u"keyboard-interactive"_s, ErrorCode::AuthPasswordRejected,
                            u"%1 refused the answers for %2"_s.arg(m_plan.host, m_plan.user));
    if (attempt.verdict == Verdict::Denied)
        attempt.verdict = Verdict::Stop;
    return attempt;
}

Authenticator::Attempt Authenticator::answerRound(bool &passwordUsed)
{
    const int prompts = ssh_userauth_kbdint_getnprompts(m_session);
    const QString name = displayText(QByteArray(ssh_userauth_kbdint_getname(m_session)), 200);
    const QString instruction = displayText(QByteArray(ssh_userauth_kbdint_getinstruction(m_session)), 1000);
    for (int i = 0; i < prompts; ++i) {
        const auto index = static_cast<unsigned int>(i);
        char echo = 0;
        const QString text = displayText(QByteArray(ssh_userauth_kbdint_getprompt(m_session, index, &echo)), 500);
        if (prompts == 1 && echo == 0 && m_plan.password && !passwordUsed) {
            passwordUsed = true;
            ssh_userauth_kbdint_setanswer(m_session, index, m_plan.password->cString());
            continue;
        }
        if (!m_plan.foreground)
            return {Verdict::Stop,
                    authError(ErrorCode::AuthInteractionNeeded, u"%1 asks at login: %2"_s.arg(m_plan.host, text)),
                    {}};
        const auto answer = askPerson(name.isEmpty() ? m_plan.device.name : name, instruction, text, echo != 0);
        if (!answer)
            return {Verdict::Stop,
                    authError(m_talk.stopped().value_or(ErrorCode::AuthInteractionNeeded),
                              u"the question was not answered"_s),
                    {}};
        ssh_userauth_kbdint_setanswer(m_session, index, answer->cString());
    }
    return {Verdict::Success, {}, {}};
}

std::optional<SecretBytes> Authenticator::askPerson(const QString &title, const QString &instruction,
                                                    const QString &text, bool echo)
{
    ConnectAnswer answer = m_talk.ask(PersonQuestion{title, instruction, text, echo});
    if (auto *said = std::get_if<PersonAnswer>(&answer))
        return std::move(said->text);
    return std::nullopt;
}

Error Authenticator::bestError(const QList<Attempt> &attempts, const QStringList &succeeded) const
{
    const auto find = [&attempts](auto &&wanted) { return std::find_if(attempts.begin(), attempts.end(), wanted); };
    auto found = find([](const Attempt &a) { return a.error.code == ErrorCode::AuthInteractionNeeded; });
    if (found == attempts.end())
        found = find([](const Attempt &a) { return a.verdict == Verdict::Denied; });
    if (found == attempts.end())
        found = attempts.begin();
    if (found != attempts.end())
        return found->error;
    const QString offers = methodNames(m_methods);
    if (!succeeded.isEmpty())
        return authError(ErrorCode::AuthNoMethod,
                         u"%1 accepted %2 and wants more: %3"_s.arg(m_plan.host, succeeded.join(u", "), offers));
    return authError(ErrorCode::AuthNoMethod,
                     u"%1 offers %2 and the device has no such method set"_s.arg(m_plan.host, offers));
}

} // namespace infra::ssh
