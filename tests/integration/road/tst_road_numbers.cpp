// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 600
// serial
#include "tests/integration/road/road.h"
#include "tests/support/known_host.h"
#include "tests/support/test_registry.h"

#include <QtCore/QJsonDocument>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#include <cmath>
#include <csignal>
#include <thread>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// What the command line and the database say of hosts under a known load is what the kernel's own files say of the
/// same window.
class TestRoadNumbers : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void aHostUnderAConstantLoad();
    void aRebootGivesNoRateAndNothingImpossible();
    void aRealShellUnderARealLoad();

private:
    /// Reads the device while the lab's counters stand still; the kernel's own files at that moment.
    std::optional<KernelFiles> readStanding();

    QTemporaryDir m_folder;
    Lab m_lab;
    Road m_road;
    LabHost m_host;
    DeviceId m_id;
};

namespace {

constexpr double kLinkBytesPerS = 125e6;

bool within(std::optional<double> value, double expected, double share)
{
    return value && std::abs(*value - expected) <= share * std::abs(expected);
}

QByteArray told(std::optional<double> value, double expected)
{
    return (value ? QByteArray::number(*value, 'f', 2) : QByteArray("nothing")) + " and not " +
           QByteArray::number(expected, 'f', 2);
}

} // namespace

void TestRoadNumbers::initTestCase()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY(makeKnownHost(m_folder.filePath(u"known"_s), constantLoad(), someKernelFiles()));
    QVERIFY2(m_lab.start(0, {u"--recorded"_s, m_folder.filePath(u"known"_s)}), qPrintable(m_lab.error()));
    m_host = m_lab.hosts().first();
    QVERIFY2(m_road.start(false), qPrintable(m_road.error()));
    const auto device = m_road.add(m_lab, m_host);
    QVERIFY2(device, qPrintable(m_road.error()));
    m_id = device->id;
}

void TestRoadNumbers::cleanupTestCase()
{
    m_road.stop();
    QVERIFY2(m_lab.stop(), qPrintable(m_lab.error()));
}

std::optional<KernelFiles> TestRoadNumbers::readStanding()
{
    const auto status = m_lab.run({u"status"_s, u"--dir"_s, m_lab.dir()});
    const auto supervisor =
        static_cast<pid_t>(QJsonDocument::fromJson(status.value_or(QByteArray())).object().value("pid"_L1).toInt());
    if (supervisor <= 1 || !m_road.collect(m_id, {Kind::Users})) // connected before the counters stop
        return std::nullopt;
    ::kill(supervisor, SIGSTOP);
    const auto result = m_road.collect(m_id);
    const KernelFiles files = KernelFiles::read(m_host.root);
    ::kill(supervisor, SIGCONT);
    return result && !result->error ? std::optional(files) : std::nullopt;
}

