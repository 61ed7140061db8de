// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/collect_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::collect;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

class TestCollector : public QObject
{
    Q_OBJECT
    const QList<Kind> m_two{Kind::SystemMetrics, Kind::Users};

private slots:
    void a_request_brings_live_sections_in_order_and_one_audit_row()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        const CollectResult result = f.ask(device, {Kind::Users, Kind::SystemMetrics}).result();
        QVERIFY(!result.error);
        QCOMPARE(result.roundTrips, 1);
        QCOMPARE(result.bytesIn, 1000);
        QCOMPARE(result.sections.size(), 2);
        QVERIFY(result.sections[0].section.kind == Kind::Users);
        QVERIFY(result.sections[1].source == DataSource::Live);
        QCOMPARE(f.memory->audits.size(), 1);
        QVERIFY(f.memory->audits[0].cache == CacheUse::Miss);
        QVERIFY(f.memory->audits[0].status == AuditStatus::Ok);
        QCOMPARE(f.memory->audits[0].roundTrips, 1);
        QCOMPARE(f.memory->cycles.size(), 1);
        QVERIFY(f.memory->cycles[0].audit.has_value());
        QVERIFY(f.memory->cycles[0].hasSample);
        QCOMPARE(f.transport.sent[0].binding.hostKey, device.hostKey);
    }

    void a_fresh_answer_comes_from_the_cache_and_an_old_one_does_not()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        f.ask(device, m_two);
        f.time.advance(seconds(30));
        const CollectResult cached = f.ask(device, m_two).result();
        QCOMPARE(f.transport.runs, 1u);
        QCOMPARE(cached.roundTrips, 0);
        QVERIFY(cached.sections[0].source == DataSource::Cache);
        QCOMPARE(cached.sections[0].age, milliseconds(30'000));
        QVERIFY(f.memory->audits.last().cache == CacheUse::Hit);
        f.ask(device, m_two, true);
        QCOMPARE(f.transport.runs, 2u);
        f.time.advance(seconds(61));
        f.ask(device, {Kind::SystemMetrics});
        QCOMPARE(f.transport.runs, 3u);
        QCOMPARE(f.memory->audits.size(), 4);
    }

    void two_callers_at_once_share_one_collection()
    {
        CollectFixture f;
        f.transport.hold = true;
        const Device device = f.add(u"a"_s);
        const auto first = f.ask(device, m_two);
        const auto second = f.ask(device, m_two);
        const auto subset = f.ask(device, {Kind::Users});
        QCOMPARE(f.transport.runs, 1u);
        f.transport.release();
        QVERIFY(first.isFinished() && second.isFinished() && subset.isFinished());
        QVERIFY(first.result().sections[0].source == DataSource::Live);
        QVERIFY(second.result().sections[0].source == DataSource::Shared);
        QVERIFY(subset.result().sections[0].source == DataSource::Shared);
        QCOMPARE(first.result().roundTrips, 1);
        QCOMPARE(second.result().roundTrips, 0);
        QCOMPARE(f.memory->audits.size(), 3);
        QVERIFY(f.memory->audits[1].cache == CacheUse::Shared);
        QCOMPARE(f.memory->cycles.size(), 1);
    }

    void what_comes_behind_a_message_waits_as_one()
    {
        CollectFixture f;
        f.transport.hold = true;
        const Device device = f.add(u"a"_s);
        f.ask(device, {Kind::Users});
        const auto a = f.ask(device, {Kind::Ports});
        const auto b = f.ask(device, {Kind::Services, Kind::Users});
        QCOMPARE(f.transport.runs, 1u);
        f.transport.release();
        QCOMPARE(f.transport.runs, 2u);
        QVERIFY(!a.isFinished());
        f.transport.release();
        QVERIFY(a.isFinished() && b.isFinished());
        QCOMPARE(f.transport.runs, 2u);
        QCOMPARE(f.parsedKinds.last(), (QList<Kind>{Kind::Ports, Kind::Services}));
        QCOMPARE(f.transport.mostUnderWay, 1);
    }

    void a_slow_kind_is_a_message_of_its_own()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        const CollectResult result = f.ask(device, {Kind::Users, Kind::Updates, Kind::Ports}).result();
        QCOMPARE(result.roundTrips, 2);
        QCOMPARE(f.parsedKinds, (QList<QList<Kind>>{{Kind::Users, Kind::Ports}, {Kind::Updates}}));
        QCOMPARE(f.memory->audits.size(), 1);
        QCOMPARE(f.ask(device, {}, true).result().sections.size(), 10); // all but updates, drives, zfs, guests
    }

    void what_is_not_collected_or_not_there_is_skipped_with_a_warning()
    {
        CollectFixture f;
        Device device = f.add(u"a"_s);
        device.type = DeviceType::Ubuntu;
        device.capabilities = QStringList{u"systemd"_s};
        f.directory.devices.insert(device.id, device);
        const CollectResult result = f.ask(device, {Kind::Guests, Kind::Zfs}).result();
        for (const CollectedSection &section : result.sections) {
            QVERIFY(section.section.status == SectionStatus::Skipped);
            QCOMPARE(section.section.warnings.size(), 1);
        }
        QCOMPARE(f.transport.runs, 0u);
        QVERIFY(f.memory->audits[0].cache == CacheUse::None);
    }

    void a_lost_link_is_tried_again_once_and_a_refused_one_is_not()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        int tries = 0;
        f.transport.answer = [&tries](const FakeTransport::Sent &sent) -> Result<ssh::CommandOutput> {
            if (++tries == 1)
                return fail(ErrorCode::LinkLost, u"gone"_s);
            ssh::CommandOutput output;
            output.out = sent.binding.nonce;
            return output;
        };
        const auto retried = f.ask(device, {Kind::Users});
        QVERIFY(!retried.isFinished());
        f.time.advance(seconds(1));
        QVERIFY(retried.isFinished() && !retried.result().error);
        f.transport.answer = [&tries](const FakeTransport::Sent &) -> Result<ssh::CommandOutput> {
            ++tries;
            return fail(ErrorCode::Refused, u"no"_s);
        };
        QList<DeviceFailed> failures;
        const auto subscription =
            f.bus.subscribe<DeviceFailed>([&failures](const DeviceFailed &failed) { failures.append(failed); });
        tries = 0;
        const CollectResult refused = f.ask(device, {Kind::Users}, true).result();
        QCOMPARE(tries, 1);
        QVERIFY(refused.error && refused.error->code == ErrorCode::Refused);
        QVERIFY(refused.sections[0].section.status == SectionStatus::Error);
        QCOMPARE(failures.size(), 1);
        f.ask(device, {Kind::Users}, true);
        QCOMPARE(failures.last().failuresInARow, 2);
        QCOMPARE(f.memory->gaps.size(), 2);
        QVERIFY(f.memory->gaps[0].second.reason == GapReason::Unreachable);
        QVERIFY(f.memory->audits.last().status == AuditStatus::Error);
    }

    void a_gap_closes_with_the_cycle_that_ends_it()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        f.ask(device, {Kind::SystemMetrics}, true);
        const Instant lastGood = f.time.now();
        const auto good = f.transport.answer;
        f.transport.answer = [](const FakeTransport::Sent &) -> Result<ssh::CommandOutput> {
            return fail(ErrorCode::Refused, u"no"_s);
        };
        f.time.advance(seconds(60));
        f.ask(device, {Kind::SystemMetrics}, true);
        f.time.advance(seconds(60));
        f.transport.answer = good;
        f.ask(device, {Kind::SystemMetrics}, true);
        QVERIFY(f.memory->cycles.last().closedGap.has_value());
        QCOMPARE(*f.memory->cycles.last().closedGap, (Gap{lastGood, f.time.now(), GapReason::Unreachable}));
    }

    void while_the_audit_is_full_nothing_is_asked()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        f.transport.hold = true;
        f.ask(device, {Kind::Users});
        f.ask(device, {Kind::Users}); // shares: its row goes through `audit`
        f.memory->auditFull = true;
        f.transport.release();
        QVERIFY(!f.collector.isAccepting());
        const auto later = f.ask(device, {Kind::Ports});
        QCOMPARE(f.transport.runs, 1u);
        f.memory->auditFull = false;
        f.time.advance(seconds(1));
        QCOMPARE(f.transport.runs, 2u);
        f.transport.release();
        QVERIFY(later.isFinished());
        QCOMPARE(f.memory->audits.size(), 3);
    }

    void detection_comes_first_and_every_hour()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        QList<DeviceDetected> found;
        const auto subscription =
            f.bus.subscribe<DeviceDetected>([&](const DeviceDetected &detected) { found.append(detected); });
        f.ask(device, {Kind::Users}, true);
        QCOMPARE(found.size(), 1);
        QVERIFY(found[0].type == DeviceType::Ubuntu);
        f.detected.capabilities.append(u"docker"_s);
        f.time.advance(std::chrono::minutes(30));
        f.ask(device, {Kind::Users}, true);
        QCOMPARE(found.size(), 1);
        f.time.advance(std::chrono::minutes(31));
        f.ask(device, {Kind::Users}, true);
        QCOMPARE(found.size(), 2);
        f.detected.capabilities.append(u"zfs"_s);
        ssh::SessionInfo info;
        info.device = device.id;
        emit f.transport.sessionOpened(info);
        f.ask(device, {Kind::Users}, true);
        QCOMPARE(found.size(), 3);
    }

    void a_canceled_request_gives_its_message_up()
    {
        CollectFixture f;
        f.transport.hold = true;
        const Device device = f.add(u"a"_s);
        CollectRequest request;
        request.device = device.id;
        request.kinds = {Kind::Users};
        const auto future = f.collector.collect(request);
        request.cancel.cancel();
        f.time.advance(seconds(1));
        QVERIFY(f.transport.sent[0].options.cancel.isCanceled());
        f.transport.release();
        QVERIFY(future.isFinished());
        QVERIFY(future.result().error && future.result().error->code == ErrorCode::Canceled);
        QVERIFY(f.memory->audits.last().status == AuditStatus::Cancelled);
    }

    void stopping_answers_everything_that_waits()
    {
        CollectFixture f;
        f.transport.hold = true;
        const Device device = f.add(u"a"_s);
        const auto flying = f.ask(device, {Kind::Users});
        const auto queued = f.ask(device, {Kind::Ports});
        f.collector.stop();
        QVERIFY(flying.isFinished() && queued.isFinished());
        QVERIFY(flying.result().error->code == ErrorCode::Canceled);
        QVERIFY(f.ask(device, {Kind::Users}).result().error->code == ErrorCode::Canceled);
        f.transport.release(); // the answer that comes too late is ignored
        QCOMPARE(f.memory->audits.size(), 3);
        QVERIFY(f.memory->cycles.isEmpty());
    }

    void an_unknown_device_is_said()
    {
        CollectFixture f;
        QVERIFY(f.ask(someDevice(u"x"_s), {Kind::Users}).result().error->code == ErrorCode::NotFound);
    }

    void partial_and_failed_sections_show_in_the_audit()
    {
        CollectFixture f;
        const Device device = f.add(u"a"_s);
        f.sectionFor = [&f](Kind kind) {
            Section section = f.plain(kind);
            if (kind == Kind::Users) {
                section.status = SectionStatus::Error;
                section.data = {};
                section.error = Error{.code = ErrorCode::BadOutput, .message = u"cut off"_s};
            }
            return section;
        };
        f.ask(device, m_two);
        QVERIFY(f.memory->audits[0].status == AuditStatus::Partial);
        QVERIFY(f.memory->audits[0].detail.contains(u"cut off"));
        QVERIFY(f.cache.peek(device.id, Kind::Users) == nullptr);
        QVERIFY(f.cache.peek(device.id, Kind::SystemMetrics) != nullptr);
        QCOMPARE(f.memory->cycles[0].snapshots.size(), 1);
    }
};

INFRA_TEST(TestCollector)
#include "tst_collector.moc"
