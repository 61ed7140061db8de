// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/audit.h"
#include "core/model/finding.h"
#include "core/model/kind.h"
#include "core/model/metrics.h"
#include "tests/support/test_registry.h"

#include <QtCore/QJsonArray>
#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

class TestNames : public QObject
{
    Q_OBJECT
private slots:
    void kindsAreThoseOfTheContractInItsOrder();
    void slowKindsAreKnown();
    void auditWordsLeadBack();
    void healthIsOrderedWorstFirst();
    void theContractsSeriesAreAllThere();
    void seriesNamesAreUniqueAndHaveAUnit();
    void everyColumnOfTheRowHasOneSeries();
    void aForeignSeriesHasNoColumn();
    void gapReasonsLeadBack();
    void historyHasTheContractsShape();
    void auditHasTheContractsShape();
    void aFindingKeepsItsNumbers();
};

void TestNames::kindsAreThoseOfTheContractInItsOrder()
{
    QStringList names;
    for (const Kind kind : allKinds()) {
        names.append(toName(kind));
        QCOMPARE(kindFromName(toName(kind)), std::optional(kind));
    }
    QCOMPARE(
        names.join(u' '),
        u"system_metrics filesystems interfaces temperatures processes services containers users ports updates drives zfs guests unraid"_s);
    QVERIFY(!kindFromName(u"System_metrics").has_value());
    QCOMPARE(toName(SectionStatus::Skipped), u"skipped"_s);
    QCOMPARE(toName(SectionStatus::Partial), u"partial"_s);
    QCOMPARE(toName(DataSource::Shared), u"shared"_s);
    QCOMPARE(toName(DataSource::Live), u"live"_s);
}

void TestNames::slowKindsAreKnown()
{
    QStringList slow;
    for (const Kind kind : allKinds()) {
        if (isSlow(kind))
            slow.append(toName(kind));
    }
    QCOMPARE(slow, QStringList({u"updates"_s, u"drives"_s, u"zfs"_s, u"guests"_s}));
}

void TestNames::auditWordsLeadBack()
{
    QStringList sources;
    for (int i = 0; i <= static_cast<int>(AuditSource::Mcp); ++i) {
        const auto value = static_cast<AuditSource>(i);
        sources.append(toName(value));
        QCOMPARE(auditSourceFromName(toName(value)), std::optional(value));
    }
    QCOMPARE(sources.join(u'|'), u"schedule|ui|ctl|rest|mcp"_s);
    for (int i = 0; i <= static_cast<int>(AuditStatus::Cancelled); ++i)
        QCOMPARE(auditStatusFromName(toName(static_cast<AuditStatus>(i))), std::optional(static_cast<AuditStatus>(i)));
    for (int i = 0; i <= static_cast<int>(CacheUse::None); ++i)
        QCOMPARE(cacheUseFromName(toName(static_cast<CacheUse>(i))), std::optional(static_cast<CacheUse>(i)));
    QVERIFY(!auditStatusFromName(u"fine").has_value());
}

void TestNames::healthIsOrderedWorstFirst()
{
    QStringList names;
    for (int i = 0; i <= static_cast<int>(Health::Asleep); ++i) {
        names.append(toName(static_cast<Health>(i)));
        QCOMPARE(healthFromName(names.last()), std::optional(static_cast<Health>(i)));
    }
    QCOMPARE(names.join(u' '), u"critical warning unknown info ok maintenance asleep"_s);
    QVERIFY(worseThan(Health::Critical, Health::Warning));
    QVERIFY(!worseThan(Health::Ok, Health::Ok));
}

