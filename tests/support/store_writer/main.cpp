// SPDX-License-Identifier: GPL-3.0-or-later
// Writes cycles of twenty devices into a store until it is killed: `infra-test-store-writer DATABASE`. After each flush
// it prints how many cycles are on disk for certain.
#include "core/base/timer_service.h"
#include "core/store/sql/sqlite_store.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const SystemClock clock;
    store::sql::SqliteOptions options;
    options.path = QCoreApplication::arguments().value(1);
    options.migrationsFolder = u":/migrations/sqlite"_s;
    Result<store::Store> store = store::sql::openSqliteStore(options, clock);
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().message));
        return 1;
    }
    qint64 written = 0;
    qint64 lastTime = 0;
    while (true) {
        for (int turn = 0; turn < 5; ++turn) {
            const qint64 now = qMax(lastTime + 1, toMs(clock.now()));
            lastTime = now;
            for (int device = 0; device < 20; ++device) {
                store::CycleRecord cycle;
                cycle.device = DeviceId(u"d_%1"_s.arg(device));
                cycle.hasSample = true;
                cycle.sample.time = fromMs(now);
                cycle.sample.cpuTotal = double(device);
                cycle.labelled = {{{u"net.rx"_s, u"eth0"_s}, double(device)}};
                AuditEntry entry;
                entry.time = fromMs(now);
                entry.correlation = CorrelationId(u"%1-%2"_s.arg(device).arg(now));
                entry.operation = u"collect"_s;
                entry.device = cycle.device;
                cycle.audit = entry;
                store->writer->cycle(cycle);
                ++written;
            }
        }
        const QFuture<Result<void>> flushed = store->writer->flush();
        while (!flushed.isFinished())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        if (!flushed.result())
            return 2;
        std::printf("%lld\n", static_cast<long long>(written));
        std::fflush(stdout);
    }
}
