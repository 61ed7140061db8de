// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/collector.h"

#include "core/collect/when_done.h"

#include <algorithm>

namespace infra::collect {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr milliseconds cancelLook{250};
constexpr seconds detectionLife = std::chrono::hours(1);
constexpr milliseconds connectRoom{15'000};

QList<Kind> kindsOf(const CollectRequest &request)
{
    QList<Kind> kinds;
    for (const Kind kind : request.kinds.isEmpty() ? allKinds() : request.kinds) {
        if (!kinds.contains(kind) && (!request.kinds.isEmpty() || !isSlow(kind)))
            kinds.append(kind);
    }
    return kinds;
}

CollectedSection skipped(Kind kind, const QString &warning)
{
    CollectedSection collected;
    collected.section.kind = kind;
    collected.section.status = SectionStatus::Skipped;
    collected.section.warnings.append(warning);
    return collected;
}

} // namespace

Collector::Collector(CollectorParts parts)
    : m_parts(std::move(parts))
{
    if (!m_parts.parse) {
        m_parts.parse = [&registry = m_parts.registry](const QByteArray &output, const QByteArray &nonce,
                                                       const QList<Kind> &kinds, bool detect) {
            return registry.parse(output, nonce, kinds, detect);
        };
    }
    m_results = std::make_unique<Courier<std::shared_ptr<Parsed>>>(
        this, 100'000, [this](const std::shared_ptr<Parsed> &result) { parsed(std::move(*result)); });
    connect(&m_parts.transport, &ssh::SshTransport::sessionOpened, this, [this](const ssh::SessionInfo &info) {
        m_connected.insert(info.device.toString());
        // The one message that opened the session may carry the detection already.
        const LanePtr lane = m_lanes.value(info.device);
        if (lane != nullptr && !(lane->inFlight != nullptr && lane->inFlight->detect))
            lane->detectedAt.reset();
    });
    connect(&m_parts.transport, &ssh::SshTransport::sessionClosed, this,
            [this](const DeviceId &device, const std::optional<Error> & /*error*/) {
                m_connected.remove(device.toString());
            });
}

Collector::~Collector()
{
    m_results->close();
}

QFuture<CollectResult> Collector::collect(CollectRequest request)
{
    auto operation = std::make_shared<Operation>();
    if (request.correlation.isNull())
        request.correlation = makeCorrelationId(m_parts.clock, m_parts.random);
    operation->request = std::move(request);
    operation->started = m_parts.clock.monotonic();
    operation->promise.start();
    const QFuture<CollectResult> future = operation->promise.future();
    if (m_stopped || isAccepting()) {
        begin(operation);
    } else {
        m_deferred.push_back(operation); // the audit is behind: nothing is done that could not be written down
        watchBacklog();
    }
    return future;
}

void Collector::begin(const OperationPtr &operation)
{
    CollectRequest &request = operation->request;
    CollectResult &result = operation->result;
    result.device = request.device;
    result.correlation = request.correlation;
    const std::optional<Device> device = m_parts.directory.device(request.device);
    if (m_stopped || request.cancel.isCanceled() || !device) {
        Error error;
        error.code = device ? ErrorCode::Canceled : ErrorCode::NotFound;
        error.message = device ? u"The request was given up"_s : u"There is no such device"_s;
        error.correlation = request.correlation.toString();
        result.error = error;
        complete(operation);
        return;
    }
    const QList<Kind> kinds = kindsOf(request);
    for (const Kind kind : kinds) {
        operation->place.insert(kind, result.sections.size());
        CollectedSection empty;
        empty.section.kind = kind;
        result.sections.append(empty);
        operation->waiting.insert(kind);
    }
    const LanePtr lane = laneOf(request.device);
    for (const Kind kind : kinds) {
        if (!answerWithout(*device, operation, kind))
            join(lane, operation, kind);
    }
    if (operation->waiting.isEmpty())
        complete(operation);
    pump(lane);
}

/// True when the kind needs no message: not collected, not there, or fresh in the cache.
bool Collector::answerWithout(const Device &device, const OperationPtr &operation, Kind kind)
{
    const commands::CommandSpec &spec = m_parts.registry.spec(kind);
    if (!spec.implemented) {
        operation->fill(kind, skipped(kind, u"Not collected yet"_s));
        return true;
    }
    const bool detected = device.type != DeviceType::Unknown && !device.capabilities.isEmpty();
    if (detected && !spec.capability.isEmpty() && !device.capabilities.contains(spec.capability)) {
        operation->fill(kind, skipped(kind, u"This device has no \"%1\""_s.arg(spec.capability)));
        return true;
    }
    if (operation->request.force)
        return false;
    const cache::CacheManager::Entry *entry =
        m_parts.cache.find(device.id, kind, m_parts.registry.freshnessFor(kind, device.type));
    if (entry == nullptr)
        return false;
    operation->fill(kind, {entry->section, DataSource::Cache, m_parts.clock.now() - entry->readAt});
    operation->fromCache = true;
    return true;
}

/// Joins a message that will bring this kind, or the one behind it, or starts one.
void Collector::join(const LanePtr &lane, const OperationPtr &operation, Kind kind)
{
    const auto attach = [&operation](const MessagePtr &message) {
        if (!message->operations.contains(operation))
            message->operations.append(operation);
        message->interactive = message->interactive || operation->request.interactive;
    };
    for (const MessagePtr &message : lane->messages()) {
        if (!message->covers(kind) || message->cancel.isCanceled())
            continue;
        attach(message);
        if (message->operations.first() != operation) {
            message->sharedBy[operation.get()].append(kind);
            operation->shared = true;
        }
        return;
    }
    const bool slow = isSlow(kind);
    if (!slow && lane->queuedFast != nullptr) {
        lane->queuedFast->kinds.append(kind);
        attach(lane->queuedFast);
        operation->sent = true;
        return;
    }
    auto message = std::make_shared<Message>();
    message->kinds = {kind};
    message->slow = slow;
    attach(message);
    operation->sent = true;
    if (slow)
        lane->queuedSlow.push_back(message);
    else
        lane->queuedFast = message;
}

void Collector::pump(const LanePtr &lane)
{
    while (lane->inFlight == nullptr) {
        const MessagePtr next = lane->takeNext();
        if (next == nullptr)
            return;
        lane->inFlight = next;
        send(lane, next);
    }
}

void Collector::send(const LanePtr &lane, const MessagePtr &message)
{
    const std::optional<Device> device = m_parts.directory.device(lane->device);
    if (!device || m_stopped || message->abandoned()) {
        failed(lane, message, Error{.code = ErrorCode::Canceled, .message = u"The request was given up"_s});
        return;
    }
    const MonotonicTime now = m_parts.clock.monotonic();
    message->detect = !message->slow && (!lane->detectedAt || now - *lane->detectedAt >= detectionLife);
    const commands::HostFacts facts{device->type, device->capabilities, device->sudo, device->isLocal()};
    const commands::ReadMessage built =
        m_parts.registry.buildMessage(message->kinds, facts, message->detect, m_parts.random);
    message->nonce = built.nonce();
    Result<ssh::ApprovedCommand> approved = m_parts.gate.approveReading(*device, built);
    if (!approved) {
        failed(lane, message, approved.error());
        return;
    }
    ssh::RunOptions options;
    options.timeout = milliseconds(0);
    for (const Kind kind : message->kinds) {
        const commands::CommandSpec &spec = m_parts.registry.spec(kind);
        const milliseconds own = std::min(spec.timeout * (1 << std::min(message->attempt, 4)), spec.maxTimeout);
        options.timeout = std::max(options.timeout, own);
    }
    if (!device->isLocal() && !m_connected.contains(device->id.toString()))
        options.timeout += connectRoom;
    options.purpose = message->interactive ? ssh::Purpose::Foreground : ssh::Purpose::Background;
    if (message->interactive)
        options.timeout = std::max(options.timeout, milliseconds(120'000)); // a person types
    options.correlation = message->operations.first()->request.correlation;
    message->cancel = CancelToken();
    options.cancel = message->cancel;
    message->sentAt = m_parts.clock.now();
    if (!m_cancelWatch.isActive()) {
        m_cancelWatch = m_parts.timers.every(cancelLook, [this] {
            bool any = false;
            for (const LanePtr &each : std::as_const(m_lanes)) {
                any = any || each->inFlight != nullptr;
                if (each->inFlight != nullptr && each->inFlight->abandoned())
                    each->inFlight->cancel.cancel();
            }
            if (!any)
                m_cancelWatch.cancel();
        });
    }
    const CorrelationScope scope(options.correlation);
    whenDone(m_parts.transport.run(std::move(*approved), options), this,
             [this, lane, message](Result<ssh::CommandOutput> output) { answered(lane, message, std::move(output)); });
}

LanePtr Collector::laneOf(const DeviceId &device)
{
    LanePtr &lane = m_lanes[device];
    if (lane == nullptr) {
        lane = std::make_shared<Lane>();
        lane->device = device;
    }
    return lane;
}

bool Collector::isBusy(const DeviceId &device) const
{
    const LanePtr lane = m_lanes.value(device);
    return lane != nullptr && !lane->idle();
}

qsizetype Collector::underWay() const
{
    return std::count_if(m_lanes.begin(), m_lanes.end(), [](const LanePtr &lane) { return lane->inFlight != nullptr; });
}

void Collector::forget(const DeviceId &device, bool removed)
{
    const LanePtr lane = m_lanes.value(device);
    if (lane == nullptr)
        return;
    lane->memory.forget();
    lane->detectedAt.reset();
    lane->failures = 0;
    lane->lastError.reset();
    if (lane->inFlight != nullptr)
        lane->inFlight->cancel.cancel();
    if (removed) {
        m_lanes.remove(device); // what is under way still holds the lane and finishes there
        m_parts.gaps.forget(device);
    }
}

void Collector::stop()
{
    if (std::exchange(m_stopped, true))
        return;
    m_cancelWatch.cancel();
    Error error;
    error.code = ErrorCode::Canceled;
    error.message = u"The program is ending; the request was given up"_s;
    const QHash<DeviceId, LanePtr> lanes = m_lanes;
    for (const LanePtr &lane : lanes) {
        for (const MessagePtr &message : lane->messages()) {
            message->cancel.cancel();
            lane->inFlight = message;
            lane->queuedFast.reset();
            lane->queuedSlow.clear();
            failed(lane, message, error);
        }
    }
    for (const OperationPtr &operation : std::exchange(m_deferred, {}))
        begin(operation);
}

} // namespace infra::collect
