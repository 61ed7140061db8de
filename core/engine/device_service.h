// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/base/timer_service.h"
#include "core/engine/fleet_model.h"
#include "core/events/event_bus.h"
#include "core/secrets/secret_store.h"
#include "core/ssh/transport.h"
#include "core/store/repositories.h"

#include <QtCore/QFuture>
#include <QtCore/QHash>
#include <QtCore/QObject>

#include <deque>

namespace infra::engine {

/// Who asks, for the audit.
struct Actor
{
    AuditSource source = AuditSource::Ui;
    QString name; ///< "os:alice"
    CorrelationId correlation;
};

/// Secrets that come with adding or editing a device; empty: unchanged.
struct DeviceSecrets
{
    std::optional<SecretBytes> loginPassword, keyPassphrase, sudoPassword;
};

/// The machines of the profile: loaded at start ("this computer" is made there), changed with validation, audit and
/// undo. Secrets go to the SecretStore before the device is saved; a locked store makes `add` and `edit` fail with
/// SecretsLocked and change nothing. Engine thread.
class DeviceService : public QObject, public ssh::DeviceDirectory
{
    Q_OBJECT
public:
    struct Parts
    {
        const Clock &clock;
        TimerService &timers;
        Random &random;
        store::Store &store;
        secrets::SecretStore &secrets;
        QString localHostName;
    };
    explicit DeviceService(Parts parts);

    /// Reads the stored devices; adds "this computer" where it is missing.
    QFuture<Result<void>> load();

    QList<Device> all() const; ///< by name
    std::optional<Device> device(const DeviceId &id) const override;
    /// As it will be when the store has it: with an edit that is still being saved.
    std::optional<Device> latest(const DeviceId &id) const;
    /// By id, else by name without regard to case: what a person types.
    std::optional<Device> find(const QString &idOrName) const;
    std::optional<DeviceId> ownerOfHostKey(const QString &fingerprint, const DeviceId &except) const override;

    QFuture<Result<Device>> add(Device device, DeviceSecrets secrets, Actor actor);
    QFuture<Result<Device>> edit(Device device, DeviceSecrets secrets, Actor actor);
    /// Kept for 60 s for `undoRemove`; then secrets (and history, if asked) go.
    QFuture<Result<void>> remove(DeviceId device, bool withHistory, Actor actor);
    QFuture<Result<void>> undoRemove(DeviceId device, Actor actor);
    /// The program ends: what was removed and could still be undone goes now.
    void finishRemovals();
    QFuture<Result<void>> acceptHostKey(DeviceId device, QString fingerprint, Actor actor);
    /// What collection learned; not audited. Type only while it is not set by a person.
    void noteDetected(const DeviceId &device, DeviceType type, const QStringList &capabilities);
    void noteSeen(const DeviceId &device, Instant at);

signals:
    void deviceAdded(infra::Device device);
    void deviceChanged(infra::Device device);
    void deviceRemoved(infra::DeviceId device);

private:
    Result<void> checkUnique(const Device &device) const;
    QFuture<Result<void>> storeSecrets(const DeviceId &device, DeviceSecrets secrets);
    QFuture<Result<Device>> save(const Device &device, DeviceSecrets secrets, const Actor &actor,
                                 const QString &operation, const QString &detail);
    void saveQuietly(const Device &device);
    void forgetRemoved(const DeviceId &device);
    void dropSecrets(const DeviceId &device);
    void flushAudit();
    static QStringList changedFields(const Device &before, const Device &after);
    void auditAct(const Actor &actor, const QString &operation, const std::optional<DeviceId> &device,
                  const QString &detail, const std::optional<Error> &error);

    Parts m_parts;
    QHash<DeviceId, Device> m_devices;
    QHash<DeviceId, Device> m_saving; ///< as they will be when the store has them
    struct Removed
    {
        Device device;
        bool withHistory = false;
        TimerHandle timer;
    };
    QHash<DeviceId, std::shared_ptr<Removed>> m_removed;
    QHash<DeviceId, Instant> m_seenWritten;
    std::deque<AuditEntry> m_auditBacklog;
    TimerHandle m_auditTimer;
};

} // namespace infra::engine
