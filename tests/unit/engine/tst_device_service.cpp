// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/device_service.h"
#include "tests/support/fake_store.h"
#include "tests/support/memory_secret_store.h"
#include "tests/support/test_registry.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::engine;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

namespace {

struct ServiceFixture
{
    ServiceFixture()
        : store(makeFakeStore(memory))
        , service({time, time, random, store, secrets, u"bench"_s})
    {
    }
    Device web(const QString &name = u"web1"_s) const
    {
        Device device;
        device.name = name;
        device.address = u"192.0.2.10"_s;
        device.user = u"ops"_s;
        device.auth = {AuthMethod::Password};
        return device;
    }
    template <typename T>
    static T wait(const QFuture<T> &future)
    {
        const bool done = QTest::qWaitFor([&] { return future.isFinished(); }, 5000);
        return done ? future.result() : T(fail(ErrorCode::Timeout, u"the test waited in vain"_s));
    }
    Result<Device> add(const Device &device) { return wait(service.add(device, {}, actor)); }

    ManualTime time{fromMs(1'780'000'000'000)};
    SeededRandom random{3};
    std::shared_ptr<StoreMemory> memory = std::make_shared<StoreMemory>();
    store::Store store;
    MemorySecretStore secrets;
    DeviceService service;
    Actor actor{AuditSource::Ui, u"os:alice"_s, {}};
};

} // namespace

class TestDeviceService : public QObject
{
    Q_OBJECT
private slots:
    void this_computer_is_made_once_and_kept()
    {
        ServiceFixture f;
        QVERIFY(f.wait(f.service.load()));
        QCOMPARE(f.service.all().size(), 1);
        QCOMPARE(f.service.device(localDeviceId())->name, u"bench"_s);
        QVERIFY(f.memory->devices.contains(localDeviceId()));
        DeviceService second({f.time, f.time, f.random, f.store, f.secrets, u"other"_s});
        QVERIFY(f.wait(second.load()));
        QCOMPARE(second.all().size(), 1);
        QCOMPARE(second.device(localDeviceId())->name, u"bench"_s);
        QVERIFY(!f.wait(second.remove(localDeviceId(), false, f.actor)));
    }

    void an_edit_that_is_saved_does_not_hide_a_later_one()
    {
        ServiceFixture f;
        const Result<Device> device = f.add(f.web());
        QVERIFY(device);
        Device first = *device;
        Device second = *device;
        first.notes = u"first"_s;
        second.notes = u"second"_s;
        const auto secret = [](QByteArray text) {
            DeviceSecrets secrets;
            secrets.loginPassword = SecretBytes(text);
            return secrets;
        };
        QStringList saved, latest;
        connect(&f.service, &DeviceService::deviceChanged, this, [&](const Device &changed) {
            saved += changed.notes;
            latest += f.service.latest(changed.id)->notes;
        });
        const auto one = f.service.edit(first, secret("a"), f.actor);
        const auto two = f.service.edit(second, secret("b"), f.actor);
        QCOMPARE(f.service.latest(device->id)->notes, u"second"_s);
        QVERIFY(f.wait(one));
        QVERIFY(f.wait(two));
        QCOMPARE(saved, (QStringList{u"first"_s, u"second"_s}));
        QCOMPARE(latest, (QStringList{u"second"_s, u"second"_s}));
    }

    void a_device_is_added_found_and_audited()
    {
        ServiceFixture f;
        QSignalSpy added(&f.service, &DeviceService::deviceAdded);
        const Result<Device> device = f.add(f.web());
        QVERIFY(device);
        QVERIFY(device->id.toString().startsWith(u"d_"));
        QCOMPARE(added.size(), 1);
        QCOMPARE(f.service.find(u"WEB1"_s)->id, device->id);
        QCOMPARE(f.service.find(device->id.toString())->id, device->id);
        QCOMPARE(f.memory->audits.size(), 1);
        QCOMPARE(f.memory->audits[0].operation, u"device.add"_s);
        QVERIFY(f.memory->devices.contains(device->id));
    }

    void what_is_wrong_is_named()
    {
        ServiceFixture f;
        const Device first = *f.add(f.web());
        QCOMPARE(f.add(f.web(u"Web1"_s)).error().field, u"name"_s);
        Device jumpy = f.web(u"b"_s);
        jumpy.jump = DeviceId(u"d_none"_s);
        QCOMPARE(f.add(jumpy).error().field, u"jump"_s);
        jumpy.jump = first.id;
        const Device behind = *f.add(jumpy);
        Device circle = first;
        circle.jump = behind.id;
        QCOMPARE(f.wait(f.service.edit(circle, {}, f.actor)).error().field, u"jump"_s);
        Device hostile = f.web(u"c"_s);
        hostile.address = u"-oProxyCommand=x"_s;
        QVERIFY(!f.add(hostile));
        QVERIFY(f.wait(f.service.remove(first.id, false, f.actor)).error().code == ErrorCode::Conflict);
        QVERIFY(f.memory->audits.last().error.has_value());
    }

