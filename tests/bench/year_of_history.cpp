// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year_of_history.h"

#include "core/store/sql/connection.h"
#include "core/store/sql/metric_sql.h"
#include "core/store/sql/sqlite_store.h"
#include "core/store/sql/wide_columns.h"

namespace infra::bench {

using namespace Qt::Literals::StringLiterals;
using namespace store;

Result<Store> openStoreAt(const QString &path, const Clock &clock)
{
    sql::SqliteOptions options;
    options.path = path;
    options.migrationsFolder = u":/migrations/sqlite"_s;
    return sql::openSqliteStore(options, clock);
}

Result<void> fillHistory(const QString &path, Instant now, const HistorySize &size)
{
    const auto opened = sql::Connection::open(sql::sqliteDialect(), path, sql::Role::Writer);
    if (!opened)
        return fail(opened.error());
    sql::Connection &connection = **opened;
    QStringList columns, values, raw, rawValues;
    for (const sql::WideColumn &column : sql::kWideColumns) {
        columns << u"%1_avg, %1_min, %1_max, %1_n"_s.arg(column.text());
        values << u"t.i % 97 + 0.5, t.i % 97, t.i % 97 + 1, 5"_s;
        raw << column.text();
        rawValues << u"t.i % 97 + 0.25"_s;
    }
    const QString steps = u"WITH RECURSIVE t(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM t WHERE i < %1) "_s;
    const qint64 s = sql::floorTo(toMs(now) / 1000, sql::kHourS);
    return connection.transaction([&]() -> Result<void> {
        QStringList statements;
        for (const auto &[tier, count] : {std::pair(sql::Tier::Day, size.days), std::pair(sql::Tier::Hour, size.hours),
                                          std::pair(sql::Tier::FiveMinutes, size.fiveMinutes)}) {
            if (count == 0)
                continue;
            const qint64 width = sql::tierSeconds(tier);
            statements.append(
                steps.arg(count - 1) +
                u"INSERT INTO %1 (device, bucket, samples, %2) SELECT d.key, %3 + t.i * %4, 5, %5 FROM devices d, t"_s
                    .arg(sql::wideTable(tier), columns.join(u", "_s))
                    .arg(sql::floorTo(s, width) - count * width)
                    .arg(width)
                    .arg(values.join(u", "_s)));
        }
        if (size.minutes > 0) {
            statements.append(
                steps.arg(size.minutes - 1) +
                u"INSERT INTO system_metrics (device, time, %1) SELECT d.key, %2 + t.i * 60000, %3 FROM devices d, t"_s
                    .arg(raw.join(u", "_s))
                    .arg(s * 1000 - size.minutes * 60'000)
                    .arg(rawValues.join(u", "_s)));
        }
        for (const QString &statement : statements) {
            if (Result<void> done = connection.exec(statement); !done)
                return done;
        }
        return {};
    });
}

Result<void> saveDevices(Store &store, const QList<Device> &devices)
{
    for (const Device &device : devices) {
        if (Result<void> saved = awaitStore(store.writer->saveDevice(device)); !saved)
            return saved;
    }
    return {};
}

QList<Device> inventedDevices(int count)
{
    QList<Device> devices;
    for (int number = 0; number < count; ++number) {
        Device device;
        device.id = DeviceId(u"d_%1"_s.arg(number));
        device.name = u"host %1"_s.arg(number);
        device.address = u"127.9.%1.%2"_s.arg(number / 250).arg(number % 250 + 1);
        device.port = 9;
        device.user = u"nobody"_s;
        device.auth = {AuthMethod::KeyFile};
        device.hostKey = u"SHA256:%1"_s.arg(number, 43, 10, QChar(u'A'));
        device.type = DeviceType::Ubuntu;
        devices.append(device);
    }
    return devices;
}

} // namespace infra::bench
