// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/interfaces_parser.h"

#include "core/commands/parsers/system_parser.h"

#include <QtCore/QHash>

#include <limits>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

struct InterfaceLists
{
    QStringList physical, wireless, bridges, bonds, tunnels;
};

/// ARPHRD numbers of <linux/if_arp.h> that tell a tunnel.
bool isTunnelType(QByteArrayView type)
{
    return type == "65534" || type == "768" || type == "769" || type == "776" || type == "778" || type == "823" ||
           type == "512";
}

QString kindOf(const QString &name, const QByteArray &type, const QByteArray &devtype, const InterfaceLists &lists)
{
    if (type == "772" || name == u"lo")
        return u"loopback"_s;
    if (lists.bridges.contains(name) || devtype == "bridge")
        return u"bridge"_s;
    if (lists.bonds.contains(name) || devtype == "bond")
        return u"bond"_s;
    if (devtype == "vlan")
        return u"vlan"_s;
    if (lists.wireless.contains(name) || devtype == "wlan")
        return u"wireless"_s;
    if (lists.tunnels.contains(name) || isTunnelType(type) || devtype == "wireguard" || devtype == "vxlan" ||
        devtype == "gre" || devtype == "geneve")
        return u"tunnel"_s;
    return lists.physical.contains(name) ? u"physical"_s : u"virtual"_s;
}

} // namespace

Result<Parsed<QList<NetInterface>>> parseInterfaces(const SectionText &section)
{
    if (!section.part("files"))
        return fail(ErrorCode::BadOutput, u"no list of interfaces came"_s);
    Warnings warnings;
    const InterfaceLists lists{listedNames(section, "physical", 4), listedNames(section, "wireless", 4),
                               listedNames(section, "bridge", 4), listedNames(section, "bonding", 4),
                               listedNames(section, "tunnel", 4)};
    struct Raw
    {
        NetInterface net;
        QByteArray type, devtype;
        bool typed = false; ///< all that tells its kind was read
    };
    QList<Raw> found;
    QHash<QByteArray, qsizetype> places;
    bool cut = false;
    const QList<PathFile> files = pathFiles(section.text("files"), &cut);
    for (const PathFile &file : files) {
        const QList<QByteArray> steps = file.path.split('/');
        if (!file.path.startsWith("/sys/class/net/") || steps.size() < 6)
            continue;
        const QByteArray &name = steps.at(4);
        if (!places.contains(name)) {
            places.insert(name, found.size());
            Raw raw;
            raw.net.name = shownText(name, 64);
            found.append(raw);
        }
        Raw &raw = found[places.value(name)];
        const QByteArray &value = file.lines.first();
        const QByteArray &key = steps.last();
        if (key == "operstate") {
            raw.net.state = shownText(value, 32);
        } else if (key == "speed") {
            // −1, and all ones of old drivers, mean "not known".
            const std::optional<qint64> speed = toSigned(value);
            if (speed && *speed > 0 && *speed < std::numeric_limits<int>::max())
                raw.net.speedMbit = speed;
        } else if (key == "mtu") {
            raw.net.mtu = toSigned(value);
        } else if (key == "address") {
            raw.net.mac = shownText(value, 64);
        } else if (key == "type") {
            raw.type = value;
        } else if (key == "uevent") {
            for (const QByteArray &line : file.lines) {
                if (line.startsWith("DEVTYPE="))
                    raw.devtype = line.mid(8);
                raw.typed = raw.typed || line.startsWith("INTERFACE=");
            }
        } else if (key == "rx_bytes") {
            raw.net.rxBytes = toSigned(value);
        } else if (key == "tx_bytes") {
            raw.net.txBytes = toSigned(value);
        }
    }
    QList<NetInterface> result;
    for (Raw &raw : found) {
        if (raw.typed || section.whole)
            raw.net.kind = kindOf(raw.net.name, raw.type, raw.devtype, lists);
        result.append(raw.net);
    }
    if (result.size() >= 256)
        warnings.note(u"only the first 256 interfaces are read"_s);
    if (cut || !section.whole)
        warnings.lost(u"the reading was cut off: some interfaces are missing"_s);
    const bool partial = warnings.partial();
    return Parsed<QList<NetInterface>>{std::move(result), warnings.take(), partial};
}

} // namespace infra::commands
