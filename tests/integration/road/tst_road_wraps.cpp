// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 600
#include "tests/integration/road/road.h"
#include "tests/support/known_host.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <cmath>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// Counters that wrap, are reset or jump, on a host behind a real sshd: the test writes the kernel's files itself, ten
/// seconds of the host apart.
class TestRoadWraps : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void countersGoOnAsTheHardwareCan_data();
    void countersGoOnAsTheHardwareCan();
    void nothingImpossibleWasKept();

private:
    QTemporaryDir m_folder;
    Lab m_lab;
    Road m_road;
    LabHost m_host;
    DeviceId m_id;
    double m_uptimeS = 100'000;
};

namespace {

constexpr quint64 k32 = quint64(1) << 32;
constexpr double kWindowS = 10;

KernelFiles quiet(double uptimeS)
{
    KernelFiles files;
    files.uptimeS = uptimeS;
    files.bootTime = 1'750'000'000;
    files.cpu = {1'000'000, 0, 400'000, 9'000'000, 100'000, 0, 0, 0};
    files.rx = files.tx = 1'000'000'000;
    files.sectorsRead = files.sectorsWritten = 1'000'000;
    files.memTotalKb = 2'097'152;
    files.memAvailableKb = 1'300'000;
    return files;
}

using Change = std::function<void(KernelFiles &before, KernelFiles &after)>;
using Expected = std::optional<double>;

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(Expected)

void TestRoadWraps::initTestCase()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY(makeKnownHost(m_folder.filePath(u"known"_s), "[]", quiet(m_uptimeS)));
    QVERIFY2(m_lab.start(0, {u"--recorded"_s, m_folder.filePath(u"known"_s)}), qPrintable(m_lab.error()));
    m_host = m_lab.hosts().first();
    QVERIFY2(m_road.start(false), qPrintable(m_road.error()));
    const auto device = m_road.add(m_lab, m_host);
    QVERIFY2(device, qPrintable(m_road.error()));
    m_id = device->id;
}

void TestRoadWraps::cleanupTestCase()
{
    m_road.stop();
    QVERIFY2(m_lab.stop(), qPrintable(m_lab.error()));
}

