// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/kind.h"

#include <QtCore/QByteArray>

/// The POSIX shell texts of the product. All of them run in one kept-open `sh` (dash, bash, BusyBox ash), read only,
/// write nothing on the host and never sleep. Why each line is as it is stands in docs/reading-hosts.md.
namespace infra::commands {

/// Sent once to a fresh shell: a fixed environment, what never changes while it lives, and the helper functions.
QByteArray preludeHead();
/// Sent after the sections: the function `i_cycle` that a message calls.
QByteArray preludeTail();
/// Body of the function `i_detect`: type and capabilities, each by cheap evidence.
QByteArray detectScript();
/// Body of the function `i_<kind>`; empty for a kind that is not collected yet.
QByteArray sectionScript(Kind kind);

QByteArray systemScript();
QByteArray filesystemsScript();
QByteArray interfacesScript();
QByteArray temperaturesScript();
QByteArray processesScript();
QByteArray servicesScript();
QByteArray containersScript();
QByteArray usersScript();
QByteArray portsScript();
QByteArray updatesScript();

} // namespace infra::commands
