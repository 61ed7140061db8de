// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/session_bus.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QStandardPaths>
#include <QtCore/QThread>

#include <csignal>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

constexpr int kPatienceMs = 20'000;

/// A session bus without activation: nobody but the keyring that is started here can appear on it.
constexpr auto kBusConfig = R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
)";

/// Whether somebody on the bus has the name of the keepers of secrets.
bool keepsSecrets(const QProcessEnvironment &environment)
{
    QProcess ask;
    ask.setProcessEnvironment(environment);
    ask.start(u"dbus-send"_s, {u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.DBus"_s, u"/"_s,
                               u"org.freedesktop.DBus.NameHasOwner"_s, u"string:org.freedesktop.secrets"_s});
    return ask.waitForFinished(kPatienceMs) && ask.readAllStandardOutput().contains("boolean true");
}

void endProcess(QProcess &process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(process.processId()), SIGCONT);
    process.terminate();
    if (!process.waitForFinished(3000)) {
        process.kill();
        process.waitForFinished();
    }
}

} // namespace

SessionBus::~SessionBus()
{
    stop();
}

QString SessionBus::missing()
{
    for (const QString &program : {u"dbus-daemon"_s, u"dbus-send"_s, u"gnome-keyring-daemon"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return u"%1 is not installed"_s.arg(program);
    }
    return {};
}

bool SessionBus::start(Keyring keyring, QProcessEnvironment &environment)
{
    if (!m_config.open() || m_config.write(kBusConfig) < 0 || !m_config.flush()) {
        m_error = m_config.errorString();
        return false;
    }
    m_bus.setProcessEnvironment(environment);
    m_bus.start(u"dbus-daemon"_s,
                {u"--config-file"_s, m_config.fileName(), u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s});
    if (!m_bus.waitForReadyRead(kPatienceMs)) {
        m_error = u"dbus-daemon: "_s + m_bus.errorString() + QString::fromUtf8(m_bus.readAllStandardError());
        return false;
    }
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, QString::fromUtf8(m_bus.readLine()).trimmed());
    return keyring == Keyring::None || startKeyring(keyring, environment);
}

bool SessionBus::startKeyring(Keyring keyring, const QProcessEnvironment &environment)
{
    m_keyring.setProcessEnvironment(environment);
    QStringList words{u"--foreground"_s, u"--components=secrets"_s};
    if (keyring == Keyring::Open)
        words.append(u"--unlock"_s);
    m_keyring.start(u"gnome-keyring-daemon"_s, words);
    if (!m_keyring.waitForStarted(kPatienceMs)) {
        m_error = m_keyring.errorString();
        return false;
    }
    if (keyring == Keyring::Open)
        m_keyring.write("a password of the test's keyring");
    m_keyring.waitForBytesWritten(kPatienceMs); // it reads up to the end before it unlocks
    m_keyring.closeWriteChannel();
    const QDeadlineTimer deadline(kPatienceMs);
    while (!keepsSecrets(environment)) {
        if (deadline.hasExpired() || m_keyring.state() == QProcess::NotRunning) {
            m_error = u"gnome-keyring-daemon: "_s + QString::fromUtf8(m_keyring.readAllStandardError());
            return false;
        }
        QThread::msleep(50);
    }
    return true;
}

void SessionBus::stop()
{
    endProcess(m_keyring);
    endProcess(m_bus);
    m_config.close();
}

void SessionBus::freeze()
{
    ::kill(static_cast<pid_t>(m_keyring.processId()), SIGSTOP);
}

void SessionBus::thaw()
{
    ::kill(static_cast<pid_t>(m_keyring.processId()), SIGCONT);
}

} // namespace infra::test
