// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/worker_pool.h"
#include "core/collect/courier.h"
#include "core/engine/engine.h"
#include "core/engine/fleet_client.h"
#include "core/engine/prompt_desk.h"
#include "core/engine/secret_overlay.h"

#include <QtCore/QPointer>
#include <QtCore/QPromise>

namespace infra::engine {

/// The window's side of the engine: values in, futures and signals out, all on the thread that made it (the GUI
/// thread); the engine's side runs on the engine's own. Call `close` before the engine's services go: what is open then
/// ends with Canceled.
class EngineClient final : public FleetClient
{
    Q_OBJECT
public:
    /// Used on the engine thread, but for `settings` (values), `registry` and the texts.
    struct Parts
    {
        Engine &engine;
        DeviceService &devices;
        store::Store &store;
        SettingsStore &settings;
        ssh::SshTransport &transport;
        SecretOverlay &secrets;
        PromptDesk &prompts;
        const commands::CommandRegistry &registry;
        WorkerPool &workers;
        const Clock &clock;
        Random &random;
        QList<SettingKey> declared;
        QString actor; ///< "os:alice"
        QString logFolder, profileFolder;
    };
    explicit EngineClient(Parts parts);
    ~EngineClient() override;

    void close();

    QList<DeviceRow> devices() const override;
    FleetStatus status() const override { return m_status; }
    std::shared_ptr<void> watchDetails(const DeviceId &device) override;
    std::optional<DeviceDetails> details(const DeviceId &device) const override;
    std::shared_ptr<void> watchLive(const DeviceId &device) override;

    QFuture<Result<HistoryResult>> history(HistoryQuery query, CancelToken cancel) override;
    QFuture<Result<AuditPage>> audit(AuditQuery query, CancelToken cancel) override;
    QFuture<Result<store::StoreStatus>> storeStatus() override;
    QFuture<Result<QList<SshConfigHost>>> sshConfigHosts() override;
    QString commandsShown(const DeviceId &device) const override;
    QString sudoersLines(const DeviceId &device) const override;
    SettingsStore &settings() override { return m_parts.settings; }
    QString logFolder() const override { return m_parts.logFolder; }
    QString profileFolder() const override { return m_parts.profileFolder; }

    QFuture<Result<Device>> addDevice(Device device, DeviceSecrets secrets) override;
    QFuture<Result<Device>> editDevice(Device device, DeviceSecrets secrets) override;
    QFuture<Result<void>> removeDevice(DeviceId device, bool withHistory) override;
    QFuture<Result<void>> undoRemove(DeviceId device) override;
    QFuture<ssh::ConnectionReport> testDevice(Device device, DeviceSecrets secrets, CancelToken cancel) override;
    QFuture<Result<void>> acceptHostKey(DeviceId device, QString fingerprint) override;
    QFuture<collect::CollectResult> readNow(DeviceId device, QList<Kind> kinds) override;
    void readAllNow() override;
    void setCollecting(bool on) override;
    void setPaused(const QList<DeviceId> &devices, bool paused) override;
    QFuture<Result<void>> setSetting(QString name, QJsonValue value) override;
    QFuture<Result<void>> unlockSecrets(SecretBytes passphrase) override;
    void answerPrompt(quint64 id, std::optional<QByteArray> answer) override;
    QFuture<Result<void>> connectInteractively(DeviceId device) override;

private:
    using Job = std::function<void()>;
    /// Lives on the engine thread: what the window holds there.
    struct EngineSide
    {
        QHash<quint64, std::shared_ptr<void>> tokens;
    };
    /// Runs `work` on the engine thread; its result finishes the future here. `canceled` is the answer when the engine
    /// is gone.
    template <typename T>
    QFuture<T> ask(std::function<QFuture<T>()> work, T canceled);
    void follow();
    std::shared_ptr<void> hold(std::function<std::shared_ptr<void>()> take, std::function<void()> released);
    void applyRows(const QList<DeviceRow> &changed, const QList<DeviceId> &removed);
    commands::HostFacts factsOf(const DeviceRow &row) const;
    Actor actor() const { return {AuditSource::Ui, m_parts.actor, {}}; }

    Parts m_parts;
    QHash<DeviceId, DeviceRow> m_rows;
    QHash<DeviceId, DeviceDetails> m_details;
    QHash<DeviceId, int> m_watched;
    FleetStatus m_status;
    QHash<quint64, Job> m_pending; ///< how each open future is given up
    quint64 m_next = 1;
    std::shared_ptr<EngineSide> m_engineSide = std::make_shared<EngineSide>();
    collect::Courier<Job> m_toGui;
    collect::Courier<Job> m_toEngine;
};

} // namespace infra::engine
