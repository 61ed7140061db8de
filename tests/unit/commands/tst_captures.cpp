// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/containers_parser.h"
#include "core/commands/parsers/df_parser.h"
#include "core/commands/parsers/ports_parser.h"
#include "core/commands/parsers/proc_files.h"
#include "core/commands/parsers/process_parser.h"
#include "core/commands/parsers/sensors_parser.h"
#include "core/commands/parsers/services_parser.h"
#include "core/commands/parsers/updates_parser.h"
#include "core/commands/parsers/users_parser.h"
#include "tests/support/test_registry.h"
#include "tests/unit/commands/command_support.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::commands;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// Recorded outputs of real machines, with facts that a person read in them. Skipped where the folder of recordings is
/// not there.
class TestCaptures final : public QObject
{
    Q_OBJECT
private:
    static QList<QByteArray> linesOf(const QString &name) { return wholeLines(captureFile(name) + '\n'); }

private slots:
    void init()
    {
        if (capturesDir().isEmpty())
            QSKIP("no recordings here");
    }

    void dfRows_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("mount");
        QTest::addColumn<bool>("inodes");
        QTest::addColumn<quint64>("total");
        QTest::addColumn<quint64>("used");
        const auto row = [](const char *file, const char *mount, bool inodes, quint64 total, quint64 used) {
            QTest::addRow("%s %s", file, mount)
                << QString::fromLatin1(file) << QByteArray(mount) << inodes << total << used;
        };
        row("glpi-linux-PT", "/media/windows", false, 61442860ULL * 1024, 19929380ULL * 1024);
        row("insights-df_al", "/run", false, 5998736ULL * 1024, 1380ULL * 1024);
        row("insights-df_li", "/", true, 6275072, 124955);
        row("insights-df_li", "/V M T o o l s", true, 1499684, 6);
        row("insights-df_li_doc", "/opt/data", true, 26213888, 19662);
        row("jc-df-long-filesystem", "/", false, 6030784ULL * 1024, 1147932ULL * 1024);
        row("jc-ubuntu1804-df", "/snap/core18/1223", false, 55936ULL * 1024, 55936ULL * 1024);
        row("serverbox-df_debian", "/sys/firmware/efi/efivars", false, 148ULL * 1024, 57ULL * 1024);
        row("serverbox-df_immortalwrt", "/opt", false, 5335040ULL * 1024, 4570160ULL * 1024);
        row("serverbox-df_orbstack", "/", false, 235798528ULL * 1024, 22142900ULL * 1024);
    }
    void dfRows()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, mount);
        QFETCH(bool, inodes);
        const Result<Parsed<DfTable>> table = parseDf(captureFile(u"df/"_s + file + u".txt"_s) + '\n');
        QVERIFY(table.has_value());
        QCOMPARE(table->value.inodes, inodes);
        const auto found = std::find_if(table->value.rows.cbegin(), table->value.rows.cend(),
                                        [&](const DfRow &row) { return row.mount == mount; });
        QVERIFY(found != table->value.rows.cend());
        QTEST(*found->total, "total");
        QTEST(*found->used, "used");
    }

    void aTableOfAnotherUnitIsRefused()
    {
        const auto table = parseDf(captureFile(u"df/insights-df_al_bs_2mb.txt"_s) + '\n');
        QVERIFY(!table);
        QCOMPARE(table.error().code, ErrorCode::BadOutput);
    }

    void procStatOfManyKernels()
    {
        Warnings warnings;
        RawSystem old, eight, two, one;
        readProcStat(linesOf(u"proc/jc-stat2.txt"_s), old, warnings);
        QCOMPARE(old.cpuTotal->steal, quint64(0));
        readProcStat(linesOf(u"proc/nodeexporter-stat.txt"_s), eight, warnings);
        QCOMPARE(eight.cpuTotal->user, quint64(301854));
        QCOMPARE(*eight.cpuThreads, 8);
        QCOMPARE(eight.cpuCores.at(7).idle, quint64(1139282));
        readProcStat(linesOf(u"proc/jc-stat.txt"_s), two, warnings);
        QCOMPARE(*two.bootTimeS, qint64(1662154781));
        QCOMPARE(two.cpuTotal->softirq, quint64(1174));
        readProcStat(linesOf(u"proc/telegraf-cpu-2threads-a.txt"_s), one, warnings);
        QCOMPARE(*one.cpuThreads, 1);
        RawSystem hotplug;
        readProcStat(linesOf(u"proc/telegraf-cpu-2threads-b.txt"_s), hotplug, warnings);
        QCOMPARE(hotplug.cpuCores.at(1).user, quint64(29604));
        RawSystem ancient;
        readProcStat(linesOf(u"proc/telegraf-kernel-stat-page-swap.txt"_s), ancient, warnings);
        QCOMPARE(*ancient.bootTimeS, qint64(1457505775));
        QVERIFY(!warnings.partial());
    }

    void memoryAndPressure()
    {
        Warnings warnings;
        RawSystem old, fresh;
        readMeminfo(linesOf(u"proc/procfs-meminfo.txt"_s), old, warnings);
        QVERIFY(!old.memAvailableBytes);
        QCOMPARE(*old.memTotalBytes, qint64(15666184) * 1024);
        readMeminfo(linesOf(u"proc/jc-meminfo.txt"_s), fresh, warnings);
        QCOMPARE(*fresh.memAvailableBytes, qint64(3386876) * 1024);
        const PressureLine cpu = readPressure(linesOf(u"proc/procfs-pressure_cpu.txt"_s), warnings);
        QCOMPARE((*cpu.some)[2], 3.85);
        QVERIFY(!cpu.full);
        const PressureLine io = readPressure(linesOf(u"proc/procfs-pressure_io.txt"_s), warnings);
        QCOMPARE((*io.full)[0], 0.20);
        QVERIFY(!warnings.partial());
        QCOMPARE(*readArcSize(linesOf(u"zfs/nodeexporter-kstat-arcstats.txt"_s)), qint64(1603939792));
        QCOMPARE(*readArcSize(linesOf(u"zfs/telegraf-kstat-arcstats-2.3.txt"_s)), qint64(14960038920));
    }

    void disksAndInterfaces()
    {
        Warnings warnings;
        const QList<DiskCounters> disks = readDiskstats(linesOf(u"proc/procfs-diskstats.txt"_s), {}, warnings);
        QStringList names;
        for (const DiskCounters &disk : disks)
            names.append(disk.device);
        QCOMPARE(names, QStringList({u"sda"_s, u"mmcblk0"_s, u"vda"_s, u"nvme0n1"_s, u"sdb"_s, u"sdc"_s}));
        QCOMPARE(disks.first().readBytes, quint64(1003346126) * 512);
        QCOMPARE(disks.first().writeOps, quint64(28444756));
        QCOMPARE(disks.first().busyMs, quint64(9653880));
        const QList<DiskCounters> vm = readDiskstats(linesOf(u"proc/jc-diskstats.txt"_s), {}, warnings);
        QCOMPARE(vm.size(), qsizetype(1));
        QCOMPARE(vm.first().writtenBytes, quint64(715384) * 512);
        const QList<NetCounters> nets = readNetDev(linesOf(u"proc/procfs-net_dev.txt"_s), {}, warnings);
        QCOMPARE(nets.size(), qsizetype(3)); // the veth end is left out
        QVERIFY(nets.at(2).interface == u"eth0" && nets.at(2).countsInTotal && !nets.at(1).countsInTotal);
        QCOMPARE(nets.at(2).txBytes, quint64(563352563));
        QVERIFY(!warnings.partial());
    }

    void processes()
    {
        const std::optional<ProcStat> stat =
            parseProcPidStat(captureFile(u"proc/jc-pid_stat_w_space_and_nl_in_comm.txt"_s).trimmed());
        QVERIFY(stat.has_value());
        QCOMPARE(stat->comm, QByteArray("my file with\nsp"));
        QCOMPARE(stat->ppid, qint64(1888));
        QCOMPARE(stat->startTicks, quint64(75513));
        QCOMPARE(stat->rssPages, qint64(297));
        const auto args = [&](const QString &file, qint64 pid) {
            const auto table = parsePsTable(linesOf(u"ps/"_s + file));
            if (table)
                for (const PsRow &row : table->value)
                    if (row.pid == pid)
                        return QByteArray(row.user + '|' + row.args);
            return QByteArray("none");
        };
        QCOMPARE(args(u"glpi-busybox.txt"_s, 597), QByteArray("nobody|/usr/syno/apache/bin/httpd -DHAVE_PHP"));
        QCOMPARE(args(u"glpi-linux.txt"_s, 1), QByteArray("root|/sbin/init"));
        QCOMPARE(args(u"insights-ps_auxwwwm.txt"_s, 1535), QByteArray("chrony|/usr/sbin/chronyd"));
        QCOMPARE(args(u"insights-ps_eo_cmd_normal.txt"_s, 3106), QByteArray("|[NFSv4"));
        QCOMPARE(args(u"jc-ubuntu1804-ps-axu.txt"_s, 1),
                 QByteArray("root|/sbin/init auto automatic-ubiquity noprompt"));
        QCOMPARE(args(u"jc-ubuntu1804-ps-ef.txt"_s, 2), QByteArray("root|[kthreadd]"));
    }

    void services()
    {
        const auto unit = [](const QString &file, const QString &name) {
            const auto units = parseUnits(captureFile(u"systemctl/"_s + file) + '\n');
            if (units)
                for (const ServiceUnit &entry : units->value)
                    if (entry.name == name)
                        return QString(entry.load + u' ' + entry.active + u' ' + entry.sub + u' ' + entry.description);
            return u"none"_s;
        };
        QCOMPARE(unit(u"jc-centos77-list-units.txt"_s, u"sshd.service"_s),
                 u"loaded active running OpenSSH server daemon"_s);
        QCOMPARE(unit(u"jc-ubuntu1804-list-units.txt"_s, u"auditd.service"_s),
                 u"not-found inactive dead auditd.service"_s);
        QCOMPARE(unit(u"insights-listunits_content.txt"_s, u"atd.service"_s),
                 u"loaded active running Job spooling tools"_s);
        QCOMPARE(unit(u"linuxfabrik-failed-three-failed-tomcat-varnish.txt"_s, u"tomcat8.service"_s),
                 u"not-found failed failed tomcat8.service"_s);
        const auto shown = parseShow(linesOf(u"systemctl/insights-systemctl_show_all_examples.txt"_s));
        QCOMPARE(shown.value("postgresql.service").value("LimitMSGQUEUE"), QByteArray("819200"));
        QVERIFY(shown.contains("tuned.service"));
        const auto unset =
            parseShow(linesOf(u"systemctl/insights-system_show_all_services_with_cpuaccouting_info3.txt"_s));
        QCOMPARE(systemdNumber(unset.value("test2.service").value("CPUShares")), std::optional<qint64>(184));
        QCOMPARE(systemdNumber(unset.value("test2.service").value("StartupCPUShares")), std::optional<qint64>());
    }

    void usersPortsAndUpdates()
    {
        const QList<UserSession> users = parseWho(linesOf(u"who/jc-ubuntu1804-who-a.txt"_s), std::nullopt);
        QCOMPARE(users.size(), qsizetype(2));
        QCOMPARE(users.at(1).tty + u' ' + users.at(1).from, u"pts/0 192.168.71.1"_s);
        QCOMPARE(toRfc3339(*users.at(0).since), u"2020-03-02T02:52:00.000Z"_s);

        Warnings warnings;
        const QList<ListeningPort> old = parseSs(linesOf(u"ports/insights-ss-tulpn.txt"_s), warnings);
        QVERIFY(old.contains(ListeningPort{u"tcp"_s, u"*"_s, 22, u"sshd"_s}));
        QVERIFY(old.contains(ListeningPort{u"udp"_s, u"127.0.0.1"_s, 904, u"rpc.statd"_s}));
        const QList<ListeningPort> fresh = parseSs(linesOf(u"ports/jc-ubuntu1804-ss-tulpen.txt"_s), warnings);
        QVERIFY(fresh.contains(ListeningPort{u"udp"_s, u"127.0.0.53%lo"_s, 53, u"systemd-resolve"_s}));
        const QByteArray tcp = asPathLines("/proc/net/tcp", captureFile(u"proc/jc-net_tcp.txt"_s));
        const QList<ListeningPort> kernel = parseProcNet(pathFiles(tcp, nullptr), false, warnings);
        QVERIFY(kernel.contains(ListeningPort{u"tcp"_s, u"127.0.0.53"_s, 53, {}}));
        QVERIFY(kernel.contains(ListeningPort{u"tcp"_s, u"*"_s, 22, {}}));

        const QList<PendingUpdate> apt = parseAptSimulation(linesOf(u"updates/jc-apt_get_sqq.txt"_s));
        QCOMPARE(apt.size(), qsizetype(2));
        QVERIFY(apt.contains(PendingUpdate{u"dpkg"_s, u"1.19.7"_s, u"1.19.8"_s, true}));
        QVERIFY(apt.contains(PendingUpdate{u"base-files"_s, u"10.3+deb10u4"_s, u"10.3+deb10u13"_s, false}));
        const QList<PendingUpdate> list = parseAptList(linesOf(u"updates/linuxfabrik-apt-list-debian12.txt"_s));
        QCOMPARE(list.size(), qsizetype(37));
        QVERIFY(list.contains(PendingUpdate{u"bash"_s, u"5.2.15-2+b7"_s, u"5.2.15-2+b10"_s, false}));
        QVERIFY(list.contains(PendingUpdate{u"libgnutls30"_s, u"3.7.9-2+deb12u3"_s, u"3.7.9-2+deb12u6"_s, true}));
        QCOMPARE(parseAptList(linesOf(u"updates/linuxfabrik-apt-list-ubuntu2604.txt"_s)).size(), qsizetype(8));
        const QList<PendingUpdate> dnf = parseDnf(linesOf(u"updates/linuxfabrik-dnf-fedora41-upgrades.txt"_s));
        QCOMPARE(dnf.size(), qsizetype(68));
        QVERIFY(dnf.contains(PendingUpdate{u"curl"_s, {}, u"8.9.1-4.fc41"_s, false}));
        QVERIFY(parseDnf(linesOf(u"updates/linuxfabrik-dnf-rhel9-updateinfo.txt"_s)).isEmpty());
    }

    void enginesTellWhyTheyFail()
    {
        const auto code = [](const QString &file) { return engineError(u"docker"_s, captureFile(file), 1).code; };
        QCOMPARE(code(u"docker/linuxfabrik-stderr-daemon-not-running.txt"_s), ErrorCode::DockerDown);
        QCOMPARE(code(u"docker/linuxfabrik-stderr-permission-denied.txt"_s), ErrorCode::DockerDenied);
        QCOMPARE(code(u"podman/linuxfabrik-stderr-permission-denied.txt"_s), ErrorCode::DockerDenied);
        const QByteArray group = "/sys/fs/cgroup/docker/" + QByteArray(64, 'a');
        const QByteArray text =
            asPathLines(group + "/cpu.stat", captureFile(u"proc/telegraf-cgroup2_cpu.stat.txt"_s)) +
            asPathLines(group + "/memory.current", captureFile(u"proc/telegraf-cgroup2_memory.current.txt"_s)) +
            asPathLines(group + "/memory.stat", captureFile(u"proc/telegraf-cgroup2_memory.stat.txt"_s));
        const CgroupUse use = parseCgroups(text).value(QByteArray(64, 'a'));
        QCOMPARE(*use.cpuUsageUs, quint64(98701325189));
        QCOMPARE(*use.memoryBytes, qint64(13071106048 - 2935459840));
        QVERIFY(!use.memoryLimitBytes);
    }

    void sensorsOfOneChip()
    {
        QList<PathFile> files;
        for (const QByteArray &line : linesOf(u"sensors/nodeexporter-hwmon.txt"_s)) {
            const qsizetype at = line.indexOf(": ");
            if (at > 0 && line.contains("/nvme0/hwmon3/"))
                files.append({line.first(at), {line.mid(at + 2)}});
        }
        Warnings warnings;
        const SensorReadings readings = readSensors(files, {}, true, warnings);
        QCOMPARE(readings.temperatures.size(), qsizetype(4));
        QCOMPARE(readings.temperatures.at(0), (Temperature{u"nvme"_s, u"Composite"_s, 43.85, 84.85, 94.85}));
        QCOMPARE(readings.temperatures.at(1), (Temperature{u"nvme"_s, u"Sensor 1"_s, 43.85, {}, {}}));
    }
};

INFRA_TEST(TestCaptures)
#include "tst_captures.moc"
