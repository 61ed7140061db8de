// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/read_model.h"

#include "core/collect/derive.h"

#include <algorithm>

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;

void summarise(DeviceRow &row, const SectionData &data)
{
    if (const auto *containers = std::get_if<QList<Container>>(&data)) {
        row.containersTotal = static_cast<int>(containers->size());
        row.containersUp = static_cast<int>(std::count_if(containers->begin(), containers->end(),
                                                          [](const Container &c) { return c.state == u"running"; }));
    } else if (const auto *filesystems = std::get_if<QList<Filesystem>>(&data)) {
        row.fullestMount.clear();
        row.fullestPercent.reset();
        for (const Filesystem &fs : *filesystems) {
            const std::optional<double> percent = collect::usedPercent(fs);
            if (!percent || fs.readOnly || *percent < row.fullestPercent.value_or(-1))
                continue;
            row.fullestPercent = percent;
            row.fullestMount = fs.mount;
        }
    }
}

/// The newest cycle's values, the missing ones too; sensors and file systems may be read more rarely and keep theirs.
void mergeSample(MetricSample &into, const MetricSample &from, bool hasSystem)
{
    const std::optional<double> tempMax = from.tempMax ? from.tempMax : into.tempMax;
    const std::optional<double> fsFullest = from.fsFullest ? from.fsFullest : into.fsFullest;
    if (hasSystem)
        into = from;
    into.tempMax = tempMax;
    into.fsFullest = fsFullest;
}

} // namespace

DeviceState stateOfError(ErrorCode code, bool expectedAsleep)
{
    switch (code) {
    case ErrorCode::HostKeyChanged:
    case ErrorCode::HostKeyRevoked:
    case ErrorCode::HostKeySwapped:
    case ErrorCode::HostKeyUnknown:
        return DeviceState::HostKey;
    case ErrorCode::AuthInteractionNeeded:
    case ErrorCode::AuthKeyPassphrase:
    case ErrorCode::ConfigRefused:
    case ErrorCode::SecretsLocked:
    case ErrorCode::SecretsUnavailable:
    case ErrorCode::SecretNotFound:
        return DeviceState::NeedsYou;
    case ErrorCode::AuthKeyRejected:
    case ErrorCode::AuthKeyUnreadable:
    case ErrorCode::AuthPasswordRejected:
    case ErrorCode::AuthAgentUnavailable:
    case ErrorCode::AuthAgentSilent:
    case ErrorCode::AuthNoMethod:
    case ErrorCode::AuthTooMany:
        return DeviceState::Auth;
    case ErrorCode::DnsFailed:
    case ErrorCode::Refused:
    case ErrorCode::HostUnreachable:
    case ErrorCode::ConnectTimeout:
    case ErrorCode::LinkLost:
    case ErrorCode::Timeout:
    case ErrorCode::BannerInvalid:
    case ErrorCode::KexFailed:
    case ErrorCode::ProtocolError:
    case ErrorCode::ServerBusy:
    case ErrorCode::ChannelRefused:
    case ErrorCode::JumpFailed:
        return expectedAsleep ? DeviceState::Asleep : DeviceState::Unreachable;
    default:
        return DeviceState::Stale; // it answered, but not with what was asked
    }
}

ReadModel::ReadModel(Parts parts)
    : m_parts(std::move(parts))
{
}

void ReadModel::setDevice(const Device &device)
{
    StatePtr &state = m_states[device.id];
    if (state == nullptr) {
        state = std::make_shared<State>(m_parts.rules);
        state->row.cpuHour.resize(60);
        m_removed.removeAll(device.id);
    }
    const bool moved = state->row.device.hostKey != device.hostKey || state->row.device.address != device.address ||
                       state->row.device.user != device.user || state->row.device.port != device.port;
    if (moved && state->row.error) {
        // What failed may be cured by the edit: the next attempt tells.
        state->row.error.reset();
        state->row.unreachableSince.reset();
        state->failures = 0;
    }
    state->row.device = device;
    refresh(*state);
    touch(device.id, false);
}

void ReadModel::removeDevice(const DeviceId &device)
{
    if (m_states.remove(device) == 0)
        return;
    m_dirty.remove(device);
    m_dirtyDetails.remove(device);
    m_told.remove(device);
    m_removed.append(device);
    touch({}, false);
}

void ReadModel::applySection(State &state, const Section &section, Instant readAt)
{
    Datum &datum = state.data[section.kind];
    if (section.status == SectionStatus::Error) {
        // The last values stay; that they could not be read anew is said beside them.
        datum.section.kind = section.kind;
        datum.section.status = section.status;
        datum.section.error = section.error;
        datum.section.warnings = section.warnings;
        return;
    }
    datum = {section, readAt, false};
    summarise(state.row, section.data);
}

