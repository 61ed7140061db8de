// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <array>

namespace infra::test {

/// The kernel's own files of a recorded host of the lab, read or written by the test itself: what the product must
/// agree with. Two cores, one network interface (eth0, 1 Gbit/s) and one disk (sda).
struct KernelFiles
{
    double uptimeS = 0;
    qint64 bootTime = 0;
    std::array<quint64, 8> cpu{}; ///< /proc/stat: user nice system idle iowait irq softirq steal
    quint64 rx = 0, tx = 0;       ///< bytes of eth0
    quint64 sectorsRead = 0, sectorsWritten = 0;
    quint64 memTotalKb = 0, memAvailableKb = 0;

    static KernelFiles read(const QString &root);
    /// Replaces the files, as the lab does; 64-bit numbers as they are.
    bool write(const QString &root) const;

    bool operator==(const KernelFiles &) const = default;
};

/// Percent of the machine that was busy between the two, as /proc/stat tells it.
double cpuPercentBetween(const KernelFiles &before, const KernelFiles &after);

/// The text of a moving.json: 40 % busy, 6 MB/s in, 2 MB/s out, 4 MiB/s read, 1 MiB/s written, all the time.
QByteArray constantLoad();
/// Files to begin with.
KernelFiles someKernelFiles();

/// Makes a recorded host in `folder` out of the project's BusyBox router. @param moving the text of its moving.json.
bool makeKnownHost(const QString &folder, const QByteArray &moving, const KernelFiles &files);

} // namespace infra::test
