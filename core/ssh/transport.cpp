// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/transport.h"

namespace infra::ssh {

QString toName(ConnectStep step)
{
    switch (step) {
    case ConnectStep::Dns:
        return QStringLiteral("dns");
    case ConnectStep::Tcp:
        return QStringLiteral("tcp");
    case ConnectStep::Kex:
        return QStringLiteral("kex");
    case ConnectStep::HostKey:
        return QStringLiteral("host_key");
    case ConnectStep::Auth:
        return QStringLiteral("auth");
    case ConnectStep::Shell:
        return QStringLiteral("shell");
    }
    return QStringLiteral("dns");
}

} // namespace infra::ssh
