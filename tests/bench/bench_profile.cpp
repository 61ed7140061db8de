// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a profile for a benchmark of the whole application: the hosts of a lab's inventory, or invented ones, settings,
// and history of as many days as asked for.
#include "core/base/settings.h"
#include "core/engine/setting_keys.h"
#include "tests/bench/year_of_history.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <cstdio>

using namespace infra;
using namespace infra::bench;
using namespace Qt::Literals::StringLiterals;

namespace {

int complainOf(const Error &error)
{
    std::fprintf(stderr, "bench_profile: %s\n", qUtf8Printable(error.message));
    return 1;
}

QList<Device> devicesOfInventory(const QString &path)
{
    QFile file(path);
    const QJsonObject inventory =
        file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    QList<Device> devices;
    for (const QJsonValue &host : inventory.value("hosts"_L1).toArray()) {
        Device device;
        device.id = DeviceId(u"d_"_s + host["name"_L1].toString());
        device.name = host["title"_L1].toString();
        device.address = host["address"_L1].toString();
        device.port = static_cast<quint16>(host["port"_L1].toInt());
        device.user = host["user"_L1].toString();
        device.hostKey = host["host_key"_L1].toString();
        device.auth = {AuthMethod::KeyFile};
        device.keyFile = inventory.value("client_key"_L1).toString();
        device.environment = Environment::Lab;
        devices.append(device);
    }
    return devices;
}

Result<void> makeProfile(const QString &folder, const QList<Device> &devices, const HistorySize &history)
{
    const SystemClock clock;
    const QString path = folder + u"/infrastructor.db";
    {
        Result<store::Store> store = openStoreAt(path, clock);
        if (!store)
            return fail(store.error());
        if (Result<void> saved = saveDevices(*store, devices); !saved)
            return saved;
    }
    return history.days > 0 ? fillHistory(path, clock.now(), history) : Result<void>();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"profile"_s, u"Folder to make it in"_s, u"DIR"_s},
                       {u"inventory"_s, u"What `lab start` printed"_s, u"FILE"_s},
                       {u"invented"_s, u"Devices that nobody answers for"_s, u"N"_s},
                       {u"interval"_s, u"Seconds between two readings"_s, u"S"_s, u"60"_s},
                       {u"idle"_s, u"Nothing is read by itself"_s},
                       {u"days"_s, u"History of every device"_s, u"D"_s, u"0"_s},
                       {u"hour-days"_s, u"Of these, so many days by the hour"_s, u"D"_s, u"0"_s}});
    parser.addHelpOption();
    parser.process(application);
    const QString folder = parser.value(u"profile"_s);
    if (folder.isEmpty() || !QDir().mkpath(folder))
        return complainOf({.message = u"--profile names no folder that can be made"_s});
    QList<Device> devices = inventedDevices(parser.value(u"invented"_s).toInt());
    if (parser.isSet(u"inventory"_s))
        devices += devicesOfInventory(parser.value(u"inventory"_s));
    HistorySize history;
    history.days = parser.value(u"days"_s).toLongLong();
    history.hours = parser.value(u"hour-days"_s).toLongLong() * 24;
    history.fiveMinutes = 288;
    history.minutes = 120;
    if (const Result<void> made = makeProfile(folder, devices, history); !made)
        return complainOf(made.error());
    const auto settings = openSettingsFile(folder + u"/settings.json", engine::keys::declaredSettings());
    if (const Result<void> set = settings->set(engine::keys::intervalS, parser.value(u"interval"_s).toInt()); !set)
        return complainOf(set.error());
    if (const Result<void> set = settings->set(engine::keys::collecting, !parser.isSet(u"idle"_s)); !set)
        return complainOf(set.error());
    std::printf("{\"devices\": %lld, \"database_bytes\": %lld}\n", static_cast<long long>(devices.size()),
                static_cast<long long>(QFile(folder + u"/infrastructor.db").size()));
    return 0;
}
