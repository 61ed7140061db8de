// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/rates.h"

#include "core/collect/counters.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace infra::collect {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr double shortestS = 0.5;
constexpr double ticksPerS = 100;    // USER_HZ, what /proc shows on every common architecture. Source: proc(5), time(7)
constexpr double fastestLink = 50e9; // bytes a second where the kernel does not tell: 400 Gbit/s
constexpr double fastestDisk = 32e9; // bytes a second: twice a PCIe 5 drive
constexpr double linkSlack = 1.25;   // counters are not read at the same instant as the uptime
constexpr double fixedSlack = 256.0 * 1024;

using Field = quint64 CpuTicks::*;
constexpr std::array<Field, 8> fields{&CpuTicks::user,   &CpuTicks::nice, &CpuTicks::system,  &CpuTicks::idle,
                                      &CpuTicks::iowait, &CpuTicks::irq,  &CpuTicks::softirq, &CpuTicks::steal};

struct CpuShares
{
    double total = 0, user = 0, system = 0, steal = 0;
    std::optional<double> iowait;
};

/// Ticks of one row. Idle and iowait may step back a little when a core goes or comes (a property of the kernel, no
/// wrap); a row in which more steps back was started anew.
std::optional<CpuShares> sharesOf(const CpuTicks &before, const CpuTicks &after, double elapsedS, int cores)
{
    const double most = elapsedS * ticksPerS * cores * 1.5 + 200;
    std::array<double, 8> delta{};
    int resets = 0;
    bool iowaitBack = false;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const quint64 from = before.*fields[i];
        const quint64 to = after.*fields[i];
        // An old kernel's 32-bit row, or a wrap: by range. Forward jumps are judged by the share they get.
        const CounterStep step = to >= from ? CounterStep{to - from, false} : counterStep(from, to, most);
        if (step.delta) {
            delta[i] = static_cast<double>(*step.delta);
        } else if (fields[i] == &CpuTicks::iowait) {
            iowaitBack = true;
        } else if (fields[i] == &CpuTicks::idle && static_cast<double>(from - to) <= most) {
            delta[i] = 0;
        } else {
            ++resets;
        }
    }
    if (resets > 0)
        return std::nullopt;
    double sum = 0;
    for (const double ticks : delta)
        sum += ticks;
    if (sum <= 0)
        return std::nullopt;
    CpuShares shares;
    shares.total = 100 * (sum - delta[3] - delta[4]) / sum;
    shares.user = 100 * (delta[0] + delta[1]) / sum;
    shares.system = 100 * (delta[2] + delta[5] + delta[6]) / sum;
    shares.steal = 100 * delta[7] / sum;
    if (!iowaitBack)
        shares.iowait = 100 * delta[4] / sum;
    return shares;
}

void addCpu(const RawSystem &before, const RawSystem &after, double elapsedS, Rates &rates)
{
    const int cores = std::max({1, after.cpuThreads.value_or(1), static_cast<int>(after.cpuCores.size())});
    if (before.cpuTotal && after.cpuTotal) {
        if (const auto shares = sharesOf(*before.cpuTotal, *after.cpuTotal, elapsedS, cores)) {
            rates.cpuTotal = shares->total;
            rates.cpuUser = shares->user;
            rates.cpuSystem = shares->system;
            rates.cpuSteal = shares->steal;
            rates.cpuIowait = shares->iowait;
        }
    }
    const CpuTicks offline;
    QHash<int, qsizetype> earlier;
    for (qsizetype i = 0; i < std::min(before.cpuCores.size(), before.coreNumbers.size()); ++i)
        earlier.insert(before.coreNumbers[i], i);
    for (qsizetype i = 0; i < std::min(after.cpuCores.size(), after.coreNumbers.size()); ++i) {
        const auto at = earlier.constFind(after.coreNumbers[i]);
        if (at == earlier.constEnd() || before.cpuCores[*at] == offline || after.cpuCores[i] == offline)
            continue;
        if (const auto shares = sharesOf(before.cpuCores[*at], after.cpuCores[i], elapsedS, 1))
            rates.labelled.append({{u"cpu.core"_s, QString::number(after.coreNumbers[i])}, shares->total});
    }
}

/// Two counters of one thing. Both backwards means that the thing was made anew, not that both wrapped at once.
struct PairRates
{
    std::optional<double> first, second;
};

PairRates pairRates(quint64 a0, quint64 a1, quint64 b0, quint64 b1, double most, quint64 unit, double elapsedS)
{
    const CounterStep a = counterStep(a0, a1, most, unit);
    const CounterStep b = counterStep(b0, b1, most, unit);
    if (a.backwards && b.backwards)
        return {};
    PairRates rates;
    // One was reset for certain (backwards, no wrap): its twin was too, so what it shows is no difference either.
    const bool reset = (a.backwards && !a.delta) || (b.backwards && !b.delta);
    if (a.delta && !reset)
        rates.first = static_cast<double>(*a.delta) / elapsedS;
    if (b.delta && !reset)
        rates.second = static_cast<double>(*b.delta) / elapsedS;
    return rates;
}

