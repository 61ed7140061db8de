// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QtCore/QString>

namespace infra::ui {

/// The only place that turns error codes into words of the user's language: what happened, why, what to do.
struct ErrorWords
{
    QString what, why, remedy;
};
ErrorWords errorWords(const Error &error);

} // namespace infra::ui
