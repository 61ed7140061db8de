// SPDX-License-Identifier: GPL-3.0-or-later
// Of LibsshTransport: links to devices, and lines through jump devices.
#include "core/base/logging.h"
#include "core/ssh/libssh/libssh_transport_impl.h"

#include <array>
#include <set>
#include <sys/socket.h>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Hosts count refused logins; five minutes stay below what watchers such as fail2ban react to.
bool countsAgainstUs(ErrorCode code)
{
    return code == ErrorCode::AuthKeyRejected || code == ErrorCode::AuthNoMethod || code == ErrorCode::AuthTooMany;
}

/// Only a person can change these; trying again could lock the account, or ask somebody's telephone.
bool needsAPerson(ErrorCode code)
{
    return code == ErrorCode::AuthPasswordRejected || code == ErrorCode::AuthKeyPassphrase ||
           code == ErrorCode::AuthInteractionNeeded;
}

QString hopId(const QList<JumpHop> &hops)
{
    QStringList parts;
    for (const JumpHop &hop : hops)
        parts += hop.user + u'@' + hop.host + u':' + QString::number(hop.port);
    return u"jump:"_s + parts.join(u'>');
}

} // namespace

std::optional<Device> LibsshTransport::deviceFor(const DeviceId &id) const
{
    const auto hop = m_hops.find(id);
    return hop != m_hops.end() ? std::optional(hop->second) : m_params.devices.device(id);
}

DeviceId LibsshTransport::hopDevice(const QList<JumpHop> &hops)
{
    const DeviceId id(hopId(hops));
    Device device;
    device.id = id;
    device.name = hops.last().host;
    device.address = hops.last().host;
    device.sshAlias = hops.last().host;
    device.user = hops.last().user;
    device.port = hops.last().port;
    if (hops.size() > 1)
        device.jump = hopDevice(hops.mid(0, hops.size() - 1));
    m_hops[id] = device;
    return id;
}

bool LibsshTransport::jumpsInCircle(const Device &device) const
{
    std::set<DeviceId> seen{device.id};
    std::optional<DeviceId> next = device.jump;
    while (next) {
        if (!seen.insert(*next).second || seen.size() > 8)
            return true;
        const auto hop = deviceFor(*next);
        next = hop ? hop->jump : std::nullopt;
    }
    return false;
}

void LibsshTransport::failWaiting(Link &link, const Error &error, bool backgroundOnly)
{
    std::deque<RequestId> waiting;
    waiting.swap(link.waiting);
    std::deque<RequestId> kept;
    for (RequestId id : waiting) {
        const auto request = m_requests.find(id);
        if (backgroundOnly && request != m_requests.end() && request->second.foreground)
            kept.push_back(id);
        else
            finishRequest(id, fail(error));
    }
    link.waiting.insert(link.waiting.begin(), kept.begin(), kept.end());
    std::vector<LineWish> lines;
    lines.swap(link.lines);
    for (LineWish &wish : lines)
        wish.done(fail(error));
}

void LibsshTransport::wantSession(const DeviceId &id, bool foreground)
{
    Link &link = m_links[id];
    if (link.session != 0 || link.attempt != 0)
        return;
    const auto device = deviceFor(id);
    if (!device || m_down) {
        failWaiting(link, Error{ErrorCode::NotFound, u"the device is gone"_s}, false);
        return;
    }
    if (jumpsInCircle(*device)) {
        failWaiting(link, Error{ErrorCode::JumpFailed, u"the jump hosts of %1 go in a circle"_s.arg(device->name)},
                    false);
        return;
    }
    const bool tooSoon = link.halted || link.backoff.remaining(m_params.clock.monotonic()).count() > 0;
    if (!foreground && tooSoon && link.lastError) {
        failWaiting(link, *link.lastError, true);
        return;
    }
    const quint64 attempt = ++m_lastId;
    link.attempt = attempt;
    auto &entry = m_attempts[attempt];
    entry = std::make_unique<ConnectAttempt>(
        attempt, *device, foreground ? Purpose::Foreground : Purpose::Background, !link.sudoRefused, m_services,
        [this, id, attempt, foreground](AttemptResult result) {
            m_doneAttempts.push_back(std::move(m_attempts[attempt])); // it calls us
            m_attempts.erase(attempt);
            attemptDone(id, std::move(result), foreground);
        });
    entry->start();
}

void LibsshTransport::attemptDone(const DeviceId &id, AttemptResult result, bool foreground)
{
    const auto found = m_links.find(id);
    if (found == m_links.end())
        return; // closed meanwhile: the session goes with the result
    Link &link = found->second;
    link.attempt = 0;
    if (result.outcome.error)
        attemptFailed(id, link, result.outcome, foreground);
    else
        attemptSucceeded(id, link, std::move(result));
}

