// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "core/collect/collection_service.h"
#include "core/collect/derive.h"

#include <QtCore/QHash>
#include <QtCore/QPromise>
#include <QtCore/QSet>

#include <deque>
#include <memory>

namespace infra::collect {

/// One request on its way: what was asked, what has come.
struct Operation
{
    CollectRequest request;
    QPromise<CollectResult> promise;
    CollectResult result;
    QHash<Kind, qsizetype> place; ///< of each kind in `result.sections`
    QSet<Kind> waiting;
    bool fromCache = false, sent = false, shared = false;
    MonotonicTime started{};

    void fill(Kind kind, CollectedSection section)
    {
        result.sections[place.value(kind)] = std::move(section);
        waiting.remove(kind);
    }
};
using OperationPtr = std::shared_ptr<Operation>;

/// One message to a device, for the operations that wait for it. The first of them is charged for it.
struct Message
{
    QList<Kind> kinds;
    QList<OperationPtr> operations;
    bool slow = false, interactive = false, detect = false;
    int attempt = 0;
    QByteArray nonce;
    CancelToken cancel;
    Instant sentAt{};
    QHash<const Operation *, QList<Kind>> sharedBy; ///< who only joined, and for which kinds

    bool covers(Kind kind) const { return kinds.contains(kind); }
    /// Nobody waits any more.
    bool abandoned() const
    {
        for (const OperationPtr &operation : operations) {
            if (!operation->request.cancel.isCanceled())
                return false;
        }
        return true;
    }
};
using MessagePtr = std::shared_ptr<Message>;

/// A device's way: one message under way, one of the fast kinds behind it, and each slow kind at most once.
struct Lane
{
    DeviceId device;
    MessagePtr inFlight, queuedFast;
    std::deque<MessagePtr> queuedSlow;
    std::optional<MonotonicTime> detectedAt;
    int failures = 0;
    std::optional<Error> lastError;
    TimerHandle retry;
    ReadingMemory memory;
    QHash<Kind, Instant> snapshotAt;

    bool idle() const { return inFlight == nullptr && queuedFast == nullptr && queuedSlow.empty(); }
    QList<MessagePtr> messages() const
    {
        QList<MessagePtr> all;
        for (const MessagePtr &message : {inFlight, queuedFast}) {
            if (message != nullptr)
                all.append(message);
        }
        for (const MessagePtr &message : queuedSlow)
            all.append(message);
        return all;
    }
    MessagePtr takeNext()
    {
        if (queuedFast != nullptr)
            return std::exchange(queuedFast, nullptr);
        if (queuedSlow.empty())
            return nullptr;
        MessagePtr next = queuedSlow.front();
        queuedSlow.pop_front();
        return next;
    }
};
using LanePtr = std::shared_ptr<Lane>;

/// The audit row of a finished operation.
AuditEntry auditOf(const Operation &operation, Instant now);
/// Rough size of a section in memory, for the cache's bound.
qint64 estimatedBytes(const SectionData &data);

} // namespace infra::collect
