// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/proc_files.h"

#include <QtCore/QMap>

#include <array>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int maxCores = 8192;

/// user nice system idle are in every kernel; the rest came later.
std::optional<CpuTicks> cpuTicks(const QList<QByteArrayView> &fields)
{
    if (fields.size() < 5)
        return std::nullopt;
    CpuTicks ticks;
    const std::array<quint64 CpuTicks::*, 8> members{&CpuTicks::user,    &CpuTicks::nice,   &CpuTicks::system,
                                                     &CpuTicks::idle,    &CpuTicks::iowait, &CpuTicks::irq,
                                                     &CpuTicks::softirq, &CpuTicks::steal};
    for (qsizetype i = 0; i < static_cast<qsizetype>(members.size()) && i + 1 < fields.size(); ++i) {
        const std::optional<quint64> value = toUnsigned(fields.at(i + 1));
        if (!value)
            return std::nullopt;
        ticks.*members.at(static_cast<size_t>(i)) = *value;
    }
    return ticks;
}

QString unquoted(QByteArrayView text)
{
    QByteArray value = text.toByteArray().trimmed();
    if (value.size() >= 2 && (value.startsWith('"') || value.startsWith('\'')) && value.back() == value.front())
        value = value.sliced(1, value.size() - 2);
    QByteArray plain;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value.at(i) == '\\' && i + 1 < value.size())
            ++i;
        plain.append(value.at(i));
    }
    return shownText(plain, 128);
}

} // namespace

void readProcStat(const QList<QByteArray> &lines, RawSystem &system, Warnings &warnings)
{
    QMap<int, CpuTicks> cores;
    bool all = false; // a row of another kind follows the last core: none was cut off
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.isEmpty())
            continue;
        const QByteArrayView name = fields.first();
        all = !name.startsWith("cpu");
        if (name == "btime" && fields.size() == 2) {
            const std::optional<qint64> time = toSigned(fields.at(1));
            if (time && *time > 0)
                system.bootTimeS = time;
        } else if (name.startsWith("cpu")) {
            const std::optional<CpuTicks> ticks = cpuTicks(fields);
            const std::optional<quint64> number = toUnsigned(name.sliced(3));
            if (!ticks || (name.size() > 3 && (!number || *number >= maxCores)))
                warnings.lost(u"/proc/stat: not understood: %1"_s.arg(shownText(line, 80)));
            else if (number)
                cores.insert(static_cast<int>(*number), *ticks);
            else
                system.cpuTotal = ticks;
        }
    }
    if (cores.isEmpty())
        return;
    if (all)
        system.cpuThreads = static_cast<int>(cores.size());
    // A core that is off has no row; it keeps its place, so that the others keep theirs.
    for (int number = 0; number <= cores.lastKey(); ++number) {
        system.coreNumbers.append(number);
        system.cpuCores.append(cores.value(number));
    }
}

void readLoadavg(const QList<QByteArray> &lines, RawSystem &system, Warnings &warnings)
{
    if (lines.isEmpty())
        return;
    const QList<QByteArrayView> fields = words(lines.first());
    const auto load = [&](qsizetype i) { return i < fields.size() ? toDecimal(fields.at(i)) : std::nullopt; };
    const std::optional<double> one = load(0), five = load(1), fifteen = load(2);
    if (!one || !five || !fifteen) {
        warnings.lost(u"/proc/loadavg: not understood: %1"_s.arg(shownText(lines.first(), 80)));
        return;
    }
    system.load = std::array{*one, *five, *fifteen};
    const QByteArrayView tasks = fields.value(3);
    if (const qsizetype slash = tasks.indexOf('/'); slash > 0)
        system.processes = toSigned(tasks.sliced(slash + 1));
}

void readMeminfo(const QList<QByteArray> &lines, RawSystem &system, Warnings &warnings)
{
    const std::array<std::pair<const char *, std::optional<qint64> RawSystem::*>, 7> wanted{{
        {"MemTotal:", &RawSystem::memTotalBytes},
        {"MemFree:", &RawSystem::memFreeBytes},
        {"MemAvailable:", &RawSystem::memAvailableBytes},
        {"Buffers:", &RawSystem::buffersBytes},
        {"Cached:", &RawSystem::cachedBytes},
        {"SwapTotal:", &RawSystem::swapTotalBytes},
        {"SwapFree:", &RawSystem::swapFreeBytes},
    }};
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.isEmpty())
            continue;
        for (const auto &[name, member] : wanted) {
            if (fields.first() != QByteArrayView(name))
                continue;
            const std::optional<qint64> bytes =
                fields.size() == 3 && fields.at(2) == "kB" ? scaled(toUnsigned(fields.at(1)), 1024) : std::nullopt;
            if (bytes)
                system.*member = bytes;
            else
                warnings.lost(u"/proc/meminfo: not understood: %1"_s.arg(shownText(line, 80)));
        }
    }
}

PressureLine readPressure(const QList<QByteArray> &lines, Warnings &warnings)
{
    PressureLine pressure;
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() < 4 || (fields.first() != "some" && fields.first() != "full"))
            continue;
        std::array<double, 3> averages{};
        const std::array<QByteArrayView, 3> names{"avg10=", "avg60=", "avg300="};
        bool good = true;
        for (size_t i = 0; i < names.size(); ++i) {
            const QByteArrayView field = fields.at(static_cast<qsizetype>(i) + 1);
            const std::optional<double> value =
                field.startsWith(names.at(i)) ? toDecimal(field.sliced(names.at(i).size())) : std::nullopt;
            good = good && value && *value >= 0;
            averages.at(i) = value.value_or(0);
        }
        if (!good)
            warnings.lost(u"pressure: not understood: %1"_s.arg(shownText(line, 80)));
        else
            (fields.first() == "some" ? pressure.some : pressure.full) = averages;
    }
    return pressure;
}

void readOsRelease(const QList<QByteArray> &lines, bool whole, QString &name, QString &version)
{
    QString pretty, id, full;
    for (const QByteArray &line : lines) {
        const qsizetype equals = line.indexOf('=');
        if (equals < 1)
            continue;
        const QByteArrayView key = QByteArrayView(line).first(equals);
        const QByteArrayView value = QByteArrayView(line).sliced(equals + 1);
        if (key == "NAME")
            name = unquoted(value);
        else if (key == "PRETTY_NAME")
            pretty = unquoted(value);
        else if (key == "VERSION_ID")
            id = unquoted(value);
        else if (key == "VERSION")
            full = unquoted(value);
    }
    if (name.isEmpty() && whole)
        name = pretty;
    version = id.isEmpty() && whole ? full : id;
}

std::optional<qint64> readArcSize(const QList<QByteArray> &lines)
{
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() == 3 && fields.first() == "size" && fields.at(1) == "4")
            return toSigned(fields.at(2));
    }
    return std::nullopt;
}

} // namespace infra::commands
