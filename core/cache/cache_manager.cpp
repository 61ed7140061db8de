// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cache/cache_manager.h"

namespace infra::cache {

using namespace Qt::Literals::StringLiterals;

CacheManager::CacheManager(const Clock &clock)
    : CacheManager(clock, Limits{})
{
}

CacheManager::CacheManager(const Clock &clock, Limits limits)
    : m_clock(clock)
    , m_limits(limits)
{
}

const CacheManager::Entry *CacheManager::find(const DeviceId &device, Kind kind, seconds freshness)
{
    const auto found = m_slots.find({device, kind});
    if (found == m_slots.end()) {
        ++m_stats.misses;
        return nullptr;
    }
    Slot &slot = found->second;
    // A clock that was set back makes an entry look as if it came from the future: its age is not known then.
    const milliseconds age = m_clock.now() - slot.entry.readAt;
    if (age < milliseconds(0) || age > freshness) {
        ++m_stats.misses;
        return nullptr;
    }
    ++m_stats.hits;
    ++slot.hits;
    slot.lastHit = m_clock.now();
    m_use.splice(m_use.begin(), m_use, slot.use);
    return &slot.entry;
}

const CacheManager::Entry *CacheManager::peek(const DeviceId &device, Kind kind) const
{
    const auto found = m_slots.find({device, kind});
    return found == m_slots.end() ? nullptr : &found->second.entry;
}

void CacheManager::store(const DeviceId &device, Section section, Instant readAt, qint64 bytes, seconds freshness)
{
    const Key key{device, section.kind};
    quint64 hits = 0;
    std::optional<Instant> lastHit;
    if (const auto found = m_slots.find(key); found != m_slots.end()) {
        hits = found->second.hits;
        lastHit = found->second.lastHit;
        drop(found);
    }
    if (bytes > m_limits.bytes)
        return; // alone larger than the whole cache
    m_use.push_front(key);
    Slot slot;
    slot.entry = {std::move(section), readAt};
    slot.bytes = std::max<qint64>(bytes, 0);
    slot.freshness = freshness;
    slot.hits = hits;
    slot.lastHit = lastHit;
    slot.use = m_use.begin();
    m_stats.bytes += slot.bytes;
    m_slots.emplace(key, std::move(slot));
    m_reasons.erase(key);
    while (std::ssize(m_slots) > m_limits.entries || m_stats.bytes > m_limits.bytes)
        dropOldest();
    m_stats.entries = std::ssize(m_slots);
}

void CacheManager::drop(std::unordered_map<Key, Slot, KeyHash>::iterator slot)
{
    m_stats.bytes -= slot->second.bytes;
    m_use.erase(slot->second.use);
    m_slots.erase(slot);
    m_stats.entries = std::ssize(m_slots);
}

void CacheManager::dropOldest()
{
    ++m_stats.evictions;
    drop(m_slots.find(m_use.back()));
}

void CacheManager::invalidate(const DeviceId &device, const QString &reason)
{
    for (const Kind kind : allKinds())
        invalidate(device, kind, reason);
}

void CacheManager::invalidate(const DeviceId &device, Kind kind, const QString &reason)
{
    const Key key{device, kind};
    const auto found = m_slots.find(key);
    if (found == m_slots.end())
        return;
    drop(found);
    ++m_stats.invalidations;
    m_reasons[key] = reason;
}

CacheStats CacheManager::stats() const
{
    return m_stats;
}

QList<QJsonObject> CacheManager::metadata() const
{
    QList<QJsonObject> rows;
    rows.reserve(std::ssize(m_slots) + std::ssize(m_reasons));
    const auto base = [](const Key &key) {
        return QJsonObject{{u"key"_s, QString(key.device.toString() + u'/' + toName(key.kind))},
                           {u"kind"_s, toName(key.kind)},
                           {u"device"_s, key.device.toString()}};
    };
    for (const Key &key : m_use) {
        const Slot &slot = m_slots.at(key);
        QJsonObject row = base(key);
        row.insert(u"bytes"_s, slot.bytes);
        row.insert(u"made"_s, toMs(slot.entry.readAt));
        row.insert(u"expires"_s, toMs(slot.entry.readAt + slot.freshness));
        row.insert(u"hits"_s, static_cast<qint64>(slot.hits));
        row.insert(u"last_hit"_s, slot.lastHit ? QJsonValue(toMs(*slot.lastHit)) : QJsonValue());
        row.insert(u"reason"_s, QJsonValue());
        rows.append(row);
    }
    for (const auto &[key, reason] : m_reasons) {
        QJsonObject row = base(key);
        for (const QString &name : {u"bytes"_s, u"made"_s, u"expires"_s, u"last_hit"_s})
            row.insert(name, QJsonValue());
        row.insert(u"hits"_s, 0);
        row.insert(u"reason"_s, reason);
        rows.append(row);
    }
    return rows;
}

} // namespace infra::cache
