// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 600
#include "tests/integration/road/road.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

#include <algorithm>
#include <cmath>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// Hosts that lack what most have, or are wrong about themselves, the whole road: sshd → session → collector → store →
/// what the command line and the window's rows say.
class TestRoadHosts : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void aHostThatLacksThingsIsReadAndSaysWhat_data();
    void aHostThatLacksThingsIsReadAndSaysWhat();
    void aWrongClockIsMeasuredAndWarnedOf_data();
    void aWrongClockIsMeasuredAndWarnedOf();
    void nothingWasMissing();

private:
    Device deviceNamed(const QString &hostname);
    QJsonObject truthOf(const QString &hostname) const;
    QJsonArray list(const QString &command, const DeviceId &device);

    Lab m_lab;
    Road m_road;
};

namespace {

const collect::CollectedSection *sectionOf(const collect::CollectResult &result, Kind kind)
{
    const auto found = std::find_if(result.sections.begin(), result.sections.end(),
                                    [kind](const auto &one) { return one.section.kind == kind; });
    return found == result.sections.end() ? nullptr : &*found;
}

} // namespace

void TestRoadHosts::initTestCase()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY2(m_lab.start(0, {u"--mix"_s, u"busybox,ubuntu-db,unraid,wsl2,linux"_s}), qPrintable(m_lab.error()));
    QVERIFY2(m_road.start(false), qPrintable(m_road.error()));
    for (const LabHost &host : m_lab.hosts())
        QVERIFY2(m_road.add(m_lab, host, [&host](Device &device) { device.name = host.hostname; }),
                 qPrintable(m_road.error()));
}

void TestRoadHosts::cleanupTestCase()
{
    m_road.stop();
    QVERIFY2(m_lab.stop(), qPrintable(m_lab.error()));
}

Device TestRoadHosts::deviceNamed(const QString &hostname)
{
    return m_road.services().devices().find(hostname).value_or(Device());
}

QJsonObject TestRoadHosts::truthOf(const QString &hostname) const
{
    const auto host = m_lab.host(hostname);
    QFile file(host ? host->truthFile : QString());
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QJsonArray TestRoadHosts::list(const QString &command, const DeviceId &device)
{
    return m_road.ask(command, {{u"id"_s, device.toString()}}).value(command).toArray();
}

void TestRoadHosts::aHostThatLacksThingsIsReadAndSaysWhat_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("absent"); // capabilities
    QTest::addColumn<QString>("servicesSay");
    QTest::addColumn<QString>("containersSay");
    QTest::newRow("gate") // BusyBox for everything
        << u"ubuntu"_s << QStringList{u"systemd"_s, u"docker"_s} << u"OpenRC"_s << u"neither Docker nor Podman"_s;
    QTest::newRow("db1") << u"ubuntu"_s << QStringList{u"docker"_s, u"podman"_s} << QString()
                         << u"neither Docker nor Podman"_s;
    QTest::newRow("tower") << u"unraid"_s << QStringList{u"systemd"_s} << u"not collected yet"_s << QString();
    QTest::newRow("desk-wsl") << u"wsl2"_s << QStringList{u"systemd"_s, u"docker"_s} << u"not collected yet"_s
                              << u"neither Docker nor Podman"_s;
}