void LibsshTransport::attemptFailed(const DeviceId &id, Link &link, const ConnectOutcome &outcome, bool foreground)
{
    const Error error = *outcome.error;
    if (error.code != ErrorCode::Canceled) {
        link.lastError = error;
        link.halted = needsAPerson(error.code);
        const milliseconds atLeast = countsAgainstUs(error.code) ? Backoff::kLongest : milliseconds(0);
        link.backoff.failed(m_params.clock.monotonic(), m_params.random, atLeast);
        log::info("ssh.pool", u"could not connect to %1: %2"_s.arg(id.toString(), error.message),
                  {{"code", error.name()}});
    }
    // Whoever came in the meantime and can answer questions has a try of his own.
    const bool askNow = !foreground && needsAPerson(error.code);
    failWaiting(link, error, askNow);
    if (!link.waiting.empty())
        wantSession(id, true);
}

QString LibsshTransport::routeThrough(const std::optional<DeviceId> &jump) const
{
    QStringList names;
    for (auto next = jump; next && names.size() < 8;) {
        const auto device = deviceFor(*next);
        names.prepend(device ? device->name : next->toString());
        next = device ? device->jump : std::nullopt;
    }
    return names.isEmpty() ? u"direct"_s : names.join(u", ");
}

void LibsshTransport::attemptSucceeded(const DeviceId &id, Link &link, AttemptResult result)
{
    ConnectOutcome &outcome = result.outcome;
    const SessionId session = ++m_lastId;
    link.session = session;
    link.backoff.succeeded();
    link.halted = false;
    link.lastError.reset();
    link.hostKey = outcome.report.hostKey;
    link.info = {id,
                 m_params.clock.now(),
                 outcome.authUsed,
                 routeThrough(result.jump),
                 outcome.serverVersion,
                 outcome.kexAlgorithm,
                 outcome.cipher,
                 outcome.report.hostKeyType,
                 0,
                 milliseconds(0)};
    m_sessions[session] = id;
    pumpOf(session).post(
        AdoptSession{session, id, link.hostKey, std::move(outcome.session), std::move(result.sudoPassword)});
    log::info("ssh.pool", u"connected to %1"_s.arg(id.toString()),
              {{"auth", outcome.authUsed}, {"route", link.info.route}});
    std::deque<RequestId> waiting;
    waiting.swap(link.waiting);
    std::vector<LineWish> lines;
    lines.swap(link.lines);
    if (!waiting.empty()) {
        if (const auto first = m_requests.find(waiting.front()); first != m_requests.end())
            first->second.connected = true;
    }
    for (RequestId request : waiting)
        dispatch(request, link);
    for (LineWish &wish : lines)
        openLine(id, link, std::move(wish));
    if (!m_hops.contains(id))
        emit sessionOpened(link.info);
}

void LibsshTransport::wantLine(const DeviceId &jump, const Target &target, bool foreground, LineDone done)
{
    const auto device = deviceFor(jump);
    const QString name = device ? device->name : jump.toString();
    LineWish wish{target.host.toUtf8(), target.port, [done = std::move(done), name](Result<UniqueFd> end) {
                      if (end) {
                          done(std::move(end));
                          return;
                      }
                      Error error = end.error();
                      error.message = u"by way of %1: %2"_s.arg(name, error.message);
                      // What a person must do there stays visible as such; all else is the jump's failure.
                      if (error.code != ErrorCode::AuthInteractionNeeded && error.code != ErrorCode::Canceled) {
                          if (error.code != ErrorCode::JumpFailed)
                              error.cause = u"%1: %2"_s.arg(error.name(), error.causeText());
                          error.code = ErrorCode::JumpFailed;
                      }
                      done(fail(error));
                  }};
    Link &link = m_links[jump];
    if (link.session != 0) {
        openLine(jump, link, std::move(wish));
        return;
    }
    link.lines.push_back(std::move(wish));
    wantSession(jump, foreground);
}

void LibsshTransport::openLine(const DeviceId &jump, Link &link, LineWish wish)
{
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
        wish.done(fail(ErrorCode::JumpFailed, u"no socket for the line"_s));
        return;
    }
    const RequestId id = ++m_lastId;
    OpenLine &line = m_lines[id];
    line.otherEnd = UniqueFd(pair[1]);
    line.jump = jump;
    line.session = link.session;
    line.done = std::move(wish.done);
    line.deadline = m_params.timers.after(m_params.connectTimeout, [this, id] {
        const auto found = m_lines.find(id);
        if (found == m_lines.end())
            return;
        OpenLine late = std::move(found->second);
        m_lines.erase(found);
        pumpOf(late.session).post(CancelRequest{late.session, id});
        late.done(fail(ErrorCode::JumpFailed, u"it did not open the line in time"_s));
    });
    pumpOf(link.session).post(OpenTunnel{link.session, id, std::move(wish.host), wish.port, UniqueFd(pair[0])});
}

} // namespace infra::ssh
