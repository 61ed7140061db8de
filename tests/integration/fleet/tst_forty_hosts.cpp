// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 600
// serial
#include "tests/integration/fleet/window_road.h"
#include "tests/support/known_host.h"
#include "tests/support/memory_in_use.h"
#include "tests/support/test_registry.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <algorithm>

using namespace infra;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// Forty hosts in the window, three of them in trouble: one frozen, one that prints for ever, one whose link drops
/// again and again. The others must not notice.
class TestFortyHosts : public QObject
{
    Q_OBJECT
private slots:
    void threeInTroubleLeaveTheOthersAlone();

private:
    void note(const QList<engine::DeviceRow> &changed);

    /// When each device's readings came, by the rows that reached the window.
    QHash<QString, QList<Instant>> m_readings;
};

namespace {

constexpr int kHosts = 40;
constexpr int kIntervalS = 10;
constexpr int kWindowS = 50;
const QStringList kBad{u"lab1"_s, u"lab2"_s, u"lab3"_s};

/// The lab's own program, without waiting for it: the window must not stand still meanwhile.
class LabFault
{
public:
    void begin(const Lab &lab, const QString &host, const QString &word)
    {
        m_process.start(Lab::program(), {u"fault"_s, u"--dir"_s, lab.dir(), host, word});
    }
    bool wait()
    {
        return QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, 120'000) &&
               m_process.exitCode() == 0;
    }
    bool isBusy() const { return m_process.state() != QProcess::NotRunning; }

private:
    QProcess m_process;
};

} // namespace

void TestFortyHosts::note(const QList<engine::DeviceRow> &changed)
{
    for (const engine::DeviceRow &row : changed) {
        QList<Instant> &times = m_readings[row.device.name];
        if (row.sample.time != Instant{} && (times.isEmpty() || times.last() != row.sample.time))
            times.append(row.sample.time);
    }
}

