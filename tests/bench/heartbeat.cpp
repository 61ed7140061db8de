// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/heartbeat.h"

#include <QtCore/QJsonArray>

#include <algorithm>
#include <array>

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace infra::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kBeatMs = 10;
constexpr double kLimitMs = 50;

double millisecondsBetween(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to)
{
    return std::chrono::duration<double, std::milli>(to - from).count();
}

} // namespace

Heartbeat::Heartbeat(QObject *parent)
    : QObject(parent)
{
}

Heartbeat::~Heartbeat()
{
    if (m_account >= 0)
        ::close(m_account);
}

void Heartbeat::begin()
{
    m_account = ::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    reset();
    m_last = std::chrono::steady_clock::now();
    m_waited = waitedMs();
    startTimer(kBeatMs, Qt::PreciseTimer);
}

void Heartbeat::reset()
{
    const std::lock_guard lock(m_mutex);
    m_since = std::chrono::steady_clock::now();
    m_silences.clear();
    m_beats = 0;
}

/// The second number: nanoseconds on a run queue.
double Heartbeat::waitedMs() const
{
    std::array<char, 96> text{};
    if (m_account < 0 || ::pread(m_account, text.data(), text.size() - 1, 0) <= 0)
        return 0;
    char *rest = nullptr;
    std::strtoull(text.data(), &rest, 10);
    return static_cast<double>(std::strtoull(rest, nullptr, 10)) / 1e6;
}

void Heartbeat::timerEvent(QTimerEvent *)
{
    const auto now = std::chrono::steady_clock::now();
    const double waited = waitedMs();
    const double late = millisecondsBetween(m_last, now) - kBeatMs;
    const std::lock_guard lock(m_mutex);
    ++m_beats;
    if (late > kLimitMs)
        m_silences.push_back(
            {late, std::max(late - (waited - m_waited), 0.0), millisecondsBetween(m_since, now) / 1000});
    m_last = now;
    m_waited = waited;
}

QJsonObject Heartbeat::report() const
{
    const std::lock_guard lock(m_mutex);
    int own = 0;
    double longest = 0, longestOwn = 0;
    QJsonArray all;
    for (const Silence &silence : m_silences) {
        own += silence.ownMs > kLimitMs ? 1 : 0;
        longest = std::max(longest, silence.ms);
        longestOwn = std::max(longestOwn, silence.ownMs);
        all.append(QJsonArray{silence.atS, silence.ms, silence.ownMs});
    }
    return {{u"beats"_s, m_beats},
            {u"stalls"_s, static_cast<int>(m_silences.size())},
            {u"own_stalls"_s, own},
            {u"longest_ms"_s, longest},
            {u"longest_own_ms"_s, longestOwn},
            {u"all"_s, all}};
}

} // namespace infra::bench
