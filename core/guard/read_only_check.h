// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <optional>

namespace infra::guard {

/// A small check of the registry's own shell texts, not a classifier of what people type: it finds redirections into
/// files, programs that write, and the writing forms of programs that also read. Pure, linear in the text; any thread.
/// @return what is wrong, in English, or nothing.
std::optional<QString> writingPart(const QByteArray &shell);

} // namespace infra::guard
