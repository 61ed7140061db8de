// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/services.h"

#include "app/common/transport_parts.h"
#include "core/base/logging.h"
#include "core/engine/setting_keys.h"
#include "core/engine/ssh_config_list.h"
#include "core/secrets/make_secret_store.h"
#include "core/store/sql/sqlite_store.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QSaveFile>
#include <QtCore/QSysInfo>

// Resources of a static library are registered by name, outside any namespace.
static void registerAppResources()
{
    Q_INIT_RESOURCE(infra_app);
}

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kWorkers = 2;
constexpr qsizetype kLargestSettings = 1024 * 1024;

QByteArray starterRules()
{
    registerAppResources();
    QFile file(u":/infra/rules/starter.json"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

log::Level levelOf(const QString &word)
{
    if (word == "debug"_L1)
        return log::Level::Debug;
    if (word == "warning"_L1)
        return log::Level::Warning;
    return word == "error"_L1 ? log::Level::Error : log::Level::Info;
}

} // namespace

Services::Services(const Profile &profile, ServicesOptions options)
    : m_profile(profile)
    , m_options(std::move(options))
    , m_workers(kWorkers)
{
}

Services::~Services() = default;

Result<std::unique_ptr<Services>> Services::open(const Profile &profile, ServicesOptions options)
{
    std::unique_ptr<Services> services(new Services(profile, std::move(options)));
    if (Result<void> built = services->build(); !built)
        return fail(built.error());
    return services;
}

Result<void> Services::build()
{
    m_timers = std::make_unique<EventLoopTimerService>(m_clock);
    Result<schema::SchemaCatalogue> schemas = schema::SchemaCatalogue::load();
    if (!schemas)
        return fail(schemas.error());
    m_schemas.emplace(std::move(*schemas));
    openSettings();
    return buildServices();
}

void Services::openSettings()
{
    // Each value's own rule is the settings' business; the shape of the whole is looked at before anything reads it.
    const auto look = [this](const QByteArray &bytes) {
        const Result<QJsonValue> read = m_schemas->parse(u"settings", bytes, {kLargestSettings, 8});
        if (read)
            return;
        m_settingsFile = read.error();
        log::warning("settings", u"%1: %2"_s.arg(m_profile.settings(), read.error().message));
    };
    m_settings = openSettingsFile(m_profile.settings(), engine::keys::declaredSettings(), look);
    log::setLevel(levelOf(m_settings->string(engine::keys::logLevel)));
    connect(m_settings.get(), &SettingsStore::changed, this, [this](const QString &name) {
        if (name == QLatin1StringView(engine::keys::logLevel.name))
            log::setLevel(levelOf(m_settings->string(engine::keys::logLevel)));
    });
}

Result<void> Services::buildServices()
{
    Result<store::Store> store =
        store::sql::openSqliteStore({m_profile.database(), u":/migrations/sqlite"_s, m_settings.get()}, m_clock);
    if (!store)
        return fail(store.error());
    m_store = std::move(*store);

    const QString name = QString::fromLatin1(
        QCryptographicHash::hash(m_profile.folder().toUtf8(), QCryptographicHash::Sha256).toHex().left(16));
    m_secrets = secrets::makeSecretStore(m_profile.folder(), name, *m_timers, m_random, secrets::Probe::WhenNeeded);
    m_overlay = std::make_unique<engine::SecretOverlay>(*m_secrets);
    m_prompts = std::make_unique<engine::PromptDesk>(*m_timers);
    m_gate = std::make_unique<guard::DestructiveActionManager>(m_registry, m_clock, m_random);
    m_devices = std::make_unique<engine::DeviceService>(
        engine::DeviceService::Parts{m_clock, *m_timers, m_random, m_store, *m_secrets, QSysInfo::machineHostName()});
    buildTransport();
    m_engine = std::make_unique<engine::Engine>(
        engine::EngineParts{m_clock, *m_timers, m_random, m_workers, *m_settings, m_store, *m_transport, *m_overlay,
                            m_registry, *m_gate, *m_devices, starterRules(), m_options.scheduling});
    m_control = std::make_unique<engine::ControlService>(engine::ControlService::Parts{
        m_clock, m_random, *m_engine, *m_devices, *m_settings, m_store, *m_secrets, *m_transport, m_registry,
        *m_schemas, [this] { return installationChecks(); },
        [this](const QString &file) {
            return engine::listSshConfig(file.isEmpty() ? m_settings->string(engine::keys::sshConfigFile) : file)
                .map([this](QList<engine::SshConfigHost> hosts) {
                    engine::markAdded(hosts, m_devices->all());
                    return hosts;
                });
        }});
    if (m_options.listening) {
        m_server = std::make_unique<ControlServer>(*m_control, *m_schemas, osActor());
        connect(m_server.get(), &ControlServer::raiseRequested, this, &Services::raiseRequested);
    }
    return {};
}

void Services::buildTransport()
{
    m_transportParts = std::make_unique<TransportParts>(m_profile, m_clock, *m_timers, m_random, *m_devices, *m_overlay,
                                                        *m_prompts, *m_settings);
    m_transport = &m_transportParts->transport();
}

QFuture<Result<void>> Services::start()
{
    if (!m_options.secretsPassphrase.isEmpty()) {
        m_secrets->unlock(std::move(m_options.secretsPassphrase), [this](const Result<void> &done) {
            if (!done)
                emit m_engine->noticed(done.error());
        });
    }
    return m_devices->load()
        .then(this,
              [this](const Result<void> &loaded) -> QFuture<Result<void>> {
                  if (!loaded)
                      return QtFuture::makeReadyFuture(loaded);
                  m_engine->start();
                  // The engine asked the reader for what was kept; this question stands behind it, so that nobody is
                  // answered before the cache is warm.
                  return m_store.reader->devices().then(this,
                                                        [this](const Result<QList<Device>> &) { return listen(); });
              })
        .unwrap();
}

Result<void> Services::listen()
{
    if (!m_server)
        return {};
    const Result<QString> socket = m_profile.socket();
    if (!socket)
        return fail(socket.error());
    if (Result<void> listening = m_server->listen(*socket); !listening)
        return listening;
    return writeEndpoint();
}

QFuture<void> Services::stop()
{
    if (m_server) {
        m_server->close();
        QFile::remove(m_profile.endpoint());
    }
    m_prompts->close();
    return m_engine->stop()
        .then(this, [this] { return m_transport->shutdown(); })
        .unwrap()
        .then(this, [this] { return m_store.writer->flush(); })
        .unwrap()
        .then(this, [](const Result<void> &flushed) {
            if (!flushed)
                log::error("services", flushed.error());
        });
}

Result<void> Services::writeEndpoint()
{
    const Result<QString> socket = m_profile.socket();
    QSaveFile file(m_profile.endpoint());
    const QJsonObject endpoint{{u"url"_s, QJsonValue()},
                               {u"pid"_s, QCoreApplication::applicationPid()},
                               {u"version"_s, QCoreApplication::applicationVersion()},
                               {u"socket"_s, socket.value_or(QString())}};
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
        file.write(QJsonDocument(endpoint).toJson()) < 0 || !file.commit())
        return fail(ErrorCode::FileUnwritable,
                    u"%1 cannot be written: %2."_s.arg(m_profile.endpoint(), file.errorString()));
    return {};
}

} // namespace infra::app
