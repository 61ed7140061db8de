// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace infra::app {

/// Reads a secret from an open descriptor up to its end or first line end, at most 4096 bytes, and closes it (but for 0
/// to 2). Blocks. Errors: InvalidArgument for a descriptor that is not open or gives nothing.
Result<SecretBytes> readSecret(int descriptor);

} // namespace infra::app
