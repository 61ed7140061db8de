// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mailbox.h"
#include "core/store/repositories.h"

#include <QtCore/QPromise>
#include <QtCore/QThread>

#include <any>
#include <functional>
#include <limits>

namespace infra::store::sql {

/// Brings answers from the store's threads home: a worker posts a value under a request id, the promise with that id is
/// finished on the engine thread. Also carries the store's events. Made and destroyed on the engine thread; `post…`
/// from any thread.
class ReplyRouter : public QObject
{
    Q_OBJECT
public:
    explicit ReplyRouter(StoreEvents &events);
    /// What was never answered finishes as Canceled.
    ~ReplyRouter() override;

    /// A new request: its id and the future of its answer.
    template <typename T>
    std::pair<quint64, QFuture<Result<T>>> open()
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        const quint64 id = m_nextId++;
        m_pending.emplace(id, [promise](std::any value) {
            const auto *answer = std::any_cast<Result<T>>(&value);
            promise->addResult(answer ? *answer
                                      : Result<T>(fail(ErrorCode::Canceled, QStringLiteral("The store was closed"))));
            promise->finish();
        });
        return {id, promise->future()};
    }
    /// An answer that needs no thread.
    template <typename T>
    static QFuture<Result<T>> ready(Result<T> value)
    {
        QPromise<Result<T>> promise;
        promise.start();
        promise.addResult(std::move(value));
        promise.finish();
        return promise.future();
    }

    template <typename T>
    void post(quint64 id, Result<T> value)
    {
        put({id, std::any(std::move(value))});
    }
    void postWritable(bool writable, std::optional<Error> error);
    void postAudited(QList<AuditEntry> entries);

    /// Delivers what has come; on the engine thread.
    void drain();

private:
    struct Reply
    {
        quint64 id = 0; ///< 0: an event
        std::any value;
    };
    struct Writable
    {
        bool writable = true;
        std::optional<Error> error;
    };
    void put(Reply reply);

    StoreEvents &m_events;
    Mailbox<Reply> m_inbox{std::numeric_limits<std::size_t>::max()};
    std::map<quint64, std::function<void(std::any)>> m_pending;
    quint64 m_nextId = 1;
};

} // namespace infra::store::sql
