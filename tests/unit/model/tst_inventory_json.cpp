// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/error_json.h"
#include "core/model/inventory.h"
#include "core/model/json_values.h"
#include "core/model/section.h"
#include "core/model/system_json.h"
#include "tests/support/test_registry.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

class TestInventoryJson : public QObject
{
    Q_OBJECT
private slots:
    void everyKindComesBackAsItWas_data();
    void everyKindComesBackAsItWas();
    void keysAreThoseOfTheContract_data();
    void keysAreThoseOfTheContract();
    void whatIsNotKnownIsNullAndComesBackUnknown();
    void zeroIsNotUnknown();
    void systemInfoComesBackAsItWas();
    void aMetricOfNoNumberIsNull();
    void hugeCountersKeepEveryBit();
    void wrongTypesReadAsUnknown();
    void aWrongShapeIsNoData();
    void errorsComeBackAsTheyWere();
};

namespace {

RawSystem rawSystem()
{
    RawSystem raw;
    raw.hostEpochS = 1'795'496'400.25;
    raw.uptimeS = 12345.67;
    raw.bootTimeS = 1'795'484'054;
    raw.uid = 1000;
    raw.hostname = u"lab1"_s;
    raw.kernel = u"6.1.0-18-amd64"_s;
    raw.arch = u"x86_64"_s;
    raw.os = u"Debian GNU/Linux"_s;
    raw.osVersion = u"12"_s;
    raw.cpuTotal = CpuTicks{1, 2, 3, 4, 5, 6, 7, std::numeric_limits<quint64>::max()};
    raw.cpuCores = {CpuTicks{1, 0, 0, 9, 0, 0, 0, 0}, CpuTicks{}};
    raw.coreNumbers = {0, 3};
    raw.cpuThreads = 4;
    raw.cpuCoreCount = 2;
    raw.load = {0.1, 0.25, 1.5};
    raw.processes = 321;
    raw.memTotalBytes = 8LL << 30;
    raw.memAvailableBytes = 3LL << 30;
    raw.memFreeBytes = 1;
    raw.buffersBytes = 2;
    raw.cachedBytes = 3;
    raw.swapTotalBytes = 0;
    raw.swapFreeBytes = 0;
    raw.zfsArcBytes = 7;
    raw.pressure.cpu.some = {1.5, 2.5, 3.5};
    raw.pressure.memory.full = {0, 0, 0.01};
    raw.disks = {{u"sda"_s, 1, 2, 3, 4, 5}, {u"nvme0n1"_s, 1ULL << 63, 0, 0, 0, 0}};
    raw.nets = {{u"eth0"_s, 10, 20, 1, 2, true}, {u"veth1"_s, 0, 0, 0, 0, false}};
    raw.rebootRequired = true;
    return raw;
}

Container container()
{
    Container value{u"c1"_s,
                    u"web"_s,
                    u"nginx:1.22"_s,
                    u"docker"_s,
                    u"running"_s,
                    u"healthy"_s,
                    1.25,
                    9'000'000,
                    {},
                    123'456'789,
                    {{8080, 80, u"tcp"_s}, {0, 443, u"tcp"_s}},
                    {{u"volume"_s, u"data"_s, u"/data"_s}},
                    {{u"com.example"_s, u"x=y"_s}, {u"empty"_s, u""_s}},
                    u"site"_s,
                    u"frontend"_s,
                    0,
                    fromMs(1'795'496'400'000),
                    u"Up 3 hours (healthy)"_s};
    return value;
}

SectionData sampleOf(Kind kind)
{
    switch (kind) {
    case Kind::SystemMetrics:
        return rawSystem();
    case Kind::Filesystems:
        return QList<Filesystem>{{u"/"_s, u"/dev/sda1"_s, u"ext4"_s, 100, 40, 55, 1000, 10, false},
                                 {u"/ro"_s, u"x"_s, u"squashfs"_s, {}, {}, {}, {}, {}, true}};
    case Kind::Interfaces:
        return QList<NetInterface>{{u"eth0"_s, u"up"_s, 1000, u"physical"_s, 1500, u"00:11:22:33:44:55"_s, 5, 6},
                                   {u"wg0"_s, u"unknown"_s, {}, u"tunnel"_s, {}, {}, {}, {}}};
    case Kind::Temperatures:
        return SensorReadings{{{u"k10temp"_s, u"Tctl"_s, 45.5, {}, 95.0}}, {{u"nct"_s, u"fan1"_s, 1200}}};
    case Kind::Processes:
        return QList<Process>{{1, 0, u"root"_s, u"systemd"_s, 4096, 99, 0.5, 77, false, u"/sbin/init"_s},
                              {2, 0, u"root"_s, u"kthreadd"_s, {}, {}, {}, {}, true, {}}};
    case Kind::Services:
        return QList<ServiceUnit>{{u"ssh.service"_s, u"OpenBSD Secure Shell server"_s, u"systemd"_s, u"loaded"_s,
                                   u"active"_s, u"running"_s, u"success"_s, 0, 100, 200}};
    case Kind::Containers:
        return QList<Container>{container()};
    case Kind::Users:
        return QList<UserSession>{{u"alice"_s, u"pts/0"_s, u"10.0.0.2"_s, fromMs(1'795'496'400'000)},
                                  {u"bob"_s, u"tty1"_s, {}, {}}};
    case Kind::Ports:
        return QList<ListeningPort>{{u"tcp"_s, u"*"_s, 22, u"sshd"_s}};
    case Kind::Updates:
        return UpdateStatus{3, 1, 0, true, u"apt"_s, {{u"openssl"_s, u"1"_s, u"2"_s, true}}};
    case Kind::Drives:
    case Kind::Zfs:
    case Kind::Guests:
    case Kind::Unraid:
        break;
    }
    return std::monostate();
}

QJsonValue throughText(const QJsonValue &value)
{
    return QJsonDocument::fromJson(QJsonDocument(QJsonArray{value}).toJson()).array().at(0);
}

} // namespace

