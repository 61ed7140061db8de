// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QPromise>

#include <utility>

namespace infra::collect {

/// Calls `done` once with what the future brings, also when its promise was dropped (Canceled). Same thread as the
/// future's.
template <typename T, typename Done>
void whenDone(const QFuture<Result<T>> &future, QObject *context, Done done)
{
    QFuture<Result<T>> copy = future;
    auto shared = std::make_shared<Done>(std::move(done));
    copy.then(context, [shared](Result<T> result) { (*shared)(std::move(result)); }).onCanceled(context, [shared] {
        (*shared)(Result<T>(fail(ErrorCode::Canceled, QStringLiteral("The work was given up"))));
    });
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
