// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/inventory_tables.h"

#include "core/base/redaction.h"
#include "ui/models/container_table_model.h"
#include "ui/text/format.h"

#include <QtCore/QCoreApplication>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Words of these tables share one context for translators.
struct InventoryText
{
    Q_DECLARE_TR_FUNCTIONS(InventoryTables)
};

QString safe(const QString &text, qsizetype length = 160)
{
    return text.isEmpty() ? missing() : displayText(text, length);
}

QVariant exactOf(const std::optional<qint64> &value)
{
    return value ? QVariant(*value) : QVariant();
}

std::optional<double> real(const std::optional<qint64> &value)
{
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

std::optional<double> share(const std::optional<qint64> &part, const std::optional<qint64> &whole)
{
    if (!part || !whole || *whole <= 0)
        return std::nullopt;
    return 100.0 * static_cast<double>(*part) / static_cast<double>(*whole);
}

/// Used of what an ordinary account can use, as df counts it.
std::optional<double> usedPercent(const Filesystem &fs)
{
    if (!fs.usedBytes || !fs.availableBytes)
        return share(fs.usedBytes, fs.sizeBytes);
    return share(fs.usedBytes, *fs.usedBytes + *fs.availableBytes);
}

std::optional<Health> fullness(std::optional<double> percent)
{
    if (!percent || *percent < 85)
        return std::nullopt;
    return *percent >= 95 ? Health::Critical : Health::Warning;
}

std::optional<Health> healthOfUnit(const ServiceUnit &unit)
{
    if (unit.active == "failed"_L1)
        return Health::Warning;
    if (unit.active == "active"_L1)
        return Health::Ok;
    return unit.active == "activating"_L1 || unit.active == "reloading"_L1 ? Health::Info : Health::Asleep;
}

std::optional<Health> healthOfSensor(const Temperature &sensor)
{
    if (sensor.critCelsius && sensor.celsius > *sensor.critCelsius)
        return Health::Critical;
    return sensor.maxCelsius && sensor.celsius > *sensor.maxCelsius ? std::optional(Health::Warning) : std::nullopt;
}

template <typename Row, typename Judge>
std::optional<Health> worstBy(const QList<Row> &rows, Judge judge)
{
    std::optional<Health> worst;
    for (const Row &row : rows) {
        const std::optional<Health> health = judge(row);
        if (health && (*health == Health::Warning || *health == Health::Critical) &&
            (!worst || worseThan(*health, *worst)))
            worst = health;
    }
    return worst;
}

} // namespace

InventoryModel<Filesystem> *makeFilesystemModel(QObject *parent)
{
    using Row = Filesystem;
    const InventoryModel<Row>::Columns columns = {
        {{u"mount"_s, InventoryText::tr("Mount"), CellKind::Name, 220, 0, true},
         [](const Row &r) { return safe(r.mount); },
         {},
         [](const Row &r) { return std::optional(fullness(usedPercent(r)).value_or(Health::Ok)); },
         {},
         [](const Row &r) { return safe(r.mount, 512); }},
        {{u"used_percent"_s, InventoryText::tr("Used"), CellKind::Bar, 130, 9, false, true},
         [](const Row &r) { return percent(usedPercent(r)); },
         [](const Row &r) { return usedPercent(r) ? QVariant(*usedPercent(r)) : QVariant(); },
         [](const Row &r) { return fullness(usedPercent(r)); },
         usedPercent},
        {{u"used"_s, InventoryText::tr("Used"), CellKind::Number, 90, 8, false, true},
         [](const Row &r) { return bytesBinary(real(r.usedBytes)); },
         [](const Row &r) { return exactOf(r.usedBytes); }},
        {{u"size"_s, InventoryText::tr("Size"), CellKind::Number, 90, 8, false, true},
         [](const Row &r) { return bytesBinary(real(r.sizeBytes)); },
         [](const Row &r) { return exactOf(r.sizeBytes); }},
        {{u"free"_s, InventoryText::tr("Free"), CellKind::Number, 90, 9, false, true},
         [](const Row &r) { return bytesBinary(real(r.availableBytes)); },
         [](const Row &r) { return exactOf(r.availableBytes); }},
        {{u"inodes"_s, InventoryText::tr("Inodes"), CellKind::Bar, 120, 7, false, true},
         [](const Row &r) { return percent(share(r.inodesUsed, r.inodesTotal)); },
         [](const Row &r) {
             const auto p = share(r.inodesUsed, r.inodesTotal);
             return p ? QVariant(*p) : QVariant();
         },
         [](const Row &r) { return fullness(share(r.inodesUsed, r.inodesTotal)); },
         [](const Row &r) { return share(r.inodesUsed, r.inodesTotal); }},
        {{u"type"_s, InventoryText::tr("Type"), CellKind::Text, 90, 6}, [](const Row &r) { return safe(r.type, 32); }},
        {{u"device"_s, InventoryText::tr("Device"), CellKind::Code, 200, 5, true},
         [](const Row &r) { return safe(r.device); }},
        {{u"mode"_s, InventoryText::tr("Mode"), CellKind::Text, 90, 4},
         [](const Row &r) { return r.readOnly ? InventoryText::tr("Read only") : InventoryText::tr("Read, write"); }},
    };
    return new InventoryModel<Row>(
        columns, [](const Row &r) { return r.mount; },
        [](const Row &r) {
            return InventoryText::tr("%1, %2 used, %3 free")
                .arg(safe(r.mount), percent(usedPercent(r)), bytesBinary(real(r.availableBytes)));
        },
        parent);
}

