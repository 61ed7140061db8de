// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/ssh/libssh/connect_plan.h"
#include "core/ssh/libssh/connect_talk.h"

namespace infra::ssh {

/// The whole of a connection up to the login: DNS, TCP, key exchange, host key, authentication; the host key is checked
/// before any authentication packet leaves. Blocking; a thread of the connect pool. A host that drops us before it
/// speaks is tried again.
ConnectOutcome connectNow(ConnectPlan plan, ConnectTalk &talk, const Clock &clock, Random &random);

} // namespace infra::ssh
