// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/device_service.h"

#include "core/base/logging.h"
#include "core/base/redaction.h"
#include "core/collect/when_done.h"

#include <algorithm>

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;
using collect::finishedFuture;
using collect::whenDone;

constexpr milliseconds undoTime = std::chrono::seconds(60);

template <typename T>
std::shared_ptr<QPromise<Result<T>>> startedPromise()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return promise;
}

template <typename T>
void finish(const std::shared_ptr<QPromise<Result<T>>> &promise, Result<T> result)
{
    promise->addResult(std::move(result));
    promise->finish();
}

} // namespace

DeviceService::DeviceService(Parts parts)
    : m_parts(std::move(parts))
{
}

QFuture<Result<void>> DeviceService::load()
{
    auto promise = startedPromise<void>();
    whenDone(m_parts.store.reader->devices(), this, [this, promise](Result<QList<Device>> devices) {
        if (!devices) {
            finish<void>(promise, Unexpected(devices.error()));
            return;
        }
        for (const Device &device : std::as_const(*devices))
            m_devices.insert(device.id, device);
        if (m_devices.contains(localDeviceId())) {
            finish<void>(promise, {});
            return;
        }
        Device local;
        local.id = localDeviceId();
        local.name = m_parts.localHostName.left(64);
        if (local.name.isEmpty() || !checkUnique(local))
            local.name = u"This computer"_s;
        local.addedAt = m_parts.clock.now();
        whenDone(m_parts.store.writer->saveDevice(local), this, [this, promise, local](Result<void> saved) {
            // A store that cannot be written still shows this computer.
            m_devices.insert(local.id, local);
            emit deviceAdded(local);
            if (!saved)
                log::error("engine.devices", saved.error());
            finish<void>(promise, {});
        });
    });
    return promise->future();
}

QList<Device> DeviceService::all() const
{
    QList<Device> devices = m_devices.values();
    std::sort(devices.begin(), devices.end(), [](const Device &a, const Device &b) {
        const int order = a.name.compare(b.name, Qt::CaseInsensitive);
        return order != 0 ? order < 0 : a.id < b.id;
    });
    return devices;
}

std::optional<Device> DeviceService::device(const DeviceId &id) const
{
    const auto found = m_devices.constFind(id);
    return found == m_devices.constEnd() ? std::nullopt : std::optional(*found);
}

std::optional<Device> DeviceService::latest(const DeviceId &id) const
{
    const auto found = m_saving.constFind(id);
    return found == m_saving.constEnd() ? device(id) : std::optional(*found);
}

std::optional<Device> DeviceService::find(const QString &idOrName) const
{
    if (const auto byId = device(DeviceId(idOrName)))
        return byId;
    for (const Device &each : m_devices) {
        if (each.name.compare(idOrName, Qt::CaseInsensitive) == 0)
            return each;
    }
    return std::nullopt;
}

std::optional<DeviceId> DeviceService::ownerOfHostKey(const QString &fingerprint, const DeviceId &except) const
{
    if (fingerprint.isEmpty())
        return std::nullopt;
    for (const Device &each : m_devices) {
        if (each.hostKey == fingerprint && each.id != except)
            return each.id;
    }
    return std::nullopt;
}

/// Beyond `checkDevice`: names are unique, jumps exist and make no circle, one host key is one machine.
Result<void> DeviceService::checkUnique(const Device &device) const
{
    // What is on its way to the store counts too: two who ask at once must not both get the name.
    for (const QHash<DeviceId, Device> *some : {&m_devices, &m_saving}) {
        for (const Device &each : *some) {
            if (each.id == device.id)
                continue;
            if (each.name.compare(device.name, Qt::CaseInsensitive) == 0)
                return invalid(u"name"_s, device.name, u"another device has this name"_s);
            if (!device.hostKey.isEmpty() && each.hostKey == device.hostKey)
                return invalid(u"host_key"_s, device.hostKey,
                               QString(u"it is the key of \"%1\": one machine is one device"_s.arg(each.name)));
        }
    }
    QSet<DeviceId> seen{device.id};
    for (std::optional<DeviceId> jump = device.jump; jump;) {
        if (seen.contains(*jump))
            return invalid(u"jump"_s, device.jump->toString(), u"the jump hosts make a circle"_s);
        const auto host = m_devices.constFind(*jump);
        if (host == m_devices.constEnd())
            return invalid(u"jump"_s, jump->toString(), u"there is no such device"_s);
        if (host->isLocal())
            return invalid(u"jump"_s, jump->toString(), u"this computer is no jump host"_s);
        seen.insert(*jump);
        jump = host->jump;
    }
    return {};
}

QFuture<Result<Device>> DeviceService::add(Device device, DeviceSecrets secrets, Actor actor)
{
    if (device.id.isNull())
        device.id = makeDeviceId(m_parts.clock, m_parts.random);
    device.addedAt = m_parts.clock.now();
    Result<void> good = checkDevice(device);
    if (good && (m_devices.contains(device.id) || m_removed.contains(device.id)))
        good = invalid(u"id"_s, device.id.toString(), u"there is a device with this id"_s);
    if (good)
        good = checkUnique(device);
    if (!good) {
        auditAct(actor, u"device.add"_s, std::nullopt, device.name, good.error());
        return finishedFuture<Result<Device>>(Unexpected(good.error()));
    }
    return save(device, std::move(secrets), actor, u"device.add"_s, device.name);
}

