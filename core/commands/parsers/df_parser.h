// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/parsers/frames.h"
#include "core/model/inventory.h"

namespace infra::commands {

/// A row of `df`: blocks in bytes, or inodes when the header says so.
struct DfRow
{
    QByteArray source, mount;
    QByteArray type; ///< where the header has that column
    std::optional<quint64> total, used, available;
    bool operator==(const DfRow &) const = default;
};

struct DfTable
{
    bool inodes = false;
    QList<DfRow> rows;
};

/// Any layout of `df` with 1 KiB blocks or inodes, with or without type, GNU or BusyBox, long sources on a line of
/// their own, noise in front of the header. Columns are told by the header; a header with another unit is BadOutput.
Result<Parsed<DfTable>> parseDf(const QByteArray &text);

/// `filesystems`: the mounts that the script chose, sizes and inodes from df, joined by mount point.
Result<Parsed<QList<Filesystem>>> parseFilesystems(const SectionText &section);

} // namespace infra::commands