void TestNames::theContractsSeriesAreAllThere()
{
    const auto labelOf = [](const QString &name) -> QString {
        const SeriesInfo *info = seriesInfo(name);
        return info == nullptr ? u"?"_s : info->labelKey == nullptr ? u""_s : QString::fromLatin1(info->labelKey);
    };
    QCOMPARE(labelOf(u"cpu.core"_s), u"core"_s);
    for (const QString &name :
         {u"cpu.total"_s, u"load.1"_s, u"mem.total"_s, u"mem.used"_s, u"mem.available"_s, u"swap.used"_s, u"uptime"_s})
        QCOMPARE(labelOf(name), u""_s);
    for (const QString &name : {u"fs.used"_s, u"fs.size"_s})
        QCOMPARE(labelOf(name), u"mount"_s);
    for (const QString &name : {u"net.rx"_s, u"net.tx"_s})
        QCOMPARE(labelOf(name), u"if"_s);
    for (const QString &name : {u"disk.read"_s, u"disk.write"_s})
        QCOMPARE(labelOf(name), u"dev"_s);
    QCOMPARE(labelOf(u"temp"_s), u"sensor"_s);
    QCOMPARE(seriesInfo(u"no.such"), nullptr);
}

void TestNames::seriesNamesAreUniqueAndHaveAUnit()
{
    const QSet<QString> units = {u"percent"_s, u"bytes"_s, u"bytes_per_s"_s, u"load"_s,
                                 u"celsius"_s, u"s"_s,     u"count"_s};
    QSet<QString> names;
    for (const SeriesInfo &info : allSeries()) {
        QVERIFY(!names.contains(QString::fromLatin1(info.name)));
        names.insert(QString::fromLatin1(info.name));
        QVERIFY2(units.contains(QString::fromLatin1(info.unit)), info.unit);
        // A series is a column, or has a label, or both.
        QVERIFY2(info.labelKey != nullptr || sampleColumn(QString::fromLatin1(info.name)) != nullptr, info.name);
    }
}

void TestNames::everyColumnOfTheRowHasOneSeries()
{
    // Each column written through its series by a number of its own, then all counted: none is missing, none is used
    // twice.
    MetricSample sample;
    int columns = 0;
    for (const SeriesInfo &info : allSeries()) {
        if (const auto column = sampleColumn(QString::fromLatin1(info.name)); column != nullptr) {
            QVERIFY2(!(sample.*column).has_value(), info.name);
            sample.*column = ++columns;
        }
    }
    QCOMPARE(columns, 26);
    const std::optional<double> MetricSample::*all[] = {
        &MetricSample::cpuTotal,    &MetricSample::cpuUser,      &MetricSample::cpuSystem,
        &MetricSample::cpuIowait,   &MetricSample::cpuSteal,     &MetricSample::load1,
        &MetricSample::load5,       &MetricSample::load15,       &MetricSample::memTotal,
        &MetricSample::memUsed,     &MetricSample::memAvailable, &MetricSample::memCached,
        &MetricSample::zfsArc,      &MetricSample::swapTotal,    &MetricSample::swapUsed,
        &MetricSample::pressureCpu, &MetricSample::pressureIo,   &MetricSample::pressureMemory,
        &MetricSample::netRx,       &MetricSample::netTx,        &MetricSample::diskRead,
        &MetricSample::diskWrite,   &MetricSample::tempMax,      &MetricSample::fsFullest,
        &MetricSample::uptime,      &MetricSample::processes};
    for (const auto column : all)
        QVERIFY((sample.*column).has_value());
    MetricSample named;
    named.*sampleColumn(u"net.rx") = 5;
    QCOMPARE(named.netRx, std::optional<double>(5));
    named.*sampleColumn(u"mem.available") = 6;
    QCOMPARE(named.memAvailable, std::optional<double>(6));
}

void TestNames::aForeignSeriesHasNoColumn()
{
    QVERIFY(sampleColumn(u"cpu.core") == nullptr);
    QVERIFY(sampleColumn(u"fs.used") == nullptr);
    QVERIFY(sampleColumn(u"x") == nullptr);
}

void TestNames::gapReasonsLeadBack()
{
    QStringList names;
    for (int i = 0; i <= static_cast<int>(GapReason::Paused); ++i) {
        names.append(toName(static_cast<GapReason>(i)));
        QCOMPARE(gapReasonFromName(names.last()), std::optional(static_cast<GapReason>(i)));
    }
    QCOMPARE(names.join(u'|'), u"unreachable|asleep|app_off|paused"_s);
}