InventoryModel<ServiceUnit> *makeServiceModel(QObject *parent)
{
    using Row = ServiceUnit;
    const InventoryModel<Row>::Columns columns = {
        {{u"name"_s, InventoryText::tr("Service"), CellKind::Name, 240, 0, true},
         [](const Row &r) { return safe(r.name); },
         [](const Row &r) {
             return QVariant(
                 u"%1 %2"_s.arg(static_cast<int>(healthOfUnit(r).value_or(Health::Ok))).arg(r.name.toLower()));
         },
         healthOfUnit,
         {},
         [](const Row &r) { return safe(r.name, 256); }},
        {{u"state"_s, InventoryText::tr("State"), CellKind::Text, 130, 9},
         [](const Row &r) { return safe(r.sub.isEmpty() ? r.active : QString(r.active + u", "_s + r.sub), 48); },
         {},
         [](const Row &r) { return r.active == "failed"_L1 ? std::optional(Health::Warning) : std::nullopt; }},
        {{u"result"_s, InventoryText::tr("Result"), CellKind::Text, 90, 6},
         [](const Row &r) { return safe(r.result, 32); }},
        {{u"restarts"_s, InventoryText::tr("Restarts"), CellKind::Number, 80, 7, false, true},
         [](const Row &r) { return count(r.restarts); },
         [](const Row &r) { return exactOf(r.restarts); }},
        {{u"memory"_s, InventoryText::tr("Memory"), CellKind::Number, 90, 8, false, true},
         [](const Row &r) { return bytesBinary(real(r.memoryBytes)); },
         [](const Row &r) { return exactOf(r.memoryBytes); }},
        {{u"cpu"_s, InventoryText::tr("CPU time"), CellKind::Number, 90, 7, false, true},
         [](const Row &r) { return r.cpuNs ? age(milliseconds(*r.cpuNs / 1'000'000)) : missing(); },
         [](const Row &r) { return exactOf(r.cpuNs); }},
        {{u"description"_s, InventoryText::tr("Description"), CellKind::Text, 260, 5, true},
         [](const Row &r) { return safe(r.description); }},
    };
    return new InventoryModel<Row>(
        columns, [](const Row &r) { return r.name; },
        [](const Row &r) { return InventoryText::tr("%1, %2").arg(safe(r.name), safe(r.active)); }, parent);
}

InventoryModel<Process> *makeProcessModel(QObject *parent)
{
    using Row = Process;
    const InventoryModel<Row>::Columns columns = {
        {{u"name"_s, InventoryText::tr("Process"), CellKind::Text, 160, 0},
         [](const Row &r) { return safe(r.name, 64); }},
        {{u"pid"_s, InventoryText::tr("PID"), CellKind::Number, 80, 9, false, true},
         [](const Row &r) { return QString::number(r.pid); },
         [](const Row &r) { return QVariant(r.pid); }},
        {{u"user"_s, InventoryText::tr("User"), CellKind::Text, 110, 8}, [](const Row &r) { return safe(r.user, 40); }},
        {{u"cpu"_s, InventoryText::tr("CPU"), CellKind::Number, 80, 9, false, true},
         [](const Row &r) { return percent(r.cpuPercent); },
         [](const Row &r) { return r.cpuPercent ? QVariant(*r.cpuPercent) : QVariant(); }},
        {{u"memory"_s, InventoryText::tr("Memory"), CellKind::Number, 90, 9, false, true},
         [](const Row &r) { return bytesBinary(real(r.rssBytes)); },
         [](const Row &r) { return exactOf(r.rssBytes); }},
        {{u"elapsed"_s, InventoryText::tr("Runs for"), CellKind::Age, 80, 7, false, true},
         [](const Row &r) { return r.elapsedS ? age(seconds(*r.elapsedS)) : missing(); },
         [](const Row &r) { return exactOf(r.elapsedS); }},
        {{u"args"_s, InventoryText::tr("Command"), CellKind::Code, 320, 6, true},
         [](const Row &r) { return r.kernelThread ? InventoryText::tr("kernel thread") : safe(r.args, 400); },
         {},
         {},
         {},
         [](const Row &r) { return safe(r.args, 1000); }},
    };
    return new InventoryModel<Row>(
        columns, [](const Row &r) { return QString::number(r.pid); },
        [](const Row &r) {
            return InventoryText::tr("%1, process %2 of %3, CPU %4")
                .arg(safe(r.name))
                .arg(r.pid)
                .arg(safe(r.user), percent(r.cpuPercent));
        },
        parent);
}

