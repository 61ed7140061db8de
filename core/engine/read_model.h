// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "core/cache/cache_manager.h"
#include "core/collect/collection_service.h"
#include "core/collect/live_ring.h"
#include "core/commands/command_registry.h"
#include "core/engine/fleet_model.h"
#include "core/engine/rule_set.h"

#include <QtCore/QObject>
#include <QtCore/QSet>

namespace infra::engine {

/// The state a failed attempt puts a device in.
DeviceState stateOfError(ErrorCode code, bool expectedAsleep);

/// What every view shows: a versioned row a device, and everything collected of it. Changes are told at most 5 times a
/// second, only those rows that differ; details only of devices that somebody watches. Engine thread.
class ReadModel : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        TimerService &timers;
        const commands::CommandRegistry &registry;
        const RuleSet &rules;
        std::function<milliseconds(const DeviceId &)> backoff;
        std::function<bool(const DeviceId &)> isBusy;
        std::function<seconds(const Device &)> interval;
    };
    static constexpr milliseconds tellEvery{200};

    explicit ReadModel(Parts parts);

    void setDevice(const Device &device); ///< added or changed
    void removeDevice(const DeviceId &device);
    void read(const collect::DeviceRead &read);
    void failed(const collect::DeviceFailed &failure);
    void noteSession(const ssh::SessionInfo &info);
    void noteSessionClosed(const DeviceId &device);
    /// A reading that somebody waits for began.
    void noteReading(const DeviceId &device);
    /// What an earlier run stored: shown until the first reading.
    void warm(const DeviceId &device, const Section &section, Instant readAt);
    void warmCpu(const DeviceId &device, const QList<HistoryPoint> &points);
    void addGap(const DeviceId &device, const Gap &gap);
    /// Looks for what has become stale. While nothing is collected nothing becomes stale by itself.
    void checkAges(bool collecting);

    QList<DeviceRow> rows() const; ///< by name
    std::optional<DeviceRow> row(const DeviceId &device) const;
    std::optional<DeviceDetails> details(const DeviceId &device) const;
    HistoryResult liveHistory(const HistoryQuery &query) const;
    void count(FleetStatus &status) const; ///< devices, live, counts, worst
    std::optional<Instant> newestReading(const DeviceId &device) const;
    /// Null id: every device.
    std::shared_ptr<void> watchDetails(const DeviceId &device);

signals:
    void rowsChanged(QList<infra::engine::DeviceRow> changed, QList<infra::DeviceId> removed);
    void detailsChanged(infra::engine::DeviceDetails details);

private:
    struct State
    {
        explicit State(const RuleSet &rules)
            : evaluator(rules)
        {
        }
        DeviceRow row;
        RuleEvaluator evaluator;
        collect::LiveRing ring;
        QHash<Kind, Datum> data;
        int failures = 0;
        bool everRead = false; ///< in this run or an earlier one
        bool staleByAge = false;
        quint64 detailsVersion = 0;
    };
    using StatePtr = std::shared_ptr<State>;
    void refresh(State &state);
    void applySection(State &state, const Section &section, Instant readAt);
    bool isOld(const State &state) const;
    void touch(const DeviceId &device, bool details);
    void tell();
    DeviceDetails detailsOf(const State &state) const;
    bool isWatched(const DeviceId &device) const;

    Parts m_parts;
    QHash<DeviceId, StatePtr> m_states;
    QSet<DeviceId> m_dirty, m_dirtyDetails;
    QList<DeviceId> m_removed;
    QHash<DeviceId, DeviceRow> m_told;
    std::shared_ptr<QHash<DeviceId, int>> m_watchers = std::make_shared<QHash<DeviceId, int>>();
    TimerHandle m_timer;
    quint64 m_version = 0;
};

} // namespace infra::engine
