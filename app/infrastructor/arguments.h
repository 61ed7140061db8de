// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QStringList>

namespace infra::app {

/// What `infrastructor` was started with.
struct Arguments
{
    QString profile; ///< empty: the default folder (or the demo's)
    bool headless = false;
    bool minimized = false;
    bool help = false;
    bool version = false;
    std::optional<int> demoHosts; ///< 1 to 1000
    std::optional<int> secretsDescriptor;
};

/// Errors: InvalidArgument naming option, value and rule.
Result<Arguments> parseArguments(const QStringList &words);
QString argumentsHelp();

} // namespace infra::app
