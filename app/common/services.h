// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/control_server.h"
#include "app/common/profile.h"
#include "core/base/clock.h"
#include "core/base/worker_pool.h"
#include "core/engine/engine.h"
#include "core/engine/prompt_desk.h"
#include "core/engine/secret_overlay.h"
#include "core/schema/schema_catalogue.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

namespace infra::app {

struct ServicesOptions
{
    bool scheduling = true;        ///< false: a command line in its own process
    bool listening = true;         ///< answers infrastructorctl on the local socket
    SecretBytes secretsPassphrase; ///< opens the sealed file at start; empty: none
};

/// The composition root of the core: builds every service of one profile on the thread that becomes the engine thread,
/// wires them, and starts and stops them in order. Whoever makes it holds the profile's lock.
class Services : public QObject
{
    Q_OBJECT
public:
    /// Opens settings and store; blocks, so call it before the thread's event loop. Errors: those of the store,
    /// FileUnwritable.
    static Result<std::unique_ptr<Services>> open(const Profile &profile, ServicesOptions options);
    ~Services() override;

    /// Loads the devices, starts the engine, listens. The future finishes when the first read model is there.
    QFuture<Result<void>> start();
    /// Listener → engine → transport → writer and checkpoint → secrets. Finishes within a few seconds.
    QFuture<void> stop();

    const Profile &profile() const { return m_profile; }
    const Clock &clock() const { return m_clock; }
    TimerService &timers() { return *m_timers; }
    Random &random() { return m_random; }
    WorkerPool &workers() { return m_workers; }
    SettingsStore &settings() { return *m_settings; }
    store::Store &store() { return m_store; }
    ssh::SshTransport &transport() { return *m_transport; }
    engine::SecretOverlay &secrets() { return *m_overlay; }
    engine::PromptDesk &prompts() { return *m_prompts; }
    const commands::CommandRegistry &registry() const { return m_registry; }
    engine::DeviceService &devices() { return *m_devices; }
    engine::Engine &engine() { return *m_engine; }
    engine::ControlService &control() { return *m_control; }

signals:
    void raiseRequested();

private:
    Services(const Profile &profile, ServicesOptions options);
    Result<void> build();
    void openSettings();
    Result<void> buildServices();
    void buildTransport();
    QList<engine::DoctorCheck> installationChecks() const;
    Result<void> listen();
    Result<void> writeEndpoint();

    const Profile m_profile;
    ServicesOptions m_options;
    SystemClock m_clock;
    SystemRandom m_random;
    WorkerPool m_workers;
    std::optional<schema::SchemaCatalogue> m_schemas;
    std::optional<Error> m_settingsFile; ///< what is wrong with it as a whole
    commands::CommandRegistry m_registry;
    std::unique_ptr<TimerService> m_timers;
    std::unique_ptr<SettingsStore> m_settings;
    store::Store m_store;
    std::unique_ptr<secrets::SecretStore> m_secrets;
    std::unique_ptr<engine::SecretOverlay> m_overlay;
    std::unique_ptr<engine::PromptDesk> m_prompts;
    std::unique_ptr<guard::DestructiveActionManager> m_gate;
    std::unique_ptr<engine::DeviceService> m_devices;
    struct TransportParts;
    std::unique_ptr<TransportParts> m_transportParts;
    ssh::SshTransport *m_transport = nullptr;
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<engine::ControlService> m_control;
    std::unique_ptr<ControlServer> m_server;
};

} // namespace infra::app
