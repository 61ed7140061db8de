// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QPromise>

#include <memory>
#include <utility>

namespace infra::collect {

/// Calls `done` once with what the future brings, or `lost` when its promise was dropped, unless `context` is gone by
/// then. All on the thread that finishes the future, which is the context's. Not `QFuture::then(context, …)`: in Qt 6.4
/// that ends the program (an assertion) when a promise is finished or dropped after its context went.
template <typename T, typename Done, typename Lost>
void whenFinished(const QFuture<T> &future, QObject *context, Done done, Lost lost)
{
    QFuture<T> copy = future;
    const QPointer<QObject> guard(context);
    auto onResult = std::make_shared<Done>(std::move(done));
    auto onLost = std::make_shared<Lost>(std::move(lost));
    copy.then([guard, onResult](const T &result) {
            if (guard)
                (*onResult)(result);
        })
        .onCanceled([guard, onLost] {
            if (guard)
                (*onLost)();
        });
}

/// The same for a Result: a dropped promise is Canceled.
template <typename T, typename Done>
void whenDone(const QFuture<Result<T>> &future, QObject *context, Done done)
{
    auto shared = std::make_shared<Done>(std::move(done));
    whenFinished(
        future, context, [shared](const Result<T> &result) { (*shared)(result); },
        [shared] { (*shared)(Result<T>(fail(ErrorCode::Canceled, QStringLiteral("The work was given up")))); });
}

template <typename T>
QFuture<T> finishedFuture(T value)
{
    QPromise<T> promise;
    QFuture<T> future = promise.future();
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return future;
}

} // namespace infra::collect
