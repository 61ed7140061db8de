// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/device.h"
#include "core/model/section.h"

#include <QtCore/QJsonObject>

#include <list>
#include <unordered_map>

namespace infra::cache {

struct CacheStats
{
    quint64 hits = 0, misses = 0, evictions = 0, invalidations = 0;
    qsizetype entries = 0;
    qint64 bytes = 0;
};

/// The newest section of each (device, kind): least recently used goes first beyond 10,000 entries or 64 MiB. Engine
/// thread.
class CacheManager
{
public:
    struct Limits
    {
        qsizetype entries = 10'000;
        qint64 bytes = 64ll * 1024 * 1024;
    };
    struct Entry
    {
        Section section;
        Instant readAt{};
    };

    explicit CacheManager(const Clock &clock);
    CacheManager(const Clock &clock, Limits limits);

    /// A hit when it is there and not older than `freshness`; counts. The pointer lives until the next call.
    const Entry *find(const DeviceId &device, Kind kind, seconds freshness);
    /// Whatever is there, of any age, not counted: what a page shows.
    const Entry *peek(const DeviceId &device, Kind kind) const;
    /// @param bytes estimated size, counted against the limit. @param freshness for the metadata's "expires" only.
    void store(const DeviceId &device, Section section, Instant readAt, qint64 bytes, seconds freshness = seconds(60));
    void invalidate(const DeviceId &device, const QString &reason);
    void invalidate(const DeviceId &device, Kind kind, const QString &reason);
    CacheStats stats() const;
    /// Rows of cache_metadata: key, kind, device, bytes, made, expires, hits, last hit, reason of invalidation.
    QList<QJsonObject> metadata() const;

private:
    struct Key
    {
        DeviceId device;
        Kind kind;
        bool operator==(const Key &) const = default;
    };
    struct KeyHash
    {
        size_t operator()(const Key &key) const { return qHash(key.device, static_cast<size_t>(key.kind) + 1); }
    };
    struct Slot
    {
        Entry entry;
        qint64 bytes = 0;
        seconds freshness{60};
        quint64 hits = 0;
        std::optional<Instant> lastHit;
        std::list<Key>::iterator use;
    };
    void drop(std::unordered_map<Key, Slot, KeyHash>::iterator slot);
    void dropOldest();

    const Clock &m_clock;
    Limits m_limits;
    CacheStats m_stats;
    std::list<Key> m_use; ///< front: most recent
    std::unordered_map<Key, Slot, KeyHash> m_slots;
    std::unordered_map<Key, QString, KeyHash> m_reasons;
};

} // namespace infra::cache
