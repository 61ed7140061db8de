// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel_token.h"
#include "core/base/result.h"
#include "core/model/audit.h"
#include "core/model/device.h"
#include "core/model/metrics.h"
#include "core/model/section.h"

#include <QtCore/QFuture>

namespace infra::collect {

/// Asked by a schedule, a person, the command line, REST or MCP.
struct CollectRequest
{
    DeviceId device;
    QList<Kind> kinds;        ///< empty: all but the slow classes
    bool force = false;       ///< not from the cache
    bool interactive = false; ///< a person came to this device: connecting may ask
    AuditSource source = AuditSource::Ui;
    QString actor;
    CorrelationId correlation; ///< null: one is made
    CancelToken cancel;
};

struct CollectedSection
{
    Section section;
    DataSource source = DataSource::Live;
    milliseconds age{0};
};

struct CollectResult
{
    DeviceId device;
    CorrelationId correlation;
    bool connected = false; ///< a session was opened for it
    int roundTrips = 0;
    milliseconds duration{0};
    qint64 bytesIn = 0, bytesOut = 0;
    QList<CollectedSection> sections; ///< one a kind asked for, in order
    std::optional<Error> error;       ///< the device could not be read at all
};
QJsonObject toJson(const CollectResult &result); ///< contract.md `collect`, one entry of results

/// The only road by which data enters. Answers from the cache while fresh; two callers who ask for the same at once
/// share one collection; a reading is parsed, stored, audited, then published on the event bus (DeviceRead). Engine
/// thread.
class UnifiedDataCollectionService
{
public:
    virtual ~UnifiedDataCollectionService() = default;
    virtual QFuture<CollectResult> collect(CollectRequest request) = 0;
};

/// Published after each reading, live ones only.
struct DeviceRead
{
    DeviceId device;
    Instant readAt{};
    CollectResult result;
    MetricSample sample; ///< rates made; empty fields where there is no reading before
    QList<LabelledValue> labelled;
    SystemInfo system;
    bool hasSystem = false;
    std::optional<double> hostCpuMs;
};

/// Published when an attempt failed as a whole.
struct DeviceFailed
{
    DeviceId device;
    Instant at{};
    Error error;
    int failuresInARow = 0;
};

/// Published when a device's detected type or capabilities changed.
struct DeviceDetected
{
    DeviceId device;
    DeviceType type = DeviceType::Unknown;
    QStringList capabilities;
};

} // namespace infra::collect
