// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/infrastructor/demo_lab.h"

#include "core/base/logging.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <unistd.h>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kDemoTag = "demo"_L1;

/// What a machine of a kind is for, so that the demo shows groups as people have them.
QString groupOf(const QString &kind)
{
    if (kind == "unraid"_L1 || kind == "zfs-nas"_L1)
        return u"Storage"_s;
    if (kind == "proxmox"_L1)
        return u"Virtualisation"_s;
    return kind == "wsl2"_L1 ? u"Workstations"_s : u"Services"_s;
}

Device deviceOf(const QJsonObject &host, const QString &key)
{
    Device device;
    device.name = host.value("title"_L1).toString(host.value("name"_L1).toString());
    device.address = host.value("address"_L1).toString();
    device.port = static_cast<quint16>(host.value("port"_L1).toInt(22));
    device.user = host.value("user"_L1).toString();
    device.hostKey = host.value("host_key"_L1).toString();
    device.auth = {AuthMethod::KeyFile};
    device.keyFile = key;
    device.tags = {kDemoTag};
    device.group = groupOf(host.value("kind"_L1).toString());
    device.environment = Environment::Lab;
    return device;
}

} // namespace

DemoLab::DemoLab(Services &services, int hosts, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_hosts(hosts)
{
    // Not in the profile: sockets lie in the lab's folder, and their paths must stay short.
    const QByteArray hash =
        QCryptographicHash::hash(services.profile().folder().toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    m_folder = QDir::tempPath() + u"/infrastructor-demo-%1-%2"_s.arg(geteuid()).arg(QString::fromLatin1(hash));
}

DemoLab::~DemoLab()
{
    if (m_process.state() != QProcess::NotRunning)
        m_process.kill();
    if (QFileInfo(m_folder).isDir())
        QProcess::startDetached(script(), {u"stop"_s, u"--remove"_s, u"--dir"_s, m_folder});
}

QString DemoLab::script()
{
    const QString binaries = QCoreApplication::applicationDirPath();
    for (const QString &candidate :
         {QString(binaries + u"/../../../tests/lab/lab"_s), QString(binaries + u"/../share/infrastructor/lab/lab"_s)}) {
        const QString path = QFileInfo(candidate).canonicalFilePath();
        if (!path.isEmpty())
            return path;
    }
    return {};
}

void DemoLab::start()
{
    if (script().isEmpty()) {
        Error error;
        error.code = ErrorCode::NotFound;
        error.message = u"The lab of recorded hosts is not installed beside this program."_s;
        error.remedy = u"Start from the sources, or install the package again."_s;
        emit failed(error);
        return;
    }
    if (!QFileInfo(m_folder).isDir()) {
        runLab();
        return;
    }
    // A lab that an earlier run left behind (it was killed) is ended first.
    auto *stop = new QProcess(this);
    connect(stop, &QProcess::finished, this, [this, stop] {
        stop->deleteLater();
        QDir(m_folder).removeRecursively();
        runLab();
    });
    stop->start(script(), {u"stop"_s, u"--remove"_s, u"--dir"_s, m_folder});
}

void DemoLab::runLab()
{
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError) {
        emit failed(
            fail(ErrorCode::NotFound, u"The lab cannot be started: %1."_s.arg(m_process.errorString())).value());
    });
    connect(&m_process, &QProcess::finished, this, [this](int exitCode, QProcess::ExitStatus) {
        if (exitCode == 0) {
            takeInventory(m_process.readAllStandardOutput());
            return;
        }
        Error error;
        error.code = ErrorCode::NotFound;
        error.message = u"The lab of recorded hosts did not start: %1"_s.arg(
            QString::fromUtf8(m_process.readAllStandardError()).trimmed().left(400));
        error.remedy = u"Install openssh-server, bubblewrap, busybox-static and python3, then start again."_s;
        emit failed(error);
    });
    m_process.start(script(), {u"start"_s, u"--dir"_s, m_folder, u"-n"_s, QString::number(m_hosts)});
}

void DemoLab::takeInventory(const QByteArray &inventory)
{
    const QJsonObject object = QJsonDocument::fromJson(inventory).object();
    const QString key = object.value("client_key"_L1).toString();
    const QJsonArray hosts = object.value("hosts"_L1).toArray();
    QStringList present;
    for (const QJsonValue &value : hosts) {
        Device device = deviceOf(value.toObject(), key);
        present.append(device.name);
        const engine::Actor actor{AuditSource::Ui, osActor(), {}};
        const auto told = [this](const Result<Device> &saved) {
            if (!saved)
                emit failed(saved.error());
        };
        if (const std::optional<Device> known = m_services.devices().find(device.name)) {
            Device changed = *known;
            changed.address = device.address;
            changed.port = device.port;
            changed.user = device.user;
            changed.hostKey = device.hostKey;
            changed.auth = device.auth;
            changed.keyFile = device.keyFile;
            m_services.devices().edit(changed, {}, actor).then(this, told);
        } else {
            m_services.devices().add(device, {}, actor).then(this, told);
        }
    }
    removeOldDevices(present);
    log::info("demo", u"The lab runs."_s, {{"hosts", QString::number(hosts.size())}});
    emit started(static_cast<int>(hosts.size()));
}

void DemoLab::removeOldDevices(const QStringList &present)
{
    for (const Device &device : m_services.devices().all()) {
        if (device.tags.contains(kDemoTag) && !present.contains(device.name))
            m_services.devices().remove(device.id, true, {AuditSource::Ui, osActor(), {}});
    }
}

} // namespace infra::app