/// A total is the sum of its parts, or missing where a part is: half a sum would be a wrong number.
class Total
{
public:
    void add(const std::optional<double> &part)
    {
        m_any = true;
        m_whole = m_whole && part.has_value();
        m_sum += part.value_or(0);
    }
    std::optional<double> value() const { return m_any && m_whole ? std::optional(m_sum) : std::nullopt; }

private:
    double m_sum = 0;
    bool m_any = false;
    bool m_whole = true;
};

void addNets(const RawSystem &before, const RawSystem &after, const HardwareFacts &facts, double elapsedS, Rates &rates)
{
    QHash<QString, const NetCounters *> earlier;
    for (const NetCounters &net : before.nets)
        earlier.insert(net.interface, &net);
    Total rx;
    Total tx;
    for (const NetCounters &net : after.nets) {
        const NetCounters *old = earlier.value(net.interface);
        if (old == nullptr)
            continue; // appeared: its first rate comes with the next reading
        const qint64 mbit = facts.linkMbit.value(net.interface, 0);
        const double fastest = mbit > 0 ? static_cast<double>(mbit) * 125'000 * linkSlack : fastestLink;
        PairRates pair = pairRates(old->rxBytes, net.rxBytes, old->txBytes, net.txBytes,
                                   fastest * elapsedS + fixedSlack, 1, elapsedS);
        if (mbit > 0) {
            // What the slack let through is an error of the clocks, not a faster link.
            const double speed = static_cast<double>(mbit) * 125'000;
            for (std::optional<double> *rate : {&pair.first, &pair.second}) {
                if (*rate)
                    *rate = std::min(**rate, speed);
            }
        }
        if (pair.first)
            rates.labelled.append({{u"net.rx"_s, net.interface}, *pair.first});
        if (pair.second)
            rates.labelled.append({{u"net.tx"_s, net.interface}, *pair.second});
        if (net.countsInTotal) {
            rx.add(pair.first);
            tx.add(pair.second);
        }
    }
    rates.netRx = rx.value();
    rates.netTx = tx.value();
}

void addDisks(const RawSystem &before, const RawSystem &after, double elapsedS, Rates &rates)
{
    QHash<QString, const DiskCounters *> earlier;
    for (const DiskCounters &disk : before.disks)
        earlier.insert(disk.device, &disk);
    Total read;
    Total written;
    for (const DiskCounters &disk : after.disks) {
        const DiskCounters *old = earlier.value(disk.device);
        if (old == nullptr)
            continue;
        const PairRates pair = pairRates(old->readBytes, disk.readBytes, old->writtenBytes, disk.writtenBytes,
                                         fastestDisk * elapsedS, 512, elapsedS);
        if (pair.first)
            rates.labelled.append({{u"disk.read"_s, disk.device}, *pair.first});
        if (pair.second)
            rates.labelled.append({{u"disk.write"_s, disk.device}, *pair.second});
        read.add(pair.first);
        written.add(pair.second);
    }
    rates.diskRead = read.value();
    rates.diskWrite = written.value();
}

} // namespace

std::optional<double> secondsBetween(const ReadingPoint &before, const ReadingPoint &after)
{
    const double ours = std::chrono::duration<double>(after.at - before.at).count();
    const auto longEnough = [](double elapsed) { return elapsed >= shortestS ? std::optional(elapsed) : std::nullopt; };
    if (!before.raw.uptimeS || !after.raw.uptimeS) {
        // Without uptime a moved boot time may be a restart or a step of the clock: neither is a base for a rate.
        if (before.raw.bootTimeS && after.raw.bootTimeS && std::abs(*after.raw.bootTimeS - *before.raw.bootTimeS) > 2)
            return std::nullopt;
        return longEnough(ours);
    }
    const double theirs = *after.raw.uptimeS - *before.raw.uptimeS;
    if (theirs < 0)
        return std::nullopt;
    if (theirs == 0)
        return longEnough(ours); // an uptime that stands still is not the host's
    // Less time there than here, and a later boot: it was started anew and is up longer than at the reading before.
    const bool laterBoot = before.raw.bootTimeS && after.raw.bootTimeS &&
                           static_cast<double>(*after.raw.bootTimeS - *before.raw.bootTimeS) > (ours - theirs) / 2;
    if (ours - theirs > 30 && laterBoot)
        return std::nullopt;
    return longEnough(theirs);
}

Rates ratesBetween(const ReadingPoint &before, const ReadingPoint &after, const HardwareFacts &facts)
{
    Rates rates;
    const std::optional<double> elapsed = secondsBetween(before, after);
    if (!elapsed)
        return rates;
    addCpu(before.raw, after.raw, *elapsed, rates);
    addNets(before.raw, after.raw, facts, *elapsed, rates);
    addDisks(before.raw, after.raw, *elapsed, rates);
    return rates;
}

std::optional<double> corePercent(quint64 before, quint64 after, double perSecond, double elapsedS, int threads)
{
    if (after < before || elapsedS < shortestS)
        return std::nullopt;
    const double percent = 100 * static_cast<double>(after - before) / perSecond / elapsedS;
    const double most = 100.0 * std::max(threads, 1);
    if (percent > most * 1.1 + 1)
        return std::nullopt;
    return std::min(percent, most); // ticks and clock are not read at the same instant
}

} // namespace infra::collect
