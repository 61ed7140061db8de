// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/df_parser.h"

#include "core/commands/parsers/part_lines.h"

#include <QtCore/QHash>

#include <algorithm>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxMounts = 1024;

struct DfHeader
{
    bool inodes = false;
    bool type = false;
};

std::optional<DfHeader> dfHeader(const QByteArray &line, bool &otherUnit)
{
    const QList<QByteArrayView> fields = words(line);
    if (fields.size() < 6 || fields.first() != "Filesystem" || fields.at(fields.size() - 2) != "Mounted")
        return std::nullopt;
    DfHeader header;
    header.type = fields.at(1) == "Type";
    const QByteArrayView unit = fields.at(header.type ? 2 : 1);
    header.inodes = unit == "Inodes";
    otherUnit = !header.inodes && unit != "1024-blocks" && unit != "1K-blocks" && unit != "1k-blocks";
    return header;
}

bool isCount(QByteArrayView text)
{
    return text == "-" || toSigned(text);
}

bool isPercent(QByteArrayView text)
{
    return text == "-" || (text.endsWith('%') && toSigned(text.chopped(1)));
}

/// Source and mount point may hold blanks, so the three counts and the percentage are looked for between them. A row in
/// which they stand at two places is ambiguous and not read.
std::optional<DfRow> dfRow(const QByteArray &line, const DfHeader &header)
{
    const QList<QByteArrayView> fields = words(line);
    std::optional<qsizetype> at;
    for (qsizetype i = header.type ? 2 : 1; i + 4 < fields.size(); ++i) {
        if (isCount(fields.at(i)) && isCount(fields.at(i + 1)) && isCount(fields.at(i + 2)) &&
            isPercent(fields.at(i + 3)) && fields.at(i + 4).startsWith('/')) {
            if (at)
                return std::nullopt;
            at = i;
        }
    }
    if (!at)
        return std::nullopt;
    DfRow row;
    const QByteArrayView view(line);
    const qsizetype sourceEnd = *at - (header.type ? 2 : 1);
    const QByteArrayView last = fields.at(sourceEnd);
    row.source = view.sliced(fields.first().data() - view.data(), last.data() + last.size() - fields.first().data())
                     .toByteArray();
    if (header.type)
        row.type = fields.at(*at - 1).toByteArray();
    row.mount = view.sliced(fields.at(*at + 4).data() - view.data()).toByteArray();
    const quint64 unit = header.inodes ? 1 : 1024;
    const auto count = [&](qsizetype i) -> std::optional<quint64> {
        const std::optional<qint64> value = toSigned(fields.at(i));
        if (!value)
            return std::nullopt;
        // Root's reserve in use shows as less than nothing.
        const std::optional<qint64> bytes = scaled(static_cast<quint64>(std::max<qint64>(0, *value)), unit);
        return bytes ? std::optional(static_cast<quint64>(*bytes)) : std::nullopt;
    };
    row.total = count(*at);
    row.used = count(*at + 1);
    row.available = count(*at + 2);
    return row;
}

std::optional<qint64> asSigned(std::optional<quint64> value)
{
    return scaled(value, 1);
}

void joinDf(const SectionPart *part, QHash<QByteArray, DfRow> &rows, bool inodes, Warnings &warnings)
{
    if (!part)
        return;
    const Result<Parsed<DfTable>> table = parseDf(partText(*part));
    if (!table || table->value.inodes != inodes) {
        warnings.lost(inodes ? u"df told no inodes"_s : u"df told no sizes"_s);
        return;
    }
    for (const QString &warning : table->warnings)
        warnings.lost(warning);
    for (const DfRow &row : table->value.rows)
        rows.insert(row.mount, row);
    if (timedOut(*part))
        warnings.lost(u"df did not finish in time: a file system does not answer"_s);
}

} // namespace

