// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/maintenance.h"

#include "core/base/logging.h"
#include "core/store/sql/device_rows.h"

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

using SteadyClock = std::chrono::steady_clock;

/// A retention slice ends after this; with its commit it stays under 20 ms.
constexpr auto kSlice = 8ms;
constexpr auto kStepThatHolds = 1h;
/// Free pages that are kept for new rows, and how many are given back a slice.
constexpr qint64 kPagesKept = 64;
constexpr int kPagesASlice = 32;

} // namespace

Maintenance::Maintenance(WriteContext &context, const SettingsStore *settings)
    : m_context(context)
    , m_settings(settings)
    , m_rollUp(context)
    , m_retention(context)
{
}

void Maintenance::addCommon(Batch &batch, Instant now)
{
    batch.jobs.push_back(
        {[this, now] { return m_context.transaction([&] { return heartbeat(m_context, now, false); }); }, {}});
    batch.jobs.push_back({[this, now] { return m_rollUp.start(now); }, [this] { return m_rollUp.step(); }});
}

void Maintenance::startSelf(Stamp at)
{
    if (m_lastSelf) {
        const auto wall = at.now - m_lastSelf->now;
        const auto real = at.monotonic - m_lastSelf->monotonic;
        if (wall - real > kStepThatHolds || real - wall > kStepThatHolds) {
            m_holdUntil = at.monotonic + kStepThatHolds;
            log::warning("store.maintenance", u"The wall clock stepped; nothing is deleted for an hour"_s);
        }
    }
    m_lastSelf = at;
    Batch batch;
    addCommon(batch, at.now);
    const RetentionDays days = retentionDays(m_settings);
    const bool changed = days != m_lastDays;
    const auto isDue = [&](const std::optional<Instant> &last, milliseconds period) {
        return !last || at.now - *last >= period || at.now < *last;
    };
    const bool held = m_holdUntil && at.monotonic < *m_holdUntil;
    if (!held && (changed || isDue(m_lastRetention, 1h))) {
        const bool everything = changed || isDue(m_lastWholeRetention, 24h);
        m_lastRetention = at.now;
        if (everything)
            m_lastWholeRetention = at.now;
        m_lastDays = days;
        batch.jobs.push_back(
            {[this, now = at.now, days, everything] { return m_retention.start(now, days, everything); },
             [this] { return m_retention.step(kSlice); }});
        batch.jobs.push_back({{}, [this] { return vacuumSlice(); }});
    }
    batch.jobs.push_back({[this] { return m_context.connection().exec(u"PRAGMA wal_checkpoint(PASSIVE)"_s); }, {}});
    m_jobs.push_back(std::move(batch));
}

void Maintenance::startAsked(Instant now, quint64 id)
{
    Batch batch;
    batch.id = id;
    addCommon(batch, now);
    const RetentionDays days = retentionDays(m_settings);
    batch.jobs.push_back({[this, now, days] { return m_retention.start(now, days, true); },
                          [this] { return m_retention.step(kSlice); }});
    batch.jobs.push_back({{}, [this] { return vacuumSlice(); }});
    batch.jobs.push_back({[this] { return m_context.connection().exec(u"PRAGMA wal_checkpoint(PASSIVE)"_s); }, {}});
    m_jobs.push_back(std::move(batch));
}

void Maintenance::startPurge(quint64 id)
{
    Batch batch;
    batch.id = id;
    batch.jobs.push_back({[this] { return m_retention.startPurge(); }, [this] { return m_retention.step(kSlice); }});
    batch.jobs.push_back({{}, [this] { return vacuumSlice(); }});
    m_jobs.push_back(std::move(batch));
}

QList<std::pair<quint64, Result<void>>> Maintenance::step()
{
    QList<std::pair<quint64, Result<void>>> answers;
    if (m_jobs.empty())
        return answers;
    const auto begin = SteadyClock::now();
    const Result<bool> more = runSlice(m_jobs.front());
    m_longest = std::max(m_longest, std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begin));
    if (more && *more)
        return answers;
    answers.append({m_jobs.front().id, more ? Result<void>() : Result<void>(fail(more.error()))});
    m_jobs.pop_front();
    return answers;
}

Result<bool> Maintenance::runSlice(Batch &batch)
{
    Job &job = batch.jobs.front();
    if (job.start) {
        const Result<void> started = std::exchange(job.start, {})();
        if (!started)
            return fail(started.error());
        if (job.step)
            return true;
    } else if (job.step) {
        const Result<bool> more = job.step();
        if (!more || *more)
            return more;
    }
    batch.jobs.pop_front();
    return !batch.jobs.empty();
}

Result<bool> Maintenance::vacuumSlice()
{
    const auto free = m_context.connection().integer(u"PRAGMA freelist_count"_s);
    if (!free)
        return fail(free.error());
    if (free->value_or(0) <= kPagesKept)
        return false;
    if (const Result<void> done = m_context.connection().releasePages(kPagesASlice); !done)
        return fail(done.error());
    return true;
}

} // namespace infra::store::sql
