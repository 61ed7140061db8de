// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/approved_command.h"

namespace infra::guard {

/// The tests' stand-in for the guard: only for test binaries that do not link it. ApprovedCommand names this class as
/// its only maker; here it approves whatever a test wants to send.
class DestructiveActionManager
{
public:
    static ssh::ApprovedCommand make(ssh::CommandBinding binding) { return ssh::ApprovedCommand(std::move(binding)); }
};

} // namespace infra::guard
