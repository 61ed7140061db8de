// SPDX-License-Identifier: GPL-3.0-or-later
// link: infra_commands
// seeds: commands
#include "core/commands/command_registry.h"

#include <cstddef>
#include <cstdint>

/// A whole answer of a host, with the nonce of the fixtures so that the seeds reach the parsers. The first byte also
/// cuts it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    static const infra::commands::CommandRegistry registry;
    QByteArray output;
    output.reserve(static_cast<qsizetype>(size));
    for (std::size_t i = 0; i < size; ++i)
        output.append(static_cast<char>(bytes[i]));
    const auto cycle = registry.parse(output, "00112233445566778899aabbccddeeff", infra::allKinds(), true);
    if (cycle && cycle->sections.size() != infra::allKinds().size())
        __builtin_trap();
    return 0;
}
