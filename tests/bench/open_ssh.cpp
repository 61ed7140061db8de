// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/open_ssh.h"

#include <array>
#include <chrono>
#include <thread>
#include <vector>

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace infra::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

/// @param output -1: /dev/null. The pid, or -1.
int spawnSsh(const QStringList &words, int input, int output)
{
    std::vector<QByteArray> bytes{"ssh"};
    for (const QString &word : words)
        bytes.push_back(word.toLocal8Bit());
    std::vector<char *> arguments;
    for (QByteArray &word : bytes)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    if (input >= 0)
        ::posix_spawn_file_actions_adddup2(&actions, input, 0);
    else
        ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (output >= 0)
        ::posix_spawn_file_actions_adddup2(&actions, output, 1);
    else
        ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    pid_t pid = -1;
    if (::posix_spawnp(&pid, "ssh", &actions, nullptr, arguments.data(), environ) != 0)
        pid = -1;
    ::posix_spawn_file_actions_destroy(&actions);
    return pid;
}

int exitStatusOf(int pid)
{
    int status = 0;
    return ::waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::optional<QByteArray> runSsh(const QStringList &words, const QByteArray &input)
{
    int in = -1;
    if (!input.isEmpty()) {
        in = ::memfd_create("input", MFD_CLOEXEC);
        if (in < 0 || ::write(in, input.constData(), static_cast<size_t>(input.size())) != input.size())
            return std::nullopt;
        ::lseek(in, 0, SEEK_SET);
    }
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return std::nullopt;
    const int pid = spawnSsh(words, in, ends[1]);
    ::close(ends[1]);
    if (in >= 0)
        ::close(in);
    QByteArray out;
    std::array<char, 65536> buffer{};
    for (ssize_t got = 0; pid > 0 && (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;)
        out.append(buffer.data(), got);
    ::close(ends[0]);
    if (pid < 0 || exitStatusOf(pid) != 0)
        return std::nullopt;
    return out;
}

} // namespace

OpenSsh::OpenSsh(Target target)
    : m_target(std::move(target))
{
}

OpenSsh::~OpenSsh()
{
    if (m_master < 0)
        return;
    ::kill(m_master, SIGTERM);
    exitStatusOf(m_master);
}

QStringList OpenSsh::words(const QStringList &options) const
{
    return QStringList{u"-F"_s, u"none"_s,
                       u"-o"_s, u"BatchMode=yes"_s,
                       u"-o"_s, u"IdentitiesOnly=yes"_s,
                       u"-o"_s, u"IdentityAgent=none"_s,
                       u"-o"_s, u"StrictHostKeyChecking=yes"_s,
                       u"-o"_s, u"GlobalKnownHostsFile=none"_s,
                       u"-o"_s, u"UserKnownHostsFile="_s + m_target.knownHosts,
                       u"-o"_s, u"KexAlgorithms=curve25519-sha256"_s,
                       u"-i"_s, m_target.key,
                       u"-p"_s, QString::number(m_target.port)} +
           options + QStringList{u"%1@%2"_s.arg(m_target.user, m_target.address)};
}

QStringList OpenSsh::masterWords(const QStringList &options) const
{
    return words(QStringList{u"-S"_s, m_target.controlPath} + options);
}

bool OpenSsh::startMaster()
{
    m_master = spawnSsh(masterWords({u"-M"_s, u"-N"_s}), -1, -1);
    if (m_master < 0)
        return false;
    for (int tries = 0; tries < 200; ++tries) {
        if (runSsh(masterWords({u"-O"_s, u"check"_s}), {}))
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

std::optional<QByteArray> OpenSsh::throughMaster(const QString &command, const QByteArray &input) const
{
    return runSsh(masterWords({}) << command, input);
}

std::optional<QByteArray> OpenSsh::overNewConnection(const QString &command, const QByteArray &input) const
{
    return runSsh(words({u"-S"_s, u"none"_s}) << command, input);
}

} // namespace infra::bench
