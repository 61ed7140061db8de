// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collect/counters.h"

namespace infra::collect {

CounterStep counterStep(quint64 before, quint64 after, double most, quint64 unit)
{
    CounterStep step;
    if (after >= before) {
        const quint64 delta = after - before;
        if (static_cast<double>(delta) <= most)
            step.delta = delta;
        return step;
    }
    step.backwards = true;
    const quint64 range32 = (quint64(1) << 32) * unit;
    quint64 delta = 0;
    if (before < range32) {
        if (before < range32 / 2)
            return step; // a reset: no counter wraps from its lower half
        delta = range32 - before + after;
    } else {
        if (before < quint64(1) << 63)
            return step;
        delta = after - before; // modulo 2^64
    }
    if (static_cast<double>(delta) <= most)
        step.delta = delta;
    return step;
}

} // namespace infra::collect
