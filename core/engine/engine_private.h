// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cache/cache_manager.h"
#include "core/collect/collector.h"
#include "core/collect/gap_keeper.h"
#include "core/collect/scheduler.h"
#include "core/engine/engine.h"
#include "core/engine/read_model.h"
#include "core/engine/rule_set.h"
#include "core/engine/setting_keys.h"
#include "core/events/event_bus.h"

#include <deque>

namespace infra::engine {

/// The engine's own services, in the order in which they depend on each other.
struct Engine::Private
{
    Private(EngineParts given, RuleSet starter);

    EngineParts parts;
    RuleSet rules;
    events::EventBus bus;
    cache::CacheManager cache;
    collect::GapKeeper gaps;
    collect::Collector collector;
    collect::Scheduler scheduler;
    ReadModel model;

    QList<events::Subscription> subscriptions;
    TimerHandle minute, ages, statusTimer, backlogTimer, readAllTimer;
    std::deque<Instant> sessionsOpened;
    std::deque<AuditEntry> auditBacklog;
    std::deque<DeviceId> readAllLeft;
    Actor readAllActor;
    FleetStatus status;
    std::optional<Error> rulesError;
    int waitingForWarmUp = 0;
    bool started = false, stopped = false;
};

} // namespace infra::engine
