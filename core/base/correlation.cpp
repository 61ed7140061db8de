// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/correlation.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace infra {

namespace {

CorrelationId &threadCorrelation()
{
    thread_local CorrelationId id;
    return id;
}

} // namespace

QByteArray Random::bytes(qsizetype count)
{
    QByteArray result(std::max<qsizetype>(count, 0), Qt::Uninitialized);
    for (qsizetype at = 0; at < result.size(); at += 8) {
        const quint64 word = next();
        std::memcpy(result.data() + at, &word, static_cast<std::size_t>(std::min<qsizetype>(8, result.size() - at)));
    }
    return result;
}

quint64 SystemRandom::next()
{
    // Idempotent. It fails only where the kernel gives no randomness, and then no key or id may be made.
    if (sodium_init() < 0)
        std::abort();
    quint64 value = 0;
    randombytes_buf(&value, sizeof value);
    return value;
}

quint64 SeededRandom::next()
{
    // Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (splitmix64).
    m_state += 0x9E3779B97F4A7C15ULL;
    quint64 z = m_state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

QString makeUlid(const Clock &clock, Random &random)
{
    static constexpr char16_t alphabet[] = u"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    QString text(26, Qt::Uninitialized);
    QChar *out = text.data();
    quint64 time = static_cast<quint64>(std::max<qint64>(toMs(clock.now()), 0)) & 0xFFFFFFFFFFFFULL;
    for (int i = 9; i >= 0; --i) {
        out[i] = QChar(alphabet[time & 31U]);
        time >>= 5U;
    }
    // 80 bits: 16 characters of 5 bits, 12 from the first word and 4 from the second.
    quint64 high = random.next();
    quint64 low = random.next();
    for (int i = 10; i < 22; ++i) {
        out[i] = QChar(alphabet[high & 31U]);
        high >>= 5U;
    }
    for (int i = 22; i < 26; ++i) {
        out[i] = QChar(alphabet[low & 31U]);
        low >>= 5U;
    }
    return text;
}

CorrelationId makeCorrelationId(const Clock &clock, Random &random)
{
    return CorrelationId(makeUlid(clock, random));
}

DeviceId makeDeviceId(const Clock &clock, Random &random)
{
    const QString ulid = makeUlid(clock, random);
    return DeviceId(QString(u"d_" + ulid));
}

CorrelationScope::CorrelationScope(const CorrelationId &id)
    : m_previous(threadCorrelation())
{
    threadCorrelation() = id;
}

CorrelationScope::~CorrelationScope()
{
    threadCorrelation() = m_previous;
}

CorrelationId CorrelationScope::current()
{
    return threadCorrelation();
}

} // namespace infra
