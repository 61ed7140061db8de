// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collect/when_done.h"
#include "core/engine/engine_client.h"

namespace infra::engine {

template <typename T>
QFuture<T> EngineClient::ask(std::function<QFuture<T>()> work, T canceled)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    const QFuture<T> future = promise->future();
    const quint64 id = m_next++;
    const auto deliver = [this, id, promise](const T &value) {
        if (!m_pending.remove(id))
            return;
        promise->addResult(value);
        promise->finish();
    };
    m_pending.insert(id, [deliver, canceled] { deliver(canceled); });
    const bool posted = m_toEngine.put(
        [work = std::move(work), context = &m_parts.engine, give = m_toGui.entrance(), deliver, canceled] {
            collect::whenFinished(
                work(), context, [give, deliver](const T &value) { give([deliver, value] { deliver(value); }); },
                [give, deliver, canceled] { give([deliver, canceled] { deliver(canceled); }); });
        });
    if (!posted)
        deliver(canceled);
    return future;
}

/// The answer of an engine that is gone.
template <typename T>
Result<T> engineGone()
{
    return fail(ErrorCode::Canceled, QStringLiteral("The program is ending; the request was given up"));
}

} // namespace infra::engine
