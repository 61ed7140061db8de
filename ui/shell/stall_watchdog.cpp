// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/stall_watchdog.h"

#include "core/base/logging.h"

#include <array>
#include <chrono>

#include <csignal>
#include <cstdlib>
#include <execinfo.h>
#include <pthread.h>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kBeatMs = 20;
constexpr int kQuietMs = 1000; ///< between two reports
constexpr int kMostFrames = 64;

// What the signal's handler writes; one stack at a time (guarded by `stackMutex` on the asking side).
std::array<void *, kMostFrames> stackFrames{};
std::atomic<int> stackCount{0};
std::atomic<bool> stackReady{false};
std::mutex stackMutex;

qint64 steadyMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void takeStack(int)
{
    // backtrace() was called once before, so that it does not load a library in here.
    stackCount.store(::backtrace(stackFrames.data(), kMostFrames));
    stackReady.store(true);
}

} // namespace

StallWatchdog::StallWatchdog(const char *name, std::function<void(const Stall &)> report, int limitMs, QObject *parent)
    : QObject(parent)
    , m_name(name)
    , m_report(std::move(report))
    , m_limitMs(limitMs)
    , m_watched(::pthread_self())
    , m_beat(steadyMs())
{
    ::backtrace(stackFrames.data(), 1);
    struct sigaction action = {};
    action.sa_handler = &takeStack;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGUSR2, &action, nullptr);
    startTimer(kBeatMs, Qt::PreciseTimer);
    m_thread = std::thread([this] { watch(); });
}

StallWatchdog::~StallWatchdog()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_ending.notify_all();
    m_thread.join();
}

void StallWatchdog::timerEvent(QTimerEvent *)
{
    m_beat.store(steadyMs());
}

QString StallWatchdog::stackOfWatched() const
{
    const std::lock_guard lock(stackMutex);
    stackReady.store(false);
    if (::pthread_kill(m_watched, SIGUSR2) != 0)
        return {};
    for (int waited = 0; waited < 100 && !stackReady.load(); ++waited)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (!stackReady.load())
        return {};
    const int count = stackCount.load();
    char **symbols = ::backtrace_symbols(stackFrames.data(), count);
    if (symbols == nullptr)
        return {};
    QStringList lines;
    for (int frame = 0; frame < count; ++frame)
        lines.append(QString::fromLocal8Bit(symbols[frame]));
    std::free(symbols);
    return lines.join(u'\n');
}

void StallWatchdog::watch()
{
    qint64 reported = 0;
    std::unique_lock lock(m_mutex);
    while (!m_ending.wait_for(lock, std::chrono::milliseconds(kBeatMs / 2), [this] { return m_ended; })) {
        const qint64 now = steadyMs();
        const qint64 late = now - m_beat.load() - kBeatMs;
        if (late <= m_limitMs || now - reported < kQuietMs)
            continue;
        reported = now;
        lock.unlock();
        const Stall stall{static_cast<int>(late), stackOfWatched()};
        if (m_report)
            m_report(stall);
        else
            log::warning(
                "ui.stall",
                u"The %1 thread did not answer for %2 ms"_s.arg(QString::fromLatin1(m_name)).arg(stall.milliseconds),
                {{"stack", stall.stack}});
        lock.lock();
    }
}

} // namespace infra::ui
