// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "core/ssh/libssh/libssh_transport.h"
#include "tests/support/approval.h"
#include "tests/support/memory_secret_store.h"
#include "tests/support/sshd_fixture.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QTimer>

#include <map>

namespace infra::test {

class MapDirectory final : public ssh::DeviceDirectory
{
public:
    std::optional<Device> device(const DeviceId &id) const override
    {
        const auto found = devices.find(id);
        return found == devices.end() ? std::nullopt : std::optional(found->second);
    }
    std::optional<DeviceId> ownerOfHostKey(const QString &fingerprint, const DeviceId &except) const override
    {
        for (const auto &[id, device] : devices) {
            if (device.hostKey == fingerprint && !(id == except))
                return id;
        }
        return std::nullopt;
    }
    std::map<DeviceId, Device> devices;
};

/// Answers questions at login from a list.
class ScriptedBroker final : public ssh::PromptBroker
{
public:
    QFuture<std::optional<QByteArray>> ask(Prompt prompt, CancelToken) override
    {
        asked.append(prompt.text);
        QPromise<std::optional<QByteArray>> promise;
        promise.start();
        promise.addResult(answers.isEmpty() ? std::nullopt : std::optional(answers.takeFirst()));
        promise.finish();
        return promise.future();
    }
    QList<QByteArray> answers;
    QStringList asked;
};

/// A real transport with everything around it in memory or in a temporary folder.
class SshHarness
{
public:
    SshHarness()
        : timers(clock)
        , ownKeys(dir.filePath(QStringLiteral("known_hosts")))
    {
    }

    ssh::LibsshParams params()
    {
        ssh::OpensshPaths openssh;
        openssh.home = dir.path();
        openssh.localUser = QStringLiteral("nobody");
        return {.clock = clock,
                .timers = timers,
                .random = random,
                .devices = directory,
                .secrets = secrets,
                .ownKeys = ownKeys,
                .prompts = &broker,
                .trustFiles = {userKnownHosts()},
                .openssh = openssh};
    }
    void start() { transport = ssh::makeLibsshTransport(params()); }
    QString userKnownHosts() const { return dir.filePath(QStringLiteral("user_known_hosts")); }

    /// A stored device for this server, its host key accepted, logged in to by key file.
    Device add(const SshdFixture &sshd, const QString &name)
    {
        Device device;
        device.id = DeviceId(QStringLiteral("d_") + name);
        device.name = name;
        device.address = sshd.address();
        device.port = sshd.port();
        device.user = sshd.user();
        device.auth = {AuthMethod::KeyFile};
        device.keyFile = sshd.userKey();
        device.hostKey = sshd.fingerprint();
        directory.devices[device.id] = device;
        return device;
    }
    void store(const Device &device) { directory.devices[device.id] = device; }

    ssh::CommandBinding shell(const Device &device, const QByteArray &script)
    {
        ssh::CommandBinding binding;
        binding.device = device.id;
        binding.hostKey = device.hostKey;
        binding.channel = ssh::ChannelKind::KeptShell;
        binding.nonce = random.bytes(16).toHex();
        binding.bytes = "printf '\\n@@" + binding.nonce + " begin\\n'\n" + script + "\nprintf '\\n@@" + binding.nonce +
                        " end %d\\n' $?\n";
        binding.expires = clock.monotonic() + seconds(60);
        return binding;
    }
    ssh::CommandBinding exec(const Device &device, const QByteArray &command, const QByteArray &input = {})
    {
        ssh::CommandBinding binding;
        binding.device = device.id;
        binding.hostKey = device.hostKey;
        binding.bytes = command;
        binding.stdinBytes = input;
        binding.expires = clock.monotonic() + seconds(60);
        return binding;
    }
    QFuture<Result<ssh::CommandOutput>> send(ssh::CommandBinding binding, ssh::RunOptions options = {})
    {
        return transport->run(guard::DestructiveActionManager::make(std::move(binding)), std::move(options));
    }
    Result<ssh::CommandOutput> run(ssh::CommandBinding binding, ssh::RunOptions options = {})
    {
        return await(send(std::move(binding), std::move(options)));
    }
    ssh::ConnectionReport test(const Device &device, ssh::Purpose purpose = ssh::Purpose::Background)
    {
        return await(transport->test(device, purpose, {}));
    }

    /// The value of a future; a default-made one after 30 s.
    template <typename T>
    static T await(QFuture<T> future)
    {
        QElapsedTimer timer;
        timer.start();
        while (!future.isFinished() && timer.elapsed() < 30'000)
            spin(2);
        return future.isFinished() && future.resultCount() > 0 ? future.takeResult() : T{};
    }
    static void spin(int ms)
    {
        QEventLoop loop;
        QTimer::singleShot(ms, &loop, &QEventLoop::quit);
        loop.exec();
    }

    SystemClock clock;
    EventLoopTimerService timers;
    SystemRandom random;
    QTemporaryDir dir;
    MapDirectory directory;
    MemorySecretStore secrets;
    ScriptedBroker broker;
    ssh::HostKeyStore ownKeys;
    std::unique_ptr<ssh::SshTransport> transport;
};

inline ssh::RunOptions within(milliseconds timeout, ssh::Purpose purpose = ssh::Purpose::Background)
{
    ssh::RunOptions options;
    options.timeout = timeout;
    options.purpose = purpose;
    return options;
}

/// The answer's text between its marks.
inline QByteArray bodyOf(const Result<ssh::CommandOutput> &result)
{
    if (!result)
        return "error: " + result.error().name().toUtf8() + ": " + result.error().message.toUtf8();
    QByteArray text = result->out;
    if (text.startsWith("@@")) {
        text = text.mid(text.indexOf('\n') + 1);
        text = text.left(text.lastIndexOf("\n@@"));
    }
    return text;
}

inline QString codeOf(const Result<ssh::CommandOutput> &result)
{
    return result ? QStringLiteral("ok") : result.error().name();
}

inline QString firstFailure(const ssh::ConnectionReport &report)
{
    if (report.succeeded())
        return QStringLiteral("ok");
    if (report.steps.isEmpty() || !report.steps.last().error)
        return QStringLiteral("nothing");
    return ssh::toName(report.steps.last().step) + QStringLiteral(" ") + report.steps.last().error->name();
}

} // namespace infra::test
