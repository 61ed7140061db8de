// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/device.h"
#include "core/model/kind.h"
#include "tests/support/test_registry.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

class TestDevice : public QObject
{
    Q_OBJECT
private slots:
    void aGoodDevicePasses();
    void thisComputerNeedsNeitherAddressNorUser();
    void anAliasStandsInForAddressAndUser();
    void badFieldsAreNamed_data();
    void badFieldsAreNamed();
    void hostileHostNamesAreRefused_data();
    void hostileHostNamesAreRefused();
    void namesOfOtherScriptsPass();
    void everyWordLeadsBack();
    void theContractsKeysAreThere();
    void whatIsNotKnownIsNull();
    void theStoredFormGivesTheSameDevice();
    void aDamagedStoredFormIsRefused_data();
    void aDamagedStoredFormIsRefused();
};

namespace {

Device goodDevice()
{
    Device device;
    device.id = DeviceId(u"d_01J00000000000000000000000"_s);
    device.name = u"lab1"_s;
    device.address = u"127.1.0.1"_s;
    device.port = 22022;
    device.user = u"lab"_s;
    device.sshAlias = u"lab-one"_s;
    device.type = DeviceType::ZfsNas;
    device.typeSource = TypeSource::Set;
    device.jump = DeviceId(u"d_2"_s);
    device.auth = {AuthMethod::KeyFile, AuthMethod::Agent, AuthMethod::KeyboardInteractive};
    device.keyFile = u"/home/alice/.ssh/id"_s;
    device.keyHasPassphrase = true;
    device.sudo = SudoMode::Password;
    device.tags = {u"rack 1"_s, u"demo"_s};
    device.group = u"home"_s;
    device.environment = Environment::Lab;
    device.notes = u"first line\nsecond"_s;
    device.intervalS = 30;
    device.paused = true;
    device.expectedAsleep = true;
    device.hostKey = QString(u"SHA256:" + QString(43, u'a'));
    device.capabilities = {u"docker"_s, u"systemd"_s};
    device.addedAt = fromMs(1'795'496'400'000);
    device.lastSeen = fromMs(1'795'496'460'000);
    return device;
}

} // namespace

void TestDevice::aGoodDevicePasses()
{
    const Result<void> checked = checkDevice(goodDevice());
    QVERIFY2(checked.has_value(), checked ? "" : qPrintable(checked.error().message));
}

void TestDevice::thisComputerNeedsNeitherAddressNorUser()
{
    Device local;
    local.id = localDeviceId();
    local.name = u"this computer"_s;
    QVERIFY(local.isLocal());
    QVERIFY(checkDevice(local).has_value());
    local.id = DeviceId(u"d_x"_s);
    QVERIFY(!checkDevice(local));
}

void TestDevice::anAliasStandsInForAddressAndUser()
{
    Device device = goodDevice();
    device.address.clear();
    device.user.clear();
    device.keyFile.clear();
    QVERIFY(checkDevice(device).has_value());
    device.sshAlias.clear();
    QCOMPARE(checkDevice(device).error().field, u"address"_s);
}

