// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/lab.h"

#include <QtCore/QProcess>

#include <memory>

namespace infra::test {

/// What one run of the system's `ssh` gave.
struct SshRun
{
    QByteArray out, err;
    int status = -1;
    bool finished = false;
};

/// Words for the system's `ssh` to a host of the lab: its own key, known_hosts and nothing of the user's.
QStringList sshWords(const Lab &lab, const LabHost &host, const QStringList &options = {});
/// Runs one command there, with `input` on its standard input. Blocks.
SshRun sshInto(const Lab &lab, const LabHost &host, const QString &command, const QByteArray &input = {},
               const QStringList &options = {}, int timeoutMs = 30'000);
/// The same with the host's password and no key.
SshRun sshWithPassword(const Lab &lab, const LabHost &host, const QString &command);

/// A kept-open `sh`, as the product has one: write to it, wait for what it says.
class SshShell
{
public:
    SshShell(const Lab &lab, const LabHost &host);
    ~SshShell();
    void write(const QByteArray &bytes);
    /// True when `text` has come within the time; what came since the last call goes to `seen`.
    bool waitFor(const QByteArray &text, QByteArray *seen = nullptr, int timeoutMs = 15'000);
    /// True when the connection ends within the time.
    bool waitForEnd(int timeoutMs);
    qsizetype received() const { return m_received; }

private:
    QProcess m_process;
    QByteArray m_buffer;
    qsizetype m_received = 0;
};

} // namespace infra::test
