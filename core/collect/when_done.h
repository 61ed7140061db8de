// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QPromise>

#include <memory>
#include <type_traits>
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

/// A future of what `done` makes of the value, or `lost` of a dropped promise: `QFuture::then(context, …)` without its
/// assertion. Canceled when `context` goes first.
template <typename T, typename Done, typename Lost>
QFuture<std::invoke_result_t<Done, const T &>> mapFinished(const QFuture<T> &future, QObject *context, Done done,
                                                           Lost lost)
{
    auto promise = std::make_shared<QPromise<std::invoke_result_t<Done, const T &>>>();
    promise->start();
    whenFinished(
        future, context,
        [promise, done = std::move(done)](const T &result) {
            promise->addResult(done(result));
            promise->finish();
        },
        [promise, lost = std::move(lost)] {
            promise->addResult(lost());
            promise->finish();
        });
    return promise->future();
}

inline Unexpected workGivenUp()
{
    return fail(ErrorCode::Canceled, QStringLiteral("The work was given up"));
}

/// The same for a Result: a dropped promise is Canceled.
template <typename T, typename Done>
void whenDone(const QFuture<Result<T>> &future, QObject *context, Done done)
{
    auto shared = std::make_shared<Done>(std::move(done));
    whenFinished(
        future, context, [shared](const Result<T> &result) { (*shared)(result); },
        [shared] { (*shared)(Result<T>(workGivenUp())); });
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
