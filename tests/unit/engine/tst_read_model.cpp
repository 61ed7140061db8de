// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/read_model.h"
#include "tests/support/collect_fixture.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::engine;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

namespace {

RuleSet starterRules()
{
    QFile file(QStringLiteral(INFRA_SOURCE_DIR "/resources/rules/starter.json"));
    const bool open = file.open(QIODevice::ReadOnly);
    const auto parsed = RuleSet::parse(open ? file.readAll() : QByteArray());
    return parsed ? *parsed : RuleSet();
}

struct ModelFixture
{
    ModelFixture()
        : model({time, registry, rules, [this](const DeviceId &id) { return backoffs.value(id); },
                 [](const DeviceId &) { return false; },
                 [](const Device &device) { return seconds(device.intervalS); }})
    {
        QObject::connect(&model, &ReadModel::rowsChanged, &model,
                         [this](const QList<DeviceRow> &rows, const QList<DeviceId> &gone) {
                             changes.append(rows);
                             removals.append(gone);
                         });
        QObject::connect(&model, &ReadModel::detailsChanged, &model,
                         [this](const DeviceDetails &one) { details.append(one); });
    }
    void read(const Device &device, double cpu, qint64 fsPercent = 10)
    {
        collect::DeviceRead read;
        read.device = device.id;
        read.readAt = time.now();
        read.hasSystem = true;
        read.sample.time = time.now();
        read.sample.cpuTotal = cpu;
        read.labelled = {{{u"net.rx"_s, u"eth0"_s}, cpu * 10}};
        Filesystem fs;
        fs.mount = u"/"_s;
        fs.usedBytes = fsPercent;
        fs.availableBytes = 100 - fsPercent;
        Section section;
        section.kind = Kind::Filesystems;
        section.status = SectionStatus::Ok;
        section.data = QList<Filesystem>{fs};
        read.result.sections = {{section, DataSource::Live, {}}};
        model.read(read);
    }
    void fail(const Device &device, ErrorCode code, int count)
    {
        model.failed({device.id, time.now(), Error{.code = code, .message = u"no"_s}, count});
    }

    ManualTime time{fromMs(1'780'000'000'000)};
    commands::CommandRegistry registry;
    RuleSet rules = starterRules();
    QHash<DeviceId, milliseconds> backoffs;
    ReadModel model;
    QList<QList<DeviceRow>> changes;
    QList<QList<DeviceId>> removals;
    QList<DeviceDetails> details;
};

} // namespace

class TestReadModel : public QObject
{
    Q_OBJECT
private slots:
    void many_changes_are_told_at_most_five_times_a_second_and_only_what_changed()
    {
        ModelFixture f;
        const Device a = someDevice(u"a"_s);
        const Device b = someDevice(u"b"_s);
        f.model.setDevice(a);
        f.model.setDevice(b);
        f.time.advance(milliseconds(200));
        QCOMPARE(f.changes.size(), 1);
        QCOMPARE(f.changes[0].size(), 2);
        for (int i = 0; i < 100; ++i) {
            f.read(a, i);
            f.time.advance(milliseconds(10));
        }
        f.time.advance(milliseconds(200));
        QVERIFY2(f.changes.size() <= 7, qPrintable(QString::number(f.changes.size())));
        for (qsizetype i = 1; i < f.changes.size(); ++i) {
            QCOMPARE(f.changes[i].size(), 1);
            QCOMPARE(f.changes[i][0].device.id, a.id);
            QVERIFY(f.changes[i][0].version > f.changes[i - 1][0].version);
        }
        const qsizetype before = f.changes.size();
        f.model.setDevice(b); // nothing differs
        f.time.advance(seconds(1));
        QCOMPARE(f.changes.size(), before);
        f.model.removeDevice(b.id);
        f.time.advance(milliseconds(200));
        QCOMPARE(f.removals.last(), QList<DeviceId>{b.id});
        QVERIFY(!f.model.row(b.id));
    }

    void states_follow_what_happened()
    {
        ModelFixture f;
        Device device = someDevice(u"a"_s);
        f.model.setDevice(device);
        QVERIFY(f.model.row(device.id)->state == DeviceState::New);
        QVERIFY(f.model.row(device.id)->health == Health::Info);
        f.read(device, 10);
        QVERIFY(f.model.row(device.id)->state == DeviceState::Ok);
        QVERIFY(f.model.row(device.id)->health == Health::Ok);
        f.read(device, 10, 96);
        QVERIFY(f.model.row(device.id)->health == Health::Critical);
        QCOMPARE(f.model.row(device.id)->fullestMount, u"/"_s);
        f.fail(device, ErrorCode::Refused, 1);
        QVERIFY(f.model.row(device.id)->state == DeviceState::Unreachable);
        QVERIFY(f.model.row(device.id)->health == Health::Unknown); // what is not read says nothing
        QVERIFY(f.model.row(device.id)->unreachableSince.has_value());
        f.fail(device, ErrorCode::Refused, 3);
        QVERIFY(f.model.row(device.id)->health == Health::Critical);
        QCOMPARE(f.model.row(device.id)->findings.size(), 1);
        QCOMPARE(f.model.row(device.id)->findings[0].rule, u"device.unreachable"_s);
        f.read(device, 10);
        QVERIFY(f.model.row(device.id)->health == Health::Ok);
        QVERIFY(!f.model.row(device.id)->unreachableSince);
        f.time.advance(seconds(120));
        f.model.checkAges(true);
        QVERIFY(f.model.row(device.id)->state == DeviceState::Ok);
        f.time.advance(seconds(16));
        f.model.checkAges(true);
        QVERIFY(f.model.row(device.id)->state == DeviceState::Stale);
        device.paused = true;
        f.model.setDevice(device);
        QVERIFY(f.model.row(device.id)->health == Health::Maintenance);
    }

