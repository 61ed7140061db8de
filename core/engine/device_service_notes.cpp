// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/device_service.h"

#include "core/base/logging.h"
#include "core/base/redaction.h"
#include "core/collect/when_done.h"

#include <deque>

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;

/// Audit rows of acts wait here while the store's queue is full.
constexpr milliseconds auditRetry{100};
/// `lastSeen` on disk may lag this far behind: it is written with the device, not with every cycle.
constexpr milliseconds seenWriteEvery = std::chrono::minutes(10);

using NamedSecret = std::pair<QString, SecretBytes>;

/// Writes one after the other; the first failure ends it.
void writeNext(secrets::SecretStore &store, const std::shared_ptr<std::deque<NamedSecret>> &left,
               const std::shared_ptr<QPromise<Result<void>>> &promise)
{
    if (left->empty()) {
        promise->addResult(Result<void>());
        promise->finish();
        return;
    }
    NamedSecret next = std::move(left->front());
    left->pop_front();
    store.write(next.first, std::move(next.second), [&store, left, promise](Result<void> written) {
        if (!written) {
            promise->addResult(std::move(written));
            promise->finish();
            return;
        }
        writeNext(store, left, promise);
    });
}

} // namespace

QFuture<Result<void>> DeviceService::storeSecrets(const DeviceId &device, DeviceSecrets secrets)
{
    auto left = std::make_shared<std::deque<NamedSecret>>();
    if (secrets.loginPassword)
        left->emplace_back(secrets::loginPasswordName(device), std::move(*secrets.loginPassword));
    if (secrets.keyPassphrase)
        left->emplace_back(secrets::keyPassphraseName(device), std::move(*secrets.keyPassphrase));
    if (secrets.sudoPassword)
        left->emplace_back(secrets::sudoPasswordName(device), std::move(*secrets.sudoPassword));
    if (left->empty())
        return collect::finishedFuture<Result<void>>({});
    switch (m_parts.secrets.state()) {
    case secrets::StoreState::Locked:
        return collect::finishedFuture<Result<void>>(
            fail(ErrorCode::SecretsLocked, u"The secret store is locked: unlock it, then save the device"_s));
    case secrets::StoreState::Unavailable:
        return collect::finishedFuture<Result<void>>(
            fail(ErrorCode::SecretsUnavailable, u"There is no secret store to keep the password in"_s));
    case secrets::StoreState::Ready:
        break;
    }
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    writeNext(m_parts.secrets, left, promise);
    return promise->future();
}

void DeviceService::dropSecrets(const DeviceId &device)
{
    for (const QString &name :
         {secrets::loginPasswordName(device), secrets::keyPassphraseName(device), secrets::sudoPasswordName(device)}) {
        m_parts.secrets.remove(name, [](const Result<void> &done) {
            if (!done && done.error().code != ErrorCode::SecretNotFound)
                log::error("engine.devices", done.error());
        });
    }
}

void DeviceService::finishRemovals()
{
    for (const DeviceId &id : m_removed.keys())
        forgetRemoved(id);
}

QFuture<Result<void>> DeviceService::acceptHostKey(DeviceId device, QString fingerprint, Actor actor)
{
    const auto found = this->device(device);
    Result<Device> changed = found ? Result<Device>(*found) : fail(ErrorCode::NotFound, u"There is no such device"_s);
    if (changed && (changed->isLocal() || !fingerprint.startsWith(u"SHA256:")))
        changed = invalid(u"host_key"_s, fingerprint, u"a fingerprint is SHA256:… of a device reached by SSH"_s);
    if (changed) {
        changed->hostKey = fingerprint;
        if (const Result<void> unique = checkUnique(*changed); !unique)
            changed = Unexpected(unique.error());
    }
    if (!changed) {
        auditAct(actor, u"device.accept_host_key"_s, found ? std::optional(device) : std::nullopt, fingerprint,
                 changed.error());
        return collect::finishedFuture<Result<void>>(Unexpected(changed.error()));
    }
    const QString detail = QString((found->hostKey.isEmpty() ? u"none"_s : found->hostKey) + u" → "_s + fingerprint);
    return collect::mapFinished(
        save(*changed, {}, actor, u"device.accept_host_key"_s, detail), this,
        [](const Result<Device> &saved) { return saved ? Result<void>() : Result<void>(Unexpected(saved.error())); },
        [] { return Result<void>(collect::workGivenUp()); });
}

void DeviceService::noteDetected(const DeviceId &device, DeviceType type, const QStringList &capabilities)
{
    const auto found = m_devices.find(device);
    if (found == m_devices.end())
        return;
    Device changed = *found;
    if (changed.typeSource == TypeSource::Detected)
        changed.type = type;
    changed.capabilities = capabilities;
    if (changed == *found)
        return;
    *found = changed;
    saveQuietly(changed);
    emit deviceChanged(changed);
}

void DeviceService::noteSeen(const DeviceId &device, Instant at)
{
    const auto found = m_devices.find(device);
    if (found == m_devices.end())
        return;
    const std::optional<Instant> before = std::exchange(found->lastSeen, at);
    const Instant written = m_seenWritten.value(device, before.value_or(Instant{}));
    if (at - written < seenWriteEvery && at >= written)
        return;
    m_seenWritten.insert(device, at);
    saveQuietly(*found);
}

void DeviceService::saveQuietly(const Device &device)
{
    collect::whenDone(m_parts.store.writer->saveDevice(device), this, [](const Result<void> &saved) {
        if (!saved)
            log::error("engine.devices", saved.error());
    });
}

QStringList DeviceService::changedFields(const Device &before, const Device &after)
{
    const QJsonObject a = toStored(before);
    const QJsonObject b = toStored(after);
    QStringList names;
    for (auto it = b.constBegin(); it != b.constEnd(); ++it) {
        if (a.value(it.key()) != it.value())
            names.append(it.key());
    }
    return names;
}

void DeviceService::auditAct(const Actor &actor, const QString &operation, const std::optional<DeviceId> &device,
                             const QString &detail, const std::optional<Error> &error)
{
    AuditEntry entry;
    entry.time = m_parts.clock.now();
    entry.correlation =
        actor.correlation.isNull() ? makeCorrelationId(m_parts.clock, m_parts.random) : actor.correlation;
    entry.source = actor.source;
    entry.actor = actor.name;
    entry.operation = operation;
    entry.device = device;
    entry.status = error ? AuditStatus::Error : AuditStatus::Ok;
    entry.detail = redacted(detail);
    entry.error = error;
    m_auditBacklog.push_back(std::move(entry));
    flushAudit();
}

void DeviceService::flushAudit()
{
    while (!m_auditBacklog.empty() && m_parts.store.writer->audit(m_auditBacklog.front()))
        m_auditBacklog.pop_front();
    if (m_auditBacklog.empty())
        m_auditTimer.cancel();
    else if (!m_auditTimer.isActive())
        m_auditTimer = m_parts.timers.every(auditRetry, [this] { flushAudit(); });
}

} // namespace infra::engine
