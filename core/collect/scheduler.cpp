// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/scheduler.h"

#include "core/base/logging.h"

#include <algorithm>

namespace infra::collect {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr seconds builtInInterval{60};
constexpr milliseconds stagger{40};          ///< between first readings at start
constexpr milliseconds secondReading{5'000}; ///< rates need two: nobody shall wait an interval for the first ones
constexpr milliseconds slowAfterStart{15'000};
constexpr milliseconds beatEvery{5'000};
constexpr milliseconds beatLate{15'000}; ///< later than this: the machine slept
constexpr milliseconds sliceMost{3};
constexpr milliseconds lookAgain{50}; ///< whether a place for a reading is free
constexpr milliseconds retryLongInterval{60'000};

/// FNV-1a: the same place for the same device in every run.
double phaseOf(const DeviceId &device)
{
    quint64 hash = 14695981039346656037u;
    for (const QChar c : device.toString()) {
        hash ^= c.unicode();
        hash *= 1099511628211u;
    }
    // Short ids differ in few bits: murmur3's finaliser spreads them over the whole interval.
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdu;
    hash ^= hash >> 33;
    hash *= 0xc4ceb9fe1a85ec53u;
    hash ^= hash >> 33;
    return static_cast<double>(hash & 0xffffff) / 0x1000000;
}

milliseconds fraction(seconds interval, double part)
{
    return milliseconds(static_cast<qint64>(static_cast<double>(milliseconds(interval).count()) * part));
}

} // namespace

Scheduler::Scheduler(Parts parts)
    : m_parts(std::move(parts))
{
}

Scheduler::~Scheduler() = default;

void Scheduler::start(const QList<Device> &devices)
{
    m_started = true;
    m_origin = m_parts.timers.clock().monotonic();
    m_lastBeat = m_origin;
    m_lastBeatWall = m_parts.timers.clock().now();
    m_heartbeat = m_parts.timers.every(beatEvery, [this] { beat(); });
    for (const Device &device : devices)
        add(device);
}

void Scheduler::stop()
{
    m_started = false;
    m_heartbeat.cancel();
    m_timer.cancel();
    m_armedFor.reset();
    m_slots.clear();
    for (const auto &plan : std::as_const(m_plans))
        unschedule(*plan);
}

void Scheduler::add(const Device &device)
{
    std::shared_ptr<Plan> &plan = m_plans[device.id];
    const bool fresh = plan == nullptr;
    if (fresh)
        plan = std::make_shared<Plan>();
    const bool wasPaused = !fresh && plan->device.paused;
    const bool intervalChanged = fresh || plan->device.intervalS != device.intervalS;
    plan->device = device;
    plan->phase = phaseOf(device.id);
    if (device.paused && (fresh || !wasPaused)) {
        m_parts.gaps.open(device.id, m_parts.timers.clock().now(), GapReason::Paused);
        unschedule(*plan);
    } else if (isActive(*plan) && (!plan->planned || wasPaused)) {
        plan->first = true;
        scheduleFirst(*plan, fresh ? m_plans.size() - 1 : 0);
    } else if (isActive(*plan) && intervalChanged) {
        scheduleNext(*plan, m_parts.timers.clock().monotonic());
    }
}

void Scheduler::remove(const DeviceId &device)
{
    if (const auto plan = m_plans.take(device))
        unschedule(*plan);
    m_earlier.remove(device);
}

void Scheduler::setCollecting(bool on)
{
    if (m_collecting == on)
        return;
    m_collecting = on;
    const Instant now = m_parts.timers.clock().now();
    qsizetype index = 0;
    for (const auto &plan : std::as_const(m_plans)) {
        if (!on) {
            unschedule(*plan);
            m_parts.gaps.open(plan->device.id, now, GapReason::Paused);
        } else if (isActive(*plan)) {
            scheduleFirst(*plan, index++);
        }
    }
}

void Scheduler::noteEarlierRead(const DeviceId &device, Kind kind, Instant at)
{
    if (isSlow(kind))
        m_earlier[device].insert(kind, at);
}

std::shared_ptr<void> Scheduler::watch(const DeviceId &device)
{
    const auto plan = m_plans.value(device);
    if (plan == nullptr)
        return nullptr;
    if (++plan->watchers == 1 && isActive(*plan))
        schedule(*plan, m_parts.timers.clock().monotonic());
    // Weak: the token may outlive the scheduler.
    return std::shared_ptr<void>(plan.get(), [weak = std::weak_ptr(plan)](void *) {
        if (const auto alive = weak.lock())
            --alive->watchers;
    });
}

void Scheduler::intervalsChanged()
{
    const MonotonicTime now = m_parts.timers.clock().monotonic();
    for (const auto &plan : std::as_const(m_plans)) {
        if (plan->place && !plan->first)
            scheduleNext(*plan, now);
    }
}

void Scheduler::readSoon(const DeviceId &device)
{
    const auto plan = m_plans.value(device);
    if (plan != nullptr && isActive(*plan))
        schedule(*plan, m_parts.timers.clock().monotonic());
}

std::optional<Instant> Scheduler::nextCycle() const
{
    if (m_queue.empty())
        return std::nullopt;
    const milliseconds wait = std::max(m_queue.begin()->first - m_parts.timers.clock().monotonic(), milliseconds(0));
    return m_parts.timers.clock().now() + wait;
}

seconds Scheduler::intervalOf(const Device &device) const
{
    const seconds own(device.intervalS);
    return own == builtInInterval ? m_parts.interval() : own;
}

seconds Scheduler::kindInterval(const Plan &plan, Kind kind) const
{
    const seconds base =
        kind == Kind::Updates ? m_parts.updatesInterval() : m_parts.registry.intervalFor(kind, plan.device.type);
    return base <= builtInInterval ? seconds(0) : base; // 0: with every cycle
}

void Scheduler::schedule(Plan &plan, MonotonicTime at)
{
    unschedule(plan);
    plan.place = m_queue.emplace(at, plan.device.id);
    arm();
}

void Scheduler::unschedule(Plan &plan)
{
    if (plan.place)
        m_queue.erase(*plan.place);
    plan.place.reset();
}

void Scheduler::scheduleFirst(Plan &plan, qsizetype index)
{
    const milliseconds most = intervalOf(plan.device);
    const milliseconds wait = std::min(milliseconds(stagger.count() * index), most);
    plan.planned = true;
    schedule(plan, m_parts.timers.clock().monotonic() + wait);
}

/// The next point of the device's own grid that is at least half an interval away.
void Scheduler::scheduleNext(Plan &plan, MonotonicTime now)
{
    const bool watched = plan.watchers > 0;
    const seconds interval =
        watched ? std::min(m_parts.watchedInterval(), intervalOf(plan.device)) : intervalOf(plan.device);
    const milliseconds width = std::max<milliseconds>(interval, milliseconds(1000));
    const milliseconds offset = fraction(interval, plan.phase);
    const qint64 turns = (now + width / 2 - m_origin - offset) / width;
    MonotonicTime next = m_origin + offset + width * std::max<qint64>(turns, 0);
    while (next < now + width / 2)
        next += width;
    schedule(plan, next);
}

void Scheduler::arm(milliseconds atLeast)
{
    if (m_queue.empty() || !m_started) {
        m_timer.cancel();
        m_armedFor.reset();
        return;
    }
    const MonotonicTime due = m_queue.begin()->first;
    if (m_armedFor && *m_armedFor <= due && m_timer.isActive())
        return;
    m_armedFor = due;
    const milliseconds wait = std::max(due - m_parts.timers.clock().monotonic(), atLeast);
    m_timer = m_parts.timers.after(wait, [this] { fire(); });
}

void Scheduler::fire()
{
    m_armedFor.reset();
    const MonotonicTime begun = m_parts.timers.clock().monotonic();
    while (!m_queue.empty() && m_started) {
        const MonotonicTime now = m_parts.timers.clock().monotonic();
        if (m_queue.begin()->first > now || now - begun > sliceMost)
            break; // the rest in a slice of its own
        if (!m_slots.isFree(now, [this](const DeviceId &device) { return m_parts.collector.isBusy(device); })) {
            arm(lookAgain);
            return;
        }
        const std::shared_ptr<Plan> plan = m_plans.value(m_queue.begin()->second);
        unschedule(*plan);
        // Whoever can wait does while the audit is behind.
        if (!m_parts.collector.isAccepting()) {
            schedule(*plan, now + milliseconds(500));
            continue;
        }
        runCycle(*plan, now);
        if (!plan->place && isActive(*plan) && m_plans.value(plan->device.id) == plan)
            scheduleNext(*plan, now);
    }
    arm();
}

void Scheduler::runCycle(Plan &plan, MonotonicTime now)
{
    const DeviceId id = plan.device.id;
    const seconds interval = intervalOf(plan.device);
    ++m_counts.due;
    if (m_parts.collector.isBusy(id)) {
        ++m_counts.missed;
        return;
    }
    const milliseconds backoff = m_parts.transport.backoff(id);
    if (backoff > milliseconds(0)) {
        ++m_counts.backedOff;
        m_parts.collector.noteSkipped(id);
        if (interval > 2 * retryLongInterval)
            schedule(plan, now + std::max(backoff, retryLongInterval));
        return;
    }
    ++m_counts.done;
    m_slots.take(id, now);
    QList<Kind> fast;
    QList<Kind> slow;
    const Instant wall = m_parts.timers.clock().now();
    for (const Kind kind : allKinds()) {
        if (!m_parts.registry.spec(kind).implemented)
            continue;
        const seconds rare = kindInterval(plan, kind);
        if (rare == seconds(0)) {
            fast.append(kind);
            continue;
        }
        if (!plan.due.contains(kind)) {
            milliseconds wait = isSlow(kind) ? slowAfterStart : milliseconds(0);
            if (const auto earlier = m_earlier.value(id).value(kind); earlier != Instant{} && earlier <= wall)
                wait = std::max<milliseconds>(wait, rare - (wall - earlier));
            plan.due.insert(kind, now + wait);
        }
        // What is due before the next cycle's half rides along with this one.
        MonotonicTime &due = plan.due[kind];
        if (due > now + (plan.watchers > 0 ? milliseconds(0) : fraction(std::min(interval, rare), 0.5)))
            continue;
        (isSlow(kind) ? slow : fast).append(kind);
        due = std::max(due + rare, now + rare / 2);
    }
    if (std::exchange(plan.first, false) && interval > 2 * secondReading)
        schedule(plan, now + secondReading);
    if (!fast.isEmpty())
        request(id, fast);
    for (const Kind kind : std::as_const(slow))
        request(id, {kind});
}

void Scheduler::request(const DeviceId &device, const QList<Kind> &kinds)
{
    CollectRequest request;
    request.device = device;
    request.kinds = kinds;
    request.force = true;
    request.source = AuditSource::Schedule;
    request.actor = u"schedule"_s;
    m_parts.collector.collect(std::move(request));
}

/// Timers stand still while the machine sleeps, our clock does not: a beat that comes far too late tells of it.
void Scheduler::beat()
{
    const MonotonicTime now = m_parts.timers.clock().monotonic();
    const Instant wall = m_parts.timers.clock().now();
    const milliseconds since = now - m_lastBeat;
    if (since > beatEvery + beatLate) {
        ++m_counts.suspends;
        log::info("collect.scheduler", u"This machine slept"_s, {{"seconds", QString::number(since.count() / 1000)}});
        qsizetype index = 0;
        for (const auto &plan : std::as_const(m_plans)) {
            m_parts.gaps.open(plan->device.id, m_lastBeatWall,
                              plan->device.isLocal() ? GapReason::Asleep : GapReason::AppOff);
            if (isActive(*plan))
                scheduleFirst(*plan, index++);
        }
        emit resumed(m_lastBeatWall, wall);
    }
    m_lastBeat = now;
    m_lastBeatWall = wall;
}

} // namespace infra::collect
