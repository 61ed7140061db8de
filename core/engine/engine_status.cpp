// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/when_done.h"
#include "core/engine/engine.h"
#include "core/engine/engine_private.h"
#include "core/model/error_json.h"

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr milliseconds statusEvery{200};

} // namespace

void Engine::applySettings(const QString &name)
{
    const auto is = [&name](const SettingKey &key) { return name == QLatin1String(key.name); };
    if (is(keys::collecting))
        d->scheduler.setCollecting(d->parts.settings.boolean(keys::collecting));
    else if (is(keys::intervalS) || is(keys::watchedIntervalS) || is(keys::slowIntervalS))
        d->scheduler.intervalsChanged();
    else
        return;
    updateStatus();
}

void Engine::everyMinute()
{
    const Instant now = d->parts.clock.now();
    d->gaps.prolong(now);
    collect::whenDone(
        d->parts.store.reader->status(store::StatusDepth::Figures), this,
        [this](const Result<store::StoreStatus> &status) {
            if (!status || d->stopped)
                return;
            d->status.storeBytes = status->sizeBytes + status->walBytes;
            d->status.droppedTelemetry = status->droppedTelemetry;
            const cache::CacheStats cache = d->cache.stats();
            const collect::Scheduler::Counts counts = d->scheduler.counts();
            const double asked = static_cast<double>(cache.hits + cache.misses);
            const Instant time = d->parts.clock.now();
            const auto value = [time](const QString &name, double number) {
                return store::PerformanceValue{time, name, {}, number};
            };
            QList<store::PerformanceValue> values{
                value(u"cache.entries"_s, static_cast<double>(cache.entries)),
                value(u"cache.bytes"_s, static_cast<double>(cache.bytes)),
                value(u"cache.evictions"_s, static_cast<double>(cache.evictions)),
                value(u"ssh.connections"_s, static_cast<double>(d->parts.transport.sessions().size())),
                value(u"ssh.connections_opened_hour"_s, static_cast<double>(d->status.sessionsOpenedLastHour)),
                value(u"writer.queue"_s, static_cast<double>(status->writerQueue)),
                value(u"writer.lag_ms"_s, static_cast<double>(status->writerLagMs)),
                value(u"writer.rows_per_s"_s, status->rowsPerS),
                value(u"writer.dropped"_s, static_cast<double>(status->droppedTelemetry)),
                value(u"workers.queue"_s, static_cast<double>(d->parts.workers.queued())),
                value(u"collect.under_way"_s, static_cast<double>(d->collector.underWay())),
                value(u"cycles.due"_s, static_cast<double>(counts.due)),
                value(u"cycles.done"_s, static_cast<double>(counts.done)),
                value(u"cycles.missed"_s, static_cast<double>(counts.missed)),
                value(u"cycles.backed_off"_s, static_cast<double>(counts.backedOff)),
            };
            if (asked > 0)
                values.append(value(u"cache.hit_ratio"_s, static_cast<double>(cache.hits) / asked));
            d->parts.store.writer->performance(std::move(values));
            updateStatus();
        });
}

/// Gathered at most every 200 ms: many rows change at once.
void Engine::updateStatus()
{
    if (d->statusTimer.isActive() || d->stopped)
        return;
    d->statusTimer = d->parts.timers.after(statusEvery, [this] {
        d->statusTimer.cancel();
        emit statusChanged(status());
    });
}

FleetStatus Engine::status() const
{
    FleetStatus status = d->status;
    const Instant now = d->parts.clock.now();
    while (!d->sessionsOpened.empty() && now - d->sessionsOpened.front() > std::chrono::hours(1))
        d->sessionsOpened.pop_front();
    d->status.sessionsOpenedLastHour = static_cast<int>(d->sessionsOpened.size());
    status.sessionsOpenedLastHour = d->status.sessionsOpenedLastHour;
    status.collecting = isCollecting();
    status.sessions = static_cast<int>(d->parts.transport.sessions().size());
    status.nextCycle = d->scheduler.nextCycle();
    status.secretsBackend = d->parts.secrets.backend();
    status.secretsState = d->parts.secrets.state();
    const cache::CacheStats cache = d->cache.stats();
    if (cache.hits + cache.misses > 0)
        status.cacheHitRatio = static_cast<double>(cache.hits) / static_cast<double>(cache.hits + cache.misses);
    d->model.count(status);
    return status;
}

QList<DeviceRow> Engine::rows() const
{
    return d->model.rows();
}

std::optional<DeviceRow> Engine::row(const DeviceId &device) const
{
    return d->model.row(device);
}

std::optional<DeviceDetails> Engine::details(const DeviceId &device) const
{
    return d->model.details(device);
}

HistoryResult Engine::liveHistory(const HistoryQuery &query) const
{
    return d->model.liveHistory(query);
}

QJsonObject deviceJson(const DeviceRow &row)
{
    QJsonObject object = toJson(row.device);
    object.insert(u"state"_s, toName(row.state));
    object.insert(u"health"_s, toName(row.health));
    object.insert(u"error"_s, toJson(row.error));
    const std::optional<Instant> seen = row.readAt ? row.readAt : row.device.lastSeen;
    object.insert(u"last_seen"_s, seen ? QJsonValue(toRfc3339(*seen)) : QJsonValue());
    return object;
}

} // namespace infra::engine
