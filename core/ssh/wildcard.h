// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QStringView>

namespace infra::ssh {

/// OpenSSH's patterns: '*' any run, '?' one character; the whole text must match. Case counts: lower both for host
/// names. Linear but for the last '*'; pure, any thread. Source: ssh_config(5), PATTERNS.
bool matchesPattern(QStringView text, QStringView pattern);

enum class ListMatch
{
    None,
    Yes,
    Negated
};
/// A list separated by commas; a matching "!pattern" beats all others. Source: OpenSSH match.c, match_pattern_list.
ListMatch matchesPatternList(QStringView text, QStringView list);

} // namespace infra::ssh