void TestRoadHosts::aHostThatLacksThingsIsReadAndSaysWhat()
{
    QFETCH(QString, type);
    QFETCH(QStringList, absent);
    QFETCH(QString, servicesSay);
    QFETCH(QString, containersSay);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const DeviceId id = deviceNamed(name).id;
    const QJsonObject truth = truthOf(name);
    const auto result = m_road.collect(id);
    QVERIFY(result);
    QVERIFY2(!result->error, qPrintable(result->error ? result->error->message : QString()));
    QCOMPARE(m_lab.count(name, u"message"_s), 1);
    QCOMPARE(result->sections.size(), 10);
    for (const collect::CollectedSection &one : result->sections) {
        const QString told = toName(one.section.kind) + u": "_s +
                             (one.section.error ? one.section.error->message : one.section.warnings.join(u"; "_s));
        QVERIFY2(one.section.status != SectionStatus::Error, qPrintable(told));
    }
    const auto says = [&](Kind kind, const QString &words) {
        const auto *section = sectionOf(*result, kind);
        if (section == nullptr || words.isEmpty())
            return section != nullptr;
        return section->section.status != SectionStatus::Ok &&
               section->section.warnings.join(u' ').contains(words, Qt::CaseInsensitive);
    };
    const auto warningsOf = [&](Kind kind) {
        const auto *section = sectionOf(*result, kind);
        return section == nullptr ? QByteArray("none") : section->section.warnings.join(u' ').toUtf8();
    };
    QVERIFY2(says(Kind::Services, servicesSay), warningsOf(Kind::Services).constData());
    QVERIFY2(says(Kind::Containers, containersSay), warningsOf(Kind::Containers).constData());

    // What was detected is kept, and what the host lacks is said once more without asking it.
    QTRY_COMPARE(toName(deviceNamed(name).type), type);
    const QStringList capabilities = deviceNamed(name).capabilities;
    for (const QString &capability : absent)
        QVERIFY2(!capabilities.contains(capability), qPrintable(capabilities.join(u' ')));

    // The command line shows what the host's truth file says.
    const QJsonObject expected = truth.value("system"_L1).toObject();
    const QJsonArray systems = list(u"system"_s, id);
    QCOMPARE(systems.size(), 1);
    const QJsonObject system = systems.first().toObject();
    for (const QString &key : {u"hostname"_s, u"kernel"_s, u"arch"_s, u"os"_s, u"os_version"_s, u"cpu_threads"_s,
                               u"cpu_cores"_s, u"mem_total_bytes"_s, u"swap_total_bytes"_s})
        QVERIFY2(system.value(key) == expected.value(key), qPrintable(key));
    QVERIFY(std::abs(system.value("clock_offset_s"_L1).toDouble()) < 15);
    QVERIFY(system.value("uptime_s"_L1).toDouble() > 3600);
    QHash<QString, QJsonObject> mounts;
    for (const QJsonValue &entry : list(u"filesystems"_s, id))
        mounts.insert(entry["mount"_L1].toString(), entry.toObject());
    for (const QJsonValue &entry : truth.value("filesystems"_L1).toArray()) {
        const QJsonObject found = mounts.value(entry["mount"_L1].toString());
        QCOMPARE(found.value("size_bytes"_L1), entry["size_bytes"_L1]);
        QCOMPARE(found.value("used_bytes"_L1), entry["used_bytes"_L1]);
    }
    QCOMPARE(list(u"containers"_s, id).size(), truth.value("containers"_L1).toArray().size());
    QCOMPARE(list(u"services"_s, id).size(), truth.value("services"_L1).toArray().size());
    QVERIFY(list(u"processes"_s, id).size() >= 4);
    QTRY_COMPARE(toName(m_road.engine().row(id)->state), u"ok"_s);

    // A second reading makes rates, and both are in the database.
    QTest::qWait(1'200);
    QVERIFY(m_road.collect(id));
    const auto cpu = m_road.newest(id, u"cpu.total"_s);
    QVERIFY(cpu && *cpu >= 0 && *cpu <= 100);
    QCOMPARE(m_road.stored(id, u"mem.total"_s, m_road.services().clock().now() - std::chrono::hours(1)).last().avg,
             expected.value("mem_total_bytes"_L1).toDouble());
    QCOMPARE(m_lab.count(name, u"accept"_s), 1);
}

void TestRoadHosts::aWrongClockIsMeasuredAndWarnedOf_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("offset");
    QTest::newRow("a BusyBox host two minutes ahead") << u"gate"_s << 120;
    QTest::newRow("a BusyBox host a day behind") << u"gate"_s << -86'400;
    QTest::newRow("a real shell five minutes behind") << u"lab5"_s << -300;
    QTest::newRow("right again") << u"gate"_s << 0;
}

void TestRoadHosts::aWrongClockIsMeasuredAndWarnedOf()
{
    QFETCH(QString, host);
    QFETCH(int, offset);
    const LabHost labHost = *m_lab.host(host);
    const DeviceId id = deviceNamed(labHost.hostname).id;
    QVERIFY2(m_lab.fault(labHost.name, {u"clock"_s, QString::number(offset)}), qPrintable(m_lab.error()));
    const Instant before = m_road.services().clock().now();
    const auto result = m_road.collect(id);
    QVERIFY2(result && !result->error, "the host was not read");
    const QJsonObject system = list(u"system"_s, id).first().toObject();
    const double measured = system.value("clock_offset_s"_L1).toDouble(1e9);
    const double slack = 2 + static_cast<double>(result->duration.count()) / 1000;
    QVERIFY2(std::abs(measured - offset) <= slack, QByteArray::number(measured).constData());
    QTRY_VERIFY(m_road.engine().row(id)->readAt.value_or(Instant{}) >= before);
    const engine::DeviceRow row = *m_road.engine().row(id);
    const bool warned = std::any_of(row.findings.begin(), row.findings.end(),
                                    [](const Finding &finding) { return finding.rule == u"clock.offset"; });
    QCOMPARE(warned, std::abs(offset) > 30);
    QCOMPARE(toName(row.state), u"ok"_s);
    // Data is stamped by our clock: the host's own does not move it.
    const auto points = m_road.stored(id, u"mem.total"_s, before - seconds(1));
    QVERIFY(!points.isEmpty());
    QVERIFY(points.last().time >= before - seconds(60) && points.last().time <= m_road.services().clock().now());
}

void TestRoadHosts::nothingWasMissing()
{
    QCOMPARE(m_lab.misses(), QStringList());
}

INFRA_TEST(TestRoadHosts)
#include "tst_road_hosts.moc"