Result<Parsed<DfTable>> parseDf(const QByteArray &text)
{
    Parsed<DfTable> table;
    Warnings warnings;
    std::optional<DfHeader> header;
    QByteArray pending;
    bool cut = false;
    const QList<QByteArray> lines = wholeLines(text, &cut);
    for (const QByteArray &line : lines) {
        bool otherUnit = false;
        if (const std::optional<DfHeader> found = header ? std::nullopt : dfHeader(line, otherUnit)) {
            if (otherUnit)
                return fail(ErrorCode::BadOutput, u"df: blocks of an unknown size: %1"_s.arg(shownText(line, 80)));
            header = found;
            continue;
        }
        if (!header || line.trimmed().isEmpty())
            continue;
        std::optional<DfRow> row = dfRow(pending.isEmpty() ? line : pending + ' ' + line, *header);
        if (!row && !pending.isEmpty())
            row = dfRow(line, *header);
        if (!row) {
            if (!pending.isEmpty())
                warnings.lost(u"df: not understood: %1"_s.arg(shownText(pending, 120)));
            // A long source stands alone, its numbers on the next line that is not empty.
            pending = words(line).size() == 1 ? line : QByteArray();
            if (pending.isEmpty())
                warnings.lost(u"df: not understood: %1"_s.arg(shownText(line, 120)));
            continue;
        }
        pending.clear();
        if (table.value.rows.size() >= maxMounts) {
            warnings.lost(u"more than %1 file systems: the rest was left out"_s.arg(maxMounts));
            break;
        }
        table.value.rows.append(*std::move(row));
    }
    if (!header)
        return fail(ErrorCode::BadOutput, u"df: no header"_s);
    if (!pending.isEmpty() || cut)
        warnings.lost(u"df: the last row was cut off"_s);
    table.value.inodes = header->inodes;
    table.partial = warnings.partial();
    table.warnings = warnings.take();
    return table;
}

Result<Parsed<QList<Filesystem>>> parseFilesystems(const SectionText &section)
{
    Warnings warnings;
    if (!section.part("mounts"))
        return fail(ErrorCode::BadOutput, u"no list of mounts came"_s);
    QHash<QByteArray, DfRow> space, inodes;
    joinDf(section.part("space"), space, false, warnings);
    joinDf(section.part("inodes"), inodes, true, warnings);

    QList<Filesystem> result;
    QHash<QByteArray, qsizetype> places;
    int remote = 0;
    bool cut = false;
    const QList<QByteArray> lines = wholeLines(section.text("mounts"), &cut);
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.isEmpty())
            continue;
        if (fields.size() != 5 || (fields.first() != "local" && fields.first() != "remote")) {
            warnings.lost(u"mounts: not understood: %1"_s.arg(shownText(line, 120)));
            continue;
        }
        const QByteArray mount = unescapeOctal(fields.at(2));
        Filesystem entry;
        entry.mount = shownText(mount, 1024);
        entry.device = shownText(unescapeOctal(fields.at(1)), 1024);
        entry.type = shownText(fields.at(3), 64);
        entry.readOnly = fields.at(4) == "ro";
        if (fields.first() == "remote") {
            ++remote;
        } else {
            const DfRow row = space.value(mount);
            const DfRow nodes = inodes.value(mount);
            entry.sizeBytes = asSigned(row.total);
            entry.usedBytes = asSigned(row.used);
            entry.availableBytes = asSigned(row.available);
            // btrfs and some others have no fixed number of inodes and say 0.
            if (nodes.total && *nodes.total > 0) {
                entry.inodesTotal = asSigned(nodes.total);
                entry.inodesUsed = asSigned(nodes.used);
            }
            if (!row.total)
                warnings.lost(u"no size of %1"_s.arg(shownText(mount, 120)));
        }
        // What is mounted later hides what is below.
        if (const auto place = places.constFind(mount); place != places.constEnd()) {
            result[*place] = entry;
        } else if (result.size() < maxMounts) {
            places.insert(mount, result.size());
            result.append(entry);
        }
    }
    if (remote > 0)
        warnings.note(u"%1 network file systems are not measured: a dead server would block the reading"_s.arg(remote));
    if (cut || !section.whole)
        warnings.lost(u"the reading was cut off: some file systems are missing"_s);
    const bool partial = warnings.partial();
    return Parsed<QList<Filesystem>>{std::move(result), warnings.take(), partial};
}

} // namespace infra::commands