InventoryModel<NetInterface> *makeInterfaceModel(QObject *parent)
{
    using Row = NetInterface;
    const InventoryModel<Row>::Columns columns = {
        {{u"name"_s, InventoryText::tr("Interface"), CellKind::Name, 150, 0, true},
         [](const Row &r) { return safe(r.name, 40); },
         {},
         [](const Row &r) { return std::optional(r.state == "up"_L1 ? Health::Ok : Health::Asleep); }},
        {{u"state"_s, InventoryText::tr("State"), CellKind::Text, 90, 9},
         [](const Row &r) { return safe(r.state, 24); }},
        {{u"kind"_s, InventoryText::tr("Kind"), CellKind::Text, 100, 8}, [](const Row &r) { return safe(r.kind, 24); }},
        {{u"speed"_s, InventoryText::tr("Speed"), CellKind::Number, 100, 8, false, true},
         [](const Row &r) { return r.speedMbit ? InventoryText::tr("%1 Mbit/s").arg(count(r.speedMbit)) : missing(); },
         [](const Row &r) { return exactOf(r.speedMbit); }},
        {{u"mtu"_s, InventoryText::tr("MTU"), CellKind::Number, 80, 7, false, true},
         [](const Row &r) { return count(r.mtu); },
         [](const Row &r) { return exactOf(r.mtu); }},
        {{u"rx"_s, InventoryText::tr("Received"), CellKind::Number, 100, 8, false, true},
         [](const Row &r) { return bytesBinary(real(r.rxBytes)); },
         [](const Row &r) { return exactOf(r.rxBytes); }},
        {{u"tx"_s, InventoryText::tr("Sent"), CellKind::Number, 100, 8, false, true},
         [](const Row &r) { return bytesBinary(real(r.txBytes)); },
         [](const Row &r) { return exactOf(r.txBytes); }},
        {{u"mac"_s, InventoryText::tr("Address"), CellKind::Code, 150, 6},
         [](const Row &r) { return safe(r.mac, 40); }},
    };
    return new InventoryModel<Row>(
        columns, [](const Row &r) { return r.name; },
        [](const Row &r) { return InventoryText::tr("%1, %2").arg(safe(r.name), safe(r.state)); }, parent);
}

InventoryModel<ListeningPort> *makePortModel(QObject *parent)
{
    using Row = ListeningPort;
    const InventoryModel<Row>::Columns columns = {
        {{u"port"_s, InventoryText::tr("Port"), CellKind::Number, 80, 0, false, true},
         [](const Row &r) { return QString::number(r.port); },
         [](const Row &r) { return QVariant(r.port); }},
        {{u"proto"_s, InventoryText::tr("Protocol"), CellKind::Text, 90, 9},
         [](const Row &r) { return safe(r.protocol, 12); }},
        {{u"address"_s, InventoryText::tr("Listens on"), CellKind::Code, 220, 9, true},
         [](const Row &r) {
             return r.address == "*"_L1 || r.address == "0.0.0.0"_L1 || r.address == "::"_L1
                        ? InventoryText::tr("all addresses")
                        : safe(r.address, 64);
         },
         [](const Row &r) { return QVariant(r.address); }},
        {{u"process"_s, InventoryText::tr("Process"), CellKind::Text, 180, 8, true},
         [](const Row &r) { return safe(r.process, 80); }},
    };
    return new InventoryModel<Row>(
        columns, [](const Row &r) { return u"%1/%2/%3"_s.arg(r.protocol, r.address).arg(r.port); },
        [](const Row &r) {
            return InventoryText::tr("%1 port %2 on %3").arg(r.protocol).arg(r.port).arg(safe(r.address));
        },
        parent);
}

