// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/proc_files.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

#include <algorithm>
#include <array>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxDevices = 1024;
constexpr quint64 sectorBytes = 512; // of /proc/diskstats, whatever the disk's own sectors are

bool startsWithAny(const QString &name, std::initializer_list<QStringView> prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(), [&](QStringView prefix) { return name.startsWith(prefix); });
}

/// What is made of other disks of the list, or of memory, would count the same bytes twice.
bool isBackedByOthers(const QString &name)
{
    return startsWithAny(name,
                         {u"loop", u"ram", u"zram", u"dm-", u"md", u"sr", u"fd", u"zd", u"bcache", u"drbd", u"nbd"});
}

bool looksLikePartition(const QString &name)
{
    static const QRegularExpression partition(
        u"^(?:(?:[shv]d|xvd)[a-z]+\\d+|(?:nvme\\d+n\\d+|mmcblk\\d+|pmem\\d+)p\\d+|mmcblk\\d+(?:boot|rpmb)\\d*)$"_s);
    return partition.match(name).hasMatch();
}

/// Ends of containers and ports of bridges: their bytes are in another interface too.
bool looksVirtual(const QString &name)
{
    return name == u"lo" ||
           startsWithAny(name, {u"veth",    u"docker", u"br-",   u"virbr", u"vnet", u"cali", u"cni",
                                u"flannel", u"tap",    u"fwbr",  u"fwpr",  u"fwln", u"lxc",  u"lxd",
                                u"podman",  u"ifb",    u"dummy", u"tun",   u"wg",   u"bond", u"vmbr"}) ||
           name.contains(u'.');
}

} // namespace

QList<DiskCounters> readDiskstats(const QList<QByteArray> &lines, const QStringList &wholeDisks, Warnings &warnings)
{
    QList<DiskCounters> disks;
    QSet<QString> seen;
    const QSet<QString> whole(wholeDisks.cbegin(), wholeDisks.cend());
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.isEmpty())
            continue;
        // Partitions of very old kernels have 7 columns; whole disks always 14 or more.
        const QString name = shownText(fields.value(2), 64);
        if (fields.size() == 7 || isBackedByOthers(name) || seen.contains(name))
            continue;
        if (whole.isEmpty() ? looksLikePartition(name) : !whole.contains(name))
            continue;
        std::array<std::optional<quint64>, 10> numbers;
        for (size_t i = 0; i < numbers.size(); ++i)
            numbers.at(i) = toUnsigned(fields.value(static_cast<qsizetype>(i) + 3));
        const std::optional<qint64> readBytes = scaled(numbers.at(2), sectorBytes);
        const std::optional<qint64> writtenBytes = scaled(numbers.at(6), sectorBytes);
        if (fields.size() < 14 || !readBytes || !writtenBytes || !numbers.at(0) || !numbers.at(4) || !numbers.at(9)) {
            warnings.lost(u"/proc/diskstats: not understood: %1"_s.arg(shownText(line, 80)));
            continue;
        }
        if (disks.size() >= maxDevices) {
            warnings.lost(u"more than %1 disks: the rest was left out"_s.arg(maxDevices));
            break;
        }
        seen.insert(name);
        disks.append({name, static_cast<quint64>(*readBytes), static_cast<quint64>(*writtenBytes), *numbers.at(0),
                      *numbers.at(4), *numbers.at(9)});
    }
    return disks;
}

QList<NetCounters> readNetDev(const QList<QByteArray> &lines, const QStringList &physical, Warnings &warnings)
{
    QList<NetCounters> nets;
    QSet<QString> seen;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 1 || line.contains('|'))
            continue; // the two header lines have no colon but bars
        const QString name = shownText(QByteArrayView(line).first(colon).trimmed(), 64);
        const QList<QByteArrayView> fields = words(QByteArrayView(line).sliced(colon + 1));
        const auto number = [&](qsizetype i) { return toUnsigned(fields.value(i)); };
        if (fields.size() < 16 || !number(0) || !number(2) || !number(8) || !number(10) || name.isEmpty()) {
            warnings.lost(u"/proc/net/dev: not understood: %1"_s.arg(shownText(line, 80)));
            continue;
        }
        if (seen.contains(name) || name.startsWith(u"veth"))
            continue;
        if (nets.size() >= maxDevices) {
            warnings.lost(u"more than %1 interfaces: the rest was left out"_s.arg(maxDevices));
            break;
        }
        seen.insert(name);
        nets.append({name, *number(0), *number(8), *number(2), *number(10),
                     physical.isEmpty() ? !looksVirtual(name) : physical.contains(name)});
    }
    return nets;
}

} // namespace infra::commands
