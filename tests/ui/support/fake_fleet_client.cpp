// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_fleet_client.h"

#include "tests/ui/support/memory_settings.h"

#include <QtCore/QPromise>

#include <algorithm>
#include <type_traits>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using engine::DeviceRow;

FakeFleetClient::FakeFleetClient(FleetMode mode, const Clock &clock)
    : m_clock(clock)
    , m_mode(mode)
    , m_settings(std::make_unique<MemorySettings>())
{
    setMode(mode);
}

template <typename T>
QFuture<T> FakeFleetClient::answer(T value)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    const QFuture<T> future = promise->future();
    if (m_mode == FleetMode::Loading) {
        m_unanswered.push_back(promise);
        return future;
    }
    promise->addResult(std::move(value));
    promise->finish();
    return future;
}

template <typename T>
QFuture<Result<T>> FakeFleetClient::answerOr(T value)
{
    if (failWith)
        return answer<Result<T>>(fail(*failWith));
    return answer<Result<T>>(std::move(value));
}

QFuture<Result<void>> FakeFleetClient::done()
{
    return failWith ? answer<Result<void>>(fail(*failWith)) : answer<Result<void>>({});
}

void FakeFleetClient::setMode(FleetMode mode)
{
    QList<DeviceId> gone;
    for (const DeviceRow &row : std::as_const(m_rows))
        gone.append(row.device.id);
    m_mode = mode;
    m_rows = fakeRows(mode, m_clock.now());
    m_status = fakeStatus(mode, m_rows, m_clock.now());
    m_audit =
        mode == FleetMode::Loading || mode == FleetMode::Empty ? QList<AuditEntry>() : fakeAudit(m_rows, m_clock.now());
    failWith.reset();
    if (mode == FleetMode::Failing)
        failWith = Error{ErrorCode::StoreFailed, u"The database could not be read: disk I/O error"_s};
    for (const DeviceRow &row : std::as_const(m_rows))
        gone.removeAll(row.device.id);
    emit devicesChanged(m_rows, gone);
    emit statusChanged(m_status);
}

void FakeFleetClient::changeRow(const DeviceRow &changed)
{
    if (DeviceRow *row = rowOf(changed.device.id)) {
        const quint64 version = row->version + 1;
        *row = changed;
        row->version = version;
    } else {
        m_rows.append(changed);
    }
    emit devicesChanged({changed}, {});
}

void FakeFleetClient::raisePrompt(const ssh::PromptBroker::Prompt &prompt)
{
    emit promptRequested({m_nextPrompt++, prompt});
}

DeviceRow *FakeFleetClient::rowOf(const DeviceId &id)
{
    const auto at =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const DeviceRow &row) { return row.device.id == id; });
    return at == m_rows.end() ? nullptr : &*at;
}

QString FakeFleetClient::nameOf(const DeviceId &id) const
{
    for (const DeviceRow &row : m_rows) {
        if (row.device.id == id)
            return row.device.name;
    }
    return id.toString();
}

void FakeFleetClient::note(const QString &operation, const DeviceId &device, const QString &detail)
{
    AuditEntry entry;
    entry.seq = m_audit.isEmpty() ? 1 : m_audit.first().seq + 1;
    entry.time = m_clock.now();
    entry.source = AuditSource::Ui;
    entry.actor = u"os:mara"_s;
    entry.operation = operation;
    if (!device.isNull())
        entry.device = device;
    entry.detail = detail;
    m_audit.prepend(entry);
    emit audited(entry);
}

std::shared_ptr<void> FakeFleetClient::watchDetails(const DeviceId &device)
{
    calls.append(u"watchDetails "_s + nameOf(device));
    return std::make_shared<int>(0);
}

std::shared_ptr<void> FakeFleetClient::watchLive(const DeviceId &device)
{
    calls.append(u"watchLive "_s + nameOf(device));
    return std::make_shared<int>(0);
}

std::optional<engine::DeviceDetails> FakeFleetClient::details(const DeviceId &device) const
{
    for (const DeviceRow &row : m_rows) {
        if (row.device.id == device)
            return fakeDetails(m_mode, row, m_clock.now());
    }
    return std::nullopt;
}

