// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/collector.h"

#include "core/base/logging.h"

#include <algorithm>

namespace infra::collect {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr milliseconds retryDelay{250};
constexpr milliseconds longestRetryDelay{5'000};
constexpr milliseconds backlogLook{100};
/// A process list is large and changes with every reading: its stored copy is only what the next start shows first.
constexpr milliseconds processSnapshotEvery = std::chrono::minutes(5);

/// Errors that another try may cure at once. What the pool backs off from is not among them.
bool curable(ErrorCode code)
{
    return code == ErrorCode::LinkLost || code == ErrorCode::Timeout || code == ErrorCode::BadOutput ||
           code == ErrorCode::ProtocolError || code == ErrorCode::ChannelRefused;
}

/// Says something about one reading, not about the device.
bool isOfTheReading(ErrorCode code)
{
    return code == ErrorCode::Timeout || code == ErrorCode::BadOutput || code == ErrorCode::OutputTooLarge ||
           code == ErrorCode::CommandFailed || code == ErrorCode::CommandKilled || code == ErrorCode::GuardBlocked;
}

GapReason gapReasonOf(const std::optional<Device> &device)
{
    return device && device->expectedAsleep ? GapReason::Asleep : GapReason::Unreachable;
}

} // namespace

void Collector::answered(const LanePtr &lane, const MessagePtr &message, Result<ssh::CommandOutput> output)
{
    if (lane->inFlight != message)
        return; // given up meanwhile
    if (!output) {
        if (!retried(lane, message, output.error()))
            failed(lane, message, output.error());
        return;
    }
    auto job = std::make_shared<Parsed>();
    job->lane = lane;
    job->message = message;
    job->output = std::move(*output);
    job->receivedAt = m_parts.clock.now();
    job->receivedMonotonic = m_parts.clock.monotonic();
    const auto work = [job, parse = m_parts.parse, nonce = message->nonce, kinds = message->kinds,
                       detect = message->detect] { job->cycle = parse(job->output.out, nonce, kinds, detect); };
    if (m_parts.workers == nullptr) {
        work();
        parsed(std::move(*job));
        return;
    }
    if (!m_parts.workers->post([work, job, give = m_results->entrance()] {
            work();
            give(job);
        })) {
        failed(lane, message, Error{.code = ErrorCode::Busy, .message = u"Too many answers wait to be read"_s});
    }
}

bool Collector::retried(const LanePtr &lane, const MessagePtr &message, const Error &error)
{
    int retries = 0;
    for (const Kind kind : message->kinds)
        retries = std::max(retries, m_parts.registry.spec(kind).retries);
    const milliseconds wait = std::max(retryDelay, m_parts.transport.backoff(lane->device));
    if (!curable(error.code) || message->attempt >= retries || wait > longestRetryDelay || message->abandoned() ||
        m_stopped)
        return false;
    ++message->attempt;
    lane->retry = m_parts.timers.after(wait, [this, lane, message] {
        if (lane->inFlight == message)
            send(lane, message);
    });
    return true;
}

void Collector::failed(const LanePtr &lane, const MessagePtr &message, const Error &error)
{
    const Instant now = m_parts.clock.now();
    lane->inFlight.reset();
    lane->retry.cancel();
    const bool canceled = error.code == ErrorCode::Canceled;
    const bool ofTheReading = message->slow && isOfTheReading(error.code);
    for (const OperationPtr &operation : std::as_const(message->operations)) {
        for (const Kind kind : std::as_const(message->kinds)) {
            if (!operation->waiting.contains(kind))
                continue;
            CollectedSection section;
            section.section.kind = kind;
            section.section.status = SectionStatus::Error;
            section.section.error = error;
            operation->fill(kind, section);
        }
        if (!ofTheReading && !operation->result.error) {
            operation->result.error = error;
            operation->result.error->correlation = operation->request.correlation.toString();
        }
        if (operation->waiting.isEmpty())
            complete(operation);
    }
    if (!canceled && !ofTheReading) {
        ++lane->failures;
        lane->lastError = error;
        m_parts.gaps.failed(lane->device, now, gapReasonOf(m_parts.directory.device(lane->device)));
        m_parts.bus.publish(DeviceFailed{lane->device, now, error, lane->failures});
    }
    if (!m_stopped)
        pump(lane);
}

void Collector::noteSkipped(const DeviceId &device)
{
    const LanePtr lane = laneOf(device);
    if (!lane->lastError)
        return;
    ++lane->failures;
    const Instant now = m_parts.clock.now();
    m_parts.gaps.failed(device, now, gapReasonOf(m_parts.directory.device(device)));
    m_parts.bus.publish(DeviceFailed{device, now, *lane->lastError, lane->failures});
}

void Collector::parsed(Parsed parsed)
{
    const LanePtr lane = parsed.lane;
    const MessagePtr message = parsed.message;
    if (lane->inFlight != message)
        return;
    if (!parsed.cycle) {
        if (!retried(lane, message, parsed.cycle.error()))
            failed(lane, message, parsed.cycle.error());
        return;
    }
    lane->inFlight.reset();
    lane->failures = 0;
    lane->lastError.reset();
    commands::ParsedCycle &cycle = *parsed.cycle;
    if (message->detect) {
        lane->detectedAt = parsed.receivedMonotonic;
        if (cycle.detected)
            noteDetection(lane, *cycle.detected);
    }
    DeviceRead read;
    read.device = lane->device;
    read.readAt = parsed.receivedAt;
    read.hostCpuMs = cycle.hostCpuMs;
    ReadingMemory::Derived derived =
        lane->memory.derive(cycle.sections, {message->sentAt, parsed.receivedAt, parsed.receivedMonotonic},
                            hardwareOf(lane->device, cycle.sections));
    read.sample = derived.sample;
    read.labelled = std::move(derived.labelled);
    read.system = std::move(derived.system);
    read.hasSystem = derived.hasSystem;
    read.result.device = lane->device;
    read.result.correlation = message->operations.first()->request.correlation;
    read.result.connected = parsed.output.connected;
    read.result.roundTrips = parsed.output.roundTrips;
    read.result.duration = parsed.output.duration;
    read.result.bytesIn = parsed.output.bytesIn;
    read.result.bytesOut = parsed.output.bytesOut;
    const std::optional<Device> device = m_parts.directory.device(lane->device);
    for (const Section &section : std::as_const(cycle.sections)) {
        read.result.sections.append({section, DataSource::Live, milliseconds(0)});
        if (device && (section.status == SectionStatus::Ok || section.status == SectionStatus::Partial))
            m_parts.cache.store(lane->device, section, parsed.receivedAt, estimatedBytes(section.data),
                                m_parts.registry.freshnessFor(section.kind, device->type));
    }

    const OperationPtr owner = message->operations.first();
    owner->result.connected = owner->result.connected || parsed.output.connected;
    owner->result.roundTrips += parsed.output.roundTrips;
    owner->result.bytesIn += parsed.output.bytesIn;
    owner->result.bytesOut += parsed.output.bytesOut;
    for (const OperationPtr &operation : std::as_const(message->operations)) {
        for (const CollectedSection &collected : std::as_const(read.result.sections)) {
            if (!operation->waiting.contains(collected.section.kind))
                continue;
            CollectedSection own = collected;
            if (message->sharedBy.value(operation.get()).contains(collected.section.kind))
                own.source = DataSource::Shared;
            operation->fill(collected.section.kind, own);
        }
    }
    store::CycleRecord record = recordOf(lane, read);
    const bool ownerDone = owner->waiting.isEmpty();
    if (ownerDone) {
        owner->result.duration = m_parts.clock.monotonic() - owner->started;
        record.audit = auditOf(*owner, m_parts.clock.now());
    }
    if (device)
        m_parts.writer.cycle(std::move(record));
    else if (record.audit)
        audit(std::move(*record.audit));
    m_parts.bus.publish(read);
    if (ownerDone) {
        owner->promise.addResult(owner->result);
        owner->promise.finish();
    }
    for (const OperationPtr &operation : std::as_const(message->operations)) {
        if (operation != owner && operation->waiting.isEmpty())
            complete(operation);
    }
    pump(lane);
}

void Collector::noteDetection(const LanePtr &lane, const commands::HostFacts &facts)
{
    const std::optional<Device> device = m_parts.directory.device(lane->device);
    if (!device)
        return;
    const bool typeChanged = device->typeSource == TypeSource::Detected && device->type != facts.type;
    if (typeChanged || device->capabilities != facts.capabilities)
        m_parts.bus.publish(DeviceDetected{lane->device, facts.type, facts.capabilities});
}

store::CycleRecord Collector::recordOf(const LanePtr &lane, const DeviceRead &read)
{
    store::CycleRecord record;
    record.device = lane->device;
    record.sample = read.sample;
    record.hasSample = read.hasSystem;
    record.labelled = read.labelled;
    record.closedGap = m_parts.gaps.read(lane->device, read.readAt);
    for (const CollectedSection &collected : read.result.sections) {
        const Section &section = collected.section;
        if (section.status != SectionStatus::Ok && section.status != SectionStatus::Partial)
            continue;
        const Instant last = lane->snapshotAt.value(section.kind);
        if (section.kind == Kind::Processes && last != Instant{} && read.readAt - last < processSnapshotEvery &&
            read.readAt >= last)
            continue;
        lane->snapshotAt.insert(section.kind, read.readAt);
        record.snapshots.append({section.kind, toJson(section.data)});
    }
    return record;
}

void Collector::complete(const OperationPtr &operation)
{
    operation->result.duration = m_parts.clock.monotonic() - operation->started;
    audit(auditOf(*operation, m_parts.clock.now()));
    operation->promise.addResult(operation->result);
    operation->promise.finish();
}

void Collector::audit(AuditEntry entry)
{
    if (m_auditBacklog.empty() && m_parts.writer.audit(entry))
        return;
    m_auditBacklog.push_back(std::move(entry));
    watchBacklog();
}

void Collector::watchBacklog()
{
    if (!m_backlogTimer.isActive())
        m_backlogTimer = m_parts.timers.every(backlogLook, [this] { flushBacklog(); });
}

void Collector::flushBacklog()
{
    while (!m_auditBacklog.empty() && m_parts.writer.audit(m_auditBacklog.front()))
        m_auditBacklog.pop_front();
    if (!isAccepting())
        return;
    m_backlogTimer.cancel();
    for (const OperationPtr &operation : std::exchange(m_deferred, {}))
        begin(operation);
}

HardwareFacts Collector::hardwareOf(const DeviceId &device, const QList<Section> &sections) const
{
    const QList<NetInterface> *interfaces = nullptr;
    for (const Section &section : sections) {
        if (const auto *list = std::get_if<QList<NetInterface>>(&section.data))
            interfaces = list;
    }
    if (interfaces == nullptr) {
        if (const cache::CacheManager::Entry *entry = m_parts.cache.peek(device, Kind::Interfaces))
            interfaces = std::get_if<QList<NetInterface>>(&entry->section.data);
    }
    HardwareFacts facts;
    if (interfaces == nullptr)
        return facts;
    for (const NetInterface &interface : *interfaces) {
        if (interface.kind == u"physical" && interface.speedMbit && *interface.speedMbit > 0)
            facts.linkMbit.insert(interface.name, *interface.speedMbit);
    }
    return facts;
}

} // namespace infra::collect