void TestDevice::badFieldsAreNamed_data()
{
    using Change = std::function<void(Device &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const QString &field, const Change &change) {
        QTest::newRow(name) << change << field;
    };
    row("id", u"id"_s, [](Device &d) { d.id = DeviceId(u"x"_s); });
    row("no name", u"name"_s, [](Device &d) { d.name.clear(); });
    row("long name", u"name"_s, [](Device &d) { d.name = QString(65, u'x'); });
    row("blank at the end", u"name"_s, [](Device &d) { d.name = u"lab "_s; });
    row("control in name", u"name"_s, [](Device &d) { d.name = u"a\x1b[2J"_s; });
    row("bidi in name", u"name"_s, [](Device &d) { d.name = u"a\u202eb"_s; });
    row("port", u"port"_s, [](Device &d) { d.port = 0; });
    row("no user", u"user"_s, [](Device &d) { d.user.clear(), d.sshAlias.clear(); });
    row("user with at", u"user"_s, [](Device &d) { d.user = u"a@b"_s; });
    row("user as flag", u"user"_s, [](Device &d) { d.user = u"-l"_s; });
    row("user with blank", u"user"_s, [](Device &d) { d.user = u"a b"_s; });
    row("alias as flag", u"ssh_alias"_s, [](Device &d) { d.sshAlias = u"-oProxyCommand=x"_s; });
    row("alias with blank", u"ssh_alias"_s, [](Device &d) { d.sshAlias = u"a b"_s; });
    row("auth twice", u"auth"_s, [](Device &d) { d.auth = {AuthMethod::Agent, AuthMethod::Agent}; });
    row("no key file", u"key_file"_s, [](Device &d) { d.keyFile.clear(), d.sshAlias.clear(); });
    row("key file with line end", u"key_file"_s, [](Device &d) { d.keyFile = u"a\nb"_s; });
    row("jump to itself", u"jump"_s, [](Device &d) { d.jump = d.id; });
    row("jump to here", u"jump"_s, [](Device &d) { d.jump = localDeviceId(); });
    row("empty tag", u"tags"_s, [](Device &d) { d.tags = {u""_s}; });
    row("long tag", u"tags"_s, [](Device &d) { d.tags = {QString(33, u'x')}; });
    row("tag twice", u"tags"_s, [](Device &d) { d.tags = {u"a"_s, u"a"_s}; });
    row("tag with comma", u"tags"_s, [](Device &d) { d.tags = {u"a,b"_s}; });
    row("many tags", u"tags"_s, [](Device &d) {
        d.tags.clear();
        for (int i = 0; i < 33; ++i)
            d.tags.append(QString::number(i));
    });
    row("group", u"group"_s, [](Device &d) { d.group = QString(65, u'x'); });
    row("notes", u"notes"_s, [](Device &d) { d.notes = QString(10'001, u'x'); });
    row("escape in notes", u"notes"_s, [](Device &d) { d.notes = u"a\x1b[0m"_s; });
    row("interval low", u"interval_s"_s, [](Device &d) { d.intervalS = 9; });
    row("interval high", u"interval_s"_s, [](Device &d) { d.intervalS = 86'401; });
    row("host key", u"host_key"_s, [](Device &d) { d.hostKey = u"SHA256:short"_s; });
    row("md5 host key", u"host_key"_s, [](Device &d) { d.hostKey = u"MD5:00:11"_s; });
}

void TestDevice::badFieldsAreNamed()
{
    QFETCH(std::function<void(Device &)>, change);
    QFETCH(QString, field);
    Device device = goodDevice();
    change(device);
    const Result<void> checked = checkDevice(device);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(checked.error().field, field);
    QVERIFY(!checked.error().rule.isEmpty());
}

void TestDevice::hostileHostNamesAreRefused_data()
{
    QTest::addColumn<QString>("host");
    int row = 0;
    for (const QString &host : {u"-oProxyCommand=touch /tmp/x"_s,
                                u"a b"_s,
                                u"a;reboot"_s,
                                u"$(reboot)"_s,
                                u"`reboot`"_s,
                                u"a\nb"_s,
                                u"a\tb"_s,
                                u"a\u202eb"_s,
                                u"a|b"_s,
                                u"a&b"_s,
                                u"a>b"_s,
                                u"user@host"_s,
                                u"a/b"_s,
                                u"a\\b"_s,
                                u"'a'"_s,
                                u"\"a\""_s,
                                QString(u"a\0b"_s),
                                QString(254, u'a'),
                                u"a\u200bb"_s,
                                u"*"_s,
                                u"a?b"_s,
                                u"#a"_s})
        QTest::addRow("%d", row++) << host;
}

void TestDevice::hostileHostNamesAreRefused()
{
    QFETCH(QString, host);
    Device device = goodDevice();
    device.address = host;
    const Result<void> checked = checkDevice(device);
    QVERIFY(!checked);
    QCOMPARE(checked.error().field, u"address"_s);
    QVERIFY(checked.error().value.size() <= 120);
    QVERIFY(!checked.error().value.contains(u'\n'));
}

void TestDevice::namesOfOtherScriptsPass()
{
    Device device = goodDevice();
    for (const QString &host :
         {u"bücher.example"_s, u"例え.jp"_s, u"fe80::1%eth0"_s, u"2001:db8::1"_s, u"my_host-1.lan"_s}) {
        device.address = host;
        QVERIFY2(checkDevice(device).has_value(), qPrintable(host));
    }
    device.name = u"Büro 2 (サーバー)"_s;
    QVERIFY(checkDevice(device).has_value());
}

void TestDevice::everyWordLeadsBack()
{
    for (int i = 0; i <= static_cast<int>(DeviceType::ZfsNas); ++i)
        QCOMPARE(deviceTypeFromName(toName(static_cast<DeviceType>(i))), std::optional(static_cast<DeviceType>(i)));
    for (int i = 0; i <= static_cast<int>(Environment::Lab); ++i)
        QCOMPARE(environmentFromName(toName(static_cast<Environment>(i))), std::optional(static_cast<Environment>(i)));
    for (int i = 0; i <= static_cast<int>(DeviceState::Paused); ++i)
        QCOMPARE(deviceStateFromName(toName(static_cast<DeviceState>(i))), std::optional(static_cast<DeviceState>(i)));
    for (int i = 0; i <= static_cast<int>(AuthMethod::KeyboardInteractive); ++i)
        QCOMPARE(authMethodFromName(toName(static_cast<AuthMethod>(i))), std::optional(static_cast<AuthMethod>(i)));
    for (int i = 0; i <= static_cast<int>(SudoMode::Password); ++i)
        QCOMPARE(sudoModeFromName(toName(static_cast<SudoMode>(i))), std::optional(static_cast<SudoMode>(i)));
    QCOMPARE(toName(DeviceType::ZfsNas), u"zfs-nas"_s);
    QCOMPARE(toName(DeviceState::NeedsYou), u"needs_you"_s);
    QCOMPARE(toName(DeviceState::HostKey), u"host_key"_s);
    QCOMPARE(toName(Environment::None), u"none"_s);
    QCOMPARE(toName(SudoMode::NoPassword), u"nopasswd"_s);
    QCOMPARE(toName(TypeSource::Detected), u"detected"_s);
    QVERIFY(!deviceTypeFromName(u"UBUNTU").has_value());
    QVERIFY(!deviceStateFromName(u"").has_value());
}

void TestDevice::theContractsKeysAreThere()
{
    const QJsonObject json = toJson(goodDevice());
    for (const QString &key :
         {u"id"_s, u"name"_s, u"type"_s, u"type_source"_s, u"address"_s, u"port"_s, u"user"_s, u"jump"_s, u"tags"_s,
          u"group"_s, u"environment"_s, u"capabilities"_s, u"last_seen"_s, u"interval_s"_s})
        QVERIFY2(json.contains(key), qPrintable(key));
    QCOMPARE(json.value("type"_L1).toString(), u"zfs-nas"_s);
    QCOMPARE(json.value("type_source"_L1).toString(), u"set"_s);
    QCOMPARE(json.value("port"_L1).toInt(), 22022);
    QCOMPARE(json.value("jump"_L1).toString(), u"d_2"_s);
    QCOMPARE(json.value("last_seen"_L1).toString(), u"2026-11-24T05:01:00.000Z"_s);
    QCOMPARE(json.value("tags"_L1).toArray().size(), 2);
}

void TestDevice::whatIsNotKnownIsNull()
{
    Device device;
    device.id = localDeviceId();
    device.name = u"x"_s;
    const QJsonObject json = toJson(device);
    for (const QString &key :
         {u"address"_s, u"user"_s, u"jump"_s, u"group"_s, u"last_seen"_s, u"host_key"_s, u"key_file"_s, u"notes"_s})
        QVERIFY2(json.value(key).isNull(), qPrintable(key));
    QCOMPARE(json.value("tags"_L1).toArray().size(), 0);
    QVERIFY(json.value("tags"_L1).isArray());
}

void TestDevice::theStoredFormGivesTheSameDevice()
{
    const Device device = goodDevice();
    const Result<Device> back = deviceFromStored(toStored(device));
    QVERIFY(back.has_value());
    QVERIFY(*back == device);
    Device small;
    small.id = localDeviceId();
    small.name = u"x"_s;
    const Result<Device> smallBack = deviceFromStored(toStored(small));
    QVERIFY(smallBack.has_value() && *smallBack == small);
}

void TestDevice::aDamagedStoredFormIsRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("id") << u"id"_s << QJsonValue(u""_s);
    QTest::newRow("id number") << u"id"_s << QJsonValue(5);
    QTest::newRow("type") << u"type"_s << QJsonValue(u"amiga"_s);
    QTest::newRow("type number") << u"type"_s << QJsonValue(5);
    QTest::newRow("type_source") << u"type_source"_s << QJsonValue(u"guessed"_s);
    QTest::newRow("environment") << u"environment"_s << QJsonValue(u"x"_s);
    QTest::newRow("sudo") << u"sudo"_s << QJsonValue(u"x"_s);
    QTest::newRow("auth") << u"auth"_s << QJsonValue(QJsonArray{u"magic"_s});
    QTest::newRow("port high") << u"port"_s << QJsonValue(65'536);
    QTest::newRow("port text") << u"port"_s << QJsonValue(u"22"_s);
}

void TestDevice::aDamagedStoredFormIsRefused()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QJsonObject stored = toStored(goodDevice());
    stored.insert(key, value);
    const Result<Device> back = deviceFromStored(stored);
    QVERIFY(!back);
    QCOMPARE(back.error().field, key);
}

INFRA_TEST(TestDevice)
#include "tst_device.moc"
