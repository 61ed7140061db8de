// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QThread>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

LabHost labHostFromJson(const QJsonObject &object)
{
    LabHost host;
    host.name = object.value("name"_L1).toString();
    host.hostname = object.value("hostname"_L1).toString();
    host.kind = object.value("kind"_L1).toString();
    host.recorded = object.value("recorded"_L1).toBool();
    host.address = object.value("address"_L1).toString();
    host.port = object.value("port"_L1).toInt();
    host.user = object.value("user"_L1).toString();
    for (const QJsonValue &method : object.value("auth"_L1).toArray())
        host.auth.append(method.toString());
    host.passwordFile = object.value("password_file"_L1).toString();
    host.hostKey = object.value("host_key"_L1).toString();
    host.root = object.value("root"_L1).toString();
    host.home = object.value("home"_L1).toString();
    host.logFile = object.value("log"_L1).toString();
    host.truthFile = object.value("truth"_L1).toString();
    host.pid = object.value("pid"_L1).toInteger();
    return host;
}

} // namespace

Lab::Lab() = default;

Lab::~Lab()
{
    stop();
}

QString Lab::missing(bool recorded)
{
    const QStringList sbin{u"/usr/sbin"_s, u"/sbin"_s, u"/usr/local/sbin"_s};
    if (QStandardPaths::findExecutable(u"sshd"_s).isEmpty() &&
        QStandardPaths::findExecutable(u"sshd"_s, sbin).isEmpty())
        return u"sshd is not installed (openssh-server)"_s;
    if (recorded && QStandardPaths::findExecutable(u"bwrap"_s).isEmpty())
        return u"bwrap is not installed (bubblewrap)"_s;
    if (recorded && QStandardPaths::findExecutable(u"busybox"_s).isEmpty())
        return u"busybox is not installed (busybox-static)"_s;
    return {};
}

QString Lab::program()
{
    return QString::fromUtf8(INFRA_SOURCE_DIR) + u"/tests/lab/lab"_s;
}

std::optional<QByteArray> Lab::run(const QStringList &words, int *status, int timeoutMs)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString shim = QString::fromUtf8(INFRA_BIN_DIR) + u"/lab-shim"_s;
    if (QFileInfo(shim).isExecutable())
        environment.insert(u"INFRA_LAB_SHIM"_s, shim);
    process.setProcessEnvironment(environment);
    process.start(program(), words);
    if (!process.waitForFinished(timeoutMs)) {
        m_error = u"lab %1: %2"_s.arg(words.join(u' '), process.errorString());
        process.kill();
        process.waitForFinished(5000);
        return std::nullopt;
    }
    const QByteArray out = process.readAllStandardOutput();
    if (status != nullptr)
        *status = process.exitCode();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        m_error = QString::fromUtf8(process.readAllStandardError() + out);
        return std::nullopt;
    }
    return out;
}

bool Lab::start(int count, const QStringList &options)
{
    stop();
    m_temporary = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/infra-lab-XXXXXX"_s);
    m_dir = m_temporary->filePath(u"lab"_s);
    QStringList words{u"start"_s, u"--dir"_s, m_dir};
    if (count > 0)
        words << u"-n"_s << QString::number(count);
    const std::optional<QByteArray> out = run(words + options, nullptr, 120'000);
    m_running = true; // what a failed start may have left is ended too
    if (!out)
        return false;
    m_inventory = QJsonDocument::fromJson(*out).object();
    for (const QJsonValue &entry : m_inventory.value("hosts"_L1).toArray())
        m_hosts.append(labHostFromJson(entry.toObject()));
    if (m_hosts.isEmpty())
        m_error = u"the inventory has no hosts"_s;
    return !m_hosts.isEmpty();
}

bool Lab::stop()
{
    if (!m_running)
        return true;
    m_running = false;
    const bool ended = run({u"stop"_s, u"--dir"_s, m_dir}).has_value();
    m_hosts.clear();
    m_inventory = {};
    m_temporary.reset();
    return ended;
}

std::optional<LabHost> Lab::host(const QString &name) const
{
    for (const LabHost &host : m_hosts) {
        if (host.name == name || host.hostname == name || host.kind == name)
            return host;
    }
    return std::nullopt;
}

std::optional<QJsonObject> Lab::fault(const QString &host, const QStringList &words)
{
    const std::optional<QByteArray> out = run(QStringList{u"fault"_s, u"--dir"_s, m_dir, host} + words);
    if (!out)
        return std::nullopt;
    return QJsonDocument::fromJson(*out).object();
}

QList<QJsonObject> Lab::log(const QString &name) const
{
    QList<QJsonObject> events;
    const std::optional<LabHost> found = host(name);
    QFile file(found ? found->logFile : QString());
    if (!found || !file.open(QIODevice::ReadOnly))
        return events;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (!object.isEmpty())
            events.append(object);
    }
    return events;
}

int Lab::count(const QString &host, const QString &event) const
{
    int number = 0;
    for (const QJsonObject &entry : log(host))
        number += entry.value("event"_L1).toString() == event ? 1 : 0;
    return number;
}

bool Lab::waitForCount(const QString &host, const QString &event, int wanted, int timeoutMs) const
{
    const QDeadlineTimer deadline(timeoutMs);
    while (count(host, event) < wanted) {
        if (deadline.hasExpired())
            return false;
        QThread::msleep(20);
    }
    return true;
}

QStringList Lab::misses() const
{
    QStringList found;
    for (const LabHost &host : m_hosts) {
        for (const QJsonObject &entry : log(host.name)) {
            if (!entry.value("miss"_L1).toBool())
                continue;
            QStringList argv;
            for (const QJsonValue &word : entry.value("argv"_L1).toArray())
                argv.append(word.toString());
            found.append(host.hostname + u": "_s + argv.join(u' '));
        }
    }
    return found;
}

} // namespace infra::test
