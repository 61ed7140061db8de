// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/frames.h"

#include <algorithm>

namespace infra::commands {

namespace {

/// A mark and the text behind it, up to the next mark.
struct Mark
{
    QByteArray word;
    QByteArray argument;
    QByteArray text;
};

bool isMarkWord(QByteArrayView word)
{
    return !word.isEmpty() && word.size() <= 40 && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '=' || c == '!' ||
               c == '-';
    });
}

QList<Mark> marksOf(const QByteArray &output, const QByteArray &nonce)
{
    const QByteArray start = "@@" + nonce + ' ';
    QList<Mark> marks;
    qsizetype bodyFrom = -1;
    const auto closeBody = [&](qsizetype to) {
        if (bodyFrom < 0)
            return;
        // One new line in front of a mark is ours. At the end of a cut answer it may be ours too, and then the line in
        // front of it was not ended by its command: it is taken off there as well, so that half a line never counts as
        // a whole one.
        qsizetype length = std::max<qsizetype>(0, to - bodyFrom);
        if (length > 0 && output.at(bodyFrom + length - 1) == '\n')
            --length;
        marks.last().text = output.mid(bodyFrom, length);
    };
    qsizetype from = 0;
    while (from < output.size()) {
        const qsizetype at = output.indexOf(start, from);
        if (at < 0)
            break;
        from = at + start.size();
        if (at > 0 && output.at(at - 1) != '\n')
            continue;
        const qsizetype end = output.indexOf('\n', from);
        if (end < 0) {
            // Half a mark: what stands in front of it is as far as this answer goes.
            closeBody(at);
            return marks;
        }
        const QList<QByteArrayView> parts = words(QByteArrayView(output).sliced(from, end - from));
        if (parts.isEmpty() || parts.size() > 2 || !isMarkWord(parts.first()))
            continue;
        closeBody(at);
        marks.append({parts.first().toByteArray(), parts.size() > 1 ? parts.at(1).toByteArray() : QByteArray(), {}});
        bodyFrom = end + 1;
        from = end + 1;
    }
    closeBody(output.size());
    return marks;
}

} // namespace

const QByteArray &SectionText::text(const QByteArray &name) const
{
    static const QByteArray none;
    const SectionPart *found = part(name);
    return found ? found->text : none;
}

const SectionPart *SectionText::part(const QByteArray &name) const
{
    const auto found = std::find_if(parts.cbegin(), parts.cend(),
                                    [&](const SectionPart &candidate) { return candidate.name == name; });
    return found == parts.cend() ? nullptr : &*found;
}

std::optional<CycleText> splitCycle(const QByteArray &output, const QByteArray &nonce)
{
    if (nonce.isEmpty())
        return std::nullopt;
    const QList<Mark> marks = marksOf(output, nonce);
    if (marks.isEmpty())
        return std::nullopt;
    CycleText cycle;
    SectionText *section = nullptr;
    for (const Mark &mark : marks) {
        if (mark.word == "end") {
            cycle.ended = true;
            break;
        }
        const char kind = mark.word.at(0);
        if (kind == '=' && section) {
            section->parts.append({mark.word.mid(1), mark.text, std::nullopt});
        } else if (kind == '!' && section) {
            const std::optional<qint64> rc = toSigned(mark.argument);
            for (SectionPart &part : section->parts)
                if (part.name == QByteArrayView(mark.word).sliced(1) && rc && *rc >= 0 && *rc <= 255)
                    part.rc = static_cast<int>(*rc);
        } else if (kind == '.') {
            const auto found = cycle.sections.find(mark.word.mid(1));
            if (found != cycle.sections.end())
                found->whole = true;
            section = nullptr;
        } else if (kind != '=' && kind != '!' && !cycle.sections.contains(mark.word)) {
            section = &cycle.sections[mark.word];
            section->parts.append({QByteArray(), mark.text, std::nullopt});
        }
    }
    return cycle;
}

std::optional<double> cpuTimesMs(const QList<QByteArray> &lines)
{
    double total = 0;
    int rows = 0;
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> parts = words(line);
        if (parts.size() != 2 || !parts.first().endsWith('s') || !parts.last().endsWith('s'))
            continue;
        for (const QByteArrayView part : parts) {
            const qsizetype minute = part.indexOf('m');
            if (minute < 1)
                return std::nullopt;
            const std::optional<quint64> minutes = toUnsigned(part.first(minute));
            const std::optional<double> rest = toDecimal(part.sliced(minute + 1).chopped(1));
            if (!minutes || !rest)
                return std::nullopt;
            total += (static_cast<double>(*minutes) * 60 + *rest) * 1000;
        }
        ++rows;
    }
    return rows == 2 ? std::optional(total) : std::nullopt;
}

} // namespace infra::commands
