// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/when_done.h"
#include "core/engine/engine_client.h"
#include "core/engine/engine_client_ask.h"
#include "core/engine/setting_keys.h"
#include "core/engine/ssh_config_list.h"

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;

collect::CollectResult goneCollect(const DeviceId &device)
{
    collect::CollectResult result;
    result.device = device;
    result.error = Error{.code = ErrorCode::Canceled, .message = u"The program is ending; the request was given up"_s};
    return result;
}

ssh::ConnectionReport goneReport()
{
    ssh::ConnectionReport report;
    report.steps.append(
        {ssh::ConnectStep::Dns, false, milliseconds(0),
         Error{.code = ErrorCode::Canceled, .message = u"The program is ending; the test was given up"_s}});
    return report;
}

} // namespace

QFuture<Result<QList<SshConfigHost>>> EngineClient::sshConfigHosts()
{
    using Hosts = Result<QList<SshConfigHost>>;
    const QString file = m_parts.settings.string(keys::sshConfigFile);
    return ask<Hosts>(
        [toEngine = m_toEngine.entrance(), devices = &m_parts.devices, workers = &m_parts.workers, file] {
            auto promise = std::make_shared<QPromise<Hosts>>();
            promise->start();
            // Files may lie on a slow share: a worker reads them, the engine thread marks what it knows. The way back
            // is the client's own, which lives until the answer is there.
            const bool taken = workers->post([toEngine, promise, devices, file] {
                toEngine([promise, devices, hosts = listSshConfig(file)]() mutable {
                    if (hosts)
                        markAdded(*hosts, devices->all());
                    promise->addResult(std::move(hosts));
                    promise->finish();
                });
            });
            if (!taken) {
                promise->addResult(Hosts(fail(ErrorCode::Busy, u"Too much waits to be done"_s)));
                promise->finish();
            }
            return promise->future();
        },
        engineGone<QList<SshConfigHost>>());
}

QFuture<Result<Device>> EngineClient::addDevice(Device device, DeviceSecrets secrets)
{
    auto shared = std::make_shared<DeviceSecrets>(std::move(secrets));
    return ask<Result<Device>>([devices = &m_parts.devices, device = std::move(device), shared,
                                actor = actor()] { return devices->add(device, std::move(*shared), actor); },
                               engineGone<Device>());
}

QFuture<Result<Device>> EngineClient::editDevice(Device device, DeviceSecrets secrets)
{
    auto shared = std::make_shared<DeviceSecrets>(std::move(secrets));
    return ask<Result<Device>>([devices = &m_parts.devices, device = std::move(device), shared,
                                actor = actor()] { return devices->edit(device, std::move(*shared), actor); },
                               engineGone<Device>());
}

QFuture<Result<void>> EngineClient::removeDevice(DeviceId device, bool withHistory)
{
    return ask<Result<void>>([devices = &m_parts.devices, device, withHistory,
                              actor = actor()] { return devices->remove(device, withHistory, actor); },
                             engineGone<void>());
}

QFuture<Result<void>> EngineClient::undoRemove(DeviceId device)
{
    return ask<Result<void>>(
        [devices = &m_parts.devices, device, actor = actor()] { return devices->undoRemove(device, actor); },
        engineGone<void>());
}

QFuture<ssh::ConnectionReport> EngineClient::testDevice(Device device, DeviceSecrets secrets, CancelToken cancel)
{
    auto shared = std::make_shared<DeviceSecrets>(std::move(secrets));
    if (device.id.isNull())
        device.id = makeDeviceId(m_parts.clock, m_parts.random);
    return ask<ssh::ConnectionReport>(
        [engine = &m_parts.engine, devices = &m_parts.devices, overlay = &m_parts.secrets,
         transport = &m_parts.transport, device = std::move(device), shared, cancel, actor = actor()] {
            overlay->setTemporary(device.id, std::move(*shared));
            const bool stored = devices->device(device.id).has_value();
            const auto ended = [engine, overlay, device, stored, actor](const ssh::ConnectionReport &report) {
                overlay->clearTemporary(device.id);
                const std::optional<Error> error =
                    report.succeeded() || report.steps.isEmpty() ? std::nullopt : report.steps.last().error;
                engine->auditAct(actor, u"device.test"_s, stored ? std::optional(device.id) : std::nullopt,
                                 QString(device.name + u' ' + device.address), error);
                return report;
            };
            return collect::mapFinished(transport->test(device, ssh::Purpose::Foreground, cancel), engine, ended,
                                        [ended] { return ended(goneReport()); });
        },
        goneReport());
}

