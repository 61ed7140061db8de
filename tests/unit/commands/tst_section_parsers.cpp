// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/containers_parser.h"
#include "core/commands/parsers/df_parser.h"
#include "core/commands/parsers/ports_parser.h"
#include "core/commands/parsers/process_parser.h"
#include "core/commands/parsers/services_parser.h"
#include "core/commands/parsers/system_parser.h"
#include "core/commands/parsers/updates_parser.h"
#include "core/commands/parsers/users_parser.h"
#include "tests/support/test_registry.h"
#include "tests/unit/commands/command_support.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::commands;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

class TestSectionParsers final : public QObject
{
    Q_OBJECT
private:
    ParsedCycle m_cycle;

    template <typename T>
    const T &data(Kind kind) const
    {
        return std::get<T>(sectionFor(m_cycle, kind)->data);
    }

private slots:
    void initTestCase()
    {
        const auto cycle = CommandRegistry().parse(fixture(u"cycle_linux.txt"_s), "00112233445566778899aabbccddeeff",
                                                   implementedKinds(), true);
        QVERIFY(cycle.has_value());
        m_cycle = *cycle;
    }

    void systemOfTheFixture()
    {
        const auto &system = data<RawSystem>(Kind::SystemMetrics);
        QCOMPARE(*system.hostEpochS, 1764000000.25);
        QCOMPARE(system.os + u' ' + system.osVersion, u"Debian GNU/Linux 12"_s);
        QCOMPARE(system.disks.size(), qsizetype(2)); // partition and dm-0 are other disks' bytes
        QCOMPARE(system.disks.at(0).readBytes, quint64(5607554) * 512);
        QCOMPARE(system.nets.at(1).rxBytes, quint64(874354587)); // the name and the number are glued
        QVERIFY(!system.nets.at(0).countsInTotal && system.nets.at(1).countsInTotal &&
                !system.nets.at(2).countsInTotal);
        QCOMPARE(*system.zfsArcBytes, qint64(1643208777));
        QVERIFY(*system.rebootRequired);
        QCOMPARE(*system.cpuCoreCount, 2);
        QCOMPARE(*system.processes, qint64(380));
    }

    void filesystemsOfTheFixture()
    {
        const auto &list = data<QList<Filesystem>>(Kind::Filesystems);
        QCOMPARE(list.size(), qsizetype(4));
        QCOMPARE(list.at(1).mount, u"/srv/my media"_s);
        QVERIFY(!list.at(1).inodesTotal);
        QCOMPARE(list.at(2).mount, u"/mnt/Disk on C type NFS"_s);
        QVERIFY(list.at(2).readOnly);
        QCOMPARE(*list.at(2).availableBytes, qint64(0)); // root's reserve is in use
        QVERIFY(!list.at(3).sizeBytes);
        QVERIFY(sectionFor(m_cycle, Kind::Filesystems)->warnings.first().contains(u"network file systems"));
    }

    void interfacesAndSensorsOfTheFixture()
    {
        QStringList kinds;
        for (const NetInterface &net : data<QList<NetInterface>>(Kind::Interfaces))
            kinds.append(net.kind);
        QCOMPARE(kinds, QStringList({u"physical"_s, u"vlan"_s, u"bridge"_s, u"tunnel"_s, u"loopback"_s}));
        QVERIFY(!data<QList<NetInterface>>(Kind::Interfaces).at(2).speedMbit);
        const auto &sensors = data<SensorReadings>(Kind::Temperatures);
        QCOMPARE(sensors.temperatures.size(), qsizetype(4)); // the loose wire and the faulty one are none
        QCOMPARE(sensors.temperatures.at(0), (Temperature{u"nvme (nvme0)"_s, u"Composite"_s, 43.85, 84.85, 94.85}));
        QVERIFY(!sensors.temperatures.at(1).maxCelsius);
        QVERIFY(!sensors.temperatures.at(3).maxCelsius);
        QCOMPARE(sensors.fans, (QList<Fan>{{u"nct6798"_s, u"fan1"_s, 0}, {u"nct6798"_s, u"CPU fan"_s, 1764}}));
    }

    void processesOfTheFixture()
    {
        const auto &list = data<QList<Process>>(Kind::Processes);
        QCOMPARE(list.size(), qsizetype(5));
        const auto of = [&](qint64 pid) {
            return *std::find_if(list.cbegin(), list.cend(), [pid](const Process &p) { return p.pid == pid; });
        };
        QCOMPARE(of(77).name, u"bad) S 1 2 3 4 5"_s);
        QCOMPARE(*of(77).cpuTicks, quint64(7));
        QVERIFY(of(2).kernelThread && !of(1).kernelThread);
        QCOMPARE(*of(812).rssBytes, qint64(262144) * 4096);
        QCOMPARE(*of(812).elapsedS, qint64(351735 - 300));
        QVERIFY(!of(2001).args.contains(u"hunter2canary"));
        QVERIFY(of(2001).args.contains(u"‹masked›"));
    }

