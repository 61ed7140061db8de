// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/settings.h"
#include "core/base/worker_pool.h"
#include "core/collect/collector.h"
#include "core/engine/engine.h"
#include "core/ssh/host_key_store.h"
#include "core/ssh/libssh/libssh_transport.h"
#include "core/store/sql/sqlite_store.h"
#include "tests/support/memory_secret_store.h"

#include <QtCore/QTemporaryDir>

#include <atomic>

namespace infra::test {

/// The time of a `ManualTime` for any thread: moved first, so that whoever is woken by a timer sees the same.
class SharedClock final : public Clock
{
public:
    explicit SharedClock(const ManualTime &time)
        : m_now(toMs(time.now()))
        , m_monotonic(time.monotonic().time_since_epoch().count())
    {
    }
    void move(milliseconds by)
    {
        m_now += by.count();
        m_monotonic += by.count();
    }
    Instant now() const override { return fromMs(m_now); }
    MonotonicTime monotonic() const override { return MonotonicTime(milliseconds(m_monotonic)); }

private:
    std::atomic<qint64> m_now, m_monotonic;
};

/// The real engine, SSH pool, parsers and database on a clock that is moved by hand: time stands still while anything
/// is under way, and leaps to the next timer when nothing is. Blocks (a test helper).
class VirtualRoad
{
public:
    VirtualRoad();
    ~VirtualRoad();

    /// Opens the store, adds the devices and starts the engine. @param transport in place of the real one.
    bool start(const QList<Device> &devices, std::unique_ptr<ssh::SshTransport> transport = {});
    /// Time waits only while more readings than these are under way; for transports that answer at once.
    void setPatience(qsizetype underWay) { m_patience = underWay; }
    /// Lets time pass. False when it takes minutes.
    bool run(milliseconds span);
    void stop();

    engine::Engine &engine() { return *m_engine; }
    collect::Collector &collector();
    store::Store &store() { return m_store; }
    Instant now() const { return m_time.now(); }
    int sessionsOpened() const { return m_opened; }
    int sessionsLost() const { return m_lost; }
    QString error() const { return m_error; }

private:
    void makeTransport();
    void settle();

    QTemporaryDir m_folder;
    QString m_error;
    ManualTime m_time;
    SharedClock m_clock;
    SystemRandom m_random;
    WorkerPool m_workers{2};
    MemorySecretStore m_secrets;
    commands::CommandRegistry m_registry;
    std::unique_ptr<SettingsStore> m_settings;
    store::Store m_store;
    std::unique_ptr<guard::DestructiveActionManager> m_gate;
    std::unique_ptr<engine::DeviceService> m_devices;
    std::unique_ptr<ssh::HostKeyStore> m_hostKeys;
    std::unique_ptr<ssh::SshTransport> m_transport;
    std::unique_ptr<engine::Engine> m_engine;
    int m_opened = 0, m_lost = 0;
    qsizetype m_patience = 0;
};

} // namespace infra::test
