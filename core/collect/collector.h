// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "core/base/worker_pool.h"
#include "core/cache/cache_manager.h"
#include "core/collect/collection_service.h"
#include "core/collect/courier.h"
#include "core/collect/gap_keeper.h"
#include "core/collect/operation.h"
#include "core/commands/command_registry.h"
#include "core/events/event_bus.h"
#include "core/guard/destructive_action_manager.h"
#include "core/ssh/transport.h"
#include "core/store/repositories.h"

#include <QtCore/QObject>

namespace infra::collect {

/// Reads a frame of answers. `CommandRegistry::parse` but in simulations.
using ParseFunction = std::function<Result<commands::ParsedCycle>(const QByteArray &output, const QByteArray &nonce,
                                                                  const QList<Kind> &kinds, bool detect)>;

/// What the collector works with; all live longer than it.
struct CollectorParts
{
    const Clock &clock;
    TimerService &timers;
    Random &random;
    WorkerPool *workers; ///< null: answers are parsed on the engine thread (simulations)
    cache::CacheManager &cache;
    const commands::CommandRegistry &registry;
    guard::DestructiveActionManager &gate;
    ssh::SshTransport &transport;
    const ssh::DeviceDirectory &directory;
    store::StoreWriter &writer;
    events::EventBus &bus;
    GapKeeper &gaps;
    ParseFunction parse = {};
};

/// The one road by which data enters (see UnifiedDataCollectionService). Engine thread.
class Collector final : public QObject, public UnifiedDataCollectionService
{
    Q_OBJECT
public:
    explicit Collector(CollectorParts parts);
    ~Collector() override;

    QFuture<CollectResult> collect(CollectRequest request) override;
    /// False while the audit's queue is full: whoever can wait does.
    bool isAccepting() const { return !m_stopped && m_auditBacklog.empty() && m_parts.writer.hasRoom(); }
    bool isBusy(const DeviceId &device) const;
    qsizetype underWay() const;
    /// A scheduled cycle that was not tried, because the pool waits before it connects again: it counts as failed.
    void noteSkipped(const DeviceId &device);
    /// A device changed its identity or went: nothing read before is a base, what is under way is given up.
    void forget(const DeviceId &device, bool removed);
    /// Ends what is under way with Canceled; later requests get Canceled at once.
    void stop();

private:
    struct Parsed
    {
        LanePtr lane;
        MessagePtr message;
        ssh::CommandOutput output;
        Instant receivedAt{};
        MonotonicTime receivedMonotonic{};
        Result<commands::ParsedCycle> cycle;
    };

    // collector.cpp: from request to message
    void begin(const OperationPtr &operation);
    bool answerWithout(const Device &device, const OperationPtr &operation, Kind kind);
    void join(const LanePtr &lane, const OperationPtr &operation, Kind kind);
    void pump(const LanePtr &lane);
    void send(const LanePtr &lane, const MessagePtr &message);
    LanePtr laneOf(const DeviceId &device);
    // collector_finish.cpp: from answer to event
    void answered(const LanePtr &lane, const MessagePtr &message, Result<ssh::CommandOutput> output);
    void parsed(Parsed parsed);
    bool retried(const LanePtr &lane, const MessagePtr &message, const Error &error);
    void failed(const LanePtr &lane, const MessagePtr &message, const Error &error);
    void noteDetection(const LanePtr &lane, const commands::HostFacts &facts);
    store::CycleRecord recordOf(const LanePtr &lane, const DeviceRead &read);
    void complete(const OperationPtr &operation);
    void audit(AuditEntry entry);
    void watchBacklog();
    void flushBacklog();
    HardwareFacts hardwareOf(const DeviceId &device, const QList<Section> &sections) const;

    CollectorParts m_parts;
    QHash<DeviceId, LanePtr> m_lanes;
    QSet<QString> m_connected;
    std::deque<OperationPtr> m_deferred;
    std::deque<AuditEntry> m_auditBacklog;
    TimerHandle m_backlogTimer;
    TimerHandle m_cancelWatch;
    std::unique_ptr<Courier<std::shared_ptr<Parsed>>> m_results;
    bool m_stopped = false;
};

} // namespace infra::collect