    void servicesContainersUsersPortsUpdatesOfTheFixture()
    {
        const auto &units = data<QList<ServiceUnit>>(Kind::Services);
        QCOMPARE(units.size(), qsizetype(5));
        QVERIFY(!units.at(0).cpuNs && *units.at(0).memoryBytes == 1413120 && *units.at(0).restarts == 0);
        QVERIFY(!units.at(1).memoryBytes && *units.at(1).restarts == 5 && units.at(1).result == u"exit-code");

        const Container &web = data<QList<Container>>(Kind::Containers).at(0);
        QCOMPARE(*web.memoryBytes, qint64(130711060 - 30711060));
        QCOMPARE(*web.memoryLimitBytes, qint64(536870912));
        QCOMPARE(*web.cpuUsageUs, quint64(98701325189));
        QCOMPARE(web.ports, (QList<PortMapping>{{0, 443, u"tcp"_s}, {8080, 80, u"tcp"_s}}));
        QCOMPARE(web.mounts, (QList<ContainerMount>{{u"volume"_s, u"data"_s, u"/data"_s}}));
        QCOMPARE(web.composeProject + u'/' + web.composeService + u'/' + web.health, u"site/web/healthy"_s);
        QCOMPARE(toRfc3339(*web.started), u"2026-11-20T10:00:01.123Z"_s);

        const auto &users = data<QList<UserSession>>(Kind::Users);
        QCOMPARE(toRfc3339(*users.at(0).since),
                 u"2025-11-24T15:30:00.000Z"_s); // the host's clock says 2025-11-24 16:00
        QCOMPARE(toRfc3339(*users.at(1).since), u"2024-12-24T23:59:00.000Z"_s); // not next month
        const auto &ports = data<QList<ListeningPort>>(Kind::Ports);
        QCOMPARE(ports.size(), qsizetype(3)); // both families of port 22 are one entry
        QCOMPARE(ports.at(1), (ListeningPort{u"tcp"_s, u"*"_s, 22, u"sshd"_s}));
        const auto &updates = data<UpdateStatus>(Kind::Updates);
        QVERIFY(*updates.pending == 2 && *updates.security == 1 && *updates.held == 1 && *updates.rebootRequired);
    }

    void aServerOf256Threads()
    {
        QByteArray stat = "cpu  256 0 0 25600 0 0 0 0 0 0\n";
        for (int i = 0; i < 256; ++i)
            if (i != 17) // taken off line
                stat += "cpu" + QByteArray::number(i) + " 1 0 0 100 0 0 0 0 0 0\n";
        stat += "btime 1700000000\n";
        const auto parsed =
            parseSystem(sectionOf({{"", "cores 128\n"}, {"files", asPathLines("/proc/stat", stat)}}), {});
        QVERIFY(parsed.has_value());
        QCOMPARE(*parsed->value.cpuThreads, 255);
        QCOMPARE(parsed->value.cpuCores.size(), qsizetype(256));
        QCOMPARE(parsed->value.cpuCores.at(17), CpuTicks{});
        QCOMPARE(parsed->value.cpuCores.at(255).idle, quint64(100));
    }

    void recordedEngines()
    {
        const QByteArray docker = fixture(u"docker_ps.jsonl"_s), podman = fixture(u"podman_ps.json"_s);
        QVERIFY(!docker.isEmpty() && !podman.isEmpty());
        const auto parsed = parseContainers(sectionOf({{"", ""}, {"docker.ps", docker}, {"podman.ps", podman}}, true,
                                                      {{"docker.ps", 0}, {"podman.ps", 0}}));
        QVERIFY(parsed.has_value());
        QVERIFY(!parsed->partial);
        QCOMPARE(parsed->value.size(), qsizetype(4));
        QCOMPARE(parsed->value.at(0).engine + u' ' + parsed->value.at(0).name + u' ' + parsed->value.at(0).state,
                 u"podman pweb created"_s);
        QVERIFY(!parsed->value.at(0).started);
        QCOMPARE(parsed->value.at(3).name + u' ' + parsed->value.at(3).health, u"web healthy"_s);
        QCOMPARE(parsed->value.at(3).ports, (QList<PortMapping>{{8080, 80, u"tcp"_s}}));
    }