void ReadModel::read(const collect::DeviceRead &read)
{
    const StatePtr state = m_states.value(read.device);
    if (state == nullptr)
        return;
    DeviceRow &row = state->row;
    row.readAt = read.readAt;
    row.error.reset();
    row.unreachableSince.reset();
    state->failures = 0;
    state->everRead = true;
    if (read.hasSystem)
        row.system = read.system;
    if (read.hostCpuMs)
        row.hostCpuMs = read.hostCpuMs;
    mergeSample(row.sample, read.sample, read.hasSystem);
    for (const collect::CollectedSection &collected : read.result.sections) {
        applySection(*state, collected.section, read.readAt);
        if (collected.section.status != SectionStatus::Skipped)
            state->evaluator.read(collected.section, row.system, read.readAt);
    }
    if (read.hasSystem || !read.labelled.isEmpty()) {
        state->ring.add(read.sample, read.labelled);
        row.cpuHour = state->ring.cpuHour(m_parts.timers.clock().now());
    }
    refresh(*state);
    touch(read.device, true);
}

void ReadModel::failed(const collect::DeviceFailed &failure)
{
    const StatePtr state = m_states.value(failure.device);
    if (state == nullptr)
        return;
    state->row.error = failure.error;
    state->failures = failure.failuresInARow;
    if (!state->row.unreachableSince)
        state->row.unreachableSince = failure.at;
    refresh(*state);
    touch(failure.device, false);
}

void ReadModel::noteSession(const ssh::SessionInfo &info)
{
    if (const StatePtr state = m_states.value(info.device)) {
        state->row.session = info;
        touch(info.device, false);
    }
}

void ReadModel::noteSessionClosed(const DeviceId &device)
{
    if (const StatePtr state = m_states.value(device)) {
        state->row.session.reset();
        touch(device, false);
    }
}

void ReadModel::noteReading(const DeviceId &device)
{
    touch(device, false);
}

void ReadModel::warm(const DeviceId &device, const Section &section, Instant readAt)
{
    const StatePtr state = m_states.value(device);
    if (state == nullptr || state->data.contains(section.kind))
        return;
    applySection(*state, section, readAt);
    state->everRead = true;
    state->row.readAt = std::max(state->row.readAt.value_or(readAt), readAt);
    if (const auto *raw = std::get_if<RawSystem>(&section.data)) {
        collect::addLevels(*raw, state->row.sample);
        state->row.sample.time = readAt;
        SystemInfo system = collect::systemInfo(*raw, {readAt, readAt, {}});
        system.clockOffsetS.reset(); // it is not known what the clocks are now
        state->row.system = system;
    }
    state->evaluator.read(section, state->row.system, readAt);
    refresh(*state);
    touch(device, true);
}

void ReadModel::warmCpu(const DeviceId &device, const QList<HistoryPoint> &points)
{
    const StatePtr state = m_states.value(device);
    if (state == nullptr || !state->ring.samples().isEmpty())
        return;
    for (const HistoryPoint &point : points) {
        MetricSample sample;
        sample.time = point.time;
        sample.cpuTotal = point.avg;
        state->ring.add(sample, {});
    }
    state->row.cpuHour = state->ring.cpuHour(m_parts.timers.clock().now());
    touch(device, false);
}

void ReadModel::addGap(const DeviceId &device, const Gap &gap)
{
    if (const StatePtr state = m_states.value(device))
        state->ring.addGap(gap);
}

bool ReadModel::isOld(const State &state) const
{
    if (!state.row.readAt)
        return false;
    const milliseconds most = 2 * milliseconds(m_parts.interval(state.row.device)) + milliseconds(15'000);
    return m_parts.timers.clock().now() - *state.row.readAt > most;
}

void ReadModel::checkAges(bool collecting)
{
    const Instant now = m_parts.timers.clock().now();
    for (const StatePtr &state : std::as_const(m_states)) {
        const DeviceRow &row = state->row;
        const bool old = collecting && isOld(*state);
        bool details = false;
        for (auto it = state->data.begin(); it != state->data.end(); ++it) {
            const bool stale =
                it->readAt != Instant{} &&
                now - it->readAt > 2 * m_parts.registry.intervalFor(it.key(), row.device.type) + seconds(15);
            details = details || stale != it->stale;
            it->stale = stale;
        }
        if (old != state->staleByAge || details) {
            state->staleByAge = old;
            refresh(*state);
            touch(row.device.id, details);
        }
    }
}

void ReadModel::refresh(State &state)
{
    DeviceRow &row = state.row;
    if (row.readAt && !isOld(state))
        state.staleByAge = false;
    if (row.device.paused)
        row.state = DeviceState::Paused;
    else if (row.error)
        row.state = stateOfError(row.error->code, row.device.expectedAsleep);
    else if (!state.everRead)
        row.state = DeviceState::New;
    else if (state.staleByAge || isOld(state))
        row.state = DeviceState::Stale;
    else
        row.state = DeviceState::Ok;
    if (row.state != DeviceState::Unreachable && row.state != DeviceState::Asleep && !row.error)
        row.unreachableSince.reset();
    const Instant now = m_parts.timers.clock().now();
    state.evaluator.device({row.state, row.error, state.failures}, now);
    const bool speak = row.state == DeviceState::Ok;
    row.findings = state.evaluator.findings(speak);
    row.health = state.evaluator.health(speak);
}

} // namespace infra::engine
