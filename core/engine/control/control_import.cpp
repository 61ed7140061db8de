// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/control_reply.h"
#include "core/engine/control/import_list.h"
#include "core/model/error_json.h"

#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>

#include <memory>

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject lineOf(const ImportEntry &entry, const QString &action, const std::optional<Error> &error = std::nullopt)
{
    QJsonObject line = entry.line;
    line.insert("action"_L1, action);
    line.insert("error"_L1, toJson(error));
    return line;
}

/// Adds one host after the other, so that a name taken twice is seen.
struct ImportRun
{
    QList<ImportEntry> waiting;
    QJsonArray hosts;
    QJsonArray added;
    QPromise<ControlReply> promise;
};

ControlReply importReply(const QJsonArray &hosts, const QJsonArray &added)
{
    return okReply({{u"hosts"_s, hosts}, {u"added"_s, added}, {u"total"_s, added.size()}});
}

} // namespace

Result<QList<ImportEntry>> ControlService::importEntriesFor(const ControlRequest &request) const
{
    const QString inventory = request.args.value("inventory"_L1).toString();
    const QString file = request.args.value("ssh-config"_L1).toString();
    if (!inventory.isEmpty() && !file.isEmpty())
        return invalid(u"inventory"_s, inventory, u"cannot stand beside --ssh-config"_s);
    if (!inventory.isEmpty())
        return importEntries(m_parts.schemas, inventory, m_parts.devices);
    if (!file.isEmpty() && !file.startsWith("~/"_L1) && !(QFileInfo(file).isFile() && QFileInfo(file).isReadable()))
        return invalid(u"ssh-config"_s, file, u"must be a file that can be read"_s);
    return m_parts.listSshConfig(file).map(
        [this](const QList<SshConfigHost> &hosts) { return importEntries(m_parts.schemas, hosts); });
}

QFuture<ControlReply> ControlService::devicesImport(ControlRequest &request)
{
    const Result<QList<ImportEntry>> found = importEntriesFor(request);
    if (!found)
        return readyReply(failReply(found.error()));
    if (request.args.value("dry-run"_L1).toBool()) {
        QJsonArray hosts;
        for (const ImportEntry &entry : *found)
            hosts.append(lineOf(entry,
                                entry.present   ? u"present"_s
                                : entry.refused ? u"refused"_s
                                                : u"add"_s,
                                entry.refused));
        return readyReply(importReply(hosts, {}));
    }
    auto run = std::make_shared<ImportRun>();
    run->waiting = *found;
    run->promise.start();
    const Actor actor = actorOf(request);
    auto next = std::make_shared<std::function<void()>>();
    // The step holds itself only weakly from inside, so that the run ends when the last future has.
    *next = [this, run, actor, weak = std::weak_ptr(next)] {
        while (!run->waiting.isEmpty() && (run->waiting.first().present || run->waiting.first().refused)) {
            const ImportEntry entry = run->waiting.takeFirst();
            run->hosts.append(lineOf(entry, entry.present ? u"present"_s : u"refused"_s, entry.refused));
        }
        if (run->waiting.isEmpty()) {
            run->promise.addResult(importReply(run->hosts, run->added));
            run->promise.finish();
            return;
        }
        const ImportEntry entry = run->waiting.takeFirst();
        m_parts.devices.add(entry.device, {}, actor)
            .then(this, [this, run, entry, again = weak.lock()](const Result<Device> &added) {
                run->hosts.append(added ? lineOf(entry, u"added"_s) : lineOf(entry, u"failed"_s, added.error()));
                if (added)
                    run->added.append(jsonOf(*added));
                (*again)();
            });
    };
    (*next)();
    return run->promise.future();
}

} // namespace infra::engine
