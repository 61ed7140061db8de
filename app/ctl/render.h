// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QString>

namespace infra::ctl {

/// A reply for a person at a terminal: lists as aligned columns, objects as lines of "key: value". Remote text is
/// escaped.
QString renderBody(const QString &command, const QJsonObject &body);
/// What happened, why, what to do; for stderr.
QString renderError(const QJsonObject &error);

} // namespace infra::ctl
