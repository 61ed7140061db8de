// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QtGlobal>

#include <optional>

namespace infra::collect {

/// How a counter went on between two readings.
struct CounterStep
{
    std::optional<quint64> delta; ///< nothing: it was reset, or more than the hardware can do
    bool backwards = false;       ///< the later reading is the smaller one
};

/// Subtracts two readings of a counter. A smaller later reading is a wrap only where the earlier one stood in the upper
/// half of a counter's range (`2^32 × unit`, or 2^64) and the step that a wrap would mean is possible; everything else
/// is a reset.
/// @param unit bytes a count stands for (512 for disk sectors: a 32-bit count then wraps at 2^41 bytes).
/// @param most the most that can have happened in between. Pure; any thread.
CounterStep counterStep(quint64 before, quint64 after, double most, quint64 unit = 1);

} // namespace infra::collect
