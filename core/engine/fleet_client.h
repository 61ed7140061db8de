// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/settings.h"
#include "core/collect/collection_service.h"
#include "core/engine/device_service.h"
#include "core/engine/fleet_model.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

namespace infra::engine {

/// All that the window knows of the core: values in, futures and signals out, on the GUI thread. Nothing here waits on
/// network, disk or database. The real one (`EngineClient`) speaks to the engine thread by mailboxes; tests give the
/// window a fake with a fleet.
class FleetClient : public QObject
{
    Q_OBJECT
public:
    // read model (last values received; also told by the signals below)
    virtual QList<DeviceRow> devices() const = 0;
    virtual FleetStatus status() const = 0;
    /// Keeps `detailsChanged` coming for a device (every device with a null id: the lists across devices) until the
    /// token goes.
    virtual std::shared_ptr<void> watchDetails(const DeviceId &device) = 0;
    virtual std::optional<DeviceDetails> details(const DeviceId &device) const = 0;
    /// A watched page's device is read every 10 s instead of 60.
    virtual std::shared_ptr<void> watchLive(const DeviceId &device) = 0;

    // questions
    virtual QFuture<Result<HistoryResult>> history(HistoryQuery query, CancelToken cancel) = 0;
    virtual QFuture<Result<AuditPage>> audit(AuditQuery query, CancelToken cancel) = 0;
    virtual QFuture<Result<store::StoreStatus>> storeStatus() = 0;
    virtual QFuture<Result<QList<SshConfigHost>>> sshConfigHosts() = 0;
    virtual QString commandsShown(const DeviceId &device) const = 0; ///< "Show the commands that run here"
    virtual QString sudoersLines(const DeviceId &device) const = 0;
    virtual SettingsStore &settings() = 0; ///< written through `setSetting` only
    virtual QString logFolder() const = 0;
    virtual QString profileFolder() const = 0;

    // acts; each leaves a row in the audit
    virtual QFuture<Result<Device>> addDevice(Device device, DeviceSecrets secrets) = 0;
    virtual QFuture<Result<Device>> editDevice(Device device, DeviceSecrets secrets) = 0;
    virtual QFuture<Result<void>> removeDevice(DeviceId device, bool withHistory) = 0;
    /// Within the undo time of a removal: the device comes back as it was.
    virtual QFuture<Result<void>> undoRemove(DeviceId device) = 0;
    virtual QFuture<ssh::ConnectionReport> testDevice(Device device, DeviceSecrets secrets, CancelToken cancel) = 0;
    /// The flow for a reinstalled machine: the person compared both fingerprints and takes the new one.
    virtual QFuture<Result<void>> acceptHostKey(DeviceId device, QString fingerprint) = 0;
    virtual QFuture<collect::CollectResult> readNow(DeviceId device, QList<Kind> kinds) = 0;
    virtual void readAllNow() = 0;
    virtual void setCollecting(bool on) = 0;
    virtual void setPaused(const QList<DeviceId> &devices, bool paused) = 0;
    virtual QFuture<Result<void>> setSetting(QString name, QJsonValue value) = 0;
    virtual QFuture<Result<void>> unlockSecrets(SecretBytes passphrase) = 0;
    virtual void answerPrompt(quint64 id, std::optional<QByteArray> answer) = 0;
    /// A person came to a device that needs one: connects in the foreground.
    virtual QFuture<Result<void>> connectInteractively(DeviceId device) = 0;

signals:
    void devicesChanged(QList<infra::engine::DeviceRow> changed, QList<infra::DeviceId> removed);
    void statusChanged(infra::engine::FleetStatus status);
    void detailsChanged(infra::engine::DeviceDetails details);
    void audited(infra::AuditEntry entry);
    void promptRequested(infra::engine::PromptRequest request);
    /// Something went wrong in the background that a person should know (store full, settings problem).
    void noticed(infra::Error error);
};

} // namespace infra::engine
