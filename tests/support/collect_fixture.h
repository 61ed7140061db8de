// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collect/collector.h"
#include "tests/support/fake_store.h"
#include "tests/support/fake_transport.h"

namespace infra::test {

/// Devices by hand.
class FakeDirectory final : public ssh::DeviceDirectory
{
public:
    QHash<DeviceId, Device> devices;
    std::optional<Device> device(const DeviceId &id) const override
    {
        const auto found = devices.constFind(id);
        return found == devices.constEnd() ? std::nullopt : std::optional(*found);
    }
    std::optional<DeviceId> ownerOfHostKey(const QString & /*fingerprint*/, const DeviceId & /*except*/) const override
    {
        return std::nullopt;
    }
};

inline Device someDevice(const QString &name)
{
    Device device;
    device.id = DeviceId(QString(QStringLiteral("d_") + name));
    device.name = name;
    device.address = QStringLiteral("192.0.2.1");
    device.user = QStringLiteral("ops");
    device.hostKey = QString(QStringLiteral("SHA256:") + name);
    return device;
}

/// A collector over fakes: no thread, no network, time by hand. `sections` is what the hosts answer.
class CollectFixture
{
public:
    CollectFixture()
        : store(makeFakeStore(memory))
        , cache(time)
        , gate(registry, time, random)
        , gaps(*store.writer)
        , collector({time, time, random, nullptr, cache, registry, gate, transport, directory, *store.writer, bus, gaps,
                     [this](const QByteArray &output, const QByteArray &nonce, const QList<Kind> &kinds, bool detect) {
                         return parse(output, nonce, kinds, detect);
                     }})
    {
    }

    Device add(const QString &name)
    {
        const Device device = someDevice(name);
        directory.devices.insert(device.id, device);
        return device;
    }

    QFuture<collect::CollectResult> ask(const Device &device, const QList<Kind> &kinds, bool force = false,
                                        AuditSource source = AuditSource::Ui)
    {
        collect::CollectRequest request;
        request.device = device.id;
        request.kinds = kinds;
        request.force = force;
        request.source = source;
        request.actor = QStringLiteral("os:tester");
        return collector.collect(request);
    }

    Result<commands::ParsedCycle> parse(const QByteArray &output, const QByteArray &nonce, const QList<Kind> &kinds,
                                        bool detect)
    {
        parsedKinds.append(kinds);
        if (output != nonce)
            return fail(ErrorCode::BadOutput, QStringLiteral("another nonce"));
        commands::ParsedCycle cycle;
        for (const Kind kind : kinds)
            cycle.sections.append(sectionFor ? sectionFor(kind) : plain(kind));
        if (detect)
            cycle.detected = detected;
        return cycle;
    }

    /// A section with something in it.
    Section plain(Kind kind) const
    {
        Section section;
        section.kind = kind;
        section.status = SectionStatus::Ok;
        if (kind == Kind::SystemMetrics) {
            RawSystem raw;
            raw.uptimeS = 1000 + static_cast<double>(time.monotonic().time_since_epoch().count()) / 1000;
            raw.hostEpochS = static_cast<double>(toMs(time.now())) / 1000;
            raw.cpuTotal = CpuTicks{.user = static_cast<quint64>(*raw.uptimeS * 25),
                                    .idle = static_cast<quint64>(*raw.uptimeS * 75)};
            raw.memTotalBytes = 8'000'000'000;
            raw.memAvailableBytes = 6'000'000'000;
            section.data = raw;
        } else if (kind == Kind::Users) {
            section.data = QList<UserSession>{{QStringLiteral("ops"), QStringLiteral("pts/0"), {}, {}}};
        }
        return section;
    }

    ManualTime time{fromMs(1'780'000'000'000)};
    SeededRandom random{7};
    std::shared_ptr<StoreMemory> memory = std::make_shared<StoreMemory>();
    store::Store store;
    cache::CacheManager cache;
    commands::CommandRegistry registry;
    guard::DestructiveActionManager gate;
    FakeTransport transport;
    FakeDirectory directory;
    events::EventBus bus;
    collect::GapKeeper gaps;
    QList<QList<Kind>> parsedKinds;
    std::function<Section(Kind)> sectionFor;
    commands::HostFacts detected{DeviceType::Ubuntu, {QStringLiteral("systemd")}, SudoMode::None, false};
    collect::Collector collector;
};

} // namespace infra::test
