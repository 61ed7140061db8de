// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/runner.h"

#include "app/common/read_secret.h"
#include "app/ctl/render.h"
#include "core/base/logging.h"
#include "core/engine/control/control_reply.h"
#include "core/model/error_json.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>

#include <cstdio>

namespace infra::ctl {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr milliseconds kBusyPatience{10'000};
constexpr milliseconds kRetry{100};
constexpr milliseconds kAnswer{300'000};

void put(FILE *to, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), to);
    std::fflush(to);
}

} // namespace

Runner::Runner(QStringList arguments)
    : m_arguments(std::move(arguments))
    , m_timers(m_clock)
{
}

Runner::~Runner() = default;

std::optional<int> Runner::begin()
{
    Result<ParsedCommandLine> parsed = parseCommandLine(m_arguments);
    if (!parsed) {
        m_line.global.json = m_arguments.contains(u"--json"_s);
        return printError(parsed.error());
    }
    m_line = std::move(*parsed);
    const GlobalOptions &global = m_line.global;
    if (global.version) {
        put(stdout, u"infrastructorctl "_s + QCoreApplication::applicationVersion() + u'\n');
        return 0;
    }
    if (global.help || m_line.command == nullptr) {
        put(global.help ? stdout : stderr, m_line.command != nullptr
                                               ? m_line.command->usage() + u"\n  "_s + m_line.command->help + u'\n'
                                               : helpText());
        return global.help ? 0 : 2;
    }
    const app::Profile asked(!global.profile.isEmpty() ? global.profile
                             : global.demo             ? app::Profile::demoFolder()
                                                       : app::Profile::defaultFolder());
    if (Result<void> created = asked.create(); !created)
        return printError(created.error());
    // A second look, now that the folder is there: its canonical path names the socket.
    m_profile.emplace(asked.folder());
    m_request.command = m_line.command->command();
    m_request.args = m_line.args;
    m_request.actor = app::osActor();
    if (Result<void> read = readSecrets(); !read)
        return printError(read.error());
    m_giveUp = m_clock.monotonic() + kBusyPatience;
    m_retry = m_timers.after(milliseconds(0), [this] { attempt(); });
    return std::nullopt;
}

Result<void> Runner::readSecrets()
{
    for (const auto &[name, descriptor] : m_line.secretDescriptors) {
        Result<SecretBytes> secret = app::readSecret(descriptor);
        if (!secret)
            return fail(secret.error());
        m_request.secrets.insert_or_assign(name, std::move(*secret));
    }
    if (m_line.global.secretsDescriptor) {
        Result<SecretBytes> secret = app::readSecret(*m_line.global.secretsDescriptor);
        if (!secret)
            return fail(secret.error());
        m_secretsPassphrase = std::move(*secret);
    }
    return {};
}

void Runner::attempt()
{
    Result<std::unique_ptr<app::ProfileLock>> lock =
        app::ProfileLock::take(m_profile->lockFile(), app::OwnerKind::CommandLine);
    if (lock) {
        m_lock = std::move(*lock);
        work();
        return;
    }
    if (lock.error().code != ErrorCode::Busy) {
        QCoreApplication::exit(printError(lock.error()));
        return;
    }
    const std::optional<app::OwnerInfo> owner = app::ProfileLock::owner(m_profile->lockFile());
    if (owner && owner->kind != app::OwnerKind::CommandLine) {
        askOwner();
        return;
    }
    if (m_clock.monotonic() >= m_giveUp) {
        QCoreApplication::exit(printError(lock.error()));
        return;
    }
    m_retry = m_timers.after(kRetry, [this] { attempt(); });
}

void Runner::askOwner()
{
    const Result<QString> socket = m_profile->ownerSocket();
    if (!socket) {
        QCoreApplication::exit(printError(socket.error()));
        return;
    }
    m_client = std::make_unique<app::ControlClient>(m_timers);
    m_client->ask(*socket, m_request, kAnswer, [this](const Result<engine::ControlReply> &reply) {
        if (reply) {
            QCoreApplication::exit(print(*reply));
            return;
        }
        // The owner is starting or just ended: look again.
        if (reply.error().code == ErrorCode::Busy && m_clock.monotonic() < m_giveUp) {
            m_retry = m_timers.after(kRetry, [this] { attempt(); });
            return;
        }
        QCoreApplication::exit(printError(reply.error()));
    });
}

void Runner::work()
{
    if (Result<void> logging = log::start({m_profile->logFolder(), false}); !logging)
        put(stderr, u"infrastructorctl: "_s + logging.error().message + u'\n');
    Result<std::unique_ptr<app::Services>> services =
        app::Services::open(*m_profile, {false, false, std::move(m_secretsPassphrase)});
    if (!services) {
        QCoreApplication::exit(printError(services.error()));
        return;
    }
    m_services = std::move(*services);
    m_services->start().then(this, [this](const Result<void> &started) {
        if (!started) {
            finish(engine::failReply(started.error()));
            return;
        }
        m_services->control().handle(std::move(m_request)).then(this, [this](const engine::ControlReply &reply) {
            finish(reply);
        });
    });
}

void Runner::finish(const engine::ControlReply &reply)
{
    m_services->stop().then(this, [this, reply] {
        m_services.reset();
        m_lock.reset();
        log::stop();
        QCoreApplication::exit(print(reply));
    });
}

int Runner::print(const engine::ControlReply &reply) const
{
    if (m_line.global.json) {
        put(stdout, QString::fromUtf8(QJsonDocument(reply.body).toJson(QJsonDocument::Compact)) + u'\n');
        return reply.exitCode;
    }
    const QString text = renderBody(m_line.command != nullptr ? m_line.command->command() : QString(), reply.body);
    if (!text.isEmpty())
        put(stdout, text);
    if (reply.body.contains("error"_L1))
        put(stderr, renderError(reply.body.value("error"_L1).toObject()));
    return reply.exitCode;
}

int Runner::printError(const Error &error) const
{
    return print(engine::failReply(error));
}

} // namespace infra::ctl
