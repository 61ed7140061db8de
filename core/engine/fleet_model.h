// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/audit.h"
#include "core/model/device.h"
#include "core/model/finding.h"
#include "core/model/metrics.h"
#include "core/model/section.h"
#include "core/secrets/secret_store.h"
#include "core/ssh/transport.h"
#include "core/store/repositories.h"

namespace infra::engine {

/// One device as every list shows it: a copy, versioned; the window gets the changed ones at most 5 times a second.
struct DeviceRow
{
    Device device;
    quint64 version = 0;
    DeviceState state = DeviceState::New;
    Health health = Health::Unknown;
    QList<Finding> findings;       ///< worst first
    std::optional<Error> error;    ///< of the last attempt, when it failed
    std::optional<Instant> readAt; ///< newest successful reading
    std::optional<Instant> unreachableSince;
    std::optional<Instant> nextTry; ///< when the pool tries again
    std::optional<SystemInfo> system;
    MetricSample sample;                 ///< newest
    QList<std::optional<float>> cpuHour; ///< 60 values, a minute each, oldest first; nothing where there is a gap
    std::optional<int> containersUp, containersTotal;
    QString fullestMount;
    std::optional<double> fullestPercent;
    std::optional<ssh::SessionInfo> session;
    bool reading = false;
    std::optional<double> hostCpuMs; ///< cost of the last reading to the host
};

/// Everything collected of one device, for its dashboard and for the lists across devices.
struct Datum
{
    Section section; ///< as last read; for SystemMetrics the raw reading
    Instant readAt{};
    bool stale = false; ///< over twice the freshness of its kind
};

struct DeviceDetails
{
    DeviceId device;
    quint64 version = 0;
    QHash<Kind, Datum> data; ///< kinds never read are absent
    /// The newest hour of the labelled series, each cycle, for live charts.
    QHash<SeriesKey, QList<QPair<Instant, double>>> liveSeries;
};

/// Fleet-wide figures for strip, rail, status bar and tray.
struct FleetStatus
{
    bool collecting = true; ///< false: paused by the user
    int devices = 0, live = 0, sessions = 0, sessionsOpenedLastHour = 0;
    std::optional<Instant> nextCycle;
    Health worst = Health::Unknown;
    QHash<Health, int> counts;
    bool storeWritable = true;
    std::optional<Error> storeError;
    qint64 storeBytes = 0;
    secrets::Backend secretsBackend = secrets::Backend::None;
    secrets::StoreState secretsState = secrets::StoreState::Unavailable;
    qint64 droppedTelemetry = 0;
    double cacheHitRatio = 0;
};

/// A host found in ~/.ssh/config, offered and not yet contacted.
struct SshConfigHost
{
    QString alias, address, user, keyFile;
    quint16 port = 22;
    QStringList jumps;
    bool alreadyAdded = false;
    QStringList needsConsent; ///< ProxyCommand or Match exec texts
};

/// What a person is asked by a connection in the foreground.
struct PromptRequest
{
    quint64 id = 0;
    ssh::PromptBroker::Prompt prompt;
};

} // namespace infra::engine
