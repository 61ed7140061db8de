// SPDX-License-Identifier: GPL-3.0-or-later
// The application itself, opened on a profile, used by a script and measured from inside: the time to the first painted
// window, silences of the GUI and engine threads, how long a change of page takes, memory. Prints one JSON object.
// The one who starts it says in INFRA_BENCH_SPAWNED when (steady clock, ns), just before exec.
#include "app/infrastructor/window_application.h"
#include "core/base/logging.h"
#include "tests/bench/samples.h"
#include "tests/support/pulse.h"
#include "ui/shell/main_window.h"
#include "ui/shell/stall_watchdog.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QEvent>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

#include <cstdio>
#include <map>
#include <mutex>
#include <sys/resource.h>

using namespace infra;
using namespace infra::bench;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kBeatMs = 10;
constexpr double kStallMs = 50;
constexpr int kSettleMs = 5000; ///< between the first paint and the first change of page
constexpr int kChangeMs = 1500; ///< between two changes of page

double sinceSpawnMs()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const qint64 spawned = qEnvironmentVariable("INFRA_BENCH_SPAWNED").toLongLong();
    return spawned > 0 ? static_cast<double>(std::chrono::nanoseconds(now).count() - spawned) / 1e6 : -1;
}

/// KiB, by its name in /proc/self/status.
qint64 memoryKib(const QByteArray &name)
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(QByteArray(name + ':')))
            return line.mid(name.size() + 1).simplified().split(' ').first().toLongLong();
    }
    return 0;
}

double cpuSeconds()
{
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(use.ru_utime) + seconds(use.ru_stime);
}

/// Hears of the next painted page, after its pixels went to the display.
class PaintWatch : public QObject
{
public:
    void next(std::function<void(ui::MainWindow *)> painted)
    {
        m_painted = std::move(painted);
        qApp->installEventFilter(this);
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Paint || !m_painted || !watched->isWidgetType())
            return false;
        auto *widget = static_cast<QWidget *>(watched);
        auto *window = qobject_cast<ui::MainWindow *>(widget->window());
        const ui::Page *page = window != nullptr ? window->currentPage() : nullptr;
        if (page == nullptr || (widget != page && !page->isAncestorOf(widget)))
            return false;
        qApp->removeEventFilter(this);
        // A queued call comes when the whole window is painted and handed to the display.
        QMetaObject::invokeMethod(
            this, [window, painted = std::exchange(m_painted, {})] { painted(window); }, Qt::QueuedConnection);
        return false;
    }

private:
    std::function<void(ui::MainWindow *)> m_painted;
};

/// Uses the window as a person who looks at everything in turn.
class Visitor : public QObject
{
public:
    explicit Visitor(PaintWatch &watch)
        : m_watch(watch)
    {
    }
    void begin(ui::MainWindow &window)
    {
        m_window = &window;
        connect(&m_timer, &QTimer::timeout, this, &Visitor::change);
        m_timer.start(kChangeMs);
    }
    void end() { m_timer.stop(); }
    QJsonObject report() const
    {
        QJsonObject pages;
        for (const auto &[page, samples] : m_changes)
            pages.insert(page, QJsonObject{{u"first_ms"_s, samples.first},
                                           {u"median_ms"_s, samples.again.median()},
                                           {u"worst_ms"_s, samples.again.quantile(1)}});
        return {{u"changes"_s, m_count},
                {u"median_ms"_s, m_all.median()},
                {u"p95_ms"_s, m_all.quantile(0.95)},
                {u"worst_ms"_s, m_all.quantile(1)},
                {u"pages"_s, pages}};
    }

private:
    struct Changes
    {
        double first = 0; ///< the page is made then
        Samples again;
    };

    void change()
    {
        static const QStringList kPages{u"overview"_s,   u"device"_s,   u"devices"_s, u"device"_s,
                                        u"containers"_s, u"activity"_s, u"logs"_s,    u"settings"_s};
        ui::Route route;
        route.page = kPages.at(m_count % kPages.size());
        const QList<engine::DeviceRow> devices = m_window->pageContext().client.devices();
        if (route.page == u"device"_s && !devices.isEmpty())
            route.device = devices.at(m_count * 7 % devices.size()).device.id;
        const auto begin = std::chrono::steady_clock::now();
        ++m_count;
        m_watch.next([this, begin, page = route.page](ui::MainWindow *) {
            const double ms =
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
            m_all.add(ms);
            if (const auto [entry, fresh] = m_changes.try_emplace(page); fresh)
                entry->second.first = ms;
            else
                entry->second.again.add(ms);
        });
        m_window->open(route);
    }

    PaintWatch &m_watch;
    ui::MainWindow *m_window = nullptr;
    QTimer m_timer;
    int m_count = 0;
    Samples m_all;
    std::map<QString, Changes> m_changes;
};

/// Where the watchdog of debug builds would have shouted, with the stack.
struct Stacks
{
    std::mutex mutex;
    QJsonArray seen;
    std::unique_ptr<ui::StallWatchdog> watchdog;

    void begin()
    {
        watchdog = std::make_unique<ui::StallWatchdog>("gui", [this](const ui::StallWatchdog::Stall &stall) {
            const std::lock_guard lock(mutex);
            seen.append(QJsonObject{{u"ms"_s, stall.milliseconds},
                                    {u"stack"_s, QJsonArray::fromStringList(stall.stack.split(u'\n'))}});
        });
    }
};