void TestFortyHosts::threeInTroubleLeaveTheOthersAlone()
{
    if (const QString missing = Lab::missing(true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    // Hosts with few moving files: forty of them shall cost this machine little but sessions and readings.
    QTemporaryDir folder;
    QVERIFY(makeKnownHost(folder.filePath(u"known"_s), constantLoad(), someKernelFiles()));
    Lab lab;
    QVERIFY2(lab.start(kHosts, {u"--recorded"_s, folder.filePath(u"known"_s)}), qPrintable(lab.error()));
    WindowRoad road;
    QVERIFY2(road.start(), qPrintable(road.error()));
    connect(&road.client(), &engine::EngineClient::devicesChanged, this,
            [this](const QList<engine::DeviceRow> &changed) { note(changed); });
    QVERIFY2(road.addAll(lab, kIntervalS), qPrintable(road.error()));

    // Warm: everything was read twice, every page was opened once.
    const auto warm = [&] {
        return std::all_of(lab.hosts().begin(), lab.hosts().end(),
                           [this](const LabHost &host) { return m_readings.value(host.name).size() >= 2; });
    };
    QVERIFY(QTest::qWaitFor(warm, 120'000));
    const DeviceId shown = road.client().devices().last().device.id;
    const QList<ui::Route> pages{
        {u"overview"_s, {}, {}}, {u"devices"_s, {}, {}}, {u"device"_s, shown, {}}, {u"activity"_s, {}, {}}};
    for (const ui::Route &page : pages) {
        road.window().open(page);
        QTest::qWait(300);
    }
    road.window().open(pages.first());
    QTest::qWait(1'000);
    const qint64 memoryBefore = memoryInUse();

    LabFault fault;
    fault.begin(lab, u"lab1"_s, u"freeze"_s);
    QVERIFY(fault.wait());
    fault.begin(lab, u"lab2"_s, u"endless"_s);
    QVERIFY(fault.wait());
    road.guiPulse().reset();
    road.enginePulse().reset();
    const Instant begun = SystemClock().now();
    QElapsedTimer timer;
    timer.start();
    qint64 nextCut = 0;
    qint64 nextPage = 5'000;
    qsizetype page = 0;
    while (timer.elapsed() < kWindowS * 1000) {
        if (timer.elapsed() >= nextCut && !fault.isBusy()) {
            fault.begin(lab, u"lab3"_s, u"cut"_s);
            nextCut = timer.elapsed() + 4'000;
        }
        if (timer.elapsed() >= nextPage) {
            road.window().open(pages[++page % 2]); // what shows the fleet
            nextPage += 5'000;
        }
        QTest::qWait(50);
    }
    const Instant ended = SystemClock().now();
    const double ownLimitMs = isSlowBuild() ? 400 : 50;
    const Pulse::Report gui = road.guiPulse().report(ownLimitMs);
    const Pulse::Report engine = road.enginePulse().report(ownLimitMs);
    const qint64 grown = memoryInUse() - memoryBefore;
    QVERIFY(fault.wait());

    // The three are not shown as well.
    QHash<QString, engine::DeviceRow> rows;
    for (const engine::DeviceRow &row : road.client().devices())
        rows.insert(row.device.name, row);
    for (const QString &bad : kBad) {
        const auto last = rows[bad].readAt.value_or(Instant{});
        qInfo("%s: %s, last read %lld ms ago, error %s", qPrintable(bad), qPrintable(toName(rows[bad].state)),
              static_cast<long long>((ended - last).count()),
              rows[bad].error ? qPrintable(rows[bad].error->name()) : "none");
    }
    QVERIFY(ended - rows[kBad[0]].readAt.value_or(Instant{}) > seconds(kWindowS - kIntervalS));
    QVERIFY(rows[kBad[0]].error || rows[kBad[0]].reading);
    QVERIFY(rows[kBad[1]].error || rows[kBad[1]].reading);

    int fewest = 1000;
    int most = 0;
    milliseconds longest{0};
    for (const LabHost &host : lab.hosts()) {
        if (kBad.contains(host.name))
            continue;
        const QList<Instant> &times = m_readings[host.name];
        const auto inside = [&](Instant at) { return at >= begun && at <= ended; };
        const int done = static_cast<int>(std::count_if(times.begin(), times.end(), inside));
        fewest = std::min(fewest, done);
        most = std::max(most, done);
        for (qsizetype i = 1; i < times.size(); ++i) {
            if (inside(times[i]))
                longest = std::max(longest, times[i] - times[i - 1]);
        }
        QVERIFY2(std::abs(done - kWindowS / kIntervalS) <= 1,
                 qPrintable(u"%1 was read %2 times in %3 s"_s.arg(host.name).arg(done).arg(kWindowS)));
        QCOMPARE(toName(rows[host.name].state), u"ok"_s);
        QCOMPARE(lab.count(host.name, u"accept"_s), 1);
    }
    qInfo("37 hosts: %d to %d readings in %d s, at most %lld ms apart; memory grew %.1f MiB", fewest, most, kWindowS,
          static_cast<long long>(longest.count()), static_cast<double>(grown) / 1048576);
    qInfo("window: %lld beats, silent for at most %.0f ms, %.0f of its own; engine: %lld, %.0f, %.0f",
          static_cast<long long>(gui.beats), gui.worstMs, gui.worstOwnMs, static_cast<long long>(engine.beats),
          engine.worstMs, engine.worstOwnMs);
    QVERIFY(grown < 20 * 1024 * 1024);
    QVERIFY(gui.beats > kWindowS * 10 && engine.beats > kWindowS * 10);
    QCOMPARE(gui.over, 0);
    QCOMPARE(engine.over, 0);

    // A frozen host that thaws is read again.
    fault.begin(lab, u"lab1"_s, u"clear"_s);
    QVERIFY(fault.wait());
    const qsizetype before = m_readings[u"lab1"_s].size();
    QTRY_VERIFY_WITH_TIMEOUT(m_readings[u"lab1"_s].size() > before, 90'000);
    road.stop();
    QVERIFY2(lab.stop(), qPrintable(lab.error()));
}

INFRA_TEST(TestFortyHosts)
#include "tst_forty_hosts.moc"
