// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QtCore/QObject>

#include <functional>
#include <map>
#include <memory>

namespace infra {

/// Handle of a pending timer; letting go cancels. Confined to the thread of its service.
class TimerHandle
{
public:
    TimerHandle() = default;
    explicit TimerHandle(std::function<void()> cancel)
        : m_cancel(std::make_shared<Cancel>(std::move(cancel)))
    {
    }
    void cancel() { m_cancel.reset(); }
    bool isActive() const { return m_cancel != nullptr; }

private:
    struct Cancel
    {
        explicit Cancel(std::function<void()> function)
            : run(std::move(function))
        {
        }
        Cancel(const Cancel &) = delete;
        Cancel &operator=(const Cancel &) = delete;
        ~Cancel()
        {
            if (run)
                run();
        }
        std::function<void()> run;
    };
    std::shared_ptr<Cancel> m_cancel;
};

/// Runs functions later, on the thread that owns the service (monotonic time). One service a thread.
class TimerService
{
public:
    virtual ~TimerService() = default;
    /// Once, after `delay` (≥ 0). The handle keeps it alive; dropping the handle cancels.
    [[nodiscard]] virtual TimerHandle after(milliseconds delay, std::function<void()> function) = 0;
    /// Again and again; a late timer fires once, not once a missed turn.
    [[nodiscard]] virtual TimerHandle every(milliseconds period, std::function<void()> function) = 0;
    virtual const Clock &clock() const = 0;
};

/// The real one, on the event loop of the thread that makes it.
class EventLoopTimerService final : public TimerService
{
public:
    explicit EventLoopTimerService(const Clock &clock);
    ~EventLoopTimerService() override;
    TimerHandle after(milliseconds delay, std::function<void()> function) override;
    TimerHandle every(milliseconds period, std::function<void()> function) override;
    const Clock &clock() const override { return m_clock; }

private:
    TimerHandle start(milliseconds interval, bool singleShot, std::function<void()> function);

    const Clock &m_clock;
    std::shared_ptr<QObject> m_owner;
};

/// Clock and timers moved by hand: `advance` fires what is due, in order of time. One thread. For tests and
/// simulations.
class ManualTime final : public Clock, public TimerService
{
public:
    explicit ManualTime(Instant start);
    ~ManualTime() override;

    Instant now() const override { return m_now; }
    MonotonicTime monotonic() const override { return m_monotonic; }
    TimerHandle after(milliseconds delay, std::function<void()> function) override;
    TimerHandle every(milliseconds period, std::function<void()> function) override;
    const Clock &clock() const override { return *this; }

    void advance(milliseconds by);
    /// The next due time, or nothing when no timer waits.
    std::optional<MonotonicTime> nextDue() const;
    /// A step of the wall clock alone (NTP, a person): monotonic time does not move.
    void stepWallClock(milliseconds by) { m_now += by; }

private:
    struct Entry
    {
        quint64 id = 0;
        milliseconds period{0};
        std::function<void()> function;
    };
    TimerHandle add(milliseconds delay, milliseconds period, std::function<void()> function);

    Instant m_now;
    MonotonicTime m_monotonic{milliseconds(1'000'000)};
    quint64 m_nextId = 1;
    std::shared_ptr<std::multimap<MonotonicTime, Entry>> m_entries;
};

} // namespace infra