void TestInventoryJson::everyKindComesBackAsItWas_data()
{
    QTest::addColumn<int>("kind");
    for (const Kind kind : allKinds())
        QTest::newRow(qPrintable(toName(kind))) << static_cast<int>(kind);
}

void TestInventoryJson::everyKindComesBackAsItWas()
{
    QFETCH(int, kind);
    const SectionData data = sampleOf(static_cast<Kind>(kind));
    const SectionData back = sectionDataFromJson(static_cast<Kind>(kind), throughText(toJson(data)));
    QVERIFY(back == data);
}

void TestInventoryJson::keysAreThoseOfTheContract_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("keys");
    const auto row = [](Kind kind, const QString &keys) {
        QTest::newRow(qPrintable(toName(kind))) << static_cast<int>(kind) << keys;
    };
    row(Kind::Filesystems,
        u"mount device type size_bytes used_bytes available_bytes inodes_total inodes_used read_only"_s);
    row(Kind::Services, u"name description manager load active sub result restarts memory_bytes cpu_ns"_s);
    row(Kind::Processes, u"pid ppid user name rss_bytes elapsed_s kernel_thread args"_s);
    row(Kind::Ports, u"proto address port"_s);
    row(Kind::Users, u"user tty from"_s);
    row(Kind::Interfaces, u"name state speed_mbit kind mtu"_s);
    row(Kind::Updates, u"pending security held reboot_required"_s);
    row(Kind::Containers,
        u"id name image engine state health cpu_percent memory_bytes memory_limit_bytes ports mounts compose_project restarts started"_s);
}

void TestInventoryJson::keysAreThoseOfTheContract()
{
    QFETCH(int, kind);
    QFETCH(QString, keys);
    const QJsonValue json = toJson(sampleOf(static_cast<Kind>(kind)));
    const QJsonObject first = json.isArray() ? json.toArray().first().toObject() : json.toObject();
    for (const QString &key : keys.split(u' '))
        QVERIFY2(first.contains(key), qPrintable(key));
    if (static_cast<Kind>(kind) == Kind::Containers) {
        const QJsonObject port = first.value("ports"_L1).toArray().first().toObject();
        QCOMPARE(port, QJsonObject({{u"host"_s, 8080}, {u"container"_s, 80}, {u"proto"_s, u"tcp"_s}}));
        QVERIFY(first.value("memory_limit_bytes"_L1).isNull());
    }
}

void TestInventoryJson::whatIsNotKnownIsNullAndComesBackUnknown()
{
    const QJsonObject json = toJson(Filesystem{});
    for (const QString &key : json.keys())
        QVERIFY2(json.value(key).isNull() || key == u"read_only", qPrintable(key));
    QVERIFY(filesystemFromJson(json) == Filesystem{});
    QVERIFY(containerFromJson(toJson(Container{})) == Container{});
    QVERIFY(updateStatusFromJson(toJson(UpdateStatus{})) == UpdateStatus{});
    QVERIFY(systemInfoFromJson(toJson(SystemInfo{})) == SystemInfo{});
    QVERIFY(rawSystemFromJson(toJson(RawSystem{})) == RawSystem{});
    QVERIFY(toJson(SectionData()).isNull());
}

void TestInventoryJson::zeroIsNotUnknown()
{
    Filesystem value;
    value.usedBytes = 0;
    const QJsonObject json = toJson(value);
    QVERIFY(json.value("used_bytes"_L1).isDouble());
    QCOMPARE(filesystemFromJson(json).usedBytes, std::optional<qint64>(0));
    QVERIFY(!filesystemFromJson(json).sizeBytes.has_value());
}

