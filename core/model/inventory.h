// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QString>

namespace infra {

// The contract's list entries (contract.md), one struct a command. What is not known is nothing, never 0.
// `toJson` gives the contract's keys; `…FromJson` is its reverse (cache and store).

struct Filesystem
{
    QString mount, device, type;
    std::optional<qint64> sizeBytes, usedBytes, availableBytes, inodesTotal, inodesUsed;
    bool readOnly = false;
    bool operator==(const Filesystem &) const = default;
};

struct NetInterface
{
    QString name;
    QString state; ///< operstate: up, down, unknown …
    std::optional<qint64> speedMbit;
    QString kind; ///< physical, bridge, bond, vlan, tunnel, virtual, wireless, loopback
    std::optional<qint64> mtu;
    QString mac;
    std::optional<qint64> rxBytes, txBytes; ///< counters, for the table's totals
    bool operator==(const NetInterface &) const = default;
};

struct Temperature
{
    QString chip, sensor;
    double celsius = 0;
    std::optional<double> maxCelsius, critCelsius;
    bool operator==(const Temperature &) const = default;
};

struct Fan
{
    QString chip, sensor;
    qint64 rpm = 0;
    bool operator==(const Fan &) const = default;
};

/// What `temperatures` reads.
struct SensorReadings
{
    QList<Temperature> temperatures;
    QList<Fan> fans;
    bool operator==(const SensorReadings &) const = default;
};

struct ServiceUnit
{
    QString name, description, manager; ///< manager: systemd, openrc, sysv, unraid …
    QString load, active, sub, result;
    std::optional<qint64> restarts, memoryBytes, cpuNs;
    bool operator==(const ServiceUnit &) const = default;
};

struct Process
{
    qint64 pid = 0, ppid = 0;
    QString user, name;
    std::optional<qint64> rssBytes, elapsedS;
    std::optional<double> cpuPercent; ///< of one core, over the last two readings
    std::optional<quint64> cpuTicks;  ///< raw utime + stime
    bool kernelThread = false;
    QString args; ///< secrets masked when parsed
    bool operator==(const Process &) const = default;
};

struct PortMapping
{
    int host = 0, container = 0; ///< host 0: exposed, not published
    QString protocol;
    bool operator==(const PortMapping &) const = default;
};

struct ContainerMount
{
    QString type, source, target;
    bool operator==(const ContainerMount &) const = default;
};

struct Container
{
    QString id, name, image, engine;  ///< engine: docker, podman
    QString state;                    ///< running, exited, paused, restarting, created, dead
    QString health;                   ///< healthy, unhealthy, starting, none
    std::optional<double> cpuPercent; ///< of one core
    std::optional<qint64> memoryBytes, memoryLimitBytes;
    std::optional<quint64> cpuUsageUs; ///< raw, cgroup cpu.stat
    QList<PortMapping> ports;
    QList<ContainerMount> mounts;
    QMap<QString, QString> labels;
    QString composeProject, composeService;
    std::optional<qint64> restarts;
    std::optional<Instant> started;
    QString status; ///< the engine's own words, "Up 3 hours (healthy)"
    bool operator==(const Container &) const = default;
};

struct UserSession
{
    QString user, tty, from;
    std::optional<Instant> since;
    bool operator==(const UserSession &) const = default;
};

struct ListeningPort
{
    QString protocol, address; ///< tcp, udp; "*" for all
    int port = 0;
    QString process; ///< where the account may see it
    bool operator==(const ListeningPort &) const = default;
};

struct PendingUpdate
{
    QString package, from, to;
    bool security = false;
    bool operator==(const PendingUpdate &) const = default;
};

struct UpdateStatus
{
    std::optional<int> pending, security, held;
    std::optional<bool> rebootRequired;
    QString manager; ///< apt, dnf, apk, pacman, zypper
    QList<PendingUpdate> packages;
    bool operator==(const UpdateStatus &) const = default;
};

QJsonObject toJson(const Filesystem &value);
QJsonObject toJson(const NetInterface &value);
QJsonObject toJson(const Temperature &value);
QJsonObject toJson(const Fan &value);
QJsonObject toJson(const ServiceUnit &value);
QJsonObject toJson(const Process &value);
QJsonObject toJson(const Container &value);
QJsonObject toJson(const UserSession &value);
QJsonObject toJson(const ListeningPort &value);
QJsonObject toJson(const UpdateStatus &value);

Filesystem filesystemFromJson(const QJsonObject &object);
NetInterface netInterfaceFromJson(const QJsonObject &object);
Temperature temperatureFromJson(const QJsonObject &object);
Fan fanFromJson(const QJsonObject &object);
ServiceUnit serviceUnitFromJson(const QJsonObject &object);
Process processFromJson(const QJsonObject &object);
Container containerFromJson(const QJsonObject &object);
UserSession userSessionFromJson(const QJsonObject &object);
ListeningPort listeningPortFromJson(const QJsonObject &object);
UpdateStatus updateStatusFromJson(const QJsonObject &object);

} // namespace infra