    void errors_put_a_device_in_their_state_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("sleeps");
        QTest::addColumn<DeviceState>("state");
        QTest::newRow("refused") << int(ErrorCode::Refused) << false << DeviceState::Unreachable;
        QTest::newRow("asleep") << int(ErrorCode::ConnectTimeout) << true << DeviceState::Asleep;
        QTest::newRow("changed key of a sleeper") << int(ErrorCode::HostKeyChanged) << true << DeviceState::HostKey;
        QTest::newRow("rejected") << int(ErrorCode::AuthKeyRejected) << false << DeviceState::Auth;
        QTest::newRow("prompt") << int(ErrorCode::AuthInteractionNeeded) << false << DeviceState::NeedsYou;
        QTest::newRow("locked") << int(ErrorCode::SecretsLocked) << false << DeviceState::NeedsYou;
        QTest::newRow("garbage") << int(ErrorCode::BadOutput) << false << DeviceState::Stale;
    }
    void errors_put_a_device_in_their_state()
    {
        QFETCH(int, code);
        QFETCH(bool, sleeps);
        QFETCH(DeviceState, state);
        QVERIFY(stateOfError(static_cast<ErrorCode>(code), sleeps) == state);
    }

    void details_come_only_while_somebody_watches()
    {
        ModelFixture f;
        const Device a = someDevice(u"a"_s);
        const Device b = someDevice(u"b"_s);
        f.model.setDevice(a);
        f.model.setDevice(b);
        f.read(a, 1);
        f.time.advance(seconds(1));
        QVERIFY(f.details.isEmpty());
        auto token = f.model.watchDetails(a.id);
        f.time.advance(seconds(1));
        QCOMPARE(f.details.size(), 1); // what is known, at once
        QVERIFY(f.details[0].data.contains(Kind::Filesystems));
        f.read(a, 2);
        f.read(b, 2);
        f.time.advance(seconds(1));
        QCOMPARE(f.details.size(), 2);
        QCOMPARE((f.details[1].liveSeries.value({u"net.rx"_s, u"eth0"_s}).size()), 2);
        token.reset();
        f.read(a, 3);
        f.time.advance(seconds(1));
        QCOMPARE(f.details.size(), 2);
        auto all = f.model.watchDetails({});
        f.time.advance(seconds(1));
        QCOMPARE(f.details.size(), 4);
    }

    void the_newest_hour_is_kept_and_answers_queries()
    {
        ModelFixture f;
        const Device device = someDevice(u"a"_s);
        f.model.setDevice(device);
        for (int minute = 0; minute < 90; ++minute) {
            f.read(device, minute);
            f.time.advance(seconds(60));
        }
        HistoryQuery query;
        query.device = device.id;
        query.series = {{u"cpu.total"_s, {}}, {u"net.rx"_s, {}}};
        HistoryResult newest = f.model.liveHistory(query);
        QCOMPARE(newest.series.size(), 2);
        QCOMPARE(newest.series[0].points.size(), 1);
        QCOMPARE(newest.series[0].points[0].avg, 89.0);
        QCOMPARE(newest.series[1].key.label, u"eth0"_s);
        query.from = f.time.now() - std::chrono::hours(2);
        QCOMPARE(f.model.liveHistory(query).series[0].points.size(), 61);
        const auto row = f.model.row(device.id);
        QCOMPARE(row->cpuHour.size(), 60);
        QCOMPARE(*row->cpuHour.last(), 89.0f);
    }

    void an_error_of_one_section_keeps_its_last_values()
    {
        ModelFixture f;
        const Device device = someDevice(u"a"_s);
        f.model.setDevice(device);
        f.read(device, 1);
        const Instant first = f.time.now();
        f.time.advance(seconds(60));
        collect::DeviceRead read;
        read.device = device.id;
        read.readAt = f.time.now();
        Section section;
        section.kind = Kind::Filesystems;
        section.status = SectionStatus::Error;
        section.error = Error{.code = ErrorCode::BadOutput, .message = u"cut"_s};
        read.result.sections = {{section, DataSource::Live, {}}};
        f.model.read(read);
        const Datum datum = f.model.details(device.id)->data.value(Kind::Filesystems);
        QCOMPARE(datum.readAt, first);
        QVERIFY(datum.section.error.has_value());
        QCOMPARE(std::get<QList<Filesystem>>(datum.section.data).size(), 1);
        QCOMPARE(*f.model.row(device.id)->sample.cpuTotal, 1.0);
    }
};

INFRA_TEST(TestReadModel)
#include "tst_read_model.moc"
