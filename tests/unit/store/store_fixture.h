// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "core/store/sql/sqlite_store.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

namespace infra::test {

inline const Instant kStoreStart = *fromRfc3339(u"2026-03-02T10:00:00.000Z");

/// A store in a folder of its own, on a clock moved by hand.
class StoreFixture
{
public:
    explicit StoreFixture(Instant start = kStoreStart)
        : time(start)
    {
    }

    Result<void> open()
    {
        store::sql::SqliteOptions options;
        options.path = path();
        options.migrationsFolder = QStringLiteral(":/migrations/sqlite");
        Result<store::Store> opened = store::sql::openSqliteStore(options, time);
        if (!opened)
            return fail(opened.error());
        store = std::make_unique<store::Store>(std::move(*opened));
        return {};
    }
    void close() { store.reset(); }
    QString path() const { return folder.filePath(QStringLiteral("infrastructor.db")); }

    /// Turns the event loop until the future is there.
    template <typename T>
    static Result<T> wait(QFuture<Result<T>> future)
    {
        QElapsedTimer timer;
        timer.start();
        while (!future.isFinished() && timer.elapsed() < 60'000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
        if (!future.isFinished())
            return fail(ErrorCode::Timeout, QStringLiteral("The store did not answer"));
        return future.result();
    }
    Result<void> flush() { return wait(store->writer->flush()); }
    Result<void> maintain() { return wait(store->writer->maintain(time.now())); }

    Device device(const QString &id)
    {
        Device made;
        made.id = DeviceId(id);
        made.name = id;
        made.address = QStringLiteral("192.0.2.1");
        made.user = QStringLiteral("alice");
        made.addedAt = time.now();
        return made;
    }
    static store::CycleRecord cycle(const QString &device, Instant at, double cpu)
    {
        store::CycleRecord record;
        record.device = DeviceId(device);
        record.hasSample = true;
        record.sample.time = at;
        record.sample.cpuTotal = cpu;
        record.sample.memTotal = 8e9;
        record.sample.load1 = cpu / 10;
        return record;
    }
    Result<HistoryResult> history(const QString &device, QList<SeriesKey> series, std::optional<Instant> from = {},
                                  std::optional<Instant> to = {}, int maxPoints = 1000)
    {
        HistoryQuery query;
        query.device = DeviceId(device);
        query.series = std::move(series);
        query.from = from;
        query.to = to;
        query.maxPoints = maxPoints;
        query.deadline = milliseconds(30'000);
        return wait(store->reader->history(query, {}));
    }

    QTemporaryDir folder;
    ManualTime time;
    std::unique_ptr<store::Store> store;
};

} // namespace infra::test

/// Fails the test with the error's text.
#define VERIFY_OK(expression)                                                                                          \
    do {                                                                                                               \
        const auto &verified = (expression);                                                                           \
        QVERIFY2(verified.has_value(), verified ? "" : qPrintable(verified.error().message));                          \
    } while (false)
