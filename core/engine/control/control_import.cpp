// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/control_reply.h"
#include "core/model/error_json.h"

#include <QtCore/QJsonArray>

#include <memory>

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject hostJson(const SshConfigHost &host, const QString &action)
{
    return {{u"alias"_s, host.alias},
            {u"address"_s, host.address},
            {u"port"_s, host.port},
            {u"user"_s, host.user},
            {u"jumps"_s, QJsonArray::fromStringList(host.jumps)},
            {u"needs_consent"_s, QJsonArray::fromStringList(host.needsConsent)},
            {u"action"_s, action}};
}

Device deviceOf(const SshConfigHost &host)
{
    Device device;
    device.name = host.alias;
    device.sshAlias = host.alias;
    device.address = host.address;
    device.port = host.port;
    device.user = host.user;
    device.auth = {AuthMethod::Agent};
    if (!host.keyFile.isEmpty()) {
        device.keyFile = host.keyFile;
        device.auth.append(AuthMethod::KeyFile);
    }
    return device;
}

/// Adds one host after the other, so that a name taken twice is seen.
struct ImportRun
{
    QList<SshConfigHost> waiting;
    QJsonArray hosts;
    QJsonArray added;
    QPromise<ControlReply> promise;
};

} // namespace

QFuture<ControlReply> ControlService::devicesImport(ControlRequest &request)
{
    const QString file = request.args.value("ssh-config"_L1).toString();
    const Result<QList<SshConfigHost>> found = m_parts.listSshConfig(file);
    if (!found)
        return readyReply(failReply(found.error()));
    if (request.args.value("dry-run"_L1).toBool()) {
        QJsonArray hosts;
        for (const SshConfigHost &host : *found)
            hosts.append(hostJson(host, host.alreadyAdded ? u"present"_s : u"add"_s));
        return readyReply(okReply({{u"hosts"_s, hosts}, {u"added"_s, QJsonArray()}}));
    }
    auto run = std::make_shared<ImportRun>();
    run->waiting = *found;
    run->promise.start();
    const Actor actor = actorOf(request);
    auto next = std::make_shared<std::function<void()>>();
    // The step holds itself only weakly from inside, so that the run ends when the last future has.
    *next = [this, run, actor, weak = std::weak_ptr(next)] {
        while (!run->waiting.isEmpty() && run->waiting.first().alreadyAdded)
            run->hosts.append(hostJson(run->waiting.takeFirst(), u"present"_s));
        if (run->waiting.isEmpty()) {
            run->promise.addResult(okReply({{u"hosts"_s, run->hosts}, {u"added"_s, run->added}}));
            run->promise.finish();
            return;
        }
        const SshConfigHost host = run->waiting.takeFirst();
        m_parts.devices.add(deviceOf(host), {}, actor).then(this, [this, run, host, again = weak.lock()](const Result<Device> &added) {
            QJsonObject line = hostJson(host, added ? u"added"_s : u"failed"_s);
            if (added)
                run->added.append(jsonOf(*added));
            else
                line.insert("error"_L1, toJson(added.error()));
            run->hosts.append(line);
            (*again)();
        });
    };
    (*next)();
    return run->promise.future();
}

} // namespace infra::engine