void TestInventoryJson::systemInfoComesBackAsItWas()
{
    SystemInfo info;
    info.hostname = u"h"_s;
    info.kernel = u"k"_s;
    info.arch = u"a"_s;
    info.os = u"o"_s;
    info.osVersion = u"v"_s;
    info.cpuThreads = 256;
    info.cpuCores = 128;
    info.memTotalBytes = 1LL << 42;
    info.memAvailableBytes = 2;
    info.memUsedBytes = 3;
    info.swapTotalBytes = 4;
    info.swapUsedBytes = 0;
    info.load = {1, 2, 3};
    info.uptimeS = 1.5;
    info.bootTimeS = 1'795'484'054;
    info.pressure.io.full = {1, 2, 3};
    info.processes = 5;
    info.rebootRequired = false;
    info.clockOffsetS = -31.25;
    const QJsonObject json = toJson(info);
    QVERIFY(systemInfoFromJson(throughText(json).toObject()) == info);
    for (
        const QString &key :
        u"hostname kernel arch os os_version cpu_threads cpu_cores mem_total_bytes mem_available_bytes mem_used_bytes swap_total_bytes swap_used_bytes load uptime_s boot_time pressure processes reboot_required clock_offset_s"_s
            .split(u' '))
        QVERIFY2(json.contains(key), qPrintable(key));
    QVERIFY(json.value("pressure"_L1).toObject().value("io"_L1).toObject().value("full"_L1).isArray());
    QVERIFY(json.value("pressure"_L1).toObject().value("cpu"_L1).toObject().value("some"_L1).isNull());
}

void TestInventoryJson::aMetricOfNoNumberIsNull()
{
    QVERIFY(json::number(std::numeric_limits<double>::quiet_NaN()).isNull());
    QVERIFY(json::number(std::numeric_limits<double>::infinity()).isNull());
    QVERIFY(json::number(std::nullopt).isNull());
}

void TestInventoryJson::hugeCountersKeepEveryBit()
{
    for (const quint64 value : {0ULL, 1ULL, (1ULL << 53) + 1, (1ULL << 63) - 1, 1ULL << 63, ~0ULL})
        QCOMPARE(json::toCounter(throughText(json::counter(value))), std::optional<quint64>(value));
    for (const qint64 value :
         {0LL, 1LL, -1LL, (1LL << 53) + 1, std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min()})
        QCOMPARE(json::toInteger(throughText(json::integer(std::optional<qint64>(value)))),
                 std::optional<qint64>(value));
}

void TestInventoryJson::wrongTypesReadAsUnknown()
{
    QVERIFY(!json::toInteger(QJsonValue(1.5)).has_value());
    QVERIFY(!json::toInteger(QJsonValue(1e30)).has_value());
    QVERIFY(!json::toInteger(QJsonValue(u"1"_s)).has_value());
    QVERIFY(!json::toInt(QJsonValue(1LL << 40)).has_value());
    QVERIFY(!json::toCounter(QJsonValue(-1)).has_value());
    QVERIFY(!json::toCounter(QJsonValue(u"x"_s)).has_value());
    QVERIFY(!json::toBoolean(QJsonValue(1)).has_value());
    QVERIFY(!json::toTime(QJsonValue(u"yesterday"_s)).has_value());
    QVERIFY(!json::toTriple(QJsonValue(QJsonArray{1, 2})).has_value());
    QVERIFY(!json::toTriple(QJsonValue(QJsonArray{1, 2, u"3"_s})).has_value());
    QCOMPARE(json::toTexts(QJsonValue(QJsonArray{u"a"_s, 5, u"b"_s})), QStringList({u"a"_s, u"b"_s}));
    const Process process = processFromJson({{u"pid"_s, u"one"_s}, {u"rss_bytes"_s, true}, {u"name"_s, 7}});
    QVERIFY(process == Process{});
}

void TestInventoryJson::aWrongShapeIsNoData()
{
    for (const Kind kind : allKinds()) {
        QVERIFY(sectionDataFromJson(kind, QJsonValue()) == SectionData());
        QVERIFY(sectionDataFromJson(kind, QJsonValue(5)) == SectionData());
        QVERIFY(sectionDataFromJson(kind, QJsonValue(u"x"_s)) == SectionData());
    }
    QVERIFY(sectionDataFromJson(Kind::Filesystems, QJsonObject()) == SectionData());
    QVERIFY(sectionDataFromJson(Kind::SystemMetrics, QJsonArray()) == SectionData());
}

void TestInventoryJson::errorsComeBackAsTheyWere()
{
    Error error{.code = ErrorCode::InvalidArgument, .message = u"m"_s};
    error.field = u"f"_s;
    error.value = u"v"_s;
    error.rule = u"r"_s;
    error.cause = u"c"_s;
    error.remedy = u"d"_s;
    error.correlation = u"01X"_s;
    QVERIFY(errorFromJson(toJson(error)) == error);
    const QJsonObject json = toJson(Error{.code = ErrorCode::Timeout, .message = u"m"_s});
    QCOMPARE(json.value("code"_L1).toString(), u"timeout"_s);
    QVERIFY(json.value("field"_L1).isNull() && json.value("correlation"_L1).isNull());
    QVERIFY(json.value("retryable"_L1).toBool());
    QVERIFY(!json.value("cause"_L1).toString().isEmpty());
}

INFRA_TEST(TestInventoryJson)
#include "tst_inventory_json.moc"