void TestRoadNumbers::aHostUnderAConstantLoad()
{
    const Instant begun = m_road.services().clock().now();
    const auto before = readStanding();
    QVERIFY(before);
    QTest::qWait(4'000);
    const auto after = readStanding();
    QVERIFY(after);
    const double window = after->uptimeS - before->uptimeS;
    QVERIFY2(window >= 2, QByteArray::number(window).constData());
    const auto rate = [&](quint64 from, quint64 to, double unit) {
        return static_cast<double>(to - from) * unit / window;
    };

    const double cpu = cpuPercentBetween(*before, *after);
    const auto cpuSaid = m_road.newest(m_id, u"cpu.total"_s);
    QVERIFY2(cpuSaid && std::abs(*cpuSaid - cpu) <= 3, told(cpuSaid, cpu).constData());
    QVERIFY(std::abs(cpu - 40) < 3); // the load was there
    const double memory = static_cast<double>(after->memAvailableKb) * 1024;
    const auto memorySaid = m_road.newest(m_id, u"mem.available"_s);
    QVERIFY2(within(memorySaid, memory, 0.01), told(memorySaid, memory).constData());
    const struct
    {
        QString series, label;
        double expected;
    } rates[] = {{u"net.rx"_s, {}, rate(before->rx, after->rx, 1)},
                 {u"net.rx"_s, u"eth0"_s, rate(before->rx, after->rx, 1)},
                 {u"net.tx"_s, u"eth0"_s, rate(before->tx, after->tx, 1)},
                 {u"disk.read"_s, {}, rate(before->sectorsRead, after->sectorsRead, 512)},
                 {u"disk.read"_s, u"sda"_s, rate(before->sectorsRead, after->sectorsRead, 512)},
                 {u"disk.write"_s, u"sda"_s, rate(before->sectorsWritten, after->sectorsWritten, 512)}};
    for (const auto &one : rates) {
        QVERIFY(one.expected > 500'000);
        const auto said = m_road.newest(m_id, one.series, one.label);
        QVERIFY2(within(said, one.expected, 0.02),
                 QByteArray(one.series.toUtf8() + ' ' + told(said, one.expected)).constData());
    }
    // What is kept is what was said.
    const auto kept = m_road.stored(m_id, u"net.rx"_s, begun - seconds(60));
    QVERIFY(!kept.isEmpty());
    QVERIFY2(within(kept.last().max, rates[0].expected, 0.02), told(kept.last().max, rates[0].expected).constData());
    const auto cpuKept = m_road.stored(m_id, u"cpu.total"_s, begun - seconds(60));
    QVERIFY(!cpuKept.isEmpty() && std::abs(cpuKept.last().max - cpu) <= 3);
}

void TestRoadNumbers::aRebootGivesNoRateAndNothingImpossible()
{
    const Instant begun = m_road.services().clock().now();
    QVERIFY(readStanding());
    QVERIFY2(m_lab.fault(m_host.name, {u"reboot"_s}), qPrintable(m_lab.error()));
    const Instant rebooted = m_road.services().clock().now();
    std::optional<collect::CollectResult> again;
    QVERIFY(QTest::qWaitFor(
        [&] {
            m_road.services().transport().resetBackoff(m_id);
            again = m_road.collect(m_id);
            return again && !again->error;
        },
        60'000));
    QVERIFY(m_lab.waitForCount(m_host.name, u"accept"_s, 2)); // the link went with the host
    const MetricSample first = m_road.engine().row(m_id)->sample;
    QVERIFY(first.uptime && *first.uptime < 100'000);
    for (const auto &value : {first.cpuTotal, first.netRx, first.netTx, first.diskRead, first.diskWrite})
        QVERIFY2(!value, value ? QByteArray::number(*value).constData() : "");
    QVERIFY(m_road.live(m_id, u"net.rx"_s, u"eth0"_s, rebooted).isEmpty());
    QTest::qWait(2'500);
    QVERIFY(readStanding());
    const MetricSample second = m_road.engine().row(m_id)->sample;
    QVERIFY2(second.cpuTotal && std::abs(*second.cpuTotal - 40) < 5, told(second.cpuTotal, 40).constData());
    for (const QString &series :
         {u"cpu.total"_s, u"cpu.user"_s, u"net.rx"_s, u"net.tx"_s, u"disk.read"_s, u"disk.write"_s}) {
        const double most = series.startsWith(u"cpu"_s) ? 100 : kLinkBytesPerS;
        const auto points = m_road.stored(m_id, series, begun - std::chrono::hours(1));
        QVERIFY2(!points.isEmpty(), qPrintable(series));
        for (const HistoryPoint &point : points)
            QVERIFY2(point.min >= 0 && point.max <= most, qPrintable(series));
    }
}

void TestRoadNumbers::aRealShellUnderARealLoad()
{
    Lab lab;
    QVERIFY2(lab.start(1, {u"--mix"_s, u"linux"_s}), qPrintable(lab.error()));
    const auto device = m_road.add(lab, lab.hosts().first(), [](Device &one) { one.name = u"real"_s; });
    QVERIFY2(device, qPrintable(m_road.error()));
    const DeviceId id = device->id;
    QVERIFY(m_road.collect(id)); // connects
    QTest::qWait(1'100);

    // Bytes over the loopback between two readings, and nothing of ours before and after; a busy processor all along.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket sender;
    sender.connectToHost(QHostAddress::LocalHost, server.serverPort());
    QVERIFY(server.waitForNewConnection(5'000));
    QTcpSocket *receiver = server.nextPendingConnection();
    const auto lo = [] {
        QFile file(u"/proc/net/dev"_s);
        const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        const qsizetype at = text.indexOf("lo:");
        return at < 0 ? 0.0 : text.mid(at + 3).simplified().split(' ').value(0).toDouble();
    };
    std::jthread burner([](const std::stop_token &stop) {
        volatile double burn = 0;
        while (!stop.stop_requested())
            burn = burn + 1.5;
    });
    QVERIFY(m_road.collect(id));
    const KernelFiles before = KernelFiles::read({});
    const double loBefore = lo();
    const double uptimeBefore = m_road.engine().row(id)->sample.uptime.value_or(0);
    const QByteArray block(1'000'000, 'x');
    for (int i = 0; i < 300; ++i) {
        sender.write(block);
        while (sender.bytesToWrite() > 0) {
            sender.waitForBytesWritten(5);
            receiver->waitForReadyRead(5);
            receiver->readAll();
        }
    }
    QTest::qWait(1'500);
    const KernelFiles after = KernelFiles::read({});
    const double loAfter = lo();
    QVERIFY(m_road.collect(id));
    burner.request_stop();

    const MetricSample sample = m_road.engine().row(id)->sample;
    const double cpu = cpuPercentBetween(before, after);
    qInfo("cpu %.2f, the kernel's own %.2f", sample.cpuTotal.value_or(-1), cpu);
    QVERIFY2(sample.cpuTotal && std::abs(*sample.cpuTotal - cpu) <= 3, told(sample.cpuTotal, cpu).constData());
    QCOMPARE(sample.memTotal.value_or(0), static_cast<double>(after.memTotalKb) * 1024);
    const double available = static_cast<double>(after.memAvailableKb) * 1024;
    QVERIFY2(sample.memAvailable && std::abs(*sample.memAvailable - available) <= 0.01 * *sample.memTotal,
             told(sample.memAvailable, available).constData());
    const double window = sample.uptime.value_or(0) - uptimeBefore;
    const auto said = m_road.newest(id, u"net.rx"_s, u"lo"_s);
    const double moved = loAfter - loBefore;
    QVERIFY(moved > 300e6);
    QVERIFY2(said && within(*said * window, moved, 0.02), told(said ? *said * window : 0, moved).constData());
    QVERIFY(lab.stop());
}

INFRA_TEST(TestRoadNumbers)
#include "tst_road_numbers.moc"
