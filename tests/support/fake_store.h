// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/repositories.h"

#include <QtCore/QHash>
#include <QtCore/QPromise>

#include <memory>

namespace infra::test {

/// What a fake store was given, and what it is to answer. Shared by its writer, its reader and the test.
struct StoreMemory
{
    QHash<DeviceId, Device> devices;
    QList<store::CycleRecord> cycles;
    QList<AuditEntry> audits; ///< those inside cycles too, in order
    QList<QPair<DeviceId, Gap>> gaps;
    QList<store::PerformanceValue> performance;
    QList<QPair<DeviceId, bool>> removals;
    QList<QJsonObject> cacheRows;
    QList<store::StoreReader::StoredSnapshot> snapshots;
    QHash<DeviceId, QList<HistoryPoint>> recentCpu;
    bool auditFull = false;
    bool keepCycles = true;
    std::optional<Error> failSaving;
};

template <typename T>
QFuture<T> ready(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

class FakeStoreWriter final : public store::StoreWriter
{
public:
    explicit FakeStoreWriter(std::shared_ptr<StoreMemory> memory)
        : m(std::move(memory))
    {
    }
    void cycle(store::CycleRecord record) override
    {
        if (record.audit)
            m->audits.append(*record.audit);
        if (m->keepCycles)
            m->cycles.append(std::move(record));
    }
    bool audit(AuditEntry entry) override
    {
        if (m->auditFull)
            return false;
        m->audits.append(std::move(entry));
        return true;
    }
    void gap(DeviceId device, Gap gap) override { m->gaps.append({device, gap}); }
    void performance(QList<store::PerformanceValue> values) override { m->performance.append(values); }
    QFuture<Result<void>> saveDevice(Device device) override
    {
        if (m->failSaving)
            return ready<Result<void>>(fail(*m->failSaving));
        m->devices.insert(device.id, device);
        return ready<Result<void>>({});
    }
    QFuture<Result<void>> removeDevice(DeviceId device, bool withHistory) override
    {
        m->devices.remove(device);
        m->removals.append({device, withHistory});
        return ready<Result<void>>({});
    }
    QFuture<Result<void>> saveCacheMetadata(QList<QJsonObject> rows) override
    {
        m->cacheRows = std::move(rows);
        return ready<Result<void>>({});
    }
    QFuture<Result<void>> maintain(Instant /*now*/) override { return ready<Result<void>>({}); }
    QFuture<Result<void>> flush() override { return ready<Result<void>>({}); }

private:
    std::shared_ptr<StoreMemory> m;
};

class FakeStoreReader final : public store::StoreReader
{
public:
    explicit FakeStoreReader(std::shared_ptr<StoreMemory> memory)
        : m(std::move(memory))
    {
    }
    QFuture<Result<QList<Device>>> devices() override { return ready<Result<QList<Device>>>(m->devices.values()); }
    QFuture<Result<HistoryResult>> history(HistoryQuery query, CancelToken /*cancel*/) override
    {
        HistoryResult result;
        result.device = query.device;
        return ready<Result<HistoryResult>>(result);
    }
    QFuture<Result<QHash<DeviceId, QList<HistoryPoint>>>> recentCpu(Instant /*from*/, CancelToken /*cancel*/) override
    {
        return ready<Result<QHash<DeviceId, QList<HistoryPoint>>>>(m->recentCpu);
    }
    QFuture<Result<AuditPage>> audit(AuditQuery /*query*/, CancelToken /*cancel*/) override
    {
        AuditPage page;
        page.entries = m->audits;
        page.total = m->audits.size();
        return ready<Result<AuditPage>>(page);
    }
    QFuture<Result<QList<StoredSnapshot>>> latestSnapshots() override
    {
        return ready<Result<QList<StoredSnapshot>>>(m->snapshots);
    }
    QFuture<Result<QList<QJsonObject>>> cacheMetadata() override
    {
        return ready<Result<QList<QJsonObject>>>(m->cacheRows);
    }
    QFuture<Result<store::StoreStatus>> status(store::StatusDepth /*depth*/) override
    {
        return ready<Result<store::StoreStatus>>(store::StoreStatus());
    }

private:
    std::shared_ptr<StoreMemory> m;
};

/// A store in memory; everything is done at once.
inline store::Store makeFakeStore(const std::shared_ptr<StoreMemory> &memory)
{
    store::Store store;
    store.events = std::make_unique<store::StoreEvents>();
    store.writer = std::make_unique<FakeStoreWriter>(memory);
    store.reader = std::make_unique<FakeStoreReader>(memory);
    return store;
}

} // namespace infra::test
