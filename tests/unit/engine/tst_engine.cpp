// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "core/base/mailbox.h"
#include "core/engine/engine.h"
#include "core/engine/engine_client.h"
#include "core/engine/setting_keys.h"
#include "tests/support/fake_store.h"
#include "tests/support/fake_transport.h"
#include "tests/support/memory_secret_store.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <functional>

using namespace infra;
using namespace infra::engine;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray rulesFile()
{
    QFile file(QStringLiteral(INFRA_SOURCE_DIR "/resources/rules/starter.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// An engine over fakes, with this computer and `web1`.
struct EngineFixture
{
    EngineFixture()
        : settings(openSettingsFile(folder.filePath(u"settings.json"_s), keys::declaredSettings()))
        , store(makeFakeStore(memory))
        , gate(registry, clock, random)
        , timers(clock)
        , devices({clock, timers, random, store, secrets, u"bench"_s})
        , overlay(secrets)
        , prompts(timers)
    {
        Device web;
        web.id = DeviceId(u"d_web1"_s);
        web.name = u"web1"_s;
        web.address = u"192.0.2.1"_s;
        web.user = u"ops"_s;
        memory->devices.insert(web.id, web);
        transport.hold = true;
    }
    void start(bool scheduling = true)
    {
        const auto loaded = devices.load();
        engine = std::make_unique<Engine>(EngineParts{clock, timers, random, workers, *settings, store, transport,
                                                      secrets, registry, gate, devices, rulesFile(), scheduling});
        engine->start();
    }
    EngineClient::Parts clientParts()
    {
        return {*engine,       devices,    store,        *settings, transport, overlay,
                prompts,       registry,   workers,      clock,     random,    keys::declaredSettings(),
                u"os:alice"_s, u"/logs"_s, u"/profile"_s};
    }

    SystemClock clock;
    SeededRandom random{5};
    QTemporaryDir folder;
    std::unique_ptr<SettingsStore> settings;
    std::shared_ptr<StoreMemory> memory = std::make_shared<StoreMemory>();
    store::Store store;
    commands::CommandRegistry registry;
    guard::DestructiveActionManager gate;
    FakeTransport transport;
    MemorySecretStore secrets;
    WorkerPool workers{2};
    EventLoopTimerService timers;
    DeviceService devices;
    SecretOverlay overlay;
    PromptDesk prompts;
    std::unique_ptr<Engine> engine;
};

/// Runs a step on the thread it was moved to and waits for its end. The step goes through mailboxes, whose locks TSan
/// sees.
class OtherThread : public QObject
{
public:
    void run(std::function<void()> step)
    {
        m_steps.put(std::move(step));
        QMetaObject::invokeMethod(this, &OtherThread::runAll, Qt::BlockingQueuedConnection);
        m_done.takeAll();
    }

private:
    void runAll()
    {
        for (const auto &step : m_steps.takeAll())
            step();
        m_done.put(true);
    }

    Mailbox<std::function<void()>> m_steps{4};
    Mailbox<bool> m_done{4};
};

} // namespace

class TestEngine : public QObject
{
    Q_OBJECT
private slots:
    void it_reads_by_itself_and_stops_with_a_request_in_flight()
    {
        EngineFixture f;
        f.start();
        QTRY_VERIFY(f.transport.held() >= 2);
        collect::CollectRequest request;
        request.device = DeviceId(u"d_web1"_s);
        request.kinds = {Kind::Ports};
        const auto waiting = f.engine->collection().collect(request);
        const QFuture<void> stopped = f.engine->stop();
        QVERIFY(waiting.isFinished());
        QVERIFY(waiting.result().error->code == ErrorCode::Canceled);
        QTRY_VERIFY(stopped.isFinished());
        QVERIFY(std::any_of(f.memory->audits.begin(), f.memory->audits.end(),
                            [](const AuditEntry &entry) { return entry.status == AuditStatus::Cancelled; }));
        f.engine.reset();
        while (f.transport.held() > 0)
            f.transport.release(); // answers that come too late
    }

    void without_scheduling_nothing_is_read()
    {
        EngineFixture f;
        f.start(false);
        QTest::qWait(300);
        QCOMPARE(f.transport.runs, 0u);
        QCOMPARE(f.engine->rows().size(), 2);
        const auto stopped = f.engine->stop();
        QTRY_VERIFY(stopped.isFinished());
    }

    void what_was_stored_is_shown_before_the_first_cycle()
    {
        EngineFixture f;
        const DeviceId web(u"d_web1"_s);
        RawSystem raw;
        raw.hostname = u"web1.example"_s;
        raw.memTotalBytes = 1000;
        raw.memAvailableBytes = 500;
        f.memory->snapshots = {{web, Kind::SystemMetrics, f.clock.now() - seconds(30), toJson(SectionData(raw))}};
        f.memory->recentCpu.insert(web, {{f.clock.now() - seconds(60), 12, 12, 12}});
        f.start();
        QTRY_VERIFY(f.engine->row(web)->system.has_value());
        QCOMPARE(f.engine->row(web)->system->hostname, u"web1.example"_s);
        QVERIFY(f.engine->row(web)->state == DeviceState::Ok);
        const QList<std::optional<float>> cpuHour = f.engine->row(web)->cpuHour;
        QCOMPARE(std::count_if(cpuHour.begin(), cpuHour.end(), [](const auto &v) { return v.has_value(); }), 1);
        const auto stopped = f.engine->stop();
        QTRY_VERIFY(stopped.isFinished());
        QVERIFY(!f.memory->cacheRows.isEmpty());
    }

    void failures_reach_the_rows_and_the_fleets_worst()
    {
        EngineFixture f;
        f.transport.hold = false;
        f.transport.answer = [](const FakeTransport::Sent &sent) -> Result<ssh::CommandOutput> {
            return fail(sent.binding.device.toString() == u"d_web1" ? ErrorCode::HostKeyChanged : ErrorCode::Refused,
                        u"no"_s);
        };
        f.start();
        QTRY_VERIFY(f.engine->row(DeviceId(u"d_web1"_s))->state == DeviceState::HostKey);
        QVERIFY(f.engine->status().worst == Health::Critical);
        QCOMPARE(deviceJson(*f.engine->row(DeviceId(u"d_web1"_s))).value(u"state"_s).toString(), u"host_key"_s);
        const auto stopped = f.engine->stop();
        QTRY_VERIFY(stopped.isFinished());
    }

    void the_window_gets_copies_answers_and_prompts()
    {
        EngineFixture f;
        f.start();
        EngineClient client(f.clientParts());
        QSignalSpy changed(&client, &FleetClient::devicesChanged);
        QTRY_COMPARE(client.devices().size(), 2);
        QVERIFY(!changed.isEmpty());
        QTRY_VERIFY(client.status().devices == 2);
        const auto set = client.setSetting(u"collect.interval_s"_s, 30);
        QTRY_VERIFY(set.isFinished());
        QVERIFY(set.result());
        QCOMPARE(f.settings->integer(keys::intervalS), 30);
        QCOMPARE(f.memory->audits.last().operation, u"settings.set"_s);
        const auto wrong = client.setSetting(u"collect.interval_s"_s, 1);
        QTRY_VERIFY(wrong.isFinished());
        QVERIFY(!wrong.result());

        QSignalSpy asked(&client, &FleetClient::promptRequested);
        const auto answer = f.prompts.ask({DeviceId(u"d_web1"_s), u"Password"_s, {}, {}, false}, CancelToken());
        QTRY_COMPARE(asked.size(), 1);
        client.answerPrompt(asked[0][0].value<PromptRequest>().id, QByteArray("s"));
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(*answer.result(), QByteArray("s"));

        client.setPaused({DeviceId(u"d_web1"_s)}, true);
        QTRY_VERIFY(f.devices.device(DeviceId(u"d_web1"_s))->paused);
        const auto removed = client.removeDevice(DeviceId(u"d_web1"_s), false);
        QTRY_VERIFY(removed.isFinished());
        QTRY_COMPARE(client.devices().size(), 1);
        const auto stopped = f.engine->stop();
        QTRY_VERIFY(stopped.isFinished());
    }

    void secrets_typed_for_a_test_lie_over_the_kept_ones_and_go()
    {
        EngineFixture f;
        f.start(false);
        EngineClient client(f.clientParts());
        Device device;
        device.name = u"new"_s;
        device.address = u"192.0.2.9"_s;
        QByteArray seen;
        DeviceId tested;
        f.transport.onTest = [&](const Device &given) {
            tested = given.id;
            f.overlay.read(secrets::loginPasswordName(given.id), [&seen](Result<SecretBytes> secret) {
                seen = secret ? secret->view().toByteArray() : QByteArray("none");
            });
        };
        DeviceSecrets secrets;
        secrets.loginPassword = SecretBytes("typed");
        const auto report = client.testDevice(device, std::move(secrets), CancelToken());
        QTRY_VERIFY(report.isFinished());
        QTRY_COMPARE(seen, QByteArray("typed"));
        QCOMPARE(f.secrets.count(), std::size_t(0));
        seen.clear();
        f.overlay.read(secrets::loginPasswordName(tested),
                       [&seen](Result<SecretBytes> secret) { seen = secret ? "still" : "gone"; });
        QTRY_COMPARE(seen, QByteArray("gone"));
        const auto stopped = f.engine->stop();
        QTRY_VERIFY(stopped.isFinished());
    }

    void a_client_whose_engine_is_gone_answers_everything()
    {
        EngineFixture f;
        f.start();
        EngineClient client(f.clientParts());
        const auto open = client.readNow(DeviceId(u"d_web1"_s), {Kind::Ports});
        QTRY_VERIFY(f.transport.held() > 0);
        client.close();
        QVERIFY(open.isFinished());
        QVERIFY(open.result().error->code == ErrorCode::Canceled);
        const auto later = client.audit({}, CancelToken());
        QVERIFY(later.isFinished() && !later.result());
        const auto stopped = f.engine->stop();
        QTRY_VERIFY(stopped.isFinished());
    }

    void on_a_thread_of_its_own_values_cross_both_ways()
    {
        // The engine's world is made, used and ended on its thread; the client lives here.
        QThread thread;
        OtherThread there;
        there.moveToThread(&thread);
        thread.start();
        std::unique_ptr<EngineFixture> f;
        there.run([&f] {
            f = std::make_unique<EngineFixture>();
            f->start(false);
        });
        {
            EngineClient client(f->clientParts());
            QTRY_COMPARE(client.devices().size(), 2);
            for (int i = 0; i < 50; ++i) {
                const auto page = client.audit({}, CancelToken());
                QTRY_VERIFY(page.isFinished());
                QVERIFY(page.result());
                QCOMPARE(QThread::currentThread(), client.thread());
            }
            client.close();
        }
        there.run([&f] { f.reset(); });
        thread.quit();
        QVERIFY(thread.wait(5000));
    }
};

INFRA_TEST(TestEngine)
#include "tst_engine.moc"