    void one_host_key_is_one_machine()
    {
        ServiceFixture f;
        const Device a = *f.add(f.web(u"a"_s));
        const Device b = *f.add(f.web(u"b"_s));
        QVERIFY(f.wait(f.service.acceptHostKey(a.id, u"SHA256:one"_s, f.actor)));
        QVERIFY(!f.wait(f.service.acceptHostKey(b.id, u"SHA256:one"_s, f.actor)));
        QVERIFY(!f.wait(f.service.acceptHostKey(b.id, u"nonsense"_s, f.actor)));
        QCOMPARE(*f.service.ownerOfHostKey(u"SHA256:one"_s, b.id), a.id);
        QVERIFY(!f.service.ownerOfHostKey(u"SHA256:one"_s, a.id));
        QVERIFY(!f.service.ownerOfHostKey({}, a.id));
    }

    void secrets_go_to_their_store_and_never_into_the_device()
    {
        ServiceFixture f;
        DeviceSecrets secrets;
        secrets.loginPassword = SecretBytes("canary-1");
        secrets.sudoPassword = SecretBytes("canary-2");
        const Device device = *f.wait(f.service.add(f.web(), std::move(secrets), f.actor));
        QVERIFY(f.secrets.contains(secrets::loginPasswordName(device.id)));
        QVERIFY(f.secrets.contains(secrets::sudoPasswordName(device.id)));
        QCOMPARE(f.secrets.count(), std::size_t(2));
        for (const AuditEntry &entry : std::as_const(f.memory->audits))
            QVERIFY(!entry.detail.contains(u"canary"));
    }

    void a_locked_store_changes_nothing()
    {
        ServiceFixture f;
        f.secrets.setState(secrets::StoreState::Locked);
        DeviceSecrets secrets;
        secrets.loginPassword = SecretBytes("canary");
        const Result<Device> added = f.wait(f.service.add(f.web(), std::move(secrets), f.actor));
        QVERIFY(!added && added.error().code == ErrorCode::SecretsLocked);
        QVERIFY(f.service.all().isEmpty() && f.memory->devices.isEmpty());
        QVERIFY(f.add(f.web())); // without a secret there is nothing to lock
    }

    void a_removal_can_be_undone_for_a_minute()
    {
        ServiceFixture f;
        DeviceSecrets secrets;
        secrets.loginPassword = SecretBytes("x");
        const Device device = *f.wait(f.service.add(f.web(), std::move(secrets), f.actor));
        QVERIFY(f.wait(f.service.remove(device.id, true, f.actor)));
        QVERIFY(!f.service.device(device.id));
        f.time.advance(seconds(59));
        QVERIFY(f.secrets.contains(secrets::loginPasswordName(device.id)));
        QVERIFY(f.wait(f.service.undoRemove(device.id, f.actor)));
        QCOMPARE(*f.service.device(device.id), device);
        QVERIFY(f.wait(f.service.remove(device.id, true, f.actor)));
        f.time.advance(seconds(61));
        QTRY_VERIFY(!f.secrets.contains(secrets::loginPasswordName(device.id)));
        QVERIFY(f.memory->removals.contains(qMakePair(device.id, true)));
        QVERIFY(!f.wait(f.service.undoRemove(device.id, f.actor)));
    }

    void a_detected_type_does_not_beat_a_set_one()
    {
        ServiceFixture f;
        const Device device = *f.add(f.web());
        QSignalSpy changed(&f.service, &DeviceService::deviceChanged);
        f.service.noteDetected(device.id, DeviceType::Unraid, {u"docker"_s});
        QCOMPARE(f.service.device(device.id)->type, DeviceType::Unraid);
        f.service.noteDetected(device.id, DeviceType::Unraid, {u"docker"_s});
        QCOMPARE(changed.size(), 1);
        Device set = *f.service.device(device.id);
        set.type = DeviceType::Proxmox;
        set.typeSource = TypeSource::Set;
        QVERIFY(f.wait(f.service.edit(set, {}, f.actor)));
        f.service.noteDetected(device.id, DeviceType::Unraid, {});
        QCOMPARE(f.service.device(device.id)->type, DeviceType::Proxmox);
        QVERIFY(f.memory->audits.last().detail.contains(u"type"));
    }
};

INFRA_TEST(TestDeviceService)
#include "tst_device_service.moc"
