// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/store/repositories.h"

namespace infra::bench {

/// How many rows of each tier every device gets, ending now.
struct HistorySize
{
    qint64 days = 365;
    qint64 hours = 365 * 24;
    qint64 fiveMinutes = 30 * 288;
    qint64 minutes = 2 * 1440; ///< raw rows
};

/// Opens or makes the database of a profile as the application does.
Result<store::Store> openStoreAt(const QString &path, const Clock &clock);
/// Waits for an answer of the store in an event loop of its own.
template <typename T>
Result<T> awaitStore(const QFuture<Result<T>> &future);

/// Rows of history for all devices of a database that nobody has open; made by the database itself.
Result<void> fillHistory(const QString &path, Instant now, const HistorySize &size);
/// Saves the devices and waits until they are on disk.
Result<void> saveDevices(store::Store &store, const QList<Device> &devices);
/// "d_0" … as many as asked for: names and addresses that nobody answers to.
QList<Device> inventedDevices(int count);

} // namespace infra::bench

#include <QtCore/QCoreApplication>

template <typename T>
infra::Result<T> infra::bench::awaitStore(const QFuture<Result<T>> &future)
{
    while (!future.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); // the answer is an event
    return future.result();
}
