// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/settings.h"
#include "core/engine/device_service.h"
#include "core/engine/engine.h"
#include "core/schema/schema_catalogue.h"
#include "core/store/repositories.h"

#include <QtCore/QFuture>
#include <QtCore/QJsonObject>
#include <QtCore/QObject>

#include <functional>
#include <map>

namespace infra::engine {

/// One command of the command line: its words joined by a dot ("devices.add"), arguments checked by the command's own
/// rules, and secrets apart, so that no log or echo of the arguments can hold them.
struct ControlRequest
{
    QString command;
    QJsonObject args;
    QString actor;                  ///< "os:alice"
    CorrelationId correlation = {}; ///< follows the request through logs, audit and answer; made where there is none
    std::map<QString, SecretBytes> secrets; ///< login_password, key_passphrase, sudo_password, passphrase
};

/// The object that `infrastructorctl --json` prints, and its exit status (design.md: 0, 1, 2, 3, 4, 5).
struct ControlReply
{
    int exitCode = 0;
    QJsonObject body;
};

struct ImportEntry;

/// What the composition root adds to `doctor`: checks of things that only it knows (folders, lock, display).
struct DoctorCheck
{
    QString name, status, detail, remedy; ///< status: ok, warn, fail
};

/// Answers the command line, whether it asks the running application over the local socket or works in its own process.
/// One road for both, so that they cannot differ. Engine thread; replies finish there.
class ControlService : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const Clock &clock;
        Random &random;
        Engine &engine;
        DeviceService &devices;
        SettingsStore &settings;
        store::Store &store;
        secrets::SecretStore &secrets;
        ssh::SshTransport &transport;
        const commands::CommandRegistry &registry;
        const schema::SchemaCatalogue &schemas;
        std::function<QList<DoctorCheck>()> installationChecks;
        std::function<Result<QList<SshConfigHost>>(const QString &file)> listSshConfig;
    };
    explicit ControlService(Parts parts, QObject *parent = nullptr);

    QFuture<ControlReply> handle(ControlRequest request);
    /// Every command it knows, for help and tests.
    QStringList commands() const;

private:
    using Handler = QFuture<ControlReply> (ControlService::*)(ControlRequest &);

    // control_devices.cpp
    QFuture<ControlReply> devicesList(ControlRequest &request);
    QFuture<ControlReply> devicesShow(ControlRequest &request);
    QFuture<ControlReply> devicesAdd(ControlRequest &request);
    QFuture<ControlReply> devicesEdit(ControlRequest &request);
    QFuture<ControlReply> devicesRemove(ControlRequest &request);
    QFuture<ControlReply> devicesTest(ControlRequest &request);
    QFuture<ControlReply> devicesCommands(ControlRequest &request);
    QFuture<ControlReply> devicesAcceptHostKey(ControlRequest &request);
    // control_import.cpp
    QFuture<ControlReply> devicesImport(ControlRequest &request);
    Result<QList<ImportEntry>> importEntriesFor(const ControlRequest &request) const;
    // control_collect.cpp
    QFuture<ControlReply> collect(ControlRequest &request);
    QFuture<ControlReply> inventory(ControlRequest &request);
    // control_history.cpp
    QFuture<ControlReply> metrics(ControlRequest &request);
    QFuture<ControlReply> audit(ControlRequest &request);
    QFuture<ControlReply> dbStatus(ControlRequest &request);
    // control_settings.cpp
    QFuture<ControlReply> settingsCommand(ControlRequest &request);
    QFuture<ControlReply> unlock(ControlRequest &request);
    QFuture<ControlReply> doctor(ControlRequest &request);

    static Actor actorOf(const ControlRequest &request)
    {
        return {AuditSource::Ctl, request.actor, request.correlation};
    }
    QFuture<ControlReply> answer(ControlRequest &request);
    QJsonObject jsonOf(const Device &device) const;
    Result<Device> deviceArgument(const ControlRequest &request) const;
    DeviceSecrets takeSecrets(ControlRequest &request) const;
    void auditOperation(const Actor &actor, const QString &operation, const std::optional<DeviceId> &device,
                        const QString &detail, const std::optional<Error> &error);

    Parts m_parts;
    QHash<QString, Handler> m_handlers;
};

} // namespace infra::engine
