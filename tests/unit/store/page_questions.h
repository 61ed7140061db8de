// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sql/audit_rows.h"
#include "core/store/sql/device_rows.h"
#include "core/store/sql/history_rows.h"
#include "core/store/sql/metric_sql.h"
#include "core/store/sql/status_rows.h"
#include "tests/unit/store/store_fixture.h"

namespace infra::test {

/// A store with sixty hours of one device in every tier.
inline Result<void> fillForPages(StoreFixture &fixture)
{
    if (Result<void> saved =
            StoreFixture::wait(fixture.store->writer->saveDevice(fixture.device(QStringLiteral("d_one"))));
        !saved)
        return saved;
    for (int hour = 0; hour < 60; ++hour) {
        auto cycle = StoreFixture::cycle(QStringLiteral("d_one"), fixture.time.now(), 10);
        cycle.labelled = {{{QStringLiteral("cpu.core"), QStringLiteral("0")}, 1},
                          {{QStringLiteral("net.rx"), QStringLiteral("eth0")}, 1}};
        fixture.store->writer->cycle(cycle);
        fixture.time.advance(std::chrono::hours(1));
    }
    return fixture.maintain();
}

inline Result<void> askHistories(store::sql::Connection &connection, Instant now)
{
    HistoryQuery history;
    history.device = DeviceId(QStringLiteral("d_one"));
    history.series = {{QStringLiteral("cpu.total"), {}},
                      {QStringLiteral("mem.used"), {}},
                      {QStringLiteral("cpu.core"), {}},
                      {QStringLiteral("net.rx"), QStringLiteral("eth0")}};
    if (const auto newest = store::sql::readHistory(connection, history, now); !newest)
        return fail(newest.error());
    for (const int hours : {0, 24, 7 * 24, 30 * 24, 365 * 24}) {
        for (const int points : {100, 1000}) {
            history.from = now - (hours == 0 ? milliseconds(900'000) : milliseconds(std::chrono::hours(hours)));
            history.maxPoints = points;
            if (const auto range = store::sql::readHistory(connection, history, now); !range)
                return fail(range.error());
        }
    }
    return {};
}

inline Result<void> askAudits(store::sql::Connection &connection, Instant now)
{
    for (int filter = 0; filter < 128; ++filter) {
        AuditQuery audit;
        if (filter & 1)
            audit.since = now - std::chrono::hours(1);
        if (filter & 2)
            audit.device = DeviceId(QStringLiteral("d_one"));
        if (filter & 4)
            audit.source = filter & 32 ? AuditSource::Schedule : AuditSource::Ui;
        if (filter & 8)
            audit.status = filter & 32 ? AuditStatus::Ok : AuditStatus::Error;
        if (filter & 16)
            audit.text = QStringLiteral("x");
        if (filter & 64)
            audit.cursor = 17;
        if (const auto page = store::sql::readAudit(connection, audit); !page)
            return fail(page.error());
    }
    return {};
}

/// Every question of every page, so that the connection has prepared all their statements.
inline Result<void> askEveryPage(store::sql::Connection &connection, Instant now)
{
    using namespace store::sql;
    if (const auto devices = readDevices(connection); !devices)
        return fail(devices.error());
    if (const auto cpu = readRecentCpu(connection, now - std::chrono::hours(1)); !cpu)
        return fail(cpu.error());
    if (const auto snapshots = readSnapshots(connection); !snapshots)
        return fail(snapshots.error());
    if (const auto rows = readCacheMetadata(connection); !rows)
        return fail(rows.error());
    if (const auto status = readStatus(connection, store::StatusDepth::Tables); !status)
        return fail(status.error());
    if (Result<void> histories = askHistories(connection, now); !histories)
        return histories;
    return askAudits(connection, now);
}

} // namespace infra::test