QFuture<Result<HistoryResult>> FakeFleetClient::history(HistoryQuery query, CancelToken)
{
    HistoryResult result;
    result.device = query.device;
    const Instant to = query.to.value_or(m_clock.now());
    const Instant from = query.from.value_or(to - 1min);
    const qint64 span = std::max<qint64>(60, (to - from).count() / 1000);
    qint64 step = 60;
    for (const qint64 candidate : {60, 300, 3600, 86400}) {
        step = candidate;
        if (span / candidate <= std::max(query.maxPoints, 1))
            break;
    }
    result.resolutionS = static_cast<int>(step);
    const Gap gap{to - 35min, to - 22min, GapReason::Unreachable};
    const bool gapped = span >= 3000 && m_mode != FleetMode::Empty;
    if (gapped)
        result.gaps.append(gap);
    const QString name = nameOf(query.device);
    // A machine watched since forty seconds ago has no older points.
    const Instant oldest = m_mode == FleetMode::Empty ? m_clock.now() - 2min : from;
    for (const SeriesKey &key : query.series) {
        HistorySeries series;
        series.key = key;
        if (const SeriesInfo *info = seriesInfo(key.name))
            series.unit = QString::fromLatin1(info->unit);
        for (Instant time = from; time <= to; time += seconds(step)) {
            if (time < oldest || (gapped && time > gap.from && time < gap.to))
                continue;
            const double value = fakeValue(name, key, time);
            series.points.append({time, value, value * 0.9, value * 1.1});
        }
        result.series.append(series);
    }
    return answerOr<HistoryResult>(std::move(result));
}

QFuture<Result<AuditPage>> FakeFleetClient::audit(AuditQuery query, CancelToken)
{
    AuditPage page;
    for (const AuditEntry &entry : std::as_const(m_audit)) {
        const bool fits =
            (!query.since || entry.time >= *query.since) && (!query.until || entry.time <= *query.until) &&
            (!query.device || entry.device == query.device) && (!query.source || entry.source == *query.source) &&
            (!query.status || entry.status == *query.status) &&
            (query.text.isEmpty() || QString(entry.operation + u' ' + entry.detail + u' ' + entry.actor)
                                         .contains(query.text, Qt::CaseInsensitive));
        if (!fits)
            continue;
        ++page.total;
        if (query.cursor && entry.seq >= *query.cursor)
            continue;
        if (page.entries.size() < query.limit)
            page.entries.append(entry);
        else if (!page.next)
            page.next = page.entries.last().seq;
    }
    return answerOr<AuditPage>(std::move(page));
}

QFuture<Result<store::StoreStatus>> FakeFleetClient::storeStatus()
{
    store::StoreStatus status;
    status.dialect = u"sqlite"_s;
    status.path = m_folder.path() + u"/infrastructor.db"_s;
    status.version = 3;
    status.sizeBytes = m_status.storeBytes;
    status.tables = {{u"device_metrics"_s, 4'812'345, m_clock.now() - std::chrono::days(14), m_clock.now()}};
    status.retention = {{u"device_metrics"_s, u"raw"_s, 14},
                        {u"device_metrics"_s, u"5 min"_s, 90},
                        {u"device_metrics"_s, u"1 h"_s, 730}};
    return answerOr<store::StoreStatus>(std::move(status));
}

QFuture<Result<QList<engine::SshConfigHost>>> FakeFleetClient::sshConfigHosts()
{
    return answerOr<QList<engine::SshConfigHost>>(fakeSshHosts(m_mode));
}

QString FakeFleetClient::commandsShown(const DeviceId &) const
{
    return u"# every 60 s, in one message\ncat /proc/stat /proc/loadavg /proc/meminfo\ndf -PTk\ncat /proc/net/dev\n"_s;
}

QString FakeFleetClient::sudoersLines(const DeviceId &) const
{
    return u"admin ALL=(root) NOPASSWD: /usr/sbin/smartctl -n standby\\,5 -a -j /dev/sda\n"_s;
}

QFuture<Result<Device>> FakeFleetClient::addDevice(Device device, engine::DeviceSecrets)
{
    calls.append(u"addDevice "_s + device.name);
    if (!failWith && m_mode != FleetMode::Loading) {
        if (device.id.isNull())
            device.id = fakeId(device.name);
        DeviceRow row;
        row.device = device;
        row.state = DeviceState::New;
        row.health = Health::Info;
        changeRow(row);
        note(u"device.add"_s, device.id, device.address);
    }
    return answerOr<Device>(std::move(device));
}

QFuture<Result<Device>> FakeFleetClient::editDevice(Device device, engine::DeviceSecrets)
{
    calls.append(u"editDevice "_s + device.name);
    if (DeviceRow *row = rowOf(device.id); row != nullptr && !failWith) {
        DeviceRow changed = *row;
        changed.device = device;
        changeRow(changed);
        note(u"device.edit"_s, device.id, {});
    }
    return answerOr<Device>(std::move(device));
}

