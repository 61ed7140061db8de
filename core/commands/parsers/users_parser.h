// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/commands/parsers/system_parser.h"
#include "core/model/inventory.h"

namespace infra::commands {

/// `who` of coreutils ("-a" too) and BusyBox, run with TZ=UTC0. Dates without a year get the last year that is not in
/// the host's future; without the host's clock they are unknown. Boot, run-level and login-prompt rows are no sessions.
QList<UserSession> parseWho(const QList<QByteArray> &lines, std::optional<double> hostEpochS);
/// `loginctl show-session` of several sessions.
QList<UserSession> parseSessions(const QList<QByteArray> &lines);

/// `users`. NotSupported where the host keeps no list of sessions.
Result<Parsed<QList<UserSession>>> parseUsers(const SectionText &section, const HostLine &host);

} // namespace infra::commands
