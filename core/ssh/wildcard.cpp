// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/wildcard.h"

#include <QtCore/QList>

namespace infra::ssh {

bool matchesPattern(QStringView text, QStringView pattern)
{
    qsizetype t = 0, p = 0, star = -1, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == u'?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

ListMatch matchesPatternList(QStringView text, QStringView list)
{
    bool yes = false;
    for (QStringView pattern : list.split(u',', Qt::SkipEmptyParts)) {
        const bool negated = pattern.startsWith(u'!');
        if (!matchesPattern(text, negated ? pattern.mid(1) : pattern))
            continue;
        if (negated)
            return ListMatch::Negated;
        yes = true;
    }
    return yes ? ListMatch::Yes : ListMatch::None;
}

} // namespace infra::ssh
