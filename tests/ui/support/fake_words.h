// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace infra::test {

/// A word that stands in the window in every language: data of the fake fleet, a unit, a name.
bool isFakeWord(const QString &word);
/// What is left of such a word where a text was elided, or where a part of it is marked.
bool isPartOfFakeWord(const QString &part);

} // namespace infra::test
