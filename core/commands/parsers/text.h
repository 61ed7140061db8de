// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QStringList>

#include <optional>

/// Small strict readers shared by the parsers. Pure; any thread. A text that is not entirely what is expected gives
/// nothing: never the part of it that happens to be a number.
namespace infra::commands {

/// What a parser gives: the value, what a person should know (escaped for display), and whether something was lost.
template <typename T>
struct Parsed
{
    T value{};
    QStringList warnings;
    bool partial = false;
};

/// Collects warnings without end from a hostile text: the first few are kept, the rest counted.
class Warnings
{
public:
    /// Something was lost.
    void lost(const QString &text);
    /// Nothing was lost, but a person should know.
    void note(const QString &text);
    bool partial() const { return m_partial; }
    QStringList take();

private:
    QStringList m_texts;
    int m_more = 0;
    bool m_partial = false;
};

/// The lines that end in a new line (CR before it removed). The rest behind the last one is not a line: it may be half
/// of one.
/// @param cut set to true when there was such a rest or more than `maxLines`.
QList<QByteArray> wholeLines(const QByteArray &text, bool *cut = nullptr, qsizetype maxLines = 100'000);
/// The words of a line, between blanks and tabs.
QList<QByteArrayView> words(QByteArrayView line);
/// Digits only, in range.
std::optional<quint64> toUnsigned(QByteArrayView text);
/// Digits with an optional '-'.
std::optional<qint64> toSigned(QByteArrayView text);
/// A decimal number as the kernel prints it: no exponent, no "inf".
std::optional<double> toDecimal(QByteArrayView text);
/// `value` × `factor` as a signed number; nothing when that does not fit.
std::optional<qint64> scaled(std::optional<quint64> value, quint64 factor);
/// Remote text for a label: escaped, bounded.
QString shownText(QByteArrayView text, qsizetype maxLength = 256);
/// \040 and friends of /proc/mounts undone.
QByteArray unescapeOctal(QByteArrayView text);

/// A line "path:value" of the script's `i_all`.
struct PathLine
{
    QByteArrayView path;
    QByteArrayView value;
};
std::optional<PathLine> pathLine(const QByteArray &line);

/// One file read by `i_all`: its lines, in order.
struct PathFile
{
    QByteArray path;
    QList<QByteArray> lines;
    QByteArray joined() const { return lines.join('\n'); }
};
/// All files of such a text, in order of their first line.
QList<PathFile> pathFiles(const QByteArray &text, bool *cut);

} // namespace infra::commands
