// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QtGlobal>

namespace infra::test {

/// Bytes that this process holds: its resident memory, what the allocator could give back returned first. Under
/// AddressSanitizer, whose quarantine keeps what was freed, the live allocations instead.
qint64 memoryInUse();

/// True when the program is slowed down by a sanitizer or compiled without optimisation: figures of time say little.
constexpr bool isSlowBuild()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
    return true;
#else
    return false;
#endif
}

} // namespace infra::test
