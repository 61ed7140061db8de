// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/known_host.h"

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSaveFile>
#include <QtCore/QStringList>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<QByteArray> linesOfFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QList<QByteArray>();
}

QList<QByteArray> wordsOf(const QByteArray &line)
{
    return line.simplified().split(' ');
}

/// Replaced, never written into: the lab links such files.
bool replaceFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() &&
           file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther) &&
           file.commit();
}

bool copyFolder(const QString &from, const QString &to)
{
    bool ok = QDir().mkpath(to);
    QDirIterator each(from, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    while (each.hasNext()) {
        const QFileInfo entry(each.next());
        const QString target = to + u'/' + entry.fileName();
        if (entry.isSymLink())
            ok = ok && QFile::link(entry.symLinkTarget(), target);
        else
            ok = ok && (entry.isDir() ? copyFolder(entry.filePath(), target) : QFile::copy(entry.filePath(), target));
    }
    return ok;
}

} // namespace

KernelFiles KernelFiles::read(const QString &root)
{
    KernelFiles files;
    files.uptimeS = wordsOf(linesOfFile(root + u"/proc/uptime"_s).value(0)).value(0).toDouble();
    for (const QByteArray &line : linesOfFile(root + u"/proc/stat"_s)) {
        const QList<QByteArray> words = wordsOf(line);
        if (words[0] == "btime")
            files.bootTime = words.value(1).toLongLong();
        for (std::size_t i = 0; words[0] == "cpu" && i < files.cpu.size(); ++i)
            files.cpu[i] = words.value(static_cast<qsizetype>(i) + 1).toULongLong();
    }
    for (const QByteArray &line : linesOfFile(root + u"/proc/net/dev"_s)) {
        const QList<QByteArray> words = wordsOf(line);
        if (words[0] == "eth0:") {
            files.rx = words.value(1).toULongLong();
            files.tx = words.value(9).toULongLong();
        }
    }
    for (const QByteArray &line : linesOfFile(root + u"/proc/diskstats"_s)) {
        const QList<QByteArray> words = wordsOf(line);
        if (words.value(2) == "sda") {
            files.sectorsRead = words.value(5).toULongLong();
            files.sectorsWritten = words.value(9).toULongLong();
        }
    }
    for (const QByteArray &line : linesOfFile(root + u"/proc/meminfo"_s)) {
        const QList<QByteArray> words = wordsOf(line);
        if (words[0] == "MemTotal:")
            files.memTotalKb = words.value(1).toULongLong();
        else if (words[0] == "MemAvailable:")
            files.memAvailableKb = words.value(1).toULongLong();
    }
    return files;
}

bool KernelFiles::write(const QString &root) const
{
    QByteArray row;
    QByteArray half;
    for (const quint64 ticks : cpu) {
        row += ' ' + QByteArray::number(ticks);
        half += ' ' + QByteArray::number(ticks / 2);
    }
    const auto number = [](quint64 value) { return QByteArray::number(value); };
    const QByteArray uptime = QByteArray::number(uptimeS, 'f', 2) + " 1000.00\n";
    const QByteArray stat = "cpu " + row + "\ncpu0" + half + "\ncpu1" + half + "\nintr 1 0\nctxt 1000\nbtime " +
                            QByteArray::number(bootTime) + "\nprocesses 100\nprocs_running 1\nprocs_blocked 0\n";
    const QByteArray net = "Inter-|   Receive                                                |  Transmit\n"
                           " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs "
                           "drop fifo colls carrier compressed\n  eth0: " +
                           number(rx) + " 10 0 0 0 0 0 0 " + number(tx) + " 10 0 0 0 0 0 0\n";
    const QByteArray disks =
        "   8       0 sda 10 0 " + number(sectorsRead) + " 0 10 0 " + number(sectorsWritten) + " 0 0 0 0 0 0 0 0 0 0\n";
    const QByteArray memory = "MemTotal:       " + number(memTotalKb) +
                              " kB\nMemFree:        " + number(memAvailableKb / 2) +
                              " kB\nMemAvailable:   " + number(memAvailableKb) +
                              " kB\nBuffers:               0 kB\nCached:           100000 kB\nSwapTotal:             0 "
                              "kB\nSwapFree:              0 kB\n";
    return replaceFile(root + u"/proc/uptime"_s, uptime) && replaceFile(root + u"/proc/stat"_s, stat) &&
           replaceFile(root + u"/proc/net/dev"_s, net) && replaceFile(root + u"/proc/diskstats"_s, disks) &&
           replaceFile(root + u"/proc/meminfo"_s, memory);
}

double cpuPercentBetween(const KernelFiles &before, const KernelFiles &after)
{
    double busy = 0;
    double all = 0;
    for (std::size_t i = 0; i < before.cpu.size(); ++i) {
        const auto ticks = static_cast<double>(after.cpu[i] - before.cpu[i]);
        all += ticks;
        busy += i == 3 || i == 4 ? 0 : ticks;
    }
    return all > 0 ? 100 * busy / all : -1;
}

QByteArray constantLoad()
{
    const auto rule = [](const char *file, const char *line, int field, double perS) {
        return QJsonDocument(QJsonObject{{u"file"_s, QString::fromLatin1(file)},
                                         {u"line"_s, QString::fromLatin1(line)},
                                         {u"field"_s, field},
                                         {u"per_s"_s, perS},
                                         {u"wrap"_s, QJsonValue()}})
            .toJson(QJsonDocument::Compact);
    };
    QByteArrayList rules{rule("proc/uptime", "", 0, 1), rule("proc/net/dev", "eth0:", 1, 6e6),
                         rule("proc/net/dev", "eth0:", 9, 2e6), rule("proc/diskstats", " sda ", 5, 8192),
                         rule("proc/diskstats", " sda ", 9, 2048)};
    for (const char *row : {"^cpu ", "^cpu0 ", "^cpu1 "}) {
        const double share = row[4] == ' ' ? 1 : 0.5;
        rules += rule("proc/stat", row, 1, 60 * share);
        rules += rule("proc/stat", row, 3, 20 * share);
        rules += rule("proc/stat", row, 4, 110 * share);
        rules += rule("proc/stat", row, 5, 10 * share);
    }
    return '[' + rules.join(',') + ']';
}

KernelFiles someKernelFiles()
{
    KernelFiles files;
    files.uptimeS = 400'000;
    files.bootTime = 1'700'000'000;
    files.cpu = {1'000'000, 0, 400'000, 9'000'000, 100'000, 0, 0, 0};
    files.rx = 5'000'000'000;
    files.tx = 9'000'000'000;
    files.sectorsRead = 8'000'000;
    files.sectorsWritten = 20'000'000;
    files.memTotalKb = 2'097'152;
    files.memAvailableKb = 1'300'000;
    return files;
}

bool makeKnownHost(const QString &folder, const QByteArray &moving, const KernelFiles &files)
{
    const QString source = QStringLiteral(INFRA_SOURCE_DIR "/tests/data/hosts/busybox");
    if (!copyFolder(source, folder) || !replaceFile(folder + u"/moving.json"_s, moving))
        return false;
    return files.write(folder + u"/root"_s) && replaceFile(folder + u"/root/sys/class/net/eth0/speed"_s, "1000\n");
}

} // namespace infra::test
