// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "core/base/correlation.h"
#include "core/commands/command_registry.h"
#include "tests/integration/lab/lab_ssh.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QMap>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;

/// The project's recorded hosts answer every command of the registry, and what is read is what their truth files say.
class TestLabRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void everyRecordedHostIsReadInOneRequest_data();
    void everyRecordedHostIsReadInOneRequest();
    void nothingWasMissing();

private:
    QJsonObject truth(const LabHost &host) const;
    commands::ParsedCycle read(SshShell &shell, const QList<Kind> &kinds, bool detect, bool withPrelude);
    void compareSystem(const Section &section, const QJsonObject &truth);
    void compareFilesystems(const Section &section, const QJsonObject &truth);
    void compareContainers(const Section &section, const QJsonObject &truth);
    void compareUpdates(const Section &section, const QJsonObject &truth);

    Lab m_lab;
    commands::CommandRegistry m_registry;
    SystemRandom m_random;
};

namespace {

const QList<Kind> kFastKinds{Kind::SystemMetrics, Kind::Filesystems, Kind::Interfaces,
                             Kind::Temperatures,  Kind::Processes,   Kind::Services,
                             Kind::Containers,    Kind::Users,       Kind::Ports};

const QStringList kMeantWarnings{u"not collected yet"_s, u"not measured"_s, u"are not asked here"_s,
                                 u"neither Docker nor Podman"_s, u"read from /proc/net"_s};

/// Protocol and number: two addresses of one port may be told as one.
QSet<QString> portsOf(const Section &section)
{
    QSet<QString> found;
    for (const ListeningPort &port : std::get<QList<ListeningPort>>(section.data))
        found.insert(port.protocol + QString::number(port.port));
    return found;
}

QSet<QString> portsOf(const QJsonObject &truth)
{
    QSet<QString> found;
    for (const QJsonValue &port : truth.value("ports"_L1).toArray())
        found.insert(port["proto"_L1].toString() + QString::number(port["port"_L1].toInt()));
    return found;
}

} // namespace

void TestLabRegistry::initTestCase()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY2(m_lab.start(0, {u"--mix"_s, u"ubuntu-web,unraid,proxmox,zfs-nas,ubuntu-db,wsl2,busybox,bigiron"_s}),
             qPrintable(m_lab.error()));
}

void TestLabRegistry::cleanupTestCase()
{
    QVERIFY2(m_lab.stop(), qPrintable(m_lab.error()));
}