QFuture<Result<void>> EngineClient::acceptHostKey(DeviceId device, QString fingerprint)
{
    return ask<Result<void>>([devices = &m_parts.devices, device, fingerprint,
                              actor = actor()] { return devices->acceptHostKey(device, fingerprint, actor); },
                             engineGone<void>());
}

QFuture<collect::CollectResult> EngineClient::readNow(DeviceId device, QList<Kind> kinds)
{
    collect::CollectRequest request;
    request.device = device;
    request.kinds = std::move(kinds);
    request.force = true;
    request.source = AuditSource::Ui;
    request.actor = m_parts.actor;
    return ask<collect::CollectResult>(
        [engine = &m_parts.engine, transport = &m_parts.transport, request] {
            transport->resetBackoff(request.device);
            return engine->collection().collect(request);
        },
        goneCollect(device));
}

QFuture<Result<void>> EngineClient::connectInteractively(DeviceId device)
{
    collect::CollectRequest request;
    request.device = device;
    request.force = true;
    request.interactive = true;
    request.source = AuditSource::Ui;
    request.actor = m_parts.actor;
    return ask<Result<void>>(
        [engine = &m_parts.engine, transport = &m_parts.transport, request] {
            transport->resetBackoff(request.device);
            const auto answer = [](const collect::CollectResult &result) {
                return result.error ? Result<void>(Unexpected(*result.error)) : Result<void>();
            };
            return collect::mapFinished(engine->collection().collect(request), engine, answer,
                                        [answer, request] { return answer(goneCollect(request.device)); });
        },
        engineGone<void>());
}

void EngineClient::readAllNow()
{
    m_toEngine.put([engine = &m_parts.engine, actor = actor()] { engine->readAll(actor); });
}

void EngineClient::setCollecting(bool on)
{
    m_toEngine.put([engine = &m_parts.engine, actor = actor(), on] {
        engine->setCollecting(on);
        engine->auditAct(actor, on ? u"collecting.resume"_s : u"collecting.pause"_s, std::nullopt, {}, std::nullopt);
    });
}

void EngineClient::setPaused(const QList<DeviceId> &devices, bool paused)
{
    m_toEngine.put([engine = &m_parts.engine, service = &m_parts.devices, devices, paused, actor = actor()] {
        for (const DeviceId &id : devices) {
            std::optional<Device> device = service->device(id);
            if (!device || device->paused == paused)
                continue;
            device->paused = paused;
            collect::whenDone(service->edit(*device, {}, actor), engine, [engine](const Result<Device> &saved) {
                if (!saved)
                    emit engine->noticed(saved.error());
            });
        }
    });
}

QFuture<Result<void>> EngineClient::setSetting(QString name, QJsonValue value)
{
    return ask<Result<void>>(
        [engine = &m_parts.engine, settings = &m_parts.settings, declared = m_parts.declared, name, value,
         actor = actor()] {
            Result<void> done = invalid(u"name"_s, name, u"a setting that the program knows"_s);
            for (const SettingKey &key : declared) {
                if (name == QLatin1String(key.name))
                    done = settings->set(key, value);
            }
            engine->auditAct(actor, u"settings.set"_s, std::nullopt, name,
                             done ? std::nullopt : std::optional(done.error()));
            return collect::finishedFuture<Result<void>>(done);
        },
        engineGone<void>());
}

QFuture<Result<void>> EngineClient::unlockSecrets(SecretBytes passphrase)
{
    auto shared = std::make_shared<SecretBytes>(std::move(passphrase));
    return ask<Result<void>>(
        [engine = &m_parts.engine, secrets = &m_parts.secrets, shared, actor = actor()] {
            auto promise = std::make_shared<QPromise<Result<void>>>();
            promise->start();
            secrets->unlock(std::move(*shared), [engine, promise, actor](const Result<void> &done) {
                engine->auditAct(actor, u"secrets.unlock"_s, std::nullopt, {},
                                 done ? std::nullopt : std::optional(done.error()));
                promise->addResult(done);
                promise->finish();
            });
            return promise->future();
        },
        engineGone<void>());
}

void EngineClient::answerPrompt(quint64 id, std::optional<QByteArray> answer)
{
    auto shared = std::make_shared<std::optional<QByteArray>>(std::move(answer));
    m_toEngine.put([prompts = &m_parts.prompts, id, shared] { prompts->answer(id, std::move(*shared)); });
}

} // namespace infra::engine
