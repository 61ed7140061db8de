// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/connect_attempt.h"

#include "core/ssh/libssh/connect_job.h"

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

ConnectAttempt::ConnectAttempt(quint64 id, Device device, Purpose purpose, bool wantSudo,
                               const ConnectServices &services, std::function<void(AttemptResult)> done)
    : m_device(std::move(device))
    , m_purpose(purpose)
    , m_wantSudo(wantSudo)
    , m_services(services)
    , m_done(std::move(done))
    , m_talk(std::make_shared<ConnectTalk>(id, [post = services.post, id](ConnectQuestion question) {
        post(ConnectAsked{id, std::move(question)});
    }))
{
}

ConnectAttempt::~ConnectAttempt()
{
    m_promptCancel.cancel();
    m_talk->stop(ErrorCode::Canceled);
}

void ConnectAttempt::start()
{
    const LibsshParams &params = m_services.params;
    const auto target = resolveTarget(m_device, m_services.isHop(m_device.id), OpensshConfig(params.openssh),
                                      {params.agentSocket, params.trustFiles});
    if (!target) {
        failEarly(ConnectStep::Dns, target.error());
        return;
    }
    m_target = *target;
    if (m_device.jump)
        m_result.jump = m_device.jump;
    else if (!m_target.jumps.isEmpty())
        m_result.jump = m_services.hopDevice(m_target.jumps);
    readSecrets();
}

void ConnectAttempt::readSecrets()
{
    const bool password =
        m_target.auth.contains(AuthMethod::Password) || m_target.auth.contains(AuthMethod::KeyboardInteractive);
    const bool passphrase = m_target.auth.contains(AuthMethod::KeyFile) && m_device.keyHasPassphrase;
    const bool sudo = m_wantSudo && m_device.sudo == SudoMode::Password;
    m_secretsMissing = 1 + (password ? 1 : 0) + (passphrase ? 1 : 0) + (sudo ? 1 : 0);
    const auto read = [this](const QString &name, std::optional<SecretBytes> &into) {
        m_services.params.secrets.read(name, [self = QPointer(this), &into](Result<SecretBytes> result) {
            if (self)
                self->secretRead(into, std::move(result));
        });
    };
    if (password)
        read(secrets::loginPasswordName(m_device.id), m_plan.password);
    if (passphrase)
        read(secrets::keyPassphraseName(m_device.id), m_plan.passphrase);
    if (sudo)
        read(secrets::sudoPasswordName(m_device.id), m_result.sudoPassword);
    if (--m_secretsMissing == 0)
        openLine();
}

void ConnectAttempt::secretRead(std::optional<SecretBytes> &into, Result<SecretBytes> read)
{
    if (read) {
        into = *std::move(read);
    } else if (read.error().code != ErrorCode::SecretNotFound) {
        m_plan.secretError = read.error();
    } else if (m_services.params.secrets.state() == secrets::StoreState::Locked) {
        // A locked keyring reads as "no such entry".
        m_plan.secretError = Error{ErrorCode::SecretsLocked, u"the secrets of %1 are locked"_s.arg(m_device.name)};
    }
    if (--m_secretsMissing == 0)
        openLine();
}

void ConnectAttempt::openLine()
{
    if (m_stopped) {
        failEarly(ConnectStep::Dns, Error{*m_stopped, u"stopped before connecting"_s});
        return;
    }
    if (!m_result.jump) {
        postJob();
        return;
    }
    m_services.tunnel(*m_result.jump, m_target, isForeground(), [self = QPointer(this)](Result<UniqueFd> end) {
        if (!self || self->m_ended)
            return;
        if (!end) {
            StepReport dns;
            dns.ok = true;
            self->m_result.outcome.report.steps.append(dns);
            self->failEarly(ConnectStep::Tcp, end.error());
            return;
        }
        self->m_plan.through = *std::move(end);
        self->postJob();
    });
}

