// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/metrics.h"
#include "core/store/repositories.h"

#include <QtCore/QHash>

namespace infra::collect {

/// Knows since when a device gives no data and why, and keeps the store's gaps in step. Engine thread.
class GapKeeper
{
public:
    explicit GapKeeper(store::StoreWriter &writer)
        : m_writer(writer)
    {
    }

    /// No data from `from` on. An open gap of another reason ends there.
    void open(const DeviceId &device, Instant from, GapReason reason);
    /// An attempt failed: the gap begins with the last good reading.
    void failed(const DeviceId &device, Instant at, GapReason reason);
    /// A good reading: the gap that ended with it, to be written in the same batch.
    std::optional<Gap> read(const DeviceId &device, Instant at);
    /// Writes how far the open gaps go by now, so that a crash does not lose them.
    void prolong(Instant now);
    void forget(const DeviceId &device) { m_states.remove(device); }
    std::optional<Gap> openGap(const DeviceId &device) const { return m_states.value(device).open; }

private:
    struct State
    {
        std::optional<Instant> lastGood;
        std::optional<Gap> open;
    };
    store::StoreWriter &m_writer;
    QHash<DeviceId, State> m_states;
};

} // namespace infra::collect
