// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pulse.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace infra::test {

namespace {

double millisecondsBetween(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to)
{
    return std::chrono::duration<double, std::milli>(to - from).count();
}

} // namespace

Pulse::~Pulse()
{
    if (m_account >= 0)
        ::close(m_account);
}

void Pulse::begin(int beatMs)
{
    m_account = ::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    m_beatMs = beatMs;
    reset();
    m_last = std::chrono::steady_clock::now();
    m_waited = waitedMs();
    startTimer(beatMs, Qt::PreciseTimer);
}

double Pulse::waitedMs() const
{
    std::array<char, 128> text{};
    if (m_account < 0 || ::pread(m_account, text.data(), text.size() - 1, 0) <= 0)
        return 0;
    unsigned long long ran = 0;
    unsigned long long waited = 0;
    return std::sscanf(text.data(), "%llu %llu", &ran, &waited) == 2 ? static_cast<double>(waited) / 1e6 : 0;
}

void Pulse::timerEvent(QTimerEvent *)
{
    const auto now = std::chrono::steady_clock::now();
    const double waited = waitedMs();
    const double late = millisecondsBetween(m_last, now) - m_beatMs;
    const double own = late - (waited - m_waited);
    m_last = now;
    m_waited = waited;
    const std::lock_guard lock(m_mutex);
    m_silences.push_back({std::max(late, 0.0), std::max(own, 0.0), millisecondsBetween(m_since, now) / 1000});
}

Pulse::Report Pulse::report(double limitMs) const
{
    const std::lock_guard lock(m_mutex);
    Report report;
    report.beats = static_cast<qsizetype>(m_silences.size());
    for (const Silence &silence : m_silences) {
        report.worstMs = std::max(report.worstMs, silence.wallMs);
        report.worstOwnMs = std::max(report.worstOwnMs, silence.ownMs);
        report.over += silence.ownMs > limitMs ? 1 : 0;
        if (silence.wallMs > limitMs)
            report.longOnes.push_back(silence);
    }
    return report;
}

void Pulse::reset()
{
    const std::lock_guard lock(m_mutex);
    m_since = std::chrono::steady_clock::now();
    m_silences.clear();
}

} // namespace infra::test
