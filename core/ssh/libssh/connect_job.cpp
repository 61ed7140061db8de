// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/connect_job.h"

#include "core/base/logging.h"
#include "core/base/redaction.h"
#include "core/ssh/libssh/authenticator.h"
#include "core/ssh/libssh/dial.h"

#include <QtCore/QtEndian>

#include <algorithm>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kBusyTries = 5;
/// libssh reads none of it: only our own reader judges.
constexpr const char *kNoFile = "/dev/null";

class ConnectJob
{
public:
    ConnectJob(ConnectPlan plan, ConnectTalk &talk, const Clock &clock)
        : m_plan(std::move(plan))
        , m_talk(talk)
        , m_clock(clock)
        , m_deadline(clock.monotonic() + m_plan.timeout)
    {
    }

    ConnectOutcome run(Random &random)
    {
        for (int tries = 1;; ++tries) {
            m_outcome = ConnectOutcome();
            const bool done = step(ConnectStep::Dns, [this] { return resolve(); }) &&
                              step(ConnectStep::Tcp, [this] { return open(); }) &&
                              step(ConnectStep::Kex, [this] { return exchange(); });
            const bool busy = !done && m_outcome.error->code == ErrorCode::ServerBusy;
            const auto pause = static_cast<int>(200.0 * tries * (0.5 + random.unit()));
            if (busy && tries < kBusyTries && !m_plan.through.isOpen() && left().count() > pause && m_talk.pause(pause))
                continue;
            if (done && step(ConnectStep::HostKey, [this] { return checkHostKey(); }) &&
                step(ConnectStep::Auth, [this] { return logIn(); })) {
                m_outcome.session = std::move(m_session);
            }
            m_session.reset();
            m_talk.unguardAll();
            return std::move(m_outcome);
        }
    }

private:
    milliseconds left() const { return std::max(milliseconds(0), m_deadline - m_clock.monotonic()); }

    template <typename Work>
    bool step(ConnectStep name, Work &&work)
    {
        const MonotonicTime start = m_clock.monotonic();
        const Result<void> result = work();
        StepReport report;
        report.step = name;
        report.ok = result.has_value();
        report.duration = m_clock.monotonic() - start;
        if (!result)
            report.error = m_outcome.error = result.error();
        m_outcome.report.steps.append(report);
        return report.ok;
    }

    Result<void> resolve()
    {
        if (m_plan.through.isOpen())
            return {}; // the jump's host resolves the name
        auto found = lookUp(m_plan.host, m_plan.port);
        if (!found)
            return fail(found.error());
        m_addresses = *std::move(found);
        if (const auto stopped = m_talk.stopped())
            return fail(*stopped, u"stopped while looking up %1"_s.arg(m_plan.host));
        return {};
    }

    Result<void> open()
    {
        if (m_plan.through.isOpen()) {
            m_socket = std::move(m_plan.through);
        } else {
            auto dialled = dial(m_addresses.get(), m_plan.host, left(), m_plan.tcpUserTimeout, m_talk, m_clock);
            if (!dialled)
                return fail(dialled.error());
            m_socket = *std::move(dialled);
        }
        m_talk.guard(m_socket.get());
        return {};
    }

    Result<void> exchange()
    {
        if (auto banner = awaitBanner(m_socket.get(), m_plan.host, left(), m_talk, m_clock); !banner)
            return banner;
        loadTrust();
        if (m_trustError)
            return fail(*m_trustError);
        m_session = SessionHandle::make();
        if (!m_session)
            return fail(ErrorCode::Internal, u"no memory for a session"_s);
        const QByteArray user = m_plan.user.toUtf8();
        const QByteArray algorithms =
            preferredHostKeyAlgorithms(m_files, m_plan.hostKeyName, m_plan.device.hostKey).toLatin1();
        const bool noConfig = false;
        const long seconds = std::max<long>(1, static_cast<long>((left().count() + 999) / 1000));
        const int socket = m_socket.get();
        bool ok = ssh_options_set(m_session.get(), SSH_OPTIONS_HOST, "device.invalid") == SSH_OK;
        ok = ok && ssh_options_set(m_session.get(), SSH_OPTIONS_PROCESS_CONFIG, &noConfig) == SSH_OK;
        ok = ok && ssh_options_set(m_session.get(), SSH_OPTIONS_USER, user.constData()) == SSH_OK;
        ok = ok && ssh_options_set(m_session.get(), SSH_OPTIONS_KNOWNHOSTS, kNoFile) == SSH_OK;
        ok = ok && ssh_options_set(m_session.get(), SSH_OPTIONS_GLOBAL_KNOWNHOSTS, kNoFile) == SSH_OK;
        ok = ok && ssh_options_set(m_session.get(), SSH_OPTIONS_HOSTKEYS, algorithms.constData()) == SSH_OK;
        ok = ok && ssh_options_set(m_session.get(), SSH_OPTIONS_TIMEOUT, &seconds) == SSH_OK;
        ok = ok && ssh_options_set(m_session.get(), SSH_OPTIONS_FD, &socket) == SSH_OK;
        if (!ok)
            return fail(ErrorCode::Internal, u"libssh refused an option: %1"_s.arg(m_session.errorText()));
        const int rc = ssh_connect(m_session.get());
        m_socket.release(); // the session's handle closes it
        if (rc != SSH_OK)
            return exchangeError();
        m_outcome.serverVersion = displayText(QByteArray(ssh_get_serverbanner(m_session.get())), 200);
        m_outcome.kexAlgorithm = QString::fromLatin1(ssh_get_kex_algo(m_session.get()));
        m_outcome.cipher = QString::fromLatin1(ssh_get_cipher_in(m_session.get()));
        return {};
    }

