// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer_service.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <algorithm>
#include <chrono>

namespace infra {

EventLoopTimerService::EventLoopTimerService(const Clock &clock)
    : m_clock(clock)
    , m_owner(std::make_shared<QObject>())
{
}

EventLoopTimerService::~EventLoopTimerService() = default;

TimerHandle EventLoopTimerService::after(milliseconds delay, std::function<void()> function)
{
    return start(std::max(delay, milliseconds(0)), true, std::move(function));
}

TimerHandle EventLoopTimerService::every(milliseconds period, std::function<void()> function)
{
    return start(std::max(period, milliseconds(1)), false, std::move(function));
}

TimerHandle EventLoopTimerService::start(milliseconds interval, bool singleShot, std::function<void()> function)
{
    // QTimer counts in int milliseconds.
    constexpr milliseconds longest = std::chrono::hours(24 * 24);
    auto *timer = new QTimer(m_owner.get());
    timer->setSingleShot(singleShot);
    timer->setTimerType(interval < seconds(2) ? Qt::PreciseTimer : Qt::CoarseTimer);
    timer->setInterval(std::min(interval, longest));
    QObject::connect(timer, &QTimer::timeout, timer, [timer, singleShot, run = std::move(function)] {
        // The function may drop its own handle, which deletes the timer and this closure with it.
        const std::function<void()> held = run;
        if (singleShot)
            timer->deleteLater();
        held();
    });
    timer->start();
    return TimerHandle([owner = std::weak_ptr(m_owner), timer = QPointer<QTimer>(timer)] {
        if (!owner.lock() || !timer)
            return;
        timer->stop();
        timer->deleteLater();
    });
}

} // namespace infra
