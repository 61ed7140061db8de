// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_fleet.h"

namespace infra::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using engine::Datum;
using engine::DeviceDetails;
using engine::DeviceRow;

namespace {

constexpr double kGib = 1073741824.0;

RawSystem rawOf(const DeviceRow &row)
{
    RawSystem raw;
    raw.hostname = row.device.name;
    raw.kernel = u"6.1.0-32-amd64"_s;
    raw.arch = u"x86_64"_s;
    raw.os = row.system ? row.system->os : QString();
    raw.osVersion = row.system ? row.system->osVersion : QString();
    raw.uptimeS = row.sample.uptime;
    raw.cpuThreads = 16;
    raw.cpuCoreCount = 8;
    for (int core = 0; core < 16; ++core) {
        raw.coreNumbers.append(core);
        raw.cpuCores.append(CpuTicks{1000, 0, 400, 9000, 20, 0, 1, 0});
    }
    raw.cpuTotal = CpuTicks{16000, 0, 6400, 144000, 320, 0, 16, 0};
    raw.load = {row.sample.load1.value_or(0), row.sample.load1.value_or(0) * 0.9, row.sample.load1.value_or(0) * 0.8};
    raw.processes = 312;
    raw.memTotalBytes = static_cast<qint64>(row.sample.memTotal.value_or(0));
    raw.memAvailableBytes = static_cast<qint64>(row.sample.memAvailable.value_or(0));
    raw.cachedBytes = *raw.memTotalBytes / 5;
    raw.pressure.cpu.some = {1.2, 0.8, 0.5};
    raw.disks = {{u"nvme0n1"_s, 91234567890, 41234567890, 812345, 412345, 91234},
                 {u"sda"_s, 912345678, 412345678, 8123, 4123, 912}};
    raw.nets = {{u"eth0"_s, 812345678901, 212345678901, 0, 0, true}};
    raw.rebootRequired = row.device.name == u"db1";
    return raw;
}

QList<Filesystem> filesystemsOf(const DeviceRow &row)
{
    const double percent = row.fullestPercent.value_or(40);
    const double total = row.device.type == DeviceType::Unraid   ? 96 * 1024.0
                         : row.device.type == DeviceType::ZfsNas ? 48 * 1024.0
                                                                 : 476.0;
    Filesystem main;
    main.mount = row.fullestMount;
    main.device = u"/dev/nvme0n1p2"_s;
    main.type = row.device.type == DeviceType::ZfsNas ? u"zfs"_s : u"ext4"_s;
    main.sizeBytes = static_cast<qint64>(total * kGib);
    main.usedBytes = static_cast<qint64>(total * kGib * percent / 100);
    main.availableBytes = *main.sizeBytes - *main.usedBytes;
    main.inodesTotal = 31'000'000;
    main.inodesUsed = 2'100'000;
    Filesystem boot;
    boot.mount = u"/boot"_s;
    boot.device = u"/dev/nvme0n1p1"_s;
    boot.type = u"ext4"_s;
    boot.sizeBytes = static_cast<qint64>(0.94 * kGib);
    boot.usedBytes = static_cast<qint64>(0.21 * kGib);
    boot.availableBytes = *boot.sizeBytes - *boot.usedBytes;
    return {main, boot};
}

QList<Container> containersOf(const DeviceRow &row, Instant now)
{
    const char *services[] = {"proxy", "app", "db", "cache",  "queue", "mail",  "metrics", "search", "backup", "files",
                              "wiki",  "git", "ci", "photos", "music", "books", "dns",     "vpn",    "auth"};
    QList<Container> containers;
    const int total = row.containersTotal.value_or(0);
    const int up = row.containersUp.value_or(0);
    for (int number = 0; number < total; ++number) {
        Container container;
        const QString service = QString::fromLatin1(services[number % 19]);
        container.composeProject = number < 4 ? u"shop"_s : number < 9 ? u"media"_s : QString();
        container.composeService = container.composeProject.isEmpty() ? QString() : service;
        container.name =
            container.composeProject.isEmpty() ? service : container.composeProject + u'-' + service + u"-1"_s;
        container.id =
            QString::number(qHash(QString(row.device.name + service), 3), 16).rightJustified(16, u'0').repeated(4);
        container.image = QStringLiteral("registry.example.org/%1:2.%2").arg(service).arg(number);
        container.engine = u"docker"_s;
        container.state = number < up ? u"running"_s : u"exited"_s;
        container.health = number % 3 == 0 ? u"healthy"_s : u"none"_s;
        if (number < up) {
            container.cpuPercent = 0.4 + number * 1.3;
            container.memoryBytes = static_cast<qint64>((0.05 + number * 0.11) * kGib);
            container.started = now - std::chrono::hours(26 + number * 9);
        }
        container.memoryLimitBytes = 2147483648;
        container.ports = {{8080 + number, 80, u"tcp"_s}};
        container.mounts = {{u"bind"_s, u"/srv/"_s + service, u"/data"_s}};
        container.labels = {{u"com.docker.compose.project"_s, container.composeProject}};
        container.restarts = number == 2 ? 3 : 0;
        container.status = number < up ? u"Up 26 hours"_s : u"Exited (0) 3 days ago"_s;
        containers.append(container);
    }
    if (row.device.name == u"stage1" && containers.size() > 1) {
        containers[1].name = u"api"_s;
        containers[1].health = u"unhealthy"_s;
        containers[1].status = u"Up 2 hours (unhealthy)"_s;
    }
    return containers;
}

QList<ServiceUnit> servicesOf(const DeviceRow &row)
{
    const char *names[] = {"ssh",
                           "cron",
                           "docker",
                           "nginx",
                           "systemd-journald",
                           "systemd-timesyncd",
                           "postgresql@15-main",
                           "smartmontools",
                           "unattended-upgrades",
                           "rsyslog"};
    QList<ServiceUnit> units;
    for (const char *name : names) {
        ServiceUnit unit;
        unit.name = QLatin1String(name) + u".service"_s;
        unit.description = u"The "_s + QLatin1String(name) + u" service"_s;
        unit.manager = u"systemd"_s;
        unit.load = u"loaded"_s;
        const bool failed = row.device.name == u"web1" && unit.name.startsWith(u"nginx");
        unit.active = failed ? u"failed"_s : u"active"_s;
        unit.sub = failed ? u"failed"_s : u"running"_s;
        unit.result = failed ? u"exit-code"_s : u"success"_s;
        unit.restarts = failed ? 5 : 0;
        unit.memoryBytes = static_cast<qint64>(40'000'000 + 9'000'000 * units.size());
        unit.cpuNs = static_cast<qint64>(31'000'000'000 * (units.size() + 1));
        units.append(unit);
    }
    return units;
}

QList<Process> processesOf()
{
    const char *names[] = {"postgres", "dockerd",    "nginx",   "node", "systemd",
                           "sshd",     "containerd", "python3", "java", "redis-server"};
    QList<Process> processes;
    for (int number = 0; number < 60; ++number) {
        Process process;
        process.pid = 1 + number * 37;
        process.ppid = number == 0 ? 0 : 1;
        process.name = QString::fromLatin1(names[number % 10]);
        process.user = number % 4 == 0 ? u"root"_s : u"www-data"_s;
        process.rssBytes = static_cast<qint64>((420.0 - number * 6) * 1048576);
        process.elapsedS = 86400 * 3 + number * 60;
        process.cpuPercent = number < 8 ? 31.0 / (number + 1) : 0.0;
        process.args = u"/usr/bin/"_s + process.name + u" --config /etc/"_s + process.name + u".conf"_s;
        processes.append(process);
    }
    return processes;
}

Datum datum(Kind kind, SectionData data, Instant at, bool stale)
{
    Datum made;
    made.section.kind = kind;
    made.section.status = SectionStatus::Ok;
    made.section.data = std::move(data);
    made.readAt = at;
    made.stale = stale;
    return made;
}

} // namespace

DeviceDetails fakeDetails(FleetMode mode, const DeviceRow &row, Instant now)
{
    DeviceDetails details;
    details.device = row.device.id;
    details.version = 1;
    if (mode == FleetMode::Loading || !row.readAt)
        return details;
    const Instant at = *row.readAt;
    const bool stale = row.state != DeviceState::Ok && row.state != DeviceState::Paused;
    const auto put = [&](Kind kind, SectionData data) {
        details.data.insert(kind, datum(kind, std::move(data), at, stale));
    };
    put(Kind::SystemMetrics, rawOf(row));
    put(Kind::Filesystems, filesystemsOf(row));
    put(Kind::Interfaces,
        QList<NetInterface>{
            {u"eth0"_s, u"up"_s, 1000, u"physical"_s, 1500, u"52:54:00:12:34:56"_s, 812345678901, 212345678901},
            {u"docker0"_s, u"up"_s, {}, u"bridge"_s, 1500, u"02:42:00:12:34:56"_s, 12345678, 2345678}});
    SensorReadings sensors;
    if (row.sample.tempMax)
        sensors.temperatures = {{u"coretemp"_s, u"Package id 0"_s, *row.sample.tempMax, 80.0, 100.0},
                                {u"nvme"_s, u"Composite"_s, 38.9, 81.8, 84.8}};
    sensors.fans = {{u"nct6775"_s, u"fan1"_s, 812}};
    put(Kind::Temperatures, sensors);
    put(Kind::Processes, processesOf());
    put(Kind::Services, servicesOf(row));
    put(Kind::Containers, containersOf(row, now));
    put(Kind::Users, QList<UserSession>{{u"mara"_s, u"pts/0"_s, u"10.20.0.5"_s, now - 2h}});
    put(Kind::Ports, QList<ListeningPort>{{u"tcp"_s, u"*"_s, 22, u"sshd"_s},
                                          {u"tcp"_s, u"*"_s, 443, u"nginx"_s},
                                          {u"tcp"_s, u"127.0.0.1"_s, 5432, u"postgres"_s}});
    UpdateStatus updates;
    updates.pending = 7;
    updates.security = 2;
    updates.held = 0;
    updates.rebootRequired = row.device.name == u"db1";
    updates.manager = u"apt"_s;
    updates.packages = {{u"openssl"_s, u"3.0.15-1"_s, u"3.0.16-1"_s, true},
                        {u"curl"_s, u"7.88.1-10"_s, u"7.88.1-11"_s, false}};
    put(Kind::Updates, updates);
    if (mode == FleetMode::Failing) {
        Datum &updatesDatum = details.data[Kind::Updates];
        updatesDatum.section.status = SectionStatus::Error;
        updatesDatum.section.data = std::monostate{};
        updatesDatum.section.error = Error{ErrorCode::PermissionDenied, u"apt-get: permission denied"_s};
    }
    for (int cycle = 359; cycle >= 0; --cycle) {
        const Instant time = now - seconds(cycle * 10);
        for (int core = 0; core < 4; ++core) {
            const SeriesKey key{u"cpu.core"_s, QString::number(core)};
            details.liveSeries[key].append({time, fakeValue(row.device.name, key, time)});
        }
    }
    return details;
}

} // namespace infra::test
