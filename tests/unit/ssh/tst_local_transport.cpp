// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/local/local_transport.h"
#include "core/ssh/routing_transport.h"
#include "tests/support/approval.h"
#include "tests/support/memory_secret_store.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <csignal>

using namespace infra;
using namespace infra::ssh;
using namespace Qt::Literals::StringLiterals;

namespace {
class NoDevices final : public DeviceDirectory
{
public:
    std::optional<Device> device(const DeviceId &) const override { return std::nullopt; }
    std::optional<DeviceId> ownerOfHostKey(const QString &, const DeviceId &) const override { return std::nullopt; }
};
} // namespace

class TestLocalTransport : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void keepsOneShell();
    void itsEnvironmentIsClean();
    void runsExecs();
    void cutsOffEndlessOutput();
    void timeoutsEndWhatWasStarted();
    void refusesWhatIsNotForThisComputer();
    void testsWithAllSteps();
    void aMissingShellIsSaid();
    void routesByDevice();

private:
    CommandBinding shell(const QByteArray &script);
    CommandBinding exec(const QByteArray &command);
    Result<CommandOutput> run(CommandBinding binding, milliseconds timeout = milliseconds(10'000));

    SystemClock m_clock;
    SystemRandom m_random;
    NoDevices m_devices;
    test::MemorySecretStore m_secrets;
    std::unique_ptr<EventLoopTimerService> m_timers;
    std::unique_ptr<SshTransport> m_transport;
};

void TestLocalTransport::init()
{
    m_timers = std::make_unique<EventLoopTimerService>(m_clock);
    m_transport = std::make_unique<LocalTransport>(m_clock, *m_timers, m_random, m_devices, m_secrets);
}

void TestLocalTransport::cleanup()
{
    const QFuture<void> down = m_transport->shutdown();
    QTRY_VERIFY(down.isFinished()); // no child is left
    m_transport.reset();
}

CommandBinding TestLocalTransport::shell(const QByteArray &script)
{
    CommandBinding binding = exec("x");
    binding.channel = ChannelKind::KeptShell;
    binding.nonce = m_random.bytes(16).toHex();
    const QByteArray mark = "printf '\\n@@" + binding.nonce;
    binding.bytes = mark + " begin\\n'; " + script + "\n" + mark + " end %d\\n' $?\n";
    return binding;
}

CommandBinding TestLocalTransport::exec(const QByteArray &command)
{
    CommandBinding binding;
    binding.device = localDeviceId();
    binding.bytes = command;
    binding.expires = m_clock.monotonic() + seconds(30);
    return binding;
}

Result<CommandOutput> TestLocalTransport::run(CommandBinding binding, milliseconds timeout)
{
    RunOptions options;
    options.timeout = timeout;
    auto future = m_transport->run(guard::DestructiveActionManager::make(std::move(binding)), options);
    return QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000) ? future.takeResult()
                                                                              : Result<CommandOutput>();
}

void TestLocalTransport::keepsOneShell()
{
    const auto first = run(shell("n=$((n+1)); echo $n"));
    QVERIFY(first && first->connected);
    QCOMPARE(first->exitStatus, 0);
    QVERIFY(first->out.contains("\n1\n"));
    const auto second = run(shell("n=$((n+1)); echo $n; (exit 5)"));
    QVERIFY(second && second->out.contains("\n2\n"));
    QVERIFY(!second->connected);
    QCOMPARE(second->exitStatus, 5);
    QCOMPARE(m_transport->sessions().size(), 1);
}

void TestLocalTransport::itsEnvironmentIsClean()
{
    qputenv("INFRA_TEST_SECRET", "canary");
    const auto seen = run(shell("env"));
    QVERIFY(seen && seen->out.contains("\nLC_ALL=C\n"));
    QVERIFY(!seen->out.contains("canary"));
}

void TestLocalTransport::runsExecs()
{
    CommandBinding binding = exec("cat; echo told >&2; exit 3");
    binding.stdinBytes = QByteArray("\0\xff\n", 3);
    const auto done = run(binding);
    QVERIFY(done.has_value());
    QCOMPARE(done->out, binding.stdinBytes);
    QCOMPARE(done->err, QByteArray("told\n"));
    QCOMPARE(done->exitStatus, 3);
    const auto killed = run(exec("kill -TERM $$"));
    QVERIFY(killed && !killed->exitStatus);
    QCOMPARE(killed->signal, u"TERM"_s);
}

void TestLocalTransport::cutsOffEndlessOutput()
{
    CommandBinding binding = exec("yes");
    binding.outputCap = 1'000'000;
    QCOMPARE(run(binding).error().code, ErrorCode::OutputTooLarge);
    binding = shell("yes");
    binding.outputCap = 1'000'000;
    QCOMPARE(run(binding).error().code, ErrorCode::OutputTooLarge);
    QVERIFY(run(shell("true")).has_value());
}

void TestLocalTransport::timeoutsEndWhatWasStarted()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(u"pid"_s);
    QCOMPARE(run(exec("sleep 77 & echo $! > " + QFile::encodeName(file) + "; wait"), milliseconds(500)).error().code,
             ErrorCode::Timeout);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const auto pid = static_cast<pid_t>(written.readAll().trimmed().toInt());
    QVERIFY(pid > 1);
    QTRY_VERIFY(::kill(pid, 0) != 0); // gone with its group
    QCOMPARE(run(shell("sleep 77"), milliseconds(200)).error().code, ErrorCode::Timeout);
    QVERIFY(run(shell("echo fresh"))->out.contains("fresh"));
}

void TestLocalTransport::refusesWhatIsNotForThisComputer()
{
    CommandBinding binding = exec("true");
    binding.device = DeviceId(u"d_other"_s);
    QCOMPARE(run(binding).error().code, ErrorCode::ApprovalMismatch);
    binding = exec("true");
    binding.expires = m_clock.monotonic();
    QCOMPARE(run(binding).error().code, ErrorCode::ApprovalExpired);
    binding = exec("true");
    binding.channel = ChannelKind::Stream;
    QCOMPARE(run(binding).error().code, ErrorCode::NotSupported);
}

void TestLocalTransport::testsWithAllSteps()
{
    auto future = m_transport->test(Device(), Purpose::Background, {});
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.result().succeeded());
}

void TestLocalTransport::aMissingShellIsSaid()
{
    m_transport =
        std::make_unique<LocalTransport>(m_clock, *m_timers, m_random, m_devices, m_secrets, u"/no/such/sh"_s);
    QCOMPARE(run(shell("true")).error().code, ErrorCode::ShellUnusable);
    QCOMPARE(run(exec("true")).error().code, ErrorCode::ShellUnusable);
}

void TestLocalTransport::routesByDevice()
{
    auto remote = std::make_unique<LocalTransport>(m_clock, *m_timers, m_random, m_devices, m_secrets);
    m_transport = std::make_unique<RoutingTransport>(std::move(m_transport), std::move(remote));
    int opened = 0;
    connect(m_transport.get(), &SshTransport::sessionOpened, this, [&opened] { ++opened; });
    QVERIFY(run(shell("true")).has_value());
    QCOMPARE(opened, 1);
    CommandBinding other = exec("true");
    other.device = DeviceId(u"d_x"_s); // the other part here is one that knows only this computer
    QCOMPARE(run(other).error().code, ErrorCode::ApprovalMismatch);
    const QFuture<void> down = m_transport->shutdown();
    QTRY_VERIFY(down.isFinished());
    QVERIFY(m_transport->sessions().isEmpty());
}

INFRA_TEST(TestLocalTransport)
#include "tst_local_transport.moc"