InventoryModel<Temperature> *makeTemperatureModel(QObject *parent)
{
    using Row = Temperature;
    const InventoryModel<Row>::Columns columns = {
        {{u"sensor"_s, InventoryText::tr("Sensor"), CellKind::Name, 200, 0, true},
         [](const Row &r) { return safe(r.sensor, 64); },
         {},
         [](const Row &r) { return std::optional(healthOfSensor(r).value_or(Health::Ok)); }},
        {{u"chip"_s, InventoryText::tr("Chip"), CellKind::Text, 160, 9}, [](const Row &r) { return safe(r.chip, 64); }},
        {{u"value"_s, InventoryText::tr("Now"), CellKind::Number, 90, 0, false, true},
         [](const Row &r) { return celsius(r.celsius); },
         [](const Row &r) { return QVariant(r.celsius); },
         healthOfSensor},
        {{u"max"_s, InventoryText::tr("Its maximum"), CellKind::Number, 110, 8, false, true},
         [](const Row &r) { return celsius(r.maxCelsius); },
         [](const Row &r) { return r.maxCelsius ? QVariant(*r.maxCelsius) : QVariant(); }},
        {{u"crit"_s, InventoryText::tr("Critical from"), CellKind::Number, 110, 7, false, true},
         [](const Row &r) { return celsius(r.critCelsius); },
         [](const Row &r) { return r.critCelsius ? QVariant(*r.critCelsius) : QVariant(); }},
    };
    return new InventoryModel<Row>(
        columns, [](const Row &r) { return QString(r.chip + u'/' + r.sensor); },
        [](const Row &r) { return InventoryText::tr("%1, %2").arg(safe(r.sensor), celsius(r.celsius)); }, parent);
}

InventoryModel<UserSession> *makeUserModel(const Clock &clock, QObject *parent)
{
    using Row = UserSession;
    const InventoryModel<Row>::Columns columns = {
        {{u"user"_s, InventoryText::tr("User"), CellKind::Text, 160, 0, true},
         [](const Row &r) { return safe(r.user, 40); }},
        {{u"tty"_s, InventoryText::tr("Terminal"), CellKind::Text, 120, 9},
         [](const Row &r) { return safe(r.tty, 40); }},
        {{u"from"_s, InventoryText::tr("From"), CellKind::Code, 220, 9, true},
         [](const Row &r) { return safe(r.from, 120); }},
        {{u"since"_s, InventoryText::tr("Since"), CellKind::Age, 120, 8, false, true},
         [&clock](const Row &r) { return r.since ? timeShort(*r.since, clock.now()) : missing(); },
         [](const Row &r) { return r.since ? QVariant(toMs(*r.since)) : QVariant(); }},
    };
    return new InventoryModel<Row>(
        columns, [](const Row &r) { return u"%1/%2/%3"_s.arg(r.user, r.tty, r.from); },
        [](const Row &r) { return InventoryText::tr("%1 on %2").arg(safe(r.user), safe(r.tty)); }, parent);
}

InventoryModel<PendingUpdate> *makeUpdateModel(QObject *parent)
{
    using Row = PendingUpdate;
    const InventoryModel<Row>::Columns columns = {
        {{u"package"_s, InventoryText::tr("Package"), CellKind::Text, 240, 0, true},
         [](const Row &r) { return safe(r.package, 120); }},
        {{u"from"_s, InventoryText::tr("Installed"), CellKind::Code, 180, 8},
         [](const Row &r) { return safe(r.from, 80); }},
        {{u"to"_s, InventoryText::tr("Available"), CellKind::Code, 180, 9},
         [](const Row &r) { return safe(r.to, 80); }},
        {{u"security"_s, InventoryText::tr("Kind"), CellKind::Text, 110, 9},
         [](const Row &r) { return r.security ? InventoryText::tr("Security") : InventoryText::tr("Ordinary"); },
         {},
         [](const Row &r) { return r.security ? std::optional(Health::Warning) : std::nullopt; }},
    };
    return new InventoryModel<Row>(
        columns, [](const Row &r) { return r.package; },
        [](const Row &r) { return InventoryText::tr("%1 to %2").arg(safe(r.package), safe(r.to)); }, parent);
}

std::optional<Health> worstOf(const QList<Filesystem> &filesystems)
{
    return worstBy(filesystems, [](const Filesystem &fs) { return fullness(usedPercent(fs)); });
}

std::optional<Health> worstOf(const QList<ServiceUnit> &services)
{
    return worstBy(services, healthOfUnit);
}

std::optional<Health> worstOf(const QList<Temperature> &temperatures)
{
    return worstBy(temperatures, healthOfSensor);
}

std::optional<Health> worstOf(const QList<Container> &containers)
{
    return worstBy(containers, [](const Container &container) { return std::optional(healthOf(container)); });
}

} // namespace infra::ui
