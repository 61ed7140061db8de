// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/strong_id.h"

#include <QtCore/QByteArray>

namespace infra {

/// Where chance comes from (ids, nonces, jitter). Safe on any thread.
class Random
{
public:
    virtual ~Random() = default;
    virtual quint64 next() = 0;
    /// In [0, 1).
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    QByteArray bytes(qsizetype count);
};

/// libsodium's generator: fit for nonces and keys.
class SystemRandom final : public Random
{
public:
    quint64 next() override;
};

/// The same sequence for the same seed (splitmix64). Tests.
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(quint64 seed)
        : m_state(seed)
    {
    }
    quint64 next() override;

private:
    quint64 m_state;
};

/// A ULID: 26 characters of Crockford's base 32, sortable by time. Source: github.com/ulid/spec.
QString makeUlid(const Clock &clock, Random &random);
CorrelationId makeCorrelationId(const Clock &clock, Random &random);
DeviceId makeDeviceId(const Clock &clock, Random &random);

/// Puts an id on this thread for the length of a scope; log lines carry it.
class CorrelationScope
{
public:
    explicit CorrelationScope(const CorrelationId &id);
    ~CorrelationScope();
    CorrelationScope(const CorrelationScope &) = delete;
    CorrelationScope &operator=(const CorrelationScope &) = delete;
    static CorrelationId current();

private:
    CorrelationId m_previous;
};

} // namespace infra
