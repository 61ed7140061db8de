// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/ssh/libssh/connect_talk.h"

#include <netdb.h>

namespace infra::ssh {

struct AddressListDeleter
{
    void operator()(addrinfo *list) const { freeaddrinfo(list); }
};
using AddressList = std::unique_ptr<addrinfo, AddressListDeleter>;

/// Name to addresses. Blocks (connect threads only). Errors: DnsFailed.
Result<AddressList> lookUp(const QString &host, quint16 port);

/// TCP to the first address that answers: own connect, because libssh sets neither TCP_NODELAY first nor
/// TCP_USER_TIMEOUT, and tells no cause. Errors: Refused, HostUnreachable, ConnectTimeout, or why the talk was stopped.
Result<UniqueFd> dial(const addrinfo *addresses, const QString &host, milliseconds timeout, milliseconds userTimeout,
                      ConnectTalk &talk, const Clock &clock);

/// Waits for the server's first words without taking them. Errors: ServerBusy (dropped before it spoke: MaxStartups),
/// BannerInvalid (another protocol), ConnectTimeout.
Result<void> awaitBanner(int socket, const QString &host, milliseconds timeout, ConnectTalk &talk, const Clock &clock);

} // namespace infra::ssh
