// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/part_lines.h"

namespace infra::commands {

bool timedOut(const SectionPart &part)
{
    return part.rc == 124 || part.rc == 137 || part.rc == 143;
}

QByteArray partText(const SectionPart &part)
{
    if (!timedOut(part))
        return part.text;
    // The shell ends what it kept in a variable with a new line of its own, so the last one proves nothing here.
    const qsizetype end = part.text.endsWith('\n') ? part.text.size() - 1 : part.text.size();
    const qsizetype last = end > 0 ? part.text.lastIndexOf('\n', end - 1) : -1;
    return last < 0 ? QByteArray() : part.text.first(last + 1);
}

QList<QByteArray> partLines(const SectionPart &part, bool *cut)
{
    if (cut && timedOut(part))
        *cut = true;
    return wholeLines(partText(part), cut);
}

} // namespace infra::commands
