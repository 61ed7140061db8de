// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_fleet.h"
#include "tests/ui/support/fake_machines.h"

#include <cmath>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using engine::DeviceRow;

namespace {

Finding finding(const char *rule, Health severity, const QString &object, const char *metric,
                std::optional<double> value, std::optional<double> threshold, const QString &detail, Instant since)
{
    Finding made;
    made.rule = QString::fromLatin1(rule);
    made.severity = severity;
    made.object = object;
    made.metric = QString::fromLatin1(metric);
    made.value = value;
    made.threshold = threshold;
    made.detail = detail;
    made.since = since;
    return made;
}

Error problem(ErrorCode code, const QString &message)
{
    Error error;
    error.code = code;
    error.message = message;
    return error;
}

Device deviceOf(const Machine &machine, Instant now)
{
    Device device;
    device.name = QString::fromLatin1(machine.name);
    device.id = fakeId(device.name);
    device.address = QString::fromLatin1(machine.address);
    device.port = machine.port;
    device.user = QString::fromLatin1(machine.user);
    device.type = machine.type;
    device.group = QString::fromLatin1(machine.group);
    device.environment = machine.environment;
    device.tags = QString::fromLatin1(machine.tags).split(u' ');
    device.intervalS = machine.type == DeviceType::Windows ? 240 : machine.type == DeviceType::Unraid ? 120 : 60;
    device.addedAt = now - std::chrono::days(127);
    device.capabilities = {u"systemd"_s, u"docker"_s};
    if (device.isLocal())
        return device;
    device.auth = {AuthMethod::Agent, AuthMethod::KeyFile};
    device.keyFile =
        QLatin1String(machine.user) == QLatin1String("deploy") ? u"~/.ssh/ops-2025"_s : u"~/.ssh/id_ed25519"_s;
    device.sshAlias = device.name;
    device.hostKey = QStringLiteral("SHA256:c0Td%1yXo4mFqW0rN3hZkJvQe7LbUaSg8uQ2pI6t").arg(device.name.left(3));
    return device;
}

DeviceRow rowOf(const Machine &machine, Instant now)
{
    DeviceRow row;
    row.device = deviceOf(machine, now);
    row.version = 1;
    row.state = DeviceState::Ok;
    row.health = Health::Ok;
    row.readAt = now - seconds(machine.ageS);
    row.device.lastSeen = row.readAt;
    SystemInfo system;
    system.hostname = row.device.name;
    system.os = QString::fromLatin1(machine.os);
    system.osVersion = QString::fromLatin1(machine.osVersion);
    system.kernel = u"6.1.0-32-amd64"_s;
    system.arch = u"x86_64"_s;
    system.cpuThreads = 16;
    system.cpuCores = 8;
    system.uptimeS = machine.uptimeDays * 86400;
    system.processes = 312;
    system.memTotalBytes = static_cast<qint64>(machine.memoryGib * 1073741824.0);
    system.memUsedBytes = static_cast<qint64>(machine.memoryGib * machine.memory / 100 * 1073741824.0);
    system.memAvailableBytes = *system.memTotalBytes - *system.memUsedBytes;
    system.load = {machine.load, machine.load * 0.9, machine.load * 0.8};
    system.clockOffsetS = 0.02;
    row.system = system;
    row.sample.time = *row.readAt;
    row.sample.cpuTotal = machine.cpu;
    if (machine.load > 0)
        row.sample.load1 = machine.load;
    row.sample.memTotal = machine.memoryGib * 1073741824.0;
    row.sample.memUsed = *row.sample.memTotal * machine.memory / 100;
    row.sample.memAvailable = *row.sample.memTotal - *row.sample.memUsed;
    row.sample.swapTotal = 8.0 * 1073741824;
    row.sample.swapUsed = 0.3 * 1073741824;
    row.sample.netRx = 1.8e6;
    row.sample.netTx = 4.2e5;
    row.sample.diskRead = 3.1e6;
    row.sample.diskWrite = 9.4e5;
    row.sample.processes = 312;
    row.sample.uptime = system.uptimeS;
    row.sample.fsFullest = machine.disk;
    if (machine.temperature > 0)
        row.sample.tempMax = machine.temperature;
    for (int minute = 0; minute < 60; ++minute)
        row.cpuHour.append(static_cast<float>(
            fakeValue(row.device.name, {u"cpu.total"_s, {}}, now - std::chrono::minutes(59 - minute))));
    row.containersUp = machine.up;
    row.containersTotal = machine.total;
    row.fullestMount = QString::fromLatin1(machine.mount);
    row.fullestPercent = machine.disk;
    row.hostCpuMs = 11.0 + machine.cpu / 4.0;
    if (!row.device.isLocal()) {
        ssh::SessionInfo session;
        session.device = row.device.id;
        session.connectedAt = now - std::chrono::hours(31);
        session.authUsed = u"key from agent"_s;
        session.route = row.device.name == u"vault" ? u"gw-b"_s : u"direct"_s;
        session.serverVersion = u"OpenSSH_9.2p1"_s;
        session.cipher = u"chacha20-poly1305"_s;
        session.hostKeyType = u"ssh-ed25519"_s;
        session.channelLimit = 10;
        session.lastRoundTrip = milliseconds(3);
        row.session = session;
    }
    return row;
}

void unreadable(DeviceRow &row, DeviceState state, Health health, int ageS, Instant now)
{
    row.state = state;
    row.health = health;
    row.readAt = now - seconds(ageS);
    row.sample.time = *row.readAt;
    row.session.reset();
    // The line ends where reading ended.
    for (int minute = std::max(0, 60 - ageS / 60); minute < 60; ++minute)
        row.cpuHour[minute].reset();
}

void tellStories(QList<DeviceRow> &rows, Instant now)
{
    for (DeviceRow &row : rows) {
        const QString &name = row.device.name;
        if (name == u"borealis") {
            row.health = Health::Critical;
            row.findings = {
                finding("fs.space", Health::Critical, u"/tank/media"_s, "used_percent", 96, 95, {}, now - 34min),
                finding("unit.failed", Health::Warning, u"zfs-scrub@tank.service"_s, "active", {}, {}, u"failed"_s,
                        now - 3h)};
        } else if (name == u"vault") {
            unreadable(row, DeviceState::Unreachable, Health::Unknown, 720, now);
            row.error = problem(ErrorCode::JumpFailed, u"Jump host gw-b does not answer"_s);
            row.unreachableSince = now - 2min;
            row.nextTry = now + 41s;
            row.containersUp.reset();
            row.containersTotal.reset();
        } else if (name == u"pve3") {
            row.state = DeviceState::Paused;
            row.health = Health::Maintenance;
            row.device.paused = true;
        } else if (name == u"web1") {
            row.health = Health::Warning;
            row.findings = {finding("unit.failed", Health::Warning, u"nginx.service"_s, "active", {}, {}, u"failed"_s,
                                    now - 27min)};
        } else if (name == u"web2") {
            row.health = Health::Warning;
            row.findings = {finding("fs.space", Health::Warning, u"/"_s, "used_percent", 91, 85, {}, now - 5h)};
        } else if (name == u"stage1") {
            row.health = Health::Warning;
            row.findings = {
                finding("container.unhealthy", Health::Warning, u"api"_s, "health", {}, {}, u"unhealthy"_s, now - 2h)};
        } else if (name == u"winbox") {
            row.device.expectedAsleep = true;
            row.device.notes =
                u"Desk machine of mara. Docker Desktop only runs while she is logged in.\nAsk before waking after 18:00, it is loud."_s;
            unreadable(row, DeviceState::Asleep, Health::Asleep, 10800, now);
            row.containersUp.reset();
        } else if (name == u"wsl-dev") {
            unreadable(row, DeviceState::NeedsYou, Health::Info, 96, now);
            row.device.keyHasPassphrase = true;
            row.error =
                problem(ErrorCode::AuthInteractionNeeded, u"wsl-dev asks for the passphrase of ~/.ssh/id_ed25519"_s);
        }
    }
}

QList<DeviceRow> thousand(Instant now)
{
    QList<DeviceRow> rows;
    constexpr int kCount = 1000;
    const char *groups[] = {"Storage", "Virtualisation", "Web", "Databases", "Build", "Branch offices", "Lab", "Edge"};
    for (int number = 0; number < kCount - 1; ++number) {
        Machine machine = fakeMachines()[static_cast<std::size_t>(number % 11)];
        const QByteArray name = QByteArray(groups[number % 8]).left(3).toLower() + '-' +
                                QByteArray::number(number + 1).rightJustified(4, '0');
        machine.name = name.constData();
        machine.group = groups[number % 8];
        machine.disk = 20 + number * 7 % 60;
        DeviceRow row = rowOf(machine, now);
        row.device.address = QStringLiteral("10.%1.%2.%3").arg(number / 65536 + 30).arg(number / 256).arg(number % 256);
        if (number % 45 == 7) {
            row.health = Health::Warning;
            row.findings = {finding("unit.failed", Health::Warning, u"fwupd-refresh.service"_s, "active", {}, {},
                                    u"failed"_s, now - 6h)};
        } else if (number % 24 == 11) {
            row.health = number % 72 == 11 ? Health::Critical : Health::Warning;
            row.fullestPercent = number % 72 == 11 ? 97 : 88;
            row.findings = {finding("fs.space", row.health, QStringLiteral("/srv/data%1").arg(number), "used_percent",
                                    row.fullestPercent, 85, {}, now - std::chrono::minutes(number))};
        }
        rows.append(row);
    }
    rows.append(rowOf(fakeMachines()[13], now));
    return rows;
}

} // namespace

