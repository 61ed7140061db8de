// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/base/settings.h"
#include "core/base/timer_service.h"
#include "core/base/worker_pool.h"
#include "core/collect/collection_service.h"
#include "core/engine/device_service.h"
#include "core/engine/fleet_model.h"
#include "core/guard/destructive_action_manager.h"
#include "core/secrets/secret_store.h"
#include "core/ssh/transport.h"
#include "core/store/repositories.h"

#include <QtCore/QObject>

#include <memory>

namespace infra::engine {

/// What the composition root gives the engine; all live longer than it.
struct EngineParts
{
    const Clock &clock;
    TimerService &timers;
    Random &random;
    WorkerPool &workers; ///< parsing
    SettingsStore &settings;
    store::Store &store;
    ssh::SshTransport &transport;
    secrets::SecretStore &secrets;
    const commands::CommandRegistry &registry;
    guard::DestructiveActionManager &gate;
    DeviceService &devices;
    QByteArray rulesJson;   ///< resources/rules/starter.json
    bool scheduling = true; ///< false: a command line that works in its own process; nothing is read by itself
};

/// The services of the engine thread, started and stopped in order: cache warm-up, collection, scheduler, rules, read
/// model. Engine thread.
class Engine : public QObject
{
    Q_OBJECT
public:
    explicit Engine(EngineParts parts);
    ~Engine() override;

    void start();
    /// Scheduler off, streams and requests ended ("outcome unknown" where one was in flight), cache metadata written.
    /// Then finishes.
    QFuture<void> stop();

    collect::UnifiedDataCollectionService &collection();
    void setCollecting(bool on);
    bool isCollecting() const;
    /// Reads a device every watched interval while a token lives.
    std::shared_ptr<void> watchLive(const DeviceId &device);
    /// `detailsChanged` comes for this device (null id: for every device) while a token lives.
    std::shared_ptr<void> watchDetails(const DeviceId &device);
    /// Reads every device that is not paused, spread over some seconds, for a person. A row in the audit each.
    void readAll(const Actor &actor);
    /// An act that is no device's own ("settings.set"): written to the audit.
    void auditAct(const Actor &actor, const QString &operation, const std::optional<DeviceId> &device,
                  const QString &detail, const std::optional<Error> &error);

    // read model, engine thread; `EngineClient` carries it to the window
    QList<DeviceRow> rows() const;
    std::optional<DeviceRow> row(const DeviceId &device) const;
    std::optional<DeviceDetails> details(const DeviceId &device) const;
    FleetStatus status() const;
    /// Newest hour of labelled and wide series from memory, in history's form ("metrics" without --from: the newest
    /// value).
    HistoryResult liveHistory(const HistoryQuery &query) const;

signals:
    /// At most every 200 ms.
    void rowsChanged(QList<infra::engine::DeviceRow> changed, QList<infra::DeviceId> removed);
    void detailsChanged(infra::engine::DeviceDetails details);
    void statusChanged(infra::engine::FleetStatus status);
    void noticed(infra::Error error);

private:
    void warmUp();
    void beginScheduling();
    void connectParts();
    void everyMinute();
    void updateStatus();
    void applySettings(const QString &name);

    struct Private;
    std::unique_ptr<Private> d;
};

/// A device in the contract's shape with its runtime keys (state, error).
QJsonObject deviceJson(const DeviceRow &row);

} // namespace infra::engine