QJsonObject stallsOf(const test::Pulse &pulse)
{
    const test::Pulse::Report report = pulse.report(kStallMs);
    QJsonArray all;
    for (const test::Pulse::Silence &silence : report.longOnes)
        all.append(QJsonArray{silence.atS, silence.wallMs, silence.ownMs});
    return {{u"beats"_s, report.beats},
            {u"stalls"_s, all.size()},
            {u"own_stalls"_s, report.over},
            {u"longest_ms"_s, report.worstMs},
            {u"longest_own_ms"_s, report.worstOwnMs},
            {u"all"_s, all}};
}

struct Run
{
    QJsonObject result;
    PaintWatch paint;
    Visitor visitor{paint};
    test::Pulse gui;
    test::Pulse *engine = nullptr; ///< on the engine thread; its services delete it
    Stacks stacks;
    QTimer settled, done;
    double cpuAtStart = 0;
    std::chrono::steady_clock::time_point measuredFrom{};
};

void startMeasuring(Run &run, app::WindowApplication &application, ui::MainWindow *window)
{
    run.result.insert(u"first_paint_ms"_s, sinceSpawnMs());
    run.result.insert(u"first_paint_cpu_s"_s, cpuSeconds());
    run.result.insert(u"rss_first_paint_kib"_s, memoryKib("VmRSS"));
    run.result.insert(u"devices"_s, window->pageContext().client.devices().size());
    run.gui.begin(kBeatMs);
    run.engine = new test::Pulse;
    app::EngineHost &host = application.engineHost();
    run.engine->moveToThread(&host);
    host.post([&run, &host] {
        run.engine->setParent(host.services());
        run.engine->begin(kBeatMs);
    });
    run.stacks.begin();
    QObject::connect(&run.settled, &QTimer::timeout, &run.visitor, [&run, window] {
        run.cpuAtStart = cpuSeconds();
        run.measuredFrom = std::chrono::steady_clock::now();
        run.result.insert(u"start_stalls"_s, stallsOf(run.gui));
        run.gui.reset();
        run.engine->reset();
        run.visitor.begin(*window);
    });
    run.settled.setSingleShot(true);
    run.settled.start(kSettleMs);
}

void finishMeasuring(Run &run)
{
    run.visitor.end();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - run.measuredFrom).count();
    run.result.insert(u"seconds"_s, seconds);
    run.result.insert(u"cpu_percent"_s, 100 * (cpuSeconds() - run.cpuAtStart) / seconds);
    run.result.insert(u"rss_kib"_s, memoryKib("VmRSS"));
    run.result.insert(u"rss_anonymous_kib"_s, memoryKib("RssAnon"));
    run.result.insert(u"rss_peak_kib"_s, memoryKib("VmHWM"));
    run.result.insert(u"gui"_s, stallsOf(run.gui));
    run.result.insert(u"engine"_s, stallsOf(*run.engine));
    run.result.insert(u"pages"_s, run.visitor.report());
    run.stacks.watchdog.reset();
    run.result.insert(u"watchdog"_s, static_cast<int>(run.stacks.seen.size()));
    run.result.insert(u"stacks"_s, run.stacks.seen);
}

} // namespace

int main(int argc, char **argv)
{
    const double mainMs = sinceSpawnMs();
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"infrastructor"_s);
    QCoreApplication::setApplicationVersion(u"bench"_s);
    application.setQuitOnLastWindowClosed(false);
    QCommandLineParser parser;
    parser.addOptions({{u"profile"_s, u"Folder of the profile"_s, u"DIR"_s},
                       {u"seconds"_s, u"Use it so long; 0: end at the first paint"_s, u"N"_s, u"0"_s}});
    parser.process(application);
    app::Arguments arguments;
    arguments.profile = parser.value(u"profile"_s);
    const app::Profile asked(arguments.profile);
    if (!asked.create())
        return 2;
    const app::Profile profile(asked.folder());
    if (!log::start({profile.logFolder(), false}))
        return 2;
    auto lock = app::ProfileLock::take(profile.lockFile(), app::OwnerKind::Window);
    if (!lock)
        return 2;

    Run run;
    run.result.insert(u"main_ms"_s, mainMs);
    const int seconds = parser.value(u"seconds"_s).toInt();
    auto window =
        std::make_unique<app::WindowApplication>(application, profile, arguments, SecretBytes(), std::move(*lock));
    run.paint.next([&](ui::MainWindow *painted) {
        startMeasuring(run, *window, painted);
        if (seconds == 0)
            QCoreApplication::quit();
    });
    QObject::connect(&run.done, &QTimer::timeout, &application, [&] {
        finishMeasuring(run);
        QCoreApplication::quit();
    });
    run.done.setSingleShot(true);
    if (seconds > 0)
        run.done.start(seconds * 1000 + kSettleMs);
    window->start();
    QCoreApplication::exec();
    std::printf("%s\n", QJsonDocument(run.result).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    run.stacks.watchdog.reset();
    window.reset();
    log::stop();
    return run.result.contains(u"first_paint_ms"_s) ? 0 : 1;
}
