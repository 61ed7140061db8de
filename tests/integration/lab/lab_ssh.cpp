// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/lab/lab_ssh.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QFile>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

SshRun runSsh(const QStringList &words, const QByteArray &input, const QProcessEnvironment &environment, int timeoutMs)
{
    SshRun run;
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(u"ssh"_s, words);
    process.write(input);
    process.closeWriteChannel();
    run.finished = process.waitForFinished(timeoutMs);
    if (!run.finished) {
        process.kill();
        process.waitForFinished(5000);
    }
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    run.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return run;
}

QStringList commonWords(const Lab &lab, const LabHost &host)
{
    return {u"-F"_s, u"none"_s,
            u"-o"_s, u"UserKnownHostsFile="_s + lab.knownHosts(),
            u"-o"_s, u"GlobalKnownHostsFile=none"_s,
            u"-o"_s, u"StrictHostKeyChecking=yes"_s,
            u"-o"_s, u"KexAlgorithms=curve25519-sha256"_s,
            u"-o"_s, u"IdentityAgent=none"_s,
            u"-p"_s, QString::number(host.port)};
}

} // namespace

QStringList sshWords(const Lab &lab, const LabHost &host, const QStringList &options)
{
    QStringList words = commonWords(lab, host);
    words << u"-o"_s << u"BatchMode=yes"_s << u"-o"_s << u"IdentitiesOnly=yes"_s << u"-i"_s << lab.clientKey();
    words << options << u"%1@%2"_s.arg(host.user, host.address);
    return words;
}

SshRun sshInto(const Lab &lab, const LabHost &host, const QString &command, const QByteArray &input,
               const QStringList &options, int timeoutMs)
{
    return runSsh(sshWords(lab, host, options) << command, input, QProcessEnvironment::systemEnvironment(), timeoutMs);
}

SshRun sshWithPassword(const Lab &lab, const LabHost &host, const QString &command)
{
    const QString asker = lab.dir() + u"/ask"_s;
    QFile file(asker);
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        file.write("#!/bin/sh\ncat \"$LAB_PASSWORD_FILE\"\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        file.close();
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_ASKPASS"_s, asker);
    environment.insert(u"SSH_ASKPASS_REQUIRE"_s, u"force"_s);
    environment.insert(u"LAB_PASSWORD_FILE"_s, host.passwordFile);
    QStringList words = commonWords(lab, host);
    words << u"-o"_s << u"PubkeyAuthentication=no"_s << u"-o"_s << u"NumberOfPasswordPrompts=1"_s;
    words << u"%1@%2"_s.arg(host.user, host.address) << command;
    return runSsh(words, {}, environment, 30'000);
}

SshShell::SshShell(const Lab &lab, const LabHost &host)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(u"ssh"_s, sshWords(lab, host) << u"exec sh"_s);
    m_process.waitForStarted();
}

SshShell::~SshShell()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(2000)) {
        m_process.kill();
        m_process.waitForFinished(5000);
    }
}

void SshShell::write(const QByteArray &bytes)
{
    m_process.write(bytes);
    while (m_process.bytesToWrite() > 0 && m_process.waitForBytesWritten(5000))
        continue;
}

bool SshShell::waitFor(const QByteArray &text, QByteArray *seen, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (!m_buffer.contains(text) && !deadline.hasExpired() && m_process.state() != QProcess::NotRunning) {
        m_process.waitForReadyRead(50);
        const QByteArray more = m_process.readAll();
        m_received += more.size();
        m_buffer += more;
        if (m_buffer.size() > 4'000'000)
            m_buffer = m_buffer.last(1000);
    }
    const bool found = m_buffer.contains(text);
    if (seen != nullptr)
        *seen = m_buffer;
    m_buffer.clear();
    return found;
}

bool SshShell::waitForEnd(int timeoutMs)
{
    return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(timeoutMs);
}

} // namespace infra::test
