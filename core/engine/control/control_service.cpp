// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/control_service.h"

#include "core/base/logging.h"
#include "core/engine/control/control_reply.h"
#include "core/engine/control/request_check.h"

#include <QtCore/QThread>

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

ControlService::ControlService(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_handlers{{u"devices.list"_s, &ControlService::devicesList},
                 {u"devices.show"_s, &ControlService::devicesShow},
                 {u"devices.add"_s, &ControlService::devicesAdd},
                 {u"devices.edit"_s, &ControlService::devicesEdit},
                 {u"devices.remove"_s, &ControlService::devicesRemove},
                 {u"devices.test"_s, &ControlService::devicesTest},
                 {u"devices.commands"_s, &ControlService::devicesCommands},
                 {u"devices.accept-host-key"_s, &ControlService::devicesAcceptHostKey},
                 {u"devices.import"_s, &ControlService::devicesImport},
                 {u"collect"_s, &ControlService::collect},
                 {u"metrics"_s, &ControlService::metrics},
                 {u"audit"_s, &ControlService::audit},
                 {u"db.status"_s, &ControlService::dbStatus},
                 {u"settings.list"_s, &ControlService::settingsCommand},
                 {u"settings.get"_s, &ControlService::settingsCommand},
                 {u"settings.set"_s, &ControlService::settingsCommand},
                 {u"settings.reset"_s, &ControlService::settingsCommand},
                 {u"unlock"_s, &ControlService::unlock},
                 {u"doctor"_s, &ControlService::doctor}}
{
    for (const char *list : {"system", "filesystems", "services", "processes", "interfaces", "ports", "users",
                             "temperatures", "updates", "containers", "drives", "guests", "zfs", "unraid"})
        m_handlers.insert(QString::fromLatin1(list), &ControlService::inventory);
}

QFuture<ControlReply> ControlService::handle(ControlRequest request)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (request.correlation.isNull())
        request.correlation = makeCorrelationId(m_parts.clock, m_parts.random);
    const QString command = request.command.left(64);
    const CorrelationId correlation = request.correlation;
    return answer(request).then(this, [command, correlation](ControlReply reply) {
        QJsonObject error = reply.body.value("error"_L1).toObject();
        if (error.isEmpty())
            return reply;
        if (error.value("correlation"_L1).toString().isEmpty())
            error.insert("correlation"_L1, correlation.toString());
        reply.body.insert("error"_L1, error);
        const CorrelationScope scope(correlation);
        log::info("control", u"%1 failed: %2"_s.arg(command, error.value("message"_L1).toString()),
                  {{"code", error.value("code"_L1).toString()}});
        return reply;
    });
}

QFuture<ControlReply> ControlService::answer(ControlRequest &request)
{
    const Handler handler = m_handlers.value(request.command);
    if (handler == nullptr) {
        const auto error =
            invalid(u"command"_s, request.command.left(64), u"must be one of the commands that --help lists"_s);
        return readyReply(failReply(error.value()));
    }
    if (const Result<void> checked = checkArguments(m_parts.schemas, request.command, request.args); !checked)
        return readyReply(failReply(checked.error()));
    return (this->*handler)(request);
}

QStringList ControlService::commands() const
{
    QStringList names = m_handlers.keys();
    names.sort();
    return names;
}

QJsonObject ControlService::jsonOf(const Device &device) const
{
    if (const std::optional<DeviceRow> row = m_parts.engine.row(device.id)) {
        DeviceRow current = *row;
        current.device = device;
        return deviceJson(current);
    }
    DeviceRow row;
    row.device = device;
    row.state = device.paused ? DeviceState::Paused : DeviceState::New;
    return deviceJson(row);
}

Result<Device> ControlService::deviceArgument(const ControlRequest &request) const
{
    const QString wanted = request.args.value("id"_L1).toString();
    if (const std::optional<Device> device = m_parts.devices.find(wanted))
        return *device;
    Error error;
    error.code = ErrorCode::NotFound;
    error.message = u"There is no device \"%1\"."_s.arg(wanted.left(120));
    error.field = u"id"_s;
    error.value = wanted.left(120);
    error.rule = u"must be the id or the name of a device"_s;
    error.remedy = u"List the devices with: infrastructorctl devices list"_s;
    return fail(std::move(error));
}

DeviceSecrets ControlService::takeSecrets(ControlRequest &request) const
{
    DeviceSecrets secrets;
    const auto take = [&request](const QString &name, std::optional<SecretBytes> &into) {
        if (const auto found = request.secrets.find(name); found != request.secrets.end())
            into = std::move(found->second);
    };
    take(u"login_password"_s, secrets.loginPassword);
    take(u"key_passphrase"_s, secrets.keyPassphrase);
    take(u"sudo_password"_s, secrets.sudoPassword);
    return secrets;
}

void ControlService::auditOperation(const Actor &actor, const QString &operation, const std::optional<DeviceId> &device,
                                    const QString &detail, const std::optional<Error> &error)
{
    AuditEntry entry;
    entry.time = m_parts.clock.now();
    entry.correlation = actor.correlation;
    entry.source = actor.source;
    entry.actor = actor.name;
    entry.operation = operation;
    entry.device = device;
    entry.status = error ? AuditStatus::Error : AuditStatus::Ok;
    entry.detail = detail;
    entry.error = error;
    m_parts.store.writer->audit(std::move(entry));
}

} // namespace infra::engine
