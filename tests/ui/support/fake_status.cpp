// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_fleet.h"

namespace infra::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using engine::DeviceRow;
using engine::FleetStatus;

FleetStatus fakeStatus(FleetMode mode, const QList<DeviceRow> &rows, Instant now)
{
    FleetStatus status;
    status.devices = static_cast<int>(rows.size());
    status.worst = rows.isEmpty() ? Health::Unknown : Health::Ok;
    for (const DeviceRow &row : rows) {
        ++status.counts[row.health];
        status.live += row.state == DeviceState::Ok ? 1 : 0;
        status.sessions += row.session ? 1 : 0;
        if (worseThan(row.health, status.worst))
            status.worst = row.health;
    }
    status.sessionsOpenedLastHour = status.sessions > 0 ? 2 : 0;
    if (mode != FleetMode::Loading)
        status.nextCycle = now + 8s;
    status.storeBytes = mode == FleetMode::Empty ? 420'000 : 1'800'000'000;
    status.secretsBackend = mode == FleetMode::NeedsYou ? secrets::Backend::SealedFile : secrets::Backend::Keyring;
    status.secretsState = mode == FleetMode::NeedsYou ? secrets::StoreState::Locked : secrets::StoreState::Ready;
    status.cacheHitRatio = 0.93;
    if (mode == FleetMode::Failing) {
        status.storeWritable = false;
        status.storeError = Error{ErrorCode::StoreFull, u"No space left on the disk of the profile"_s};
        status.droppedTelemetry = 412;
    }
    return status;
}

QList<AuditEntry> fakeAudit(const QList<DeviceRow> &rows, Instant now)
{
    QList<AuditEntry> entries;
    constexpr int kRows = 400;
    for (int number = 0; number < kRows; ++number) {
        const DeviceRow &row = rows.at(number * 7 % rows.size());
        AuditEntry entry;
        entry.seq = 1'284'902 - number;
        entry.time = now - milliseconds(1882 + number * 11'207LL + (number > 40 ? (number - 40) * 180'000LL : 0));
        entry.correlation = CorrelationId(u"01JP2M8C" + QString::number(number).rightJustified(14, u'0') + u"W3FN");
        entry.device = row.device.id;
        entry.actor = u"schedule"_s;
        entry.operation = u"collect"_s;
        entry.detail =
            u"system_metrics, filesystems, interfaces, temperatures, processes, services, containers, users, ports"_s;
        entry.durationMs = 14 + number % 31;
        entry.bytes = 3600 + number * 37 % 900;
        entry.roundTrips = 1;
        entry.cache = CacheUse::Miss;
        if (row.state == DeviceState::Unreachable) {
            entry.status = AuditStatus::Error;
            entry.error = row.error;
            entry.bytes = 0;
            entry.durationMs = 15'000;
        } else if (number % 9 == 2 && (number < 30 || number % 5 == 0)) {
            entry.source = AuditSource::Ui;
            entry.actor = u"os:mara"_s;
            entry.operation = number % 2 == 0 ? u"device.edit"_s : u"collect"_s;
            entry.detail = number % 2 == 0 ? u"tags, group"_s : u"containers"_s;
            entry.bytes = number % 2 == 0 ? 0 : 2100;
        } else if (number % 9 == 5 && (number < 30 || number % 7 == 0)) {
            entry.source = AuditSource::Ctl;
            entry.actor = u"os:mara"_s;
            entry.detail = u"filesystems"_s;
            entry.cache = CacheUse::Hit;
            entry.durationMs = 0;
            entry.roundTrips = 0;
        } else if (number % 23 == 11) {
            entry.status = AuditStatus::Partial;
            entry.error = Error{ErrorCode::PermissionDenied,
                                u"containers: permission denied while trying to connect to the Docker socket"_s};
        } else if (number % 31 == 19) {
            entry.source = AuditSource::Ui;
            entry.actor = u"os:mara"_s;
            entry.operation = u"settings.set"_s;
            entry.device.reset();
            entry.detail = u"collect.interval_s"_s;
            entry.bytes = 0;
        } else if (number % 37 == 30) {
            entry.status = AuditStatus::Cancelled;
        }
        entries.append(entry);
    }
    return entries;
}

QList<engine::SshConfigHost> fakeSshHosts(FleetMode mode)
{
    QList<engine::SshConfigHost> hosts;
    const bool added = mode != FleetMode::Empty;
    for (const DeviceRow &row : fakeRows(FleetMode::Full, pictureTime())) {
        if (row.device.isLocal() || row.device.name == u"wsl-dev")
            continue;
        engine::SshConfigHost host;
        host.alias = row.device.name;
        host.address = row.device.address;
        host.user = row.device.user;
        host.port = row.device.port;
        host.keyFile = row.device.keyFile;
        host.alreadyAdded = added;
        if (host.alias == u"vault")
            host.jumps = {u"gw-b"_s};
        hosts.append(host);
    }
    hosts.append({u"gw-b"_s, u"198.51.100.7"_s, u"jump"_s, {}, 22, {}, false, {}});
    hosts.append({u"mail1"_s, u"10.20.4.12"_s, u"deploy"_s, u"~/.ssh/ops-2025"_s, 22, {u"pve1"_s}, false, {}});
    hosts.append(
        {u"nas-old"_s, u"10.20.0.9"_s, u"root"_s, {}, 22, {}, false, {u"ProxyCommand nc -x proxy:1080 %h %p"_s}});
    return hosts;
}

} // namespace infra::test
