// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/road/virtual_road.h"

#include "core/engine/setting_keys.h"
#include "core/ssh/local/local_transport.h"
#include "core/ssh/routing_transport.h"
#include "tests/integration/road/road_wait.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QThread>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kPatienceMs = 5'000;
constexpr qint64 kMostMs = 540'000;

QByteArray starterRules()
{
    QFile file(QStringLiteral(INFRA_SOURCE_DIR "/resources/rules/starter.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

VirtualRoad::VirtualRoad()
    : m_time(SystemClock().now())
    , m_clock(m_time)
{
}

VirtualRoad::~VirtualRoad()
{
    stop();
}

collect::Collector &VirtualRoad::collector()
{
    return static_cast<collect::Collector &>(m_engine->collection());
}

void VirtualRoad::makeTransport()
{
    m_hostKeys = std::make_unique<ssh::HostKeyStore>(m_folder.filePath(u"known_hosts"_s));
    ssh::OpensshPaths openssh;
    openssh.home = m_folder.path();
    openssh.localUser = u"nobody"_s;
    const ssh::LibsshParams params{.clock = m_clock,
                                   .timers = m_time,
                                   .random = m_random,
                                   .devices = *m_devices,
                                   .secrets = m_secrets,
                                   .ownKeys = *m_hostKeys,
                                   .openssh = openssh};
    m_transport = std::make_unique<ssh::RoutingTransport>(
        std::make_unique<ssh::LocalTransport>(m_clock, m_time, m_random, *m_devices, m_secrets),
        ssh::makeLibsshTransport(params));
}

bool VirtualRoad::start(const QList<Device> &devices, std::unique_ptr<ssh::SshTransport> transport)
{
    m_settings = openSettingsFile(m_folder.filePath(u"settings.json"_s), engine::keys::declaredSettings());
    auto store = store::sql::openSqliteStore(
        {m_folder.filePath(u"infrastructor.db"_s), u":/migrations/sqlite"_s, m_settings.get()}, m_clock);
    if (!store) {
        m_error = store.error().message;
        return false;
    }
    m_store = std::move(*store);
    m_gate = std::make_unique<guard::DestructiveActionManager>(m_registry, m_clock, m_random);
    m_devices = std::make_unique<engine::DeviceService>(
        engine::DeviceService::Parts{m_clock, m_time, m_random, m_store, m_secrets, u"here"_s});
    m_transport = std::move(transport);
    if (!m_transport)
        makeTransport();
    QObject::connect(m_transport.get(), &ssh::SshTransport::sessionOpened, m_transport.get(), [this] { ++m_opened; });
    QObject::connect(m_transport.get(), &ssh::SshTransport::sessionClosed, m_transport.get(), [this] { ++m_lost; });
    m_engine = std::make_unique<engine::Engine>(engine::EngineParts{m_clock, m_time, m_random, m_workers, *m_settings,
                                                                    m_store, *m_transport, m_secrets, m_registry,
                                                                    *m_gate, *m_devices, starterRules(), true});
    const auto loaded = awaited(m_devices->load());
    if (!loaded || !*loaded) {
        m_error = u"the devices were not loaded"_s;
        return false;
    }
    for (const Device &device : devices) {
        const auto added = awaited(m_devices->add(device, {}, {AuditSource::Ctl, u"os:tester"_s, {}}));
        if (!added || !*added) {
            m_error = added ? added->error().message : u"a device was not added"_s;
            return false;
        }
    }
    m_engine->start();
    // What earlier runs left is read first; the schedule begins then.
    return QTest::qWaitFor([this] { return m_engine->status().nextCycle.has_value(); }, 30'000);
}

/// Until nothing is under way. What takes long waits for a timer (another try), so that time must go on.
void VirtualRoad::settle()
{
    QElapsedTimer timer;
    timer.start();
    do {
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        if (collector().underWay() <= m_patience)
            return;
        QThread::usleep(m_patience > 0 ? 50 : 1'000);
    } while (timer.elapsed() < kPatienceMs);
}

bool VirtualRoad::run(milliseconds span)
{
    QElapsedTimer timer;
    timer.start();
    const MonotonicTime end = m_time.monotonic() + span;
    while (m_time.monotonic() < end) {
        settle();
        if (timer.elapsed() > kMostMs) {
            m_error = u"the simulated time takes too long"_s;
            return false;
        }
        const MonotonicTime next = std::min(m_time.nextDue().value_or(end), end);
        const milliseconds step = std::max(next - m_time.monotonic(), milliseconds(0));
        m_clock.move(step);
        m_time.advance(step);
    }
    m_patience = 0;
    settle();
    return true;
}

void VirtualRoad::stop()
{
    if (!m_engine)
        return;
    const QFuture<void> stopped = m_engine->stop();
    (void)QTest::qWaitFor([&stopped] { return stopped.isFinished(); }, 30'000);
    const QFuture<void> down = m_transport->shutdown();
    (void)QTest::qWaitFor([&down] { return down.isFinished(); }, 30'000);
    (void)awaited(m_store.writer->flush());
    m_engine.reset();
    m_transport.reset();
}

} // namespace infra::test
