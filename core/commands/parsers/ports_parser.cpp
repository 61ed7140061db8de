// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/ports_parser.h"

#include "core/commands/parsers/part_lines.h"

#include <algorithm>
#include <array>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxPortRows = 5000;

void addListening(QList<ListeningPort> &ports, const ListeningPort &port, Warnings &warnings)
{
    const auto same = std::find_if(ports.begin(), ports.end(), [&](const ListeningPort &other) {
        return other.protocol == port.protocol && other.address == port.address && other.port == port.port;
    });
    if (same != ports.end()) {
        if (same->process.isEmpty())
            same->process = port.process;
    } else if (ports.size() < maxPortRows) {
        ports.append(port);
    } else {
        warnings.lost(u"more than %1 ports: the rest was left out"_s.arg(maxPortRows));
    }
}

QString addressText(QByteArrayView text)
{
    if (text.startsWith('[') && text.endsWith(']'))
        text = text.sliced(1).chopped(1);
    if (text == "0.0.0.0" || text == "::" || text == "*")
        return u"*"_s;
    return shownText(text, 80);
}

/// users:(("sshd",pid=1416,fd=4),…) or the old users:(("sshd",1231,3)).
QString processOf(const QByteArray &line)
{
    const qsizetype at = line.indexOf("users:((\"");
    const qsizetype end = at < 0 ? -1 : line.indexOf("\",", at + 9);
    return end < 0 ? QString() : shownText(QByteArrayView(line).sliced(at + 9, end - at - 9), 64);
}

std::optional<quint64> hexNumber(QByteArrayView text)
{
    bool ok = false;
    const quint64 value = text.toByteArray().toULongLong(&ok, 16);
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    return ok && digits && text.size() <= 16 ? std::optional(value) : std::nullopt;
}

/// The kernel prints each 32-bit word of an address as a number of the host's byte order.
std::optional<QString> kernelAddress(QByteArrayView hex, bool bigEndian)
{
    if (hex.size() != 8 && hex.size() != 32)
        return std::nullopt;
    QList<int> bytes;
    for (qsizetype word = 0; word < hex.size(); word += 8) {
        const std::optional<quint64> value = hexNumber(hex.sliced(word, 8));
        if (!value)
            return std::nullopt;
        for (int i = 0; i < 4; ++i)
            bytes.append(static_cast<int>((*value >> (bigEndian ? 24 - 8 * i : 8 * i)) & 0xff));
    }
    if (std::all_of(bytes.cbegin(), bytes.cend(), [](int byte) { return byte == 0; }))
        return u"*"_s;
    if (bytes.size() == 4)
        return u"%1.%2.%3.%4"_s.arg(bytes.at(0)).arg(bytes.at(1)).arg(bytes.at(2)).arg(bytes.at(3));
    // The longest run of zero words becomes "::" (RFC 5952).
    std::array<int, 8> parts{};
    for (size_t i = 0; i < 8; ++i)
        parts.at(i) = bytes.at(static_cast<qsizetype>(i) * 2) * 256 + bytes.at(static_cast<qsizetype>(i) * 2 + 1);
    size_t best = 8, bestLength = 1;
    for (size_t i = 0; i < 8; ++i) {
        size_t length = 0;
        while (i + length < 8 && parts.at(i + length) == 0)
            ++length;
        if (length > bestLength) {
            best = i;
            bestLength = length;
        }
    }
    QString text;
    for (size_t i = 0; i < 8; ++i) {
        if (i == best) {
            text += u"::"_s;
            i += bestLength - 1;
            continue;
        }
        if (!text.isEmpty() && !text.endsWith(u':'))
            text += u':';
        text += QString::number(parts.at(i), 16);
    }
    return text;
}

} // namespace

QList<ListeningPort> parseSs(const QList<QByteArray> &lines, Warnings &warnings)
{
    QList<ListeningPort> ports;
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.isEmpty() || fields.first() == "Netid" || (fields.first() != "tcp" && fields.first() != "udp"))
            continue;
        const QByteArrayView local = fields.value(4);
        const qsizetype colon = local.lastIndexOf(':');
        const std::optional<quint64> number = toUnsigned(colon < 0 ? QByteArrayView() : local.sliced(colon + 1));
        if (fields.size() < 6 || !toUnsigned(fields.at(2)) || !toUnsigned(fields.at(3)) || colon < 1 || !number ||
            *number > 65535) {
            warnings.lost(u"ss: not understood: %1"_s.arg(shownText(line, 120)));
            continue;
        }
        if (*number > 0)
            addListening(ports,
                         {QString::fromLatin1(fields.first()), addressText(local.first(colon)),
                          static_cast<int>(*number), processOf(line)},
                         warnings);
    }
    return ports;
}

QList<ListeningPort> parseProcNet(const QList<PathFile> &files, bool bigEndian, Warnings &warnings)
{
    QList<ListeningPort> ports;
    for (const PathFile &file : files) {
        const bool tcp = file.path.startsWith("/proc/net/tcp");
        if (!tcp && !file.path.startsWith("/proc/net/udp"))
            continue;
        for (const QByteArray &line : file.lines) {
            const QList<QByteArrayView> fields = words(line);
            if (fields.size() < 4 || fields.first() == "sl")
                continue;
            // 0A: listening. 07 with nobody at the other end: a UDP socket that waits.
            const bool waits = tcp ? fields.at(3) == "0A" : fields.at(3) == "07";
            if (!waits)
                continue;
            const QByteArrayView local = fields.at(1);
            const qsizetype colon = local.indexOf(':');
            const std::optional<quint64> number =
                colon == 8 || colon == 32 ? hexNumber(local.sliced(colon + 1)) : std::nullopt;
            const std::optional<QString> address = number ? kernelAddress(local.first(colon), bigEndian) : std::nullopt;
            if (!address || *number > 65535) {
                warnings.lost(u"%1: not understood: %2"_s.arg(shownText(file.path, 40), shownText(line, 80)));
                continue;
            }
            if (*number > 0)
                addListening(ports, {tcp ? u"tcp"_s : u"udp"_s, *address, static_cast<int>(*number), {}}, warnings);
        }
    }
    return ports;
}

Result<Parsed<QList<ListeningPort>>> parsePorts(const SectionText &section)
{
    Warnings warnings;
    bool cut = false;
    QList<ListeningPort> ports;
    const SectionPart *ss = section.part("ss");
    if (section.part("net")) {
        // Byte 5 of an ELF file: 1 is little-endian, 2 is big-endian.
        const bool bigEndian = section.text("endian").startsWith('\x02');
        ports = parseProcNet(pathFiles(section.text("net"), &cut), bigEndian, warnings);
        warnings.note(u"read from /proc/net: processes are not told there"_s);
    } else if (ss && ss->rc.value_or(0) == 0) {
        ports = parseSs(partLines(*ss, &cut), warnings);
    } else {
        return fail(ErrorCode::BadOutput, u"no list of ports came"_s);
    }
    if (cut || !section.whole)
        warnings.lost(u"the reading was cut off: some ports are missing"_s);
    const bool partial = warnings.partial();
    return Parsed<QList<ListeningPort>>{std::move(ports), warnings.take(), partial};
}

} // namespace infra::commands