    void absenceIsNotFailure()
    {
        const auto status = [](Kind kind, const QByteArray &body) {
            const QByteArray name = toName(kind).toLatin1();
            const auto cycle = CommandRegistry().parse(framed("ab", {{name, body}}), "ab", {kind}, false);
            return cycle->sections.first().status;
        };
        QCOMPARE(status(Kind::Services, "manager openrc\n"), SectionStatus::Skipped);
        QCOMPARE(status(Kind::Containers, "engine none\n"), SectionStatus::Skipped);
        QCOMPARE(
            status(Kind::Containers, "\n@@ab =docker.ps\nCannot connect to the Docker daemon\n\n@@ab !docker.ps 1\n"),
            SectionStatus::Skipped);
        QCOMPARE(status(Kind::Containers, "\n@@ab =docker.ps\npermission denied while\n\n@@ab !docker.ps 1\n"),
                 SectionStatus::Error);
        QCOMPARE(status(Kind::Users, "\n@@ab =who\n\n\n@@ab !who 127\n"), SectionStatus::Skipped);
        QCOMPARE(status(Kind::Updates, "manager none\n"), SectionStatus::Skipped);
        QCOMPARE(status(Kind::Updates, "manager dnf\nneeds root\n"), SectionStatus::Error);
    }

    void otherManagersAndLayouts()
    {
        Warnings warnings;
        QCOMPARE(parseApk({"busybox-1.36.1-r0                < 1.36.1-r2"}),
                 (QList<PendingUpdate>{{u"busybox"_s, u"1.36.1-r0"_s, u"1.36.1-r2"_s, false}}));
        QCOMPARE(parsePacman({"linux 6.6.1-1 -> 6.6.2-1"}),
                 (QList<PendingUpdate>{{u"linux"_s, u"6.6.1-1"_s, u"6.6.2-1"_s, false}}));
        QCOMPARE(parseZypper(
                     {"S | Repository | Name | Current | Available | Arch", "v | main | bash | 4.4-1 | 4.4-2 | x86_64"})
                     .size(),
                 qsizetype(1));
        QCOMPARE(parseDnf({"a-very-long-name-of-a-package.x86_64", "                 1.0-2.el9     baseos",
                           "Obsoleting Packages", "old.noarch 1-1 repo"})
                     .size(),
                 qsizetype(1));
        QCOMPARE(parseDnfSecurity(
                     {"RHSA-2024:1 Important/Sec. openssl-libs-3.0.7-25.el9.x86_64", "FEDORA-1 bugfix x-1-1.noarch"}),
                 QStringList{u"openssl-libs"_s});
        // 127.0.0.1 and ::1 in both byte orders.
        const auto net = [&](const QByteArray &line, bool big) {
            const QList<ListeningPort> ports = parseProcNet({{"/proc/net/tcp6", {line}}}, big, warnings);
            return ports.isEmpty() ? QString() : ports.first().address;
        };
        QCOMPARE(net("0: 0100007F:0016 00000000:0000 0A", false), u"127.0.0.1"_s);
        QCOMPARE(net("0: 7F000001:0016 00000000:0000 0A", true), u"127.0.0.1"_s);
        QCOMPARE(net("0: 00000000000000000000000001000000:0016 0:0 0A", false), u"::1"_s);
        QCOMPARE(net("0: 000080FE00000000FF565000BC0A00FE:0016 0:0 0A", false), u"fe80::50:56ff:fe00:abc"_s);
        const QList<UserSession> busybox =
            parseWho({"root            pts/0           00:05   Nov 24 07:30:01  192.0.2.9"}, 1795507099);
        QCOMPARE(busybox.size(), qsizetype(1));
        QCOMPARE(busybox.first().from, u"192.0.2.9"_s);
        const auto sessions =
            parseSessions({"Id=3", "Name=bob", "TTY=", "RemoteHost=192.0.2.1", "Timestamp=Tue 2026-11-24 07:30:00 UTC",
                           "Class=user", "", "Id=c1", "Name=gdm", "Class=greeter"});
        QCOMPARE(sessions.size(), qsizetype(1));
        QCOMPARE(toRfc3339(*sessions.first().since), u"2026-11-24T07:30:00.000Z"_s);
        QCOMPARE(parseUnits("[{\"unit\":\"a.service\",\"load\":\"loaded\",\"active\":\"active\",\"sub\":\"running\","
                            "\"description\":\"A\"}]")
                     ->value.size(),
                 qsizetype(1));
    }
};

INFRA_TEST(TestSectionParsers)
#include "tst_section_parsers.moc"
