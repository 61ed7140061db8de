// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/parsers/text.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>

#include <optional>

namespace infra::commands {

/// A piece of a section: what stands between two marks. The first one of a section has no name.
struct SectionPart
{
    QByteArray name;
    QByteArray text; ///< exactly what the command printed (the new line in front of each mark is ours and removed)
    std::optional<int> rc; ///< the command's status, where the script tells it
};

struct SectionText
{
    QList<SectionPart> parts;
    bool whole = false; ///< its closing mark was there: neither the host's cap nor a broken line cut it

    /// Empty text for a part that is not there.
    const QByteArray &text(const QByteArray &name) const;
    const SectionPart *part(const QByteArray &name) const;
};

/// An answer of the kept-open shell, cut into sections at the marks "@@NONCE WORD …" that stand alone on a line. Marks
/// with another nonce are data.
struct CycleText
{
    QHash<QByteArray, SectionText> sections;
    bool ended = false; ///< the end mark was there
};

/// Pure. Nothing when not one mark of this nonce is there.
std::optional<CycleText> splitCycle(const QByteArray &output, const QByteArray &nonce);

/// The CPU time that the shell's `times` shows, shell and children, in ms; nothing when it is not what `times` prints.
std::optional<double> cpuTimesMs(const QList<QByteArray> &lines);

} // namespace infra::commands