Instant pictureTime()
{
    return *fromRfc3339(u"2026-03-10T13:32:06.000Z");
}

DeviceId fakeId(const QString &name)
{
    return name == u"tern" ? localDeviceId() : DeviceId(u"d_01FAKE" + name.toUpper());
}

double fakeValue(const QString &device, const SeriesKey &key, Instant time)
{
    double base = 20;
    for (const Machine &machine : fakeMachines()) {
        if (device == QLatin1String(machine.name))
            base = key.name.startsWith(u"mem")    ? machine.memory
                   : key.name.startsWith(u"temp") ? machine.temperature
                                                  : machine.cpu;
    }
    const double minute = static_cast<double>(toMs(time) / 60000);
    const double phase = static_cast<double>(qHash(device + key.name + key.label, 7) % 1000);
    double value = base * (1 + 0.18 * std::sin((minute + phase) / 7) + 0.12 * std::sin((minute * 3 + phase) / 5) +
                           0.07 * std::sin(minute * 1.7 + phase));
    if (std::fmod(minute + phase, 47) < 2)
        value *= 1.8;
    if (key.name.startsWith(u"net") || key.name.startsWith(u"disk"))
        return value * 65000;
    if (key.name.startsWith(u"load"))
        return value / 12;
    if (key.name.startsWith(u"pressure"))
        return value / 10;
    if (key.name.startsWith(u"mem.") || key.name.startsWith(u"swap") || key.name == u"zfs.arc")
        return value / 100 * 34359738368.0;
    return std::min(value, 100.0);
}

