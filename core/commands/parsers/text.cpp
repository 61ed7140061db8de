// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/text.h"

#include "core/base/redaction.h"

#include <QtCore/QHash>

#include <algorithm>
#include <limits>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int maxWarnings = 20;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool allDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isDigit);
}

} // namespace

void Warnings::lost(const QString &text)
{
    m_partial = true;
    note(text);
}

void Warnings::note(const QString &text)
{
    if (m_texts.contains(text))
        return;
    if (m_texts.size() < maxWarnings)
        m_texts.append(text);
    else
        ++m_more;
}

QStringList Warnings::take()
{
    if (m_more > 0)
        m_texts.append(u"%1 more warnings of this kind"_s.arg(m_more));
    m_more = 0;
    return std::exchange(m_texts, {});
}

QList<QByteArray> wholeLines(const QByteArray &text, bool *cut, qsizetype maxLines)
{
    QList<QByteArray> lines;
    qsizetype from = 0;
    while (from < text.size()) {
        const qsizetype end = text.indexOf('\n', from);
        if (end < 0 || lines.size() >= maxLines) {
            if (cut)
                *cut = true;
            break;
        }
        qsizetype length = end - from;
        if (length > 0 && text.at(end - 1) == '\r')
            --length;
        lines.append(text.mid(from, length));
        from = end + 1;
    }
    return lines;
}

QList<QByteArrayView> words(QByteArrayView line)
{
    QList<QByteArrayView> result;
    qsizetype i = 0;
    while (i < line.size()) {
        while (i < line.size() && (line[i] == ' ' || line[i] == '\t'))
            ++i;
        const qsizetype from = i;
        while (i < line.size() && line[i] != ' ' && line[i] != '\t')
            ++i;
        if (i > from)
            result.append(line.sliced(from, i - from));
    }
    return result;
}

std::optional<quint64> toUnsigned(QByteArrayView text)
{
    if (!allDigits(text) || text.size() > 20)
        return std::nullopt;
    quint64 value = 0;
    for (const char c : text) {
        const auto digit = static_cast<quint64>(c - '0');
        if (value > (std::numeric_limits<quint64>::max() - digit) / 10)
            return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

std::optional<qint64> toSigned(QByteArrayView text)
{
    const bool negative = text.startsWith('-');
    const std::optional<quint64> value = toUnsigned(negative ? text.sliced(1) : text);
    if (!value || *value > static_cast<quint64>(std::numeric_limits<qint64>::max()))
        return std::nullopt;
    return negative ? -static_cast<qint64>(*value) : static_cast<qint64>(*value);
}

std::optional<double> toDecimal(QByteArrayView text)
{
    const QByteArrayView digits = text.startsWith('-') ? text.sliced(1) : text;
    const qsizetype point = digits.indexOf('.');
    const QByteArrayView whole = point < 0 ? digits : digits.first(point);
    if (text.size() > 40 || !allDigits(whole) || (point >= 0 && !allDigits(digits.sliced(point + 1))))
        return std::nullopt;
    bool ok = false;
    const double value = text.toByteArray().toDouble(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<qint64> scaled(std::optional<quint64> value, quint64 factor)
{
    if (!value || factor == 0 || *value > static_cast<quint64>(std::numeric_limits<qint64>::max()) / factor)
        return std::nullopt;
    return static_cast<qint64>(*value * factor);
}

QString shownText(QByteArrayView text, qsizetype maxLength)
{
    return displayText(text.first(std::min(text.size(), maxLength * 4)).toByteArray(), maxLength);
}

QByteArray unescapeOctal(QByteArrayView text)
{
    QByteArray result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto octal = [&](qsizetype at, char top) {
            return at < text.size() && text[at] >= '0' && text[at] <= top;
        };
        if (text[i] == '\\' && octal(i + 1, '3') && octal(i + 2, '7') && octal(i + 3, '7')) {
            const int code = (text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0');
            result.append(static_cast<char>(static_cast<unsigned char>(code)));
            i += 3;
        } else {
            result.append(text[i]);
        }
    }
    return result;
}

std::optional<PathLine> pathLine(const QByteArray &line)
{
    const qsizetype colon = line.indexOf(':');
    if (!line.startsWith('/') || colon < 2)
        return std::nullopt;
    const QByteArrayView view(line);
    return PathLine{view.first(colon), view.sliced(colon + 1)};
}

QList<PathFile> pathFiles(const QByteArray &text, bool *cut)
{
    QList<PathFile> files;
    QHash<QByteArray, qsizetype> places;
    const QList<QByteArray> lines = wholeLines(text, cut);
    for (const QByteArray &line : lines) {
        const std::optional<PathLine> part = pathLine(line);
        if (!part)
            continue;
        const QByteArray path = part->path.toByteArray();
        const auto place = places.constFind(path);
        if (place == places.constEnd()) {
            places.insert(path, files.size());
            files.append({path, {part->value.toByteArray()}});
        } else {
            files[*place].lines.append(part->value.toByteArray());
        }
    }
    return files;
}

} // namespace infra::commands
