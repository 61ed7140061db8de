// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/settings.h"
#include "core/base/timer_service.h"
#include "core/collect/collector.h"
#include "core/collect/gap_keeper.h"
#include "core/collect/reading_slots.h"
#include "core/commands/command_registry.h"
#include "core/ssh/transport.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

#include <map>

namespace infra::collect {

/// Asks for what is due. Monotonic time; each device has its own place in the interval, so that a fleet is not read in
/// one breath. A cycle reads all fast kinds that are due in one request; a slow kind is a request of its own. Engine
/// thread.
class Scheduler : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        TimerService &timers;
        const commands::CommandRegistry &registry;
        ssh::SshTransport &transport;
        Collector &collector;
        GapKeeper &gaps;
        std::function<seconds()> interval;        ///< of devices that have none of their own
        std::function<seconds()> watchedInterval; ///< while somebody looks
        std::function<seconds()> updatesInterval;
    };
    struct Counts
    {
        quint64 due = 0, done = 0, missed = 0, backedOff = 0, suspends = 0;
    };

    explicit Scheduler(Parts parts);
    ~Scheduler() override;

    void start(const QList<Device> &devices);
    void stop();
    void add(const Device &device); ///< or change
    void remove(const DeviceId &device);
    /// Off: nothing is read by itself; a gap "paused" opens for every device.
    void setCollecting(bool on);
    bool isCollecting() const { return m_collecting; }
    /// A slow kind was read at this time in an earlier run: it is due one interval later, not at start.
    void noteEarlierRead(const DeviceId &device, Kind kind, Instant at);
    /// Reads the device every watched interval while a token lives.
    std::shared_ptr<void> watch(const DeviceId &device);
    void intervalsChanged();
    /// Out of turn: something was mended, nobody shall wait an interval to see it.
    void readSoon(const DeviceId &device);
    std::optional<Instant> nextCycle() const;
    seconds intervalOf(const Device &device) const;
    Counts counts() const { return m_counts; }

signals:
    /// This machine slept from … to …: a typed gap was opened for every device.
    void resumed(infra::Instant from, infra::Instant to);

private:
    using Queue = std::multimap<MonotonicTime, DeviceId>;
    struct Plan
    {
        Device device;
        double phase = 0;               ///< its place in the interval, 0–1
        QHash<Kind, MonotonicTime> due; ///< kinds rarer than the cycle
        std::optional<Queue::iterator> place;
        int watchers = 0;
        bool first = true;    ///< its first cycle is still to come
        bool planned = false; ///< it was given a place once
    };
    void schedule(Plan &plan, MonotonicTime at);
    void unschedule(Plan &plan);
    void scheduleFirst(Plan &plan, qsizetype index);
    void scheduleNext(Plan &plan, MonotonicTime now);
    void arm(milliseconds atLeast = milliseconds(0));
    void fire();
    void runCycle(Plan &plan, MonotonicTime now);
    void request(const DeviceId &device, const QList<Kind> &kinds);
    void beat();
    seconds kindInterval(const Plan &plan, Kind kind) const;
    bool isActive(const Plan &plan) const { return m_started && m_collecting && !plan.device.paused; }

    Parts m_parts;
    QHash<DeviceId, std::shared_ptr<Plan>> m_plans;
    QHash<DeviceId, QHash<Kind, Instant>> m_earlier;
    Queue m_queue;
    TimerHandle m_timer, m_heartbeat;
    std::optional<MonotonicTime> m_armedFor;
    MonotonicTime m_origin{}, m_lastBeat{};
    Instant m_lastBeatWall{};
    Counts m_counts;
    ReadingSlots m_slots;
    bool m_started = false, m_collecting = true;
};

} // namespace infra::collect