QList<DeviceRow> fakeRows(FleetMode mode, Instant now)
{
    QList<DeviceRow> rows;
    if (mode == FleetMode::Loading)
        return rows;
    if (mode == FleetMode::Thousand)
        return thousand(now);
    for (const Machine &machine : fakeMachines()) {
        if (mode != FleetMode::Empty || QLatin1String(machine.name) == QLatin1String("tern"))
            rows.append(rowOf(machine, now));
    }
    if (mode == FleetMode::Empty) {
        rows[0].device.tags.clear();
        rows[0].device.group.clear();
        rows[0].device.addedAt = now - 40s;
        for (int minute = 0; minute < 58; ++minute)
            rows[0].cpuHour[minute].reset();
        return rows;
    }
    tellStories(rows, now);
    for (DeviceRow &row : rows) {
        if (mode == FleetMode::Stale && row.state == DeviceState::Ok) {
            row.findings.clear();
            unreadable(row, DeviceState::Stale, Health::Unknown, 720, now);
        } else if (mode == FleetMode::Failing && !row.device.isLocal()) {
            unreadable(row, DeviceState::Unreachable, Health::Critical, 2400, now);
            row.error = problem(ErrorCode::ConnectTimeout, row.device.address + u":22 did not answer within 15 s"_s);
            row.unreachableSince = now - 40min;
            row.nextTry = now + 4min;
            row.findings = {
                finding("device.unreachable", Health::Critical, {}, "failures_in_a_row", 12, 3, {}, now - 40min)};
        } else if (mode == FleetMode::NeedsYou && !row.device.isLocal()) {
            const bool key = row.device.name.startsWith(u"pve");
            unreadable(row, key ? DeviceState::HostKey : DeviceState::NeedsYou, key ? Health::Critical : Health::Info,
                       900, now);
            row.findings.clear();
            row.error =
                key ? problem(ErrorCode::HostKeyChanged,
                              row.device.name + u" shows another host key than the one that was accepted"_s)
                    : problem(ErrorCode::AuthInteractionNeeded, row.device.name + u" asks for a one-time code"_s);
        }
    }
    return rows;
}

} // namespace infra::test
