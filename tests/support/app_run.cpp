// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/app_run.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QThread>

#include <csignal>
#include <sys/mman.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

constexpr int kFirstDescriptor = 20;

/// A file in memory that holds the secret, open at its beginning.
int descriptorWith(const QByteArray &secret)
{
    const int descriptor = memfd_create("secret", MFD_CLOEXEC);
    if (descriptor < 0 || ::write(descriptor, secret.constData(), static_cast<size_t>(secret.size())) != secret.size())
        return -1;
    ::lseek(descriptor, 0, SEEK_SET);
    return descriptor;
}

} // namespace

QJsonArray CtlAnswer::list(const char *name) const
{
    return body.value(QLatin1String(name)).toArray();
}

AppRun::AppRun()
    : m_folder(QDir::tempPath() + u"/infra-app-XXXXXX"_s)
    , m_profile(m_folder.filePath(u"p"_s))
    , m_environment(QProcessEnvironment::systemEnvironment())
{
    for (const QString &name : {u"run"_s, u"home"_s, u"data"_s, u"config"_s})
        QDir().mkpath(m_folder.filePath(name));
    QFile::setPermissions(m_folder.filePath(u"run"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"run"_s));
    m_environment.insert(u"XDG_DATA_HOME"_s, m_folder.filePath(u"data"_s));
    m_environment.insert(u"XDG_CONFIG_HOME"_s, m_folder.filePath(u"config"_s));
    m_environment.insert(u"HOME"_s, m_folder.filePath(u"home"_s));
    m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    m_environment.remove(u"SSH_AUTH_SOCK"_s);
}

AppRun::~AppRun()
{
    kill();
}

std::unique_ptr<QProcess> AppRun::run(const QString &program, const QStringList &words, const Secrets &secrets)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    QStringList all = words;
    QList<int> descriptors;
    for (const auto &[option, secret] : secrets) {
        all << option << QString::number(kFirstDescriptor + descriptors.size());
        descriptors.append(descriptorWith(secret));
    }
    if (!descriptors.isEmpty()) {
        process->setChildProcessModifier([descriptors] {
            for (qsizetype at = 0; at < descriptors.size(); ++at)
                ::dup2(descriptors.at(at), kFirstDescriptor + static_cast<int>(at));
        });
    }
    process->start(QStringLiteral(INFRA_BIN_DIR "/") + program, all);
    process->waitForStarted();
    for (const int descriptor : std::as_const(descriptors))
        ::close(descriptor);
    return process;
}

void AppRun::begin(const QStringList &more, const Secrets &secrets)
{
    m_text.clear();
    m_process = run(u"infrastructor"_s, QStringList{u"--profile"_s, m_profile} + more, secrets);
}

bool AppRun::start(const QStringList &more, const Secrets &secrets)
{
    begin(more, secrets);
    return waitUntilItAnswers();
}

bool AppRun::waitUntilItAnswers(int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (!deadline.hasExpired()) {
        if (m_process->state() == QProcess::NotRunning || m_process->waitForFinished(20))
            return false;
        QFile endpoint(m_profile + u"/run/endpoint.json"_s);
        if (!endpoint.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject told = QJsonDocument::fromJson(endpoint.readAll()).object();
        // One that a killed application left behind names another process.
        if (told.value("pid"_L1).toInteger() == m_process->processId())
            return ctl({u"devices"_s, u"list"_s}).exitCode == 0;
    }
    return false;
}

QByteArray AppRun::text()
{
    if (m_process)
        m_text += m_process->readAllStandardOutput() + m_process->readAllStandardError();
    return m_text;
}

void AppRun::kill()
{
    if (!m_process || m_process->state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(m_process->processId()), SIGKILL);
    m_process->waitForFinished();
    text();
}

int AppRun::stop(int timeoutMs)
{
    ::kill(static_cast<pid_t>(m_process->processId()), SIGTERM);
    const bool ended = m_process->waitForFinished(timeoutMs);
    text();
    return ended && m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

std::unique_ptr<QProcess> AppRun::beginCtl(const QStringList &words, const Secrets &secrets)
{
    return run(u"infrastructorctl"_s, QStringList{u"--json"_s, u"--profile"_s, m_profile} + words, secrets);
}

std::unique_ptr<QProcess> AppRun::beginAgain(const QStringList &words)
{
    return run(u"infrastructor"_s, QStringList{u"--profile"_s, m_profile} + words, {});
}

CtlAnswer AppRun::end(QProcess &process, int timeoutMs)
{
    CtlAnswer answer;
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
        return answer;
    }
    answer.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    answer.out = process.readAllStandardOutput();
    answer.err = process.readAllStandardError();
    answer.body = QJsonDocument::fromJson(answer.out).object();
    return answer;
}

CtlAnswer AppRun::ctl(const QStringList &words, const Secrets &secrets)
{
    return end(*beginCtl(words, secrets));
}

} // namespace infra::test
