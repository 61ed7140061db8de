// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/control_reply.h"
#include "core/engine/control/device_arguments.h"
#include "core/model/error_json.h"

#include <QtCore/QJsonArray>

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

QFuture<ControlReply> ControlService::devicesList(ControlRequest &request)
{
    Q_UNUSED(request)
    QJsonArray devices;
    for (const Device &device : m_parts.devices.all())
        devices.append(jsonOf(device));
    return readyReply(okReply({{u"total"_s, devices.size()}, {u"devices"_s, devices}}));
}

QFuture<ControlReply> ControlService::devicesShow(ControlRequest &request)
{
    const Result<Device> device = deviceArgument(request);
    return readyReply(device ? okReply({{u"device"_s, jsonOf(*device)}}) : failReply(device.error()));
}

QFuture<ControlReply> ControlService::devicesAdd(ControlRequest &request)
{
    Device device;
    device.intervalS = 60;
    const Result<Device> filled = applyDeviceArguments(device, request.args, m_parts.devices, DeviceArguments::Add);
    if (!filled)
        return readyReply(failReply(filled.error()));
    return m_parts.devices.add(*filled, takeSecrets(request), actorOf(request))
        .then(this, [this](const Result<Device> &added) {
            return added ? okReply({{u"device"_s, jsonOf(*added)}}) : failReply(added.error());
        });
}

QFuture<ControlReply> ControlService::devicesEdit(ControlRequest &request)
{
    const Result<Device> device = deviceArgument(request);
    if (!device)
        return readyReply(failReply(device.error()));
    // On top of an edit that is still being saved, so that neither of two at once is lost.
    const Device newest = m_parts.devices.latest(device->id).value_or(*device);
    const Result<Device> changed = applyDeviceArguments(newest, request.args, m_parts.devices, DeviceArguments::Edit);
    if (!changed)
        return readyReply(failReply(changed.error()));
    return m_parts.devices.edit(*changed, takeSecrets(request), actorOf(request))
        .then(this, [this](const Result<Device> &edited) {
            return edited ? okReply({{u"device"_s, jsonOf(*edited)}}) : failReply(edited.error());
        });
}

QFuture<ControlReply> ControlService::devicesRemove(ControlRequest &request)
{
    const Result<Device> device = deviceArgument(request);
    if (!device)
        return readyReply(failReply(device.error()));
    const bool withHistory = request.args.value("delete-history"_L1).toBool();
    return m_parts.devices.remove(device->id, withHistory, actorOf(request))
        .then(this, [removed = *device, shape = jsonOf(*device), withHistory](const Result<void> &result) {
            return result ? okReply({{u"device"_s, shape},
                                     {u"removed"_s, removed.id.toString()},
                                     {u"history"_s, withHistory ? u"deleted"_s : u"kept"_s}})
                          : failReply(result.error());
        });
}

QFuture<ControlReply> ControlService::devicesTest(ControlRequest &request)
{
    const Result<Device> device = deviceArgument(request);
    if (!device)
        return readyReply(failReply(device.error()));
    const DeviceId id = device->id;
    const Actor actor = actorOf(request);
    return m_parts.transport.test(*device, ssh::Purpose::Background, CancelToken())
        .then(this, [this, id, actor](const ssh::ConnectionReport &report) {
            QJsonArray steps;
            std::optional<Error> error;
            for (const ssh::StepReport &step : report.steps) {
                steps.append(QJsonObject{{u"step"_s, ssh::toName(step.step)},
                                         {u"ok"_s, step.ok},
                                         {u"ms"_s, static_cast<qint64>(step.duration.count())},
                                         {u"error"_s, toJson(step.error)}});
                if (step.error)
                    error = step.error;
            }
            auditOperation(actor, u"device.test"_s, id, {}, error);
            QJsonObject body{{u"steps"_s, steps},
                             {u"host_key"_s, report.hostKey.isEmpty() ? QJsonValue() : QJsonValue(report.hostKey)}};
            if (!error)
                return okReply(std::move(body));
            ControlReply reply = failReply(*error);
            reply.exitCode = 5;
            for (auto it = body.constBegin(); it != body.constEnd(); ++it)
                reply.body.insert(it.key(), it.value());
            return reply;
        });
}

QFuture<ControlReply> ControlService::devicesCommands(ControlRequest &request)
{
    const Result<Device> device = deviceArgument(request);
    if (!device)
        return readyReply(failReply(device.error()));
    const commands::HostFacts facts{device->type, device->capabilities, device->sudo, device->isLocal()};
    return readyReply(okReply({{u"device"_s, device->id.toString()},
                               {u"commands"_s, m_parts.registry.shownCommands(facts)},
                               {u"sudoers"_s, m_parts.registry.sudoersLines(facts, device->user)}}));
}

QFuture<ControlReply> ControlService::devicesAcceptHostKey(ControlRequest &request)
{
    const Result<Device> device = deviceArgument(request);
    if (!device)
        return readyReply(failReply(device.error()));
    const QString fingerprint = request.args.value("host-key"_L1).toString();
    if (!isHostKeyFingerprint(fingerprint))
        return readyReply(failReply(invalid(u"host-key"_s, fingerprint, hostKeyRule()).value()));
    const Device accepted = *device;
    return m_parts.devices.acceptHostKey(accepted.id, fingerprint, actorOf(request))
        .then(this, [this, accepted](const Result<void> &result) {
            const std::optional<Device> now = m_parts.devices.device(accepted.id);
            return result ? okReply({{u"device"_s, jsonOf(now.value_or(accepted))}}) : failReply(result.error());
        });
}

} // namespace infra::engine
