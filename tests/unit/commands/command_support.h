// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/commands/command_registry.h"
#include "core/commands/parsers/frames.h"

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

#include <optional>

namespace infra::test {

/// Feeds prelude and message to a shell's stdin, as the kept-open channel does, and gives what it printed.
QByteArray runShell(const QStringList &command, const commands::ReadMessage &message);
/// A registry's message with a nonce from a fixed seed.
commands::ReadMessage messageFor(const QList<Kind> &kinds, bool detect = false, SudoMode sudo = SudoMode::None);
/// dash, bash and BusyBox as they are installed here, and BusyBox alone in an empty root (bubblewrap). Empty command:
/// not here.
QStringList shellCommand(const QString &name);
/// All kinds that are read in one message.
QList<Kind> fastKinds();
/// The implemented kinds, slow ones too.
QList<Kind> implementedKinds();

/// The folder of recorded outputs, or empty: INFRA_CAPTURES, else `../shared/captures` beside the source folder.
QString capturesDir();
/// Empty when the file is not there.
QByteArray captureFile(const QString &relative);
/// A fixture of tests/data/commands.
QByteArray fixture(const QString &name);

/// Text put into a section as the script does it: parts by name; the first one has no name.
commands::SectionText sectionOf(const QList<std::pair<QByteArray, QByteArray>> &parts, bool whole = true,
                                const QList<std::pair<QByteArray, int>> &rcs = {});
/// "text" of a file behind its path, line by line, as `grep -H` prints it.
QByteArray asPathLines(const QByteArray &path, const QByteArray &text);
/// Wraps section bodies into a whole answer with the nonce.
QByteArray framed(const QByteArray &nonce, const QList<std::pair<QByteArray, QByteArray>> &sections);

template <typename T>
const T *dataOf(const Section &section)
{
    return std::get_if<T>(&section.data);
}
const Section *sectionFor(const commands::ParsedCycle &cycle, Kind kind);

} // namespace infra::test
