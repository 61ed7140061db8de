// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/logging.h"
#include "core/base/redaction.h"
#include "core/collect/when_done.h"
#include "core/engine/engine_private.h"

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr milliseconds agesEvery{5'000};
constexpr milliseconds minuteLength{60'000};
constexpr milliseconds auditLook{100};
constexpr milliseconds readAllStep{40};

} // namespace

Engine::Private::Private(EngineParts given, RuleSet starter)
    : parts(std::move(given))
    , rules(std::move(starter))
    , cache(parts.clock)
    , gaps(*parts.store.writer)
    , collector({parts.clock,
                 parts.timers,
                 parts.random,
                 &parts.workers,
                 cache,
                 parts.registry,
                 parts.gate,
                 parts.transport,
                 parts.devices,
                 *parts.store.writer,
                 bus,
                 gaps,
                 {}})
    , scheduler({parts.timers, parts.registry, parts.transport, collector, gaps,
                 [this] { return seconds(parts.settings.integer(keys::intervalS)); },
                 [this] { return seconds(parts.settings.integer(keys::watchedIntervalS)); },
                 [this] { return seconds(parts.settings.integer(keys::slowIntervalS)); }})
    , model({parts.timers, parts.registry, rules, [this](const DeviceId &id) { return parts.transport.backoff(id); },
             [this](const DeviceId &id) { return collector.isBusy(id); },
             [this](const Device &device) { return scheduler.intervalOf(device); }})
{
}

Engine::Engine(EngineParts parts)
{
    Result<RuleSet> rules = RuleSet::parse(parts.rulesJson);
    d = std::make_unique<Private>(std::move(parts), rules ? *rules : RuleSet());
    if (!rules)
        d->rulesError = rules.error();
    connectParts();
}

Engine::~Engine()
{
    d->collector.stop();
}

void Engine::connectParts()
{
    const auto &parts = d->parts;
    connect(&parts.devices, &DeviceService::deviceAdded, this, [this](const Device &device) {
        d->model.setDevice(device);
        if (d->started && !d->stopped)
            d->scheduler.add(device);
        updateStatus();
    });
    connect(&parts.devices, &DeviceService::deviceChanged, this, [this](const Device &device) {
        const auto before = d->model.row(device.id);
        const auto identity = [](const Device &of) {
            return std::tuple(of.address, of.port, of.user, of.sshAlias, of.jump, of.hostKey, of.auth, of.keyFile,
                              of.sudo);
        };
        d->model.setDevice(device);
        const bool moved = before && identity(before->device) != identity(device);
        if (moved) {
            // Another way to it, or another machine: nothing that was read is a base for what comes.
            d->parts.transport.close(device.id);
            d->parts.transport.resetBackoff(device.id);
            d->collector.forget(device.id, false);
            if (before->device.hostKey != device.hostKey || before->device.address != device.address)
                d->cache.invalidate(device.id, u"the device was changed"_s);
        }
        if (device.paused)
            d->parts.transport.close(device.id);
        if (d->started && !d->stopped) {
            d->scheduler.add(device);
            if (moved)
                d->scheduler.readSoon(device.id);
        }
        updateStatus();
    });
    connect(&parts.devices, &DeviceService::deviceRemoved, this, [this](const DeviceId &device) {
        d->scheduler.remove(device);
        d->collector.forget(device, true);
        d->cache.invalidate(device, u"the device was removed"_s);
        d->parts.transport.close(device);
        d->model.removeDevice(device);
        updateStatus();
    });
    connect(&parts.transport, &ssh::SshTransport::sessionOpened, this, [this](const ssh::SessionInfo &info) {
        d->sessionsOpened.push_back(d->parts.clock.now());
        d->model.noteSession(info);
        updateStatus();
    });
    connect(&parts.transport, &ssh::SshTransport::sessionClosed, this,
            [this](const DeviceId &device, const std::optional<Error> & /*error*/) {
                d->model.noteSessionClosed(device);
                updateStatus();
            });
    connect(&parts.settings, &SettingsStore::changed, this, [this](const QString &name) { applySettings(name); });
    connect(&parts.secrets, &secrets::SecretStore::stateChanged, this, [this] {
        updateStatus();
        if (d->parts.secrets.state() != secrets::StoreState::Ready)
            return;
        for (const DeviceRow &row : d->model.rows()) {
            if (row.state == DeviceState::NeedsYou) {
                d->parts.transport.resetBackoff(row.device.id);
                d->scheduler.readSoon(row.device.id);
            }
        }
    });
    connect(parts.store.events.get(), &store::StoreEvents::writableChanged, this,
            [this](bool writable, const std::optional<Error> &error) {
                d->status.storeWritable = writable;
                d->status.storeError = writable ? std::nullopt : error;
                updateStatus();
                if (!writable && error)
                    emit noticed(*error);
            });
    connect(&d->model, &ReadModel::rowsChanged, this,
            [this](const QList<DeviceRow> &changed, const QList<DeviceId> &removed) {
                updateStatus();
                emit rowsChanged(changed, removed);
            });
    connect(&d->model, &ReadModel::detailsChanged, this, &Engine::detailsChanged);
    d->subscriptions = {
        d->bus.subscribe<collect::DeviceRead>([this](const collect::DeviceRead &read) {
            d->model.read(read);
            d->parts.devices.noteSeen(read.device, read.readAt);
        }),
        d->bus.subscribe<collect::DeviceFailed>([this](const collect::DeviceFailed &failure) {
            d->model.failed(failure);
            if (const auto gap = d->gaps.openGap(failure.device))
                log::debug("engine", failure.error.message,
                           {{"device", failure.device.toString()}, {"code", failure.error.name()}});
        }),
        d->bus.subscribe<collect::DeviceDetected>([this](const collect::DeviceDetected &found) {
            d->parts.devices.noteDetected(found.device, found.type, found.capabilities);
        }),
    };
}

void Engine::start()
{
    if (std::exchange(d->started, true))
        return;
    if (d->rulesError) {
        log::error("engine.rules", *d->rulesError);
        emit noticed(*d->rulesError);
    }
    for (const Device &device : d->parts.devices.all())
        d->model.setDevice(device);
    d->ages = d->parts.timers.every(agesEvery, [this] { d->model.checkAges(isCollecting() && d->parts.scheduling); });
    d->minute = d->parts.timers.every(minuteLength, [this] { everyMinute(); });
    d->scheduler.setCollecting(d->parts.settings.boolean(keys::collecting));
    updateStatus();
    warmUp();
}

/// What earlier runs left, so that the first picture is not empty; then the schedule begins.
void Engine::warmUp()
{
    d->waitingForWarmUp = 2;
    const auto arrived = [this] {
        if (--d->waitingForWarmUp == 0 && !d->stopped)
            beginScheduling();
    };
    collect::whenDone(d->parts.store.reader->latestSnapshots(), this,
                      [this, arrived](const Result<QList<store::StoreReader::StoredSnapshot>> &snapshots) {
                          if (!snapshots)
                              log::error("engine", snapshots.error());
                          else {
                              for (const store::StoreReader::StoredSnapshot &snapshot : *snapshots) {
                                  if (!d->parts.devices.device(snapshot.device))
                                      continue;
                                  Section section;
                                  section.kind = snapshot.kind;
                                  section.status = SectionStatus::Ok;
                                  section.data = sectionDataFromJson(snapshot.kind, snapshot.data);
                                  d->cache.store(snapshot.device, section, snapshot.time,
                                                 collect::estimatedBytes(section.data));
                                  d->model.warm(snapshot.device, section, snapshot.time);
                                  d->scheduler.noteEarlierRead(snapshot.device, snapshot.kind, snapshot.time);
                              }
                          }
                          arrived();
                      });
    collect::whenDone(d->parts.store.reader->recentCpu(d->parts.clock.now() - std::chrono::hours(1), CancelToken()),
                      this, [this, arrived](const Result<QHash<DeviceId, QList<HistoryPoint>>> &recent) {
                          if (!recent)
                              log::error("engine", recent.error());
                          else {
                              for (auto it = recent->constBegin(); it != recent->constEnd(); ++it)
                                  d->model.warmCpu(it.key(), it.value());
                          }
                          arrived();
                      });
}

void Engine::beginScheduling()
{
    if (!d->parts.scheduling)
        return;
    for (const Device &device : d->parts.devices.all()) {
        if (const auto newest = d->model.newestReading(device.id))
            d->gaps.open(device.id, *newest, GapReason::AppOff);
    }
    d->scheduler.start(d->parts.devices.all());
    connect(&d->scheduler, &collect::Scheduler::resumed, this, [this](Instant from, Instant to) {
        for (const DeviceRow &row : d->model.rows())
            d->model.addGap(row.device.id, {from, to, row.device.isLocal() ? GapReason::Asleep : GapReason::AppOff});
    });
    updateStatus();
}

QFuture<void> Engine::stop()
{
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    d->stopped = true;
    d->scheduler.stop();
    d->readAllLeft.clear();
    d->readAllTimer.cancel();
    d->collector.stop();
    d->minute.cancel();
    d->ages.cancel();
    d->gaps.prolong(d->parts.clock.now());
    d->parts.devices.finishRemovals();
    collect::whenDone(d->parts.store.writer->saveCacheMetadata(d->cache.metadata()), this,
                      [promise](const Result<void> &saved) {
                          if (!saved)
                              log::error("engine", saved.error());
                          promise->finish();
                      });
    return promise->future();
}

collect::UnifiedDataCollectionService &Engine::collection()
{
    return d->collector;
}

void Engine::setCollecting(bool on)
{
    // `applySettings` does it; a settings file that cannot be written must not keep a person from pausing.
    if (const Result<void> kept = d->parts.settings.set(keys::collecting, on); !kept)
        log::error("engine", kept.error());
    d->scheduler.setCollecting(on);
    updateStatus();
}

bool Engine::isCollecting() const
{
    return d->scheduler.isCollecting();
}

std::shared_ptr<void> Engine::watchLive(const DeviceId &device)
{
    return d->scheduler.watch(device);
}

std::shared_ptr<void> Engine::watchDetails(const DeviceId &device)
{
    return d->model.watchDetails(device);
}

void Engine::readAll(const Actor &actor)
{
    d->readAllActor = actor;
    d->readAllLeft.clear();
    for (const Device &device : d->parts.devices.all()) {
        if (!device.paused)
            d->readAllLeft.push_back(device.id);
    }
    d->readAllTimer = d->parts.timers.every(readAllStep, [this] {
        if (d->readAllLeft.empty()) {
            d->readAllTimer.cancel();
            return;
        }
        collect::CollectRequest request;
        request.device = d->readAllLeft.front();
        d->readAllLeft.pop_front();
        request.force = true;
        request.source = d->readAllActor.source;
        request.actor = d->readAllActor.name;
        request.correlation = d->readAllActor.correlation;
        d->parts.transport.resetBackoff(request.device);
        const DeviceId device = request.device;
        d->collector.collect(std::move(request));
        d->model.noteReading(device);
    });
}

void Engine::auditAct(const Actor &actor, const QString &operation, const std::optional<DeviceId> &device,
                      const QString &detail, const std::optional<Error> &error)
{
    AuditEntry entry;
    entry.time = d->parts.clock.now();
    entry.correlation =
        actor.correlation.isNull() ? makeCorrelationId(d->parts.clock, d->parts.random) : actor.correlation;
    entry.source = actor.source;
    entry.actor = actor.name;
    entry.operation = operation;
    entry.device = device;
    entry.status = error ? AuditStatus::Error : AuditStatus::Ok;
    entry.detail = redacted(detail);
    entry.error = error;
    d->auditBacklog.push_back(std::move(entry));
    const auto flush = [this] {
        while (!d->auditBacklog.empty() && d->parts.store.writer->audit(d->auditBacklog.front()))
            d->auditBacklog.pop_front();
        if (d->auditBacklog.empty())
            d->backlogTimer.cancel();
    };
    flush();
    if (!d->auditBacklog.empty() && !d->backlogTimer.isActive())
        d->backlogTimer = d->parts.timers.every(auditLook, flush);
}

} // namespace infra::engine