QFuture<Result<Device>> DeviceService::edit(Device device, DeviceSecrets secrets, Actor actor)
{
    const auto old = this->device(device.id);
    Result<void> good;
    if (!old)
        good = fail(ErrorCode::NotFound, u"There is no such device"_s);
    else if (device.isLocal())
        device.jump.reset();
    if (good)
        good = checkDevice(device);
    if (good)
        good = checkUnique(device);
    if (!good) {
        auditAct(actor, u"device.edit"_s, old ? std::optional(device.id) : std::nullopt, device.name, good.error());
        return finishedFuture<Result<Device>>(Unexpected(good.error()));
    }
    device.addedAt = old->addedAt;
    QString changes = changedFields(*old, device).join(u' ');
    if (secrets.loginPassword || secrets.keyPassphrase || secrets.sudoPassword)
        changes += u" secrets"_s;
    return save(device, std::move(secrets), actor, u"device.edit"_s, changes.trimmed());
}

/// Secrets first: a device whose password could not be kept is not kept either.
QFuture<Result<Device>> DeviceService::save(const Device &device, DeviceSecrets secrets, const Actor &actor,
                                            const QString &operation, const QString &detail)
{
    auto promise = startedPromise<Device>();
    m_saving.insert(device.id, device);
    const auto settle = [this, device] {
        // A later edit may stand in its place by now.
        if (m_saving.value(device.id) == device)
            m_saving.remove(device.id);
    };
    const auto refuse = [this, promise, settle, actor, operation, device, detail](const Error &error) {
        settle();
        const bool known = m_devices.contains(device.id);
        auditAct(actor, operation, known ? std::optional(device.id) : std::nullopt, detail, error);
        finish<Device>(promise, Unexpected(error));
    };
    whenDone(storeSecrets(device.id, std::move(secrets)), this,
             [this, promise, settle, refuse, actor, operation, device, detail](Result<void> kept) {
                 if (!kept) {
                     refuse(kept.error());
                     return;
                 }
                 whenDone(m_parts.store.writer->saveDevice(device), this,
                          [this, promise, settle, refuse, actor, operation, device, detail](Result<void> saved) {
                              if (!saved) {
                                  if (!m_devices.contains(device.id))
                                      dropSecrets(device.id);
                                  refuse(saved.error());
                                  return;
                              }
                              settle();
                              const bool fresh = !m_devices.contains(device.id);
                              m_devices.insert(device.id, device);
                              auditAct(actor, operation, device.id, detail, std::nullopt);
                              if (fresh)
                                  emit deviceAdded(device);
                              else
                                  emit deviceChanged(device);
                              finish<Device>(promise, device);
                          });
             });
    return promise->future();
}

QFuture<Result<void>> DeviceService::remove(DeviceId device, bool withHistory, Actor actor)
{
    const auto found = this->device(device);
    Result<void> good;
    if (!found)
        good = fail(ErrorCode::NotFound, u"There is no such device"_s);
    else if (found->isLocal())
        good = invalid(u"device"_s, found->name, u"this computer stays; pause it instead"_s);
    for (const Device &each : std::as_const(m_devices)) {
        if (good && each.jump == device)
            good = fail(ErrorCode::Conflict, u"\"%1\" is reached through this device"_s.arg(each.name));
    }
    if (!good) {
        auditAct(actor, u"device.remove"_s, found ? std::optional(device) : std::nullopt, {}, good.error());
        return finishedFuture<Result<void>>(good);
    }
    auto removed = std::make_shared<Removed>();
    removed->device = *found;
    removed->withHistory = withHistory;
    auto promise = startedPromise<void>();
    // History waits for the end of the undo time; what a crash in between leaves is the history, not a device that
    // comes back.
    whenDone(m_parts.store.writer->removeDevice(device, false), this,
             [this, promise, removed, actor, withHistory](Result<void> done) {
                 const DeviceId id = removed->device.id;
                 const QString detail =
                     QString(removed->device.name + (withHistory ? u", with history"_s : u", history kept"_s));
                 auditAct(actor, u"device.remove"_s, id, detail, done ? std::nullopt : std::optional(done.error()));
                 if (done) {
                     removed->timer = m_parts.timers.after(undoTime, [this, id] { forgetRemoved(id); });
                     m_removed.insert(id, removed);
                     m_devices.remove(id);
                     emit deviceRemoved(id);
                 }
                 finish<void>(promise, done);
             });
    return promise->future();
}

void DeviceService::forgetRemoved(const DeviceId &device)
{
    const std::shared_ptr<Removed> removed = m_removed.take(device);
    if (removed == nullptr)
        return;
    dropSecrets(device);
    if (!removed->withHistory)
        return;
    whenDone(m_parts.store.writer->removeDevice(device, true), this, [](const Result<void> &done) {
        if (!done)
            log::error("engine.devices", done.error());
    });
}

QFuture<Result<void>> DeviceService::undoRemove(DeviceId device, Actor actor)
{
    const std::shared_ptr<Removed> removed = m_removed.value(device);
    Result<void> good;
    if (removed == nullptr)
        good = fail(ErrorCode::NotFound, u"The time to undo is over"_s);
    else
        good = checkUnique(removed->device);
    if (!good) {
        auditAct(actor, u"device.undo_remove"_s, std::nullopt, device.toString(), good.error());
        return finishedFuture<Result<void>>(good);
    }
    m_removed.remove(device);
    removed->timer.cancel();
    auto promise = startedPromise<void>();
    whenDone(m_parts.store.writer->saveDevice(removed->device), this,
             [this, promise, removed, actor](Result<void> saved) {
                 auditAct(actor, u"device.undo_remove"_s, removed->device.id, removed->device.name,
                          saved ? std::nullopt : std::optional(saved.error()));
                 if (saved) {
                     m_devices.insert(removed->device.id, removed->device);
                     emit deviceAdded(removed->device);
                 }
                 finish<void>(promise, saved);
             });
    return promise->future();
}

} // namespace infra::engine
