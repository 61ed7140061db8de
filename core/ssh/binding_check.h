// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/ssh/approved_command.h"

namespace infra::ssh {

/// What every transport checks before a byte leaves: that the command was approved for this device, for a session with
/// this host key, is not expired, was not used before (a moved-from command binds no device), and is well formed. Pure;
/// any thread. Errors: ApprovalMismatch, ApprovalExpired, InvalidArgument.
Result<void> checkBinding(const CommandBinding &binding, const DeviceId &device, const QString &sessionHostKey,
                          MonotonicTime now);

/// The part that needs no session yet: used already, expired, malformed.
Result<void> checkBindingForm(const CommandBinding &binding, MonotonicTime now);

} // namespace infra::ssh
