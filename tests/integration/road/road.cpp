// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/road/road.h"

#include "tests/integration/road/road_wait.h"

#include <QtCore/QJsonArray>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

namespace {

const engine::Actor kTester{AuditSource::Ctl, u"os:tester"_s, {}};

} // namespace

Device deviceOf(const Lab &lab, const LabHost &host)
{
    Device device;
    device.name = host.name;
    device.address = host.address;
    device.port = static_cast<quint16>(host.port);
    device.user = host.user;
    device.auth = {AuthMethod::KeyFile};
    device.keyFile = lab.clientKey();
    device.hostKey = host.hostKey;
    return device;
}

Road::Road() = default;

Road::~Road()
{
    stop();
}

bool Road::start(bool scheduling)
{
    const app::Profile profile(m_folder.filePath(u"profile"_s));
    if (Result<void> made = profile.create(); !made) {
        m_error = made.error().message;
        return false;
    }
    app::ServicesOptions options;
    options.scheduling = scheduling;
    options.listening = false;
    Result<std::unique_ptr<app::Services>> opened = app::Services::open(profile, std::move(options));
    if (!opened) {
        m_error = opened.error().message;
        return false;
    }
    m_services = std::move(*opened);
    const auto started = awaited(m_services->start());
    if (!started || !*started)
        m_error = started ? started->error().message : u"the services did not start"_s;
    return started && started->has_value();
}

void Road::stop()
{
    if (!m_services)
        return;
    const QFuture<void> stopped = m_services->stop();
    if (!QTest::qWaitFor([&stopped] { return stopped.isFinished(); }, 60'000))
        m_error = u"the services did not stop"_s;
    m_services.reset();
}

std::optional<Device> Road::add(const Lab &lab, const LabHost &host, const std::function<void(Device &)> &change)
{
    Device device = deviceOf(lab, host);
    if (change)
        change(device);
    const auto added = awaited(m_services->devices().add(device, {}, kTester));
    if (!added || !*added) {
        m_error = added ? added->error().message : u"the device was not added"_s;
        return std::nullopt;
    }
    return **added;
}

std::optional<collect::CollectResult> Road::collect(const DeviceId &device, QList<Kind> kinds)
{
    collect::CollectRequest request;
    request.device = device;
    request.kinds = std::move(kinds);
    request.force = true;
    request.source = AuditSource::Ctl;
    request.actor = kTester.name;
    return awaited(engine().collection().collect(std::move(request)));
}

QJsonObject Road::ask(const QString &command, const QJsonObject &args)
{
    engine::ControlRequest request;
    request.command = command;
    request.args = args;
    request.actor = kTester.name;
    const auto reply = awaited(m_services->control().handle(std::move(request)));
    return reply ? reply->body : QJsonObject();
}

std::optional<double> Road::newest(const DeviceId &device, const QString &series, const QString &label)
{
    const QJsonObject reply = ask(u"metrics"_s, {{u"id"_s, device.toString()}, {u"series"_s, series}});
    for (const QJsonValue &entry : reply.value("series"_L1).toArray()) {
        const QJsonObject labels = entry["labels"_L1].toObject();
        const QString found = labels.isEmpty() ? QString() : labels.begin()->toString();
        const QJsonArray points = entry["points"_L1].toArray();
        if (entry["name"_L1].toString() == series && found == label && !points.isEmpty())
            return points.last().toArray().at(1).toDouble();
    }
    return std::nullopt;
}

QList<HistoryPoint> Road::live(const DeviceId &device, const QString &series, const QString &label, Instant since)
{
    HistoryQuery query;
    query.device = device;
    query.series = {{series, label}};
    query.from = since;
    query.to = m_services->clock().now() + seconds(1);
    for (const HistorySeries &one : engine().liveHistory(query).series) {
        if (one.key.label == label)
            return one.points;
    }
    return {};
}

QList<HistoryPoint> Road::stored(const DeviceId &device, const QString &series, Instant from)
{
    if (!awaited(m_services->store().writer->flush()))
        return {};
    HistoryQuery query;
    query.device = device;
    query.series = {{series, {}}};
    query.from = from;
    query.to = m_services->clock().now() + seconds(1);
    query.maxPoints = 20'000;
    const auto history = awaited(m_services->store().reader->history(query, CancelToken()));
    if (!history || !*history || (*history)->series.isEmpty())
        return {};
    return (*history)->series.first().points;
}

} // namespace infra::test
