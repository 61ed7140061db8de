// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/openssh_parse.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QUrl>

#include <glob.h>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kDeepest = 16; // as OpenSSH
constexpr int kMostFiles = 1'000;
constexpr qint64 kLargestConfig = 4 * 1024 * 1024;

/// OpenSSH's argv_split: blanks separate, both quotes hold together, a backslash takes a quote, a backslash or a blank
/// literally.
QStringList splitArguments(const QString &text)
{
    QStringList arguments;
    qsizetype i = 0;
    while (i < text.size()) {
        if (text[i].isSpace()) {
            ++i;
            continue;
        }
        if (text[i] == u'#')
            break;
        QString argument;
        QChar quote;
        for (; i < text.size(); ++i) {
            const QChar c = text[i];
            const QChar next = i + 1 < text.size() ? text[i + 1] : QChar();
            if (c == u'\\' && (next == u'\'' || next == u'"' || next == u'\\' || (quote.isNull() && next == u' '))) {
                argument += next;
                ++i;
            } else if (quote.isNull() && c.isSpace()) {
                break;
            } else if (quote.isNull() && (c == u'"' || c == u'\'')) {
                quote = c;
            } else if (!quote.isNull() && c == quote) {
                quote = QChar();
            } else {
                argument += c;
            }
        }
        arguments.append(argument);
    }
    return arguments;
}

} // namespace

std::optional<ConfigLine> parseConfigLine(const QString &line)
{
    const QString text = line.trimmed();
    if (text.isEmpty() || text.startsWith(u'#'))
        return std::nullopt;
    qsizetype end = 0;
    while (end < text.size() && !text[end].isSpace() && text[end] != u'=' && text[end] != u'"')
        ++end;
    ConfigLine parsed;
    parsed.keyword = text.left(end).toLower();
    QString rest = text.mid(end).trimmed();
    if (rest.startsWith(u'='))
        rest = rest.mid(1).trimmed();
    parsed.rest = rest;
    parsed.arguments = splitArguments(rest);
    return parsed;
}

ConfigWalk::ConfigWalk(const OpensshPaths &paths, bool userFile)
    : m_paths(paths)
    , m_userFile(userFile)
{
}

Result<void> ConfigWalk::file(const QString &path)
{
    if (path.isEmpty() || !QFileInfo::exists(path))
        return {};
    return walk(path, true, 0);
}

Result<void> ConfigWalk::walk(const QString &path, bool parentActive, int depth)
{
    if (depth > kDeepest || ++m_files > kMostFiles)
        return fail(ErrorCode::FileUnreadable, u"%1: includes go too deep"_s.arg(path));
    QFile in(path);
    if (!in.open(QIODevice::ReadOnly) || in.size() > kLargestConfig)
        return fail(ErrorCode::FileUnreadable, u"cannot read %1"_s.arg(path));
    bool active = parentActive;
    for (const QByteArray &raw : in.readAll().split('\n')) {
        const auto line = parseConfigLine(QString::fromUtf8(raw));
        if (!line)
            continue;
        if (line->keyword == u"host" || line->keyword == u"match") {
            // Inside an include below a block that does not hold, nothing does; but a Match final still asks for a
            // second pass.
            const bool holds = onBlock(*line);
            active = holds && parentActive;
        } else if (line->keyword == u"include") {
            for (const QString &pattern : line->arguments) {
                for (const QString &found : included(pattern)) {
                    if (auto walked = walk(found, active, depth + 1); !walked)
                        return walked;
                }
            }
        } else {
            onLine(*line, active);
        }
    }
    return {};
}

QStringList ConfigWalk::included(const QString &pattern) const
{
    QString full = pattern;
    if (full.startsWith(u"~/"))
        full = m_paths.home + full.mid(1);
    else if (!full.startsWith(u'/'))
        full = (m_userFile ? QString(m_paths.home + u"/.ssh/"_s) : u"/etc/ssh/"_s) + full;
    glob_t found{};
    QStringList files;
    if (::glob(QFile::encodeName(full).constData(), 0, nullptr, &found) == 0) {
        for (std::size_t i = 0; i < found.gl_pathc; ++i) {
            const QString path = QFile::decodeName(found.gl_pathv[i]);
            if (QFileInfo(path).isFile() && QFileInfo(path).isReadable())
                files.append(path);
        }
    }
    ::globfree(&found);
    return files;
}

std::optional<JumpHop> parseJumpHop(const QString &text)
{
    JumpHop hop;
    QString rest = text.trimmed();
    if (rest.startsWith(u"ssh://")) {
        const QUrl url(rest);
        if (!url.isValid() || url.host().isEmpty())
            return std::nullopt;
        return JumpHop{url.userName(), url.host(), static_cast<quint16>(url.port(0))};
    }
    if (const qsizetype at = rest.lastIndexOf(u'@'); at >= 0) {
        hop.user = rest.left(at);
        rest = rest.mid(at + 1);
    }
    QString port;
    if (rest.startsWith(u'[')) {
        const qsizetype end = rest.indexOf(u']');
        if (end < 0)
            return std::nullopt;
        hop.host = rest.mid(1, end - 1);
        if (rest.mid(end + 1).startsWith(u':'))
            port = rest.mid(end + 2);
    } else if (rest.count(u':') == 1) {
        hop.host = rest.section(u':', 0, 0);
        port = rest.section(u':', 1);
    } else {
        hop.host = rest;
    }
    if (!port.isEmpty()) {
        bool ok = false;
        hop.port = port.toUShort(&ok);
        if (!ok || hop.port == 0)
            return std::nullopt;
    }
    if (hop.host.isEmpty() || hop.host.startsWith(u'-') || hop.user.startsWith(u'-'))
        return std::nullopt;
    return hop;
}

} // namespace infra::ssh