QFuture<Result<void>> FakeFleetClient::removeDevice(DeviceId device, bool withHistory)
{
    calls.append((withHistory ? u"removeDevice with history "_s : u"removeDevice "_s) + nameOf(device));
    if (DeviceRow *row = rowOf(device); row != nullptr && !failWith) {
        m_removed.insert(device, *row);
        m_rows.removeIf([&](const DeviceRow &other) { return other.device.id == device; });
        emit devicesChanged({}, {device});
        note(u"device.remove"_s, device, {});
    }
    return done();
}

QFuture<Result<void>> FakeFleetClient::undoRemove(DeviceId device)
{
    if (m_removed.contains(device))
        changeRow(m_removed.take(device));
    calls.append(u"undoRemove "_s + nameOf(device));
    return done();
}

QFuture<ssh::ConnectionReport> FakeFleetClient::testDevice(Device device, engine::DeviceSecrets, CancelToken)
{
    calls.append(u"testDevice "_s + device.name);
    using ssh::ConnectStep;
    ssh::ConnectionReport report;
    report.hostKey = u"SHA256:c0TdyXo4mFqW0rN3hZkJvQe7LbUaSg8uQ2pI6tVwXyZ"_s;
    report.hostKeyType = u"ssh-ed25519"_s;
    for (const ConnectStep step : {ConnectStep::Dns, ConnectStep::Tcp, ConnectStep::Kex, ConnectStep::HostKey,
                                   ConnectStep::Auth, ConnectStep::Shell}) {
        const bool unknownKey = step == ConnectStep::HostKey && device.hostKey.isEmpty();
        ssh::StepReport made{step, !unknownKey && !failWith, 4ms, {}};
        if (failWith)
            made.error = failWith;
        else if (unknownKey)
            made.error = Error{ErrorCode::HostKeyUnknown, u"This host key was never seen"_s};
        report.steps.append(made);
        if (!made.ok)
            break;
    }
    return answer(std::move(report));
}

QFuture<Result<void>> FakeFleetClient::acceptHostKey(DeviceId device, QString fingerprint)
{
    calls.append(u"acceptHostKey "_s + nameOf(device) + u' ' + fingerprint);
    return done();
}

QFuture<collect::CollectResult> FakeFleetClient::readNow(DeviceId device, QList<Kind>)
{
    calls.append(u"readNow "_s + nameOf(device));
    collect::CollectResult result;
    result.device = device;
    result.error = failWith;
    return answer(std::move(result));
}

void FakeFleetClient::setCollecting(bool on)
{
    calls.append(on ? u"collect on"_s : u"collect off"_s);
    m_status.collecting = on;
    emit statusChanged(m_status);
}

void FakeFleetClient::setPaused(const QList<DeviceId> &devices, bool paused)
{
    for (const DeviceId &id : devices) {
        calls.append((paused ? u"pause "_s : u"resume "_s) + nameOf(id));
        if (const DeviceRow *row = rowOf(id)) {
            DeviceRow changed = *row;
            changed.device.paused = paused;
            changed.state = paused ? DeviceState::Paused : DeviceState::Ok;
            changed.health = paused ? Health::Maintenance : Health::Ok;
            changeRow(changed);
        }
    }
}

QFuture<Result<void>> FakeFleetClient::setSetting(QString name, QJsonValue value)
{
    calls.append(u"setSetting "_s + name);
    for (const SettingKey &key : engine::keys::declaredSettings()) {
        if (name == QLatin1String(key.name))
            return answer<Result<void>>(m_settings->set(key, value));
    }
    return answer<Result<void>>(invalid(u"name"_s, name, u"a known setting"_s));
}

QFuture<Result<void>> FakeFleetClient::unlockSecrets(SecretBytes)
{
    calls.append(u"unlockSecrets"_s);
    if (!failWith) {
        m_status.secretsState = secrets::StoreState::Ready;
        emit statusChanged(m_status);
    }
    return done();
}

void FakeFleetClient::answerPrompt(quint64 id, std::optional<QByteArray> answer)
{
    calls.append(QStringLiteral("answerPrompt %1 %2").arg(id).arg(answer ? u"answered"_s : u"declined"_s));
}

QFuture<Result<void>> FakeFleetClient::connectInteractively(DeviceId device)
{
    calls.append(u"connectInteractively "_s + nameOf(device));
    return done();
}

} // namespace infra::test