void ConnectAttempt::postJob()
{
    const LibsshParams &params = m_services.params;
    m_plan.device = m_device;
    m_plan.host = m_target.host;
    m_plan.port = m_target.port;
    m_plan.user = m_target.user;
    m_plan.hostKeyName = knownHostsName(m_target.keyHost, m_target.keyPort);
    m_plan.keyStoreHost = m_target.keyHost;
    m_plan.keyStorePort = m_target.keyPort;
    m_plan.trustFiles = m_target.trustFiles;
    m_plan.ownKeys = &params.ownKeys;
    m_plan.auth = m_target.auth;
    m_plan.keyFiles = m_target.keyFiles;
    m_plan.onlyTheseKeys = m_target.onlyTheseKeys;
    m_plan.agentSocket = m_target.agentSocket;
    m_plan.agentDeadline = params.agentDeadline;
    m_plan.foreground = isForeground() && params.prompts != nullptr;
    m_plan.timeout = params.connectTimeout;
    m_plan.tcpUserTimeout = params.tcpUserTimeout;
    m_posted = true;
    // Jobs are copyable functions: the plan, which is not, goes into a box.
    auto plan = std::make_shared<ConnectPlan>(std::move(m_plan));
    const QString address = m_result.jump ? m_result.jump->toString() + u'>' + m_target.host : m_target.host;
    m_services.pool.post(address,
                         [plan, talk = m_talk, post = m_services.post, &clock = params.clock, &random = params.random] {
                             post(ConnectStarted{talk->id()});
                             ConnectOutcome outcome = connectNow(std::move(*plan), *talk, clock, random);
                             post(ConnectFinished{talk->id(), std::move(outcome)});
                         });
}

void ConnectAttempt::started()
{
    armDeadline();
}

void ConnectAttempt::armDeadline()
{
    m_deadline = m_services.params.timers.after(m_services.params.connectTimeout,
                                                [talk = m_talk] { talk->stop(ErrorCode::ConnectTimeout); });
}

void ConnectAttempt::stop(ErrorCode reason)
{
    m_stopped = m_stopped.value_or(reason);
    m_promptCancel.cancel();
    m_talk->stop(reason);
    if (!m_posted && m_secretsMissing == 0 && !m_ended) // waits for a line through a jump
        failEarly(ConnectStep::Tcp, Error{reason, u"stopped before connecting"_s});
}

void ConnectAttempt::asked(const ConnectQuestion &question)
{
    if (const auto *owner = std::get_if<OwnerQuestion>(&question)) {
        m_talk->answer(OwnerAnswer{m_services.params.devices.ownerOfHostKey(owner->fingerprint, m_device.id)});
        return;
    }
    const auto *person = std::get_if<PersonQuestion>(&question);
    PromptBroker *prompts = m_services.params.prompts;
    if (person == nullptr || prompts == nullptr || m_stopped) {
        m_talk->answer(PersonAnswer{});
        return;
    }
    m_asking = true;
    m_deadline.cancel(); // a person takes the time it takes
    PromptBroker::Prompt prompt{m_device.id, person->title, person->instruction, person->text, person->echo};
    prompts->ask(std::move(prompt), m_promptCancel)
        .then(this,
              [this](std::optional<QByteArray> answer) {
                  m_asking = false;
                  armDeadline();
                  PersonAnswer given;
                  if (answer) {
                      given.text = SecretBytes(*answer);
                      wipe(*answer);
                  }
                  m_talk->answer(std::move(given));
              })
        .onCanceled(this, [this] {
            m_asking = false;
            armDeadline();
            m_talk->answer(PersonAnswer{});
        });
}

void ConnectAttempt::finished(ConnectOutcome outcome)
{
    m_result.outcome = std::move(outcome);
    end();
}

void ConnectAttempt::failEarly(ConnectStep step, const Error &error)
{
    StepReport report;
    report.step = step;
    report.error = error;
    m_result.outcome.report.steps.append(report);
    m_result.outcome.error = error;
    end();
}

void ConnectAttempt::end()
{
    if (m_ended)
        return;
    m_ended = true;
    m_deadline.cancel();
    // Later, so that whoever started this has returned.
    QMetaObject::invokeMethod(
        this, [this] { m_done(std::move(m_result)); }, Qt::QueuedConnection);
}

} // namespace infra::ssh
