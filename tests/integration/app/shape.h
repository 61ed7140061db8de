// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QJsonValue>
#include <QtCore/QStringList>

namespace infra::test {

/// Compares an answer with a shape, key by key. A shape is JSON: an object names the keys that must be there (more may
/// be), a list has the one shape of all its elements (an empty one is fine), a text is a type: "string", "int",
/// "number", "bool", "time" (RFC 3339, UTC, milliseconds), "id", "ulid", "sha256", "object", "a|b|c" for words; a "?"
/// behind it lets it be null. A list of two, [shape, "filled"], must not be empty; "pair:N" is a list of N numbers,
/// "point" a time and three numbers.
/// @return what is wrong, each with its place.
QStringList compareShape(const QJsonValue &value, const QJsonValue &shape, const QString &place = {});

} // namespace infra::test