void TestNames::historyHasTheContractsShape()
{
    HistoryResult result;
    result.device = DeviceId(u"d_1"_s);
    result.resolutionS = 60;
    result.series = {{{u"cpu.total"_s, {}}, u"percent"_s, {{fromMs(1'795'496'400'000), 12.5, 11.0, 14.1}}},
                     {{u"net.rx"_s, u"eth0"_s}, u"bytes_per_s"_s, {}}};
    result.gaps = {{fromMs(0), fromMs(1000), GapReason::AppOff}};
    const QJsonObject json = toJson(result);
    QCOMPARE(json.value("device"_L1).toString(), u"d_1"_s);
    QCOMPARE(json.value("resolution_s"_L1).toInt(), 60);
    const QJsonArray series = json.value("series"_L1).toArray();
    QCOMPARE(series.size(), 2);
    const QJsonObject cpu = series.at(0).toObject();
    QCOMPARE(cpu.value("points"_L1).toArray().at(0).toArray(),
             QJsonArray({u"2026-11-24T05:00:00.000Z"_s, 12.5, 11.0, 14.1}));
    QCOMPARE(cpu.value("unit"_L1).toString(), u"percent"_s);
    QCOMPARE(cpu.value("labels"_L1).toObject(), QJsonObject());
    QCOMPARE(series.at(1).toObject().value("labels"_L1).toObject(), QJsonObject({{u"if"_s, u"eth0"_s}}));
    for (const QJsonValue &one : series) {
        const QJsonObject gap = one.toObject().value("gaps"_L1).toArray().at(0).toObject();
        QCOMPARE(gap, QJsonObject({{u"from"_s, u"1970-01-01T00:00:00.000Z"_s},
                                   {u"to"_s, u"1970-01-01T00:00:01.000Z"_s},
                                   {u"reason"_s, u"app_off"_s}}));
    }
}

void TestNames::auditHasTheContractsShape()
{
    AuditEntry entry;
    entry.seq = 7;
    entry.time = fromMs(1'795'496'400'000);
    entry.correlation = CorrelationId(u"01J"_s);
    entry.source = AuditSource::Ctl;
    entry.actor = u"os:alice"_s;
    entry.operation = u"collect"_s;
    entry.device = DeviceId(u"d_1"_s);
    entry.durationMs = 14;
    entry.bytes = 5;
    entry.cache = CacheUse::Miss;
    entry.roundTrips = 1;
    QJsonObject json = toJson(entry);
    for (const QString &key :
         u"seq time correlation source actor operation device status duration_ms bytes cache round_trips error"_s.split(
             u' '))
        QVERIFY2(json.contains(key), qPrintable(key));
    QVERIFY(json.value("error"_L1).isNull());
    QCOMPARE(json.value("cache"_L1).toString(), u"miss"_s);
    entry.device.reset();
    entry.error = Error{.code = ErrorCode::Timeout, .message = u"late"_s};
    json = toJson(entry);
    QVERIFY(json.value("device"_L1).isNull());
    QCOMPARE(json.value("error"_L1).toObject().value("code"_L1).toString(), u"timeout"_s);
}

void TestNames::aFindingKeepsItsNumbers()
{
    Finding finding{u"fs.space"_s, Health::Critical, u"/mnt"_s, u"used_percent"_s, 96.5, 95.0, {}, fromMs(0)};
    QJsonObject json = toJson(finding);
    QCOMPARE(json.value("severity"_L1).toString(), u"critical"_s);
    QCOMPARE(json.value("value"_L1).toDouble(), 96.5);
    QCOMPARE(json.value("threshold"_L1).toDouble(), 95.0);
    QVERIFY(json.value("detail"_L1).isNull());
    finding.value.reset();
    QVERIFY(toJson(finding).value("value"_L1).isNull());
}

INFRA_TEST(TestNames)
#include "tst_names.moc"
