// SPDX-License-Identifier: GPL-3.0-or-later
// The product's transport against the system's `ssh`, both to the same private sshd, over loopback and over a link of
// 20 ms. Each benchmark takes all sides in turn within one iteration, so that what else the machine does hits them
// alike.
#include "core/commands/command_registry.h"
#include "tests/bench/delay_relay.h"
#include "tests/bench/open_ssh.h"
#include "tests/bench/samples.h"
#include "tests/integration/ssh/ssh_harness.h"

#include <QtCore/QCoreApplication>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>

using namespace infra;
using namespace infra::bench;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What a host is read for in each cycle.
const QList<Kind> kCycle{Kind::SystemMetrics, Kind::Filesystems, Kind::Interfaces, Kind::Temperatures, Kind::Processes,
                         Kind::Services,      Kind::Containers,  Kind::Users,      Kind::Ports};

/// Ten facts as a script asks for them, one command each.
const QList<QByteArray> kFacts{"cat /proc/stat",      "cat /proc/meminfo",   "cat /proc/loadavg", "cat /proc/uptime",
                               "cat /proc/net/dev",   "cat /proc/diskstats", "uname -r",          "cat /proc/mounts",
                               "cat /etc/os-release", "cat /proc/vmstat"};

template <typename T>
T awaitDone(QFuture<T> future)
{
    while (!future.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return future.takeResult();
}

/// One sshd, ours and OpenSSH's way to it over a link of some round-trip time.
class Link
{
public:
    explicit Link(int roundTripMs)
        : m_roundTripMs(roundTripMs)
    {
    }

    /// Empty, or why not.
    QString open()
    {
        if (const QString why = SshdFixture::whyNot(false); !why.isEmpty())
            return why;
        if (!m_sshd.start())
            return u"the private sshd does not start"_s;
        QString address = m_sshd.address();
        quint16 port = m_sshd.port();
        if (m_roundTripMs > 0) {
            m_delayed = std::make_unique<DelayRelay>(address, port, milliseconds(m_roundTripMs));
            if (!m_delayed->start(SshdFixture::freeAddress()))
                return u"the delaying relay does not listen"_s;
            address = m_delayed->address();
            port = m_delayed->port();
        }
        m_device = m_harness.add(m_sshd, u"bench"_s);
        m_device.address = address;
        m_device.port = port;
        m_harness.store(m_device);
        m_harness.start();
        const QString known = m_harness.dir.filePath(u"openssh_known_hosts"_s);
        writeFile(known,
                  '[' + address.toUtf8() + "]:" + QByteArray::number(port) + ' ' + m_sshd.publicHostKey() + '\n');
        m_openssh = std::make_unique<OpenSsh>(OpenSsh::Target{address, port, m_sshd.user(), m_sshd.userKey(), known,
                                                              m_harness.dir.filePath(u"master"_s)});
        if (!m_openssh->startMaster())
            return u"the ControlMaster does not start"_s;
        return exec("true") ? QString() : u"our own transport does not connect"_s;
    }

    bool exec(const QByteArray &command)
    {
        const auto output = awaitDone(m_harness.send(m_harness.exec(m_device, command), within(30s)));
        return output && output->exitStatus == 0;
    }
    /// All at once; the transport holds back what is above the channels it may use.
    bool execAll(const QByteArray &command, int count)
    {
        QList<QFuture<Result<ssh::CommandOutput>>> all;
        for (int number = 0; number < count; ++number)
            all.append(m_harness.send(m_harness.exec(m_device, command), within(30s)));
        bool good = true;
        for (QFuture<Result<ssh::CommandOutput>> &one : all) {
            const auto output = awaitDone(std::move(one));
            good = good && output && output->exitStatus == 0;
        }
        return good;
    }
    bool cycle(const commands::ReadMessage &message)
    {
        ssh::CommandBinding binding = m_harness.shell(m_device, {});
        binding.bytes = message.bytes();
        binding.prelude = message.prelude();
        binding.nonce = message.nonce();
        return answered(std::move(binding), message.nonce());
    }
    bool shell(const QByteArray &script)
    {
        ssh::CommandBinding binding = m_harness.shell(m_device, script);
        const QByteArray nonce = binding.nonce;
        return answered(std::move(binding), nonce);
    }
    /// A connection of its own from nothing to a running `sh`, which ends again.
    bool connectAnew()
    {
        return awaitDone(m_harness.transport->test(m_device, ssh::Purpose::Background, {})).succeeded();
    }

    const OpenSsh &openssh() const { return *m_openssh; }
    commands::ReadMessage message() { return m_registry.buildMessage(kCycle, {}, false, m_harness.random); }

private:
    bool answered(ssh::CommandBinding binding, const QByteArray &nonce)
    {
        const auto output = awaitDone(m_harness.send(std::move(binding), within(60s)));
        return output && output->out.contains(QByteArray("@@" + nonce + " end 0"));
    }

    SshdFixture m_sshd;
    std::unique_ptr<DelayRelay> m_delayed;
    SshHarness m_harness;
    Device m_device;
    std::unique_ptr<OpenSsh> m_openssh;
    commands::CommandRegistry m_registry;
    const int m_roundTripMs;
};

/// Made at its first use; `main` lets them go while the application is still there.
std::map<int64_t, std::unique_ptr<Link>> &links()
{
    static std::map<int64_t, std::unique_ptr<Link>> all;
    return all;
}

Link *linkOf(benchmark::State &state)
{
    std::unique_ptr<Link> &link = links()[state.range(0)];
    if (!link) {
        link = std::make_unique<Link>(static_cast<int>(state.range(0)));
        if (const QString why = link->open(); !why.isEmpty()) {
            state.SkipWithError(qPrintable(why));
            link.reset();
        }
    }
    return link.get();
}

/// The whole of what the product reads of a host in one cycle, the same text on three roads.
void registryCycle(benchmark::State &state)
{
    Link *link = linkOf(state);
    if (link == nullptr)
        return;
    link->cycle(link->message()); // the kept-open shell has its prelude, as in all cycles but the first
    Samples ours, master, fresh;
    bool good = true;
    for (auto _ : state) {
        const commands::ReadMessage message = link->message();
        const QByteArray text = message.prelude() + message.bytes(), mark = "@@" + message.nonce() + " end 0";
        good = ours.take([&] { return link->cycle(message); }) && good;
        good = master.take([&] {
            return link->openssh().throughMaster(u"exec sh"_s, text).value_or("").contains(mark);
        }) && good;
        good = fresh.take([&] {
            return link->openssh().overNewConnection(u"exec sh"_s, text).value_or("").contains(mark);
        }) && good;
    }
    if (!good)
        state.SkipWithError("a cycle was not answered");
    ours.tell(state, "ours_ms");
    master.tell(state, "controlmaster_ms");
    fresh.tell(state, "new_connection_ms");
    state.counters["x_controlmaster"] = master.median() / ours.median();
    state.counters["x_new_connection"] = fresh.median() / ours.median();
}
BENCHMARK(registryCycle)->Arg(0)->Arg(20)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Ten facts in one message, against one command each.
void tenFacts(benchmark::State &state)
{
    Link *link = linkOf(state);
    if (link == nullptr)
        return;
    const QByteArray script = kFacts.join('\n');
    link->shell(script);
    Samples batched, sequential, master, fresh;
    bool good = true;
    for (auto _ : state) {
        good = batched.take([&] { return link->shell(script); }) && good;
        good = sequential.take([&] {
            return std::all_of(kFacts.begin(), kFacts.end(), [&](const QByteArray &fact) { return link->exec(fact); });
        }) && good;
        good = master.take([&] {
            return std::all_of(kFacts.begin(), kFacts.end(), [&](const QByteArray &fact) {
                return link->openssh().throughMaster(QString::fromLatin1(fact)).has_value();
            });
        }) && good;
        good = fresh.take([&] {
            return std::all_of(kFacts.begin(), kFacts.end(), [&](const QByteArray &fact) {
                return link->openssh().overNewConnection(QString::fromLatin1(fact)).has_value();
            });
        }) && good;
    }
    if (!good)
        state.SkipWithError("a fact was not answered");
    batched.tell(state, "ours_batched_ms");
    sequential.tell(state, "ours_one_by_one_ms");
    master.tell(state, "controlmaster_one_by_one_ms");
    fresh.tell(state, "new_connections_ms");
    state.counters["x_controlmaster"] = master.median() / batched.median();
    state.counters["x_own_one_by_one"] = sequential.median() / batched.median();
    state.counters["x_new_connections"] = fresh.median() / batched.median();
}
BENCHMARK(tenFacts)->Arg(0)->Arg(20)->UseRealTime()->Unit(benchmark::kMillisecond);

/// `true`, each on a channel of its own: one at a time, and as many as the session may hold.
void commandsASecond(benchmark::State &state)
{
    constexpr int kCommands = 20;
    Link *link = linkOf(state);
    if (link == nullptr)
        return;
    Samples sequential, together, master, shell;
    bool good = true;
    for (auto _ : state) {
        good = sequential.take([&] {
            bool all = true;
            for (int number = 0; number < kCommands; ++number)
                all = link->exec("true") && all;
            return all;
        }) && good;
        good = together.take([&] { return link->execAll("true", kCommands); }) && good;
        good = shell.take([&] {
            bool all = true;
            for (int number = 0; number < kCommands; ++number)
                all = link->shell("/bin/true") && all;
            return all;
        }) && good;
        good = master.take([&] {
            bool all = true;
            for (int number = 0; number < kCommands; ++number)
                all = link->openssh().throughMaster(u"true"_s).has_value() && all;
            return all;
        }) && good;
    }
    if (!good)
        state.SkipWithError("a command was not answered");
    const auto rate = [](const Samples &samples) { return 1000.0 * kCommands / samples.median(); };
    state.counters["ours_sequential_per_s"] = rate(sequential);
    state.counters["ours_together_per_s"] = rate(together);
    state.counters["ours_kept_shell_per_s"] = rate(shell);
    state.counters["controlmaster_sequential_per_s"] = rate(master);
    state.counters["x_sequential"] = rate(sequential) / rate(master);
    state.counters["x_together"] = rate(together) / rate(master);
    state.counters["x_kept_shell"] = rate(shell) / rate(master);
}
BENCHMARK(commandsASecond)->Arg(0)->Arg(20)->UseRealTime()->Unit(benchmark::kMillisecond);

/// From nothing to a shell that runs, each on a connection of its own.
void newConnection(benchmark::State &state)
{
    Link *link = linkOf(state);
    if (link == nullptr)
        return;
    Samples ours, openssh;
    bool good = true;
    for (auto _ : state) {
        good = ours.take([&] { return link->connectAnew(); }) && good;
        good = openssh.take([&] { return link->openssh().overNewConnection(u"exec sh"_s).has_value(); }) && good;
    }
    if (!good)
        state.SkipWithError("a connection failed");
    ours.tell(state, "ours_ms");
    openssh.tell(state, "openssh_ms");
    state.counters["x_openssh"] = openssh.median() / ours.median();
}
BENCHMARK(newConnection)->Arg(0)->Arg(20)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    links().clear();
    return 0;
}