    Result<void> exchangeError()
    {
        const QString said = displayText(m_session.errorText(), 300);
        if (const auto stopped = m_talk.stopped())
            return fail(*stopped, u"stopped during the key exchange with %1"_s.arg(m_plan.host));
        if (said.contains(u"no match for method"))
            return fail(ErrorCode::KexFailed, u"%1 and we have no algorithm in common: %2"_s.arg(m_plan.host, said));
        if (said.contains(u"imeout"))
            return fail(ErrorCode::ConnectTimeout, u"%1 stopped answering during the key exchange"_s.arg(m_plan.host));
        if (said.contains(u"banner") || said.contains(u"version"))
            return fail(ErrorCode::BannerInvalid, u"%1 does not speak SSH 2: %2"_s.arg(m_plan.host, said));
        if (said.contains(u"disconnected") || said.contains(u"reset by peer"))
            return fail(ErrorCode::LinkLost, u"%1 closed the link during the key exchange"_s.arg(m_plan.host));
        return fail(ErrorCode::ProtocolError, u"the key exchange with %1 failed: %2"_s.arg(m_plan.host, said));
    }

    void loadTrust()
    {
        m_files.clear();
        m_trustError.reset();
        const auto own = m_plan.ownKeys != nullptr ? m_plan.ownKeys->load() : Result<KnownHosts>(KnownHosts());
        if (own)
            m_files.append(*own);
        else
            m_trustError = own.error(); // it may hold a revocation: closed
        for (const QString &path : m_plan.trustFiles) {
            if (const auto file = KnownHosts::read(path))
                m_files.append(*file);
            else
                m_trustError = file.error();
        }
    }

    Result<PresentedKey> presentedKey()
    {
        ssh_key raw = nullptr;
        if (ssh_get_server_publickey(m_session.get(), &raw) != SSH_OK)
            return fail(ErrorCode::ProtocolError, u"%1 showed no host key"_s.arg(m_plan.host));
        const KeyHandle key(raw);
        char *text = nullptr;
        if (ssh_pki_export_pubkey_base64(key.get(), &text) != SSH_OK || text == nullptr)
            return fail(ErrorCode::ProtocolError, u"the host key of %1 cannot be read"_s.arg(m_plan.host));
        PresentedKey presented;
        presented.blob = QByteArray::fromBase64(QByteArray(text));
        ssh_string_free_char(text);
        if (presented.blob.size() < 8)
            return fail(ErrorCode::ProtocolError, u"the host key of %1 is empty"_s.arg(m_plan.host));
        // The wire form names its own type.
        const auto size = std::min<qsizetype>(qFromBigEndian<quint32>(presented.blob.constData()), 64);
        presented.type = QString::fromLatin1(presented.blob.mid(4, size));
        return presented;
    }

    Result<void> checkHostKey()
    {
        const auto key = presentedKey();
        if (!key)
            return fail(key.error());
        const QString seen = key->fingerprint();
        m_outcome.report.hostKey = seen;
        m_outcome.report.hostKeyType = key->type;
        const QString &accepted = m_plan.device.hostKey;
        const TrustVerdict verdict = judgeHostKey(m_files, m_plan.hostKeyName, accepted, *key);
        if (verdict.trust == Trust::Revoked)
            return fail(ErrorCode::HostKeyRevoked,
                        u"the host key %1 of %2 is marked as revoked"_s.arg(seen, m_plan.host));
        if (accepted != seen) {
            const ConnectAnswer answer = m_talk.ask(OwnerQuestion{seen});
            const auto *told = std::get_if<OwnerAnswer>(&answer);
            if (told == nullptr)
                return fail(m_talk.stopped().value_or(ErrorCode::Canceled), u"stopped at the host key"_s);
            if (told->owner)
                return fail(ErrorCode::HostKeySwapped,
                            u"%1 answered with the host key %2, which belongs to another device (%3)"_s.arg(
                                m_plan.host, seen, told->owner->toString()));
        }
        if (verdict.trust == Trust::Changed)
            return fail(ErrorCode::HostKeyChanged, u"the host key of %1 is %2; expected was %3"_s.arg(
                                                       m_plan.host, seen, verdict.expected.mid(0, 5).join(u", ")));
        if (verdict.trust == Trust::Unknown)
            return fail(ErrorCode::HostKeyUnknown,
                        u"the host key of %1 is not known yet: %2 %3"_s.arg(m_plan.host, key->type, seen));
        if (accepted == seen && m_plan.ownKeys != nullptr) {
            // The device's own record decides; the file only helps to ask for the right kind of key next time.
            if (const auto kept = m_plan.ownKeys->remember(m_plan.keyStoreHost, m_plan.keyStorePort, *key); !kept)
                log::error("ssh.host_key", kept.error());
        }
        return {};
    }

    Result<void> logIn()
    {
        const auto used = Authenticator(m_session.get(), m_plan, m_talk).run();
        if (!used)
            return fail(used.error());
        m_outcome.authUsed = *used;
        return {};
    }

    ConnectPlan m_plan;
    ConnectTalk &m_talk;
    const Clock &m_clock;
    const MonotonicTime m_deadline;
    AddressList m_addresses;
    UniqueFd m_socket;
    SessionHandle m_session;
    QList<KnownHosts> m_files;
    std::optional<Error> m_trustError;
    ConnectOutcome m_outcome;
};

} // namespace

ConnectOutcome connectNow(ConnectPlan plan, ConnectTalk &talk, const Clock &clock, Random &random)
{
    return ConnectJob(std::move(plan), talk, clock).run(random);
}

} // namespace infra::ssh