QJsonObject TestLabRegistry::truth(const LabHost &host) const
{
    QFile file(host.truthFile);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

commands::ParsedCycle TestLabRegistry::read(SshShell &shell, const QList<Kind> &kinds, bool detect, bool withPrelude)
{
    const commands::ReadMessage message = m_registry.buildMessage(kinds, {}, detect, m_random);
    shell.write((withPrelude ? message.prelude() : QByteArray()) + message.bytes());
    QByteArray seen;
    if (!shell.waitFor("@@" + message.nonce() + " end 0\n", &seen, 60'000))
        return {};
    const Result<commands::ParsedCycle> parsed = m_registry.parse(seen, message.nonce(), kinds, detect);
    return parsed ? *parsed : commands::ParsedCycle();
}

void TestLabRegistry::compareSystem(const Section &section, const QJsonObject &truth)
{
    const QJsonObject expected = truth.value("system"_L1).toObject();
    const RawSystem system = std::get<RawSystem>(section.data);
    QCOMPARE(system.hostname, expected.value("hostname"_L1).toString());
    QCOMPARE(system.kernel, expected.value("kernel"_L1).toString());
    QCOMPARE(system.arch, expected.value("arch"_L1).toString());
    QCOMPARE(system.cpuThreads.value_or(0), expected.value("cpu_threads"_L1).toInt());
    QCOMPARE(system.cpuCoreCount.value_or(0), expected.value("cpu_cores"_L1).toInt());
    QCOMPARE(system.memTotalBytes.value_or(0), expected.value("mem_total_bytes"_L1).toInteger());
    QCOMPARE(system.swapTotalBytes.value_or(0), expected.value("swap_total_bytes"_L1).toInteger());
    QVERIFY(system.uptimeS.value_or(0) > 3600);
    QVERIFY(!system.disks.isEmpty());
    QVERIFY(!system.nets.isEmpty());
}

void TestLabRegistry::compareFilesystems(const Section &section, const QJsonObject &truth)
{
    QMap<QString, Filesystem> found;
    for (const Filesystem &entry : std::get<QList<Filesystem>>(section.data))
        found.insert(entry.mount, entry);
    for (const QJsonValue &value : truth.value("filesystems"_L1).toArray()) {
        const QJsonObject expected = value.toObject();
        const QString mount = expected.value("mount"_L1).toString();
        QVERIFY2(found.contains(mount), qPrintable(mount));
        QCOMPARE(found.value(mount).type, expected.value("type"_L1).toString());
        QCOMPARE(found.value(mount).sizeBytes.value_or(-1), expected.value("size_bytes"_L1).toInteger());
        QCOMPARE(found.value(mount).usedBytes.value_or(-1), expected.value("used_bytes"_L1).toInteger());
        QCOMPARE(found.value(mount).availableBytes.value_or(-1), expected.value("available_bytes"_L1).toInteger());
    }
}

void TestLabRegistry::compareContainers(const Section &section, const QJsonObject &truth)
{
    const QJsonArray expected = truth.value("containers"_L1).toArray();
    const QList<Container> found = std::get<QList<Container>>(section.data);
    QCOMPARE(found.size(), expected.size());
    for (qsizetype i = 0; i < found.size(); ++i) {
        const QJsonObject one = expected.at(i).toObject();
        QCOMPARE(found.at(i).name, one.value("name"_L1).toString());
        QCOMPARE(found.at(i).image, one.value("image"_L1).toString());
        QCOMPARE(found.at(i).state, one.value("state"_L1).toString());
        QCOMPARE(found.at(i).health, one.value("health"_L1).toString());
        QCOMPARE(found.at(i).composeProject, one.value("compose_project"_L1).toString());
        QCOMPARE(found.at(i).restarts.value_or(-1), one.value("restarts"_L1).toInteger());
        QCOMPARE(found.at(i).memoryLimitBytes.value_or(0), one.value("memory_limit_bytes"_L1).toInteger());
        QCOMPARE(found.at(i).mounts.size(), one.value("mounts"_L1).toArray().size());
        QCOMPARE(found.at(i).cpuUsageUs.has_value(), found.at(i).state == u"running"_s);
        QCOMPARE(found.at(i).memoryBytes.has_value(), found.at(i).state == u"running"_s);
    }
}

void TestLabRegistry::compareUpdates(const Section &section, const QJsonObject &truth)
{
    if (!truth.contains("updates"_L1))
        return;
    const QJsonObject expected = truth.value("updates"_L1).toObject();
    QCOMPARE(section.status, SectionStatus::Ok);
    const UpdateStatus status = std::get<UpdateStatus>(section.data);
    QCOMPARE(status.pending.value_or(-1), expected.value("pending"_L1).toInt());
    if (expected.value("security"_L1).isDouble())
        QCOMPARE(status.security.value_or(-1), expected.value("security"_L1).toInt());
    if (expected.value("held"_L1).isDouble())
        QCOMPARE(status.held.value_or(-1), expected.value("held"_L1).toInt());
    if (expected.value("reboot_required"_L1).isBool())
        QCOMPARE(status.rebootRequired.value_or(false), expected.value("reboot_required"_L1).toBool());
}

void TestLabRegistry::everyRecordedHostIsReadInOneRequest_data()
{
    QTest::addColumn<QString>("type");
    QTest::newRow("web1") << u"ubuntu"_s;
    QTest::newRow("tower") << u"unraid"_s;
    QTest::newRow("pve1") << u"proxmox"_s;
    QTest::newRow("vault") << u"zfs-nas"_s;
    QTest::newRow("db1") << u"ubuntu"_s;
    QTest::newRow("desk-wsl") << u"wsl2"_s;
    QTest::newRow("gate") << u"ubuntu"_s;
    QTest::newRow("bigiron") << u"ubuntu"_s;
}

void TestLabRegistry::everyRecordedHostIsReadInOneRequest()
{
    QFETCH(QString, type);
    const LabHost host = *m_lab.host(QString::fromLatin1(QTest::currentDataTag()));
    const QJsonObject expected = truth(host);
    SshShell shell(m_lab, host);
    const commands::ParsedCycle cycle = read(shell, kFastKinds, true, true);
    QCOMPARE(cycle.sections.size(), kFastKinds.size());
    for (const Section &section : cycle.sections) {
        const QString told =
            toName(section.kind) + u": "_s + (section.error ? section.error->message : section.warnings.join(u"; "_s));
        QVERIFY2(section.status != SectionStatus::Error, qPrintable(told));
        for (const QString &warning : section.warnings) {
            // What these hosts are made to lack is said; any other warning is a misreading.
            const bool meant = std::any_of(kMeantWarnings.begin(), kMeantWarnings.end(),
                                           [&](const QString &words) { return warning.contains(words); });
            QVERIFY2(meant, qPrintable(told));
        }
    }
    QVERIFY(cycle.detected.has_value());
    QCOMPARE(toName(cycle.detected->type), type);
    compareSystem(cycle.sections.at(0), expected);
    compareFilesystems(cycle.sections.at(1), expected);
    if (expected.contains("containers"_L1))
        compareContainers(cycle.sections.at(6), expected);
    if (const auto *units = std::get_if<QList<ServiceUnit>>(&cycle.sections.at(5).data))
        QCOMPARE(units->size(), expected.value("services"_L1).toArray().size());
    QCOMPARE(portsOf(cycle.sections.at(8)), portsOf(expected));
    QCOMPARE(std::get<QList<UserSession>>(cycle.sections.at(7).data).size(),
             expected.value("users"_L1).toArray().size());
    QVERIFY(std::get<QList<Process>>(cycle.sections.at(4).data).size() >= 4);
    QCOMPARE(m_lab.count(host.name, u"message"_s), 1);

    const commands::ParsedCycle slow = read(shell, {Kind::Updates}, false, false);
    QCOMPARE(slow.sections.size(), 1);
    compareUpdates(slow.sections.first(), expected);
    QCOMPARE(m_lab.count(host.name, u"message"_s), 2);
}

void TestLabRegistry::nothingWasMissing()
{
    QCOMPARE(m_lab.misses(), QStringList());
}

INFRA_TEST(TestLabRegistry)
#include "tst_lab_registry.moc"