void TestRoadWraps::countersGoOnAsTheHardwareCan_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<Expected>("cpu");
    QTest::addColumn<Expected>("rx");
    QTest::addColumn<Expected>("tx");
    QTest::addColumn<Expected>("read");
    // Unless told otherwise: 20 % of two cores for ten seconds, and not a byte.
    const Expected still = 0.0;
    QTest::newRow("no wrap") << Change([](KernelFiles &, KernelFiles &after) { after.rx += 4'000'000; }) << Expected(20)
                             << Expected(400'000) << still << still;
    QTest::newRow("received bytes wrap at 32 bits") << Change([](KernelFiles &before, KernelFiles &after) {
        before.rx = k32 - 1'000'000;
        after.rx = 3'000'000;
    }) << Expected(20) << Expected(400'000) << still << still;
    QTest::newRow("received bytes wrap at 64 bits") << Change([](KernelFiles &before, KernelFiles &after) {
        before.rx = ~quint64(0) - 999'999;
        after.rx = 3'000'000;
    }) << Expected(20) << Expected(400'000) << still << still;
    QTest::newRow("sectors wrap at 32 bits") << Change([](KernelFiles &before, KernelFiles &after) {
        before.sectorsRead = k32 - 2'000;
        after.sectorsRead = 6'000;
    }) << Expected(20) << still << still << Expected(8'000 * 512 / kWindowS);
    QTest::newRow("ticks of an old kernel wrap at 32 bits") << Change([](KernelFiles &before, KernelFiles &after) {
        before.cpu[0] = k32 - 100;
        after.cpu[0] = 300; // 400 of 2000 ticks
    }) << Expected(20) << still << still << still;
    QTest::newRow("the interface was made anew") << Change([](KernelFiles &before, KernelFiles &after) {
        before.rx = 900'000'000'000;
        after.rx = 5'000;
        before.tx = 700'000'000'000;
        after.tx = 6'000;
    }) << Expected(20) << Expected() << Expected()
                                                 << still;
    QTest::newRow("from the lower half nothing wraps") << Change([](KernelFiles &before, KernelFiles &after) {
        before.rx = 1'500'000'000;
        after.rx = 1'000;
    }) << Expected(20) << Expected() << Expected() << still;
    QTest::newRow("more than the link can carry")
        << Change([](KernelFiles &, KernelFiles &after) { after.rx += 100'000'000'000; }) << Expected(20) << Expected()
        << still << still;
    QTest::newRow("a little more than the link can carry")
        << Change([](KernelFiles &, KernelFiles &after) { after.rx += 1'300'000'000; }) << Expected(20)
        << Expected(125'000'000) << still << still;
    QTest::newRow("waiting for disks steps back, as when a core comes or goes")
        << Change([](KernelFiles &before, KernelFiles &after) {
               before.cpu[4] += 50;
               after.cpu[4] = before.cpu[4] - 30;
           })
        << Expected(20) << still << still << still;
    QTest::newRow("a reboot") << Change([](KernelFiles &before, KernelFiles &after) {
        after = quiet(30);
        after.bootTime = before.bootTime + 100'000;
        after.cpu = {300, 0, 100, 2'500, 20, 0, 0, 0};
        after.rx = after.tx = 20'000;
        after.sectorsRead = after.sectorsWritten = 9'000;
    }) << Expected() << Expected()
                              << Expected() << Expected();
}

void TestRoadWraps::countersGoOnAsTheHardwareCan()
{
    QFETCH(Change, change);
    QFETCH(Expected, cpu);
    QFETCH(Expected, rx);
    QFETCH(Expected, tx);
    QFETCH(Expected, read);
    m_uptimeS += 1'000;
    KernelFiles before = quiet(m_uptimeS);
    KernelFiles after = quiet(m_uptimeS + kWindowS);
    after.cpu[0] += 400;
    after.cpu[3] += 1'600;
    change(before, after);
    QVERIFY(before.write(m_host.root));
    QTest::qWait(1'100); // a reading so soon after the last row's would not become the base
    const auto first = m_road.collect(m_id);
    QVERIFY2(first && !first->error, first && first->error ? qPrintable(first->error->message) : "no answer");
    QTest::qWait(1'100); // a newer reading is no base yet
    QVERIFY(after.write(m_host.root));
    const Instant since = m_road.services().clock().now();
    const auto second = m_road.collect(m_id);
    QVERIFY2(second && !second->error, second && second->error ? qPrintable(second->error->message) : "no answer");
    QCOMPARE(KernelFiles::read(m_host.root), after);

    const MetricSample sample = m_road.engine().row(m_id)->sample;
    const auto agrees = [](const Expected &said, const Expected &expected, double share) {
        if (!said || !expected)
            return said.has_value() == expected.has_value();
        return std::abs(*said - *expected) <= share * std::max(*expected, 1.0);
    };
    const auto text = [](const Expected &value) {
        return value ? QByteArray::number(*value, 'f') : QByteArray("nothing");
    };
    QVERIFY2(agrees(sample.cpuTotal, cpu, 0.15), text(sample.cpuTotal).constData());
    QVERIFY2(agrees(sample.netRx, rx, 0.02), text(sample.netRx).constData());
    QVERIFY2(agrees(sample.netTx, tx, 0.02), text(sample.netTx).constData());
    QVERIFY2(agrees(sample.diskRead, read, 0.02), text(sample.diskRead).constData());
    const auto points = m_road.live(m_id, u"net.rx"_s, u"eth0"_s, since);
    QCOMPARE(points.size(), rx ? 1 : 0);
    if (rx)
        QVERIFY2(agrees(points.first().avg, rx, 0.02), text(points.first().avg).constData());
}

/// Over all of the above, the leaps from one case to the next included.
void TestRoadWraps::nothingImpossibleWasKept()
{
    const Instant begun = m_road.services().clock().now() - std::chrono::hours(1);
    const struct
    {
        QString series;
        double most;
    } limits[] = {{u"cpu.total"_s, 100},  {u"cpu.user"_s, 100},       {u"cpu.system"_s, 100},
                  {u"cpu.iowait"_s, 100}, {u"net.rx"_s, 125'000'000}, {u"net.tx"_s, 125'000'000},
                  {u"disk.read"_s, 32e9}, {u"disk.write"_s, 32e9}};
    for (const auto &limit : limits) {
        const auto points = m_road.stored(m_id, limit.series, begun);
        QVERIFY2(!points.isEmpty(), qPrintable(limit.series));
        for (const HistoryPoint &point : points) {
            QVERIFY2(point.min >= 0 && point.max <= limit.most,
                     QByteArray(limit.series.toUtf8() + ' ' + QByteArray::number(point.max)).constData());
        }
    }
}

INFRA_TEST(TestRoadWraps)
#include "tst_road_wraps.moc"
