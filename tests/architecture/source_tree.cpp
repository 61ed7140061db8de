// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_tree.h"

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>

namespace infra::test {

QString SourceFile::module() const
{
    const QStringList parts = path.split(u'/');
    return parts.value(0) == u"core" ? parts.value(1) : parts.value(0);
}

QString blanked(const QString &text, bool strings)
{
    enum class In
    {
        Code,
        Line,
        Block,
        String,
        Char,
        Raw
    };
    QString out = text;
    In in = In::Code;
    QString rawEnd;
    const auto blank = [&out](qsizetype i) {
        if (out[i] != u'\n')
            out[i] = u' ';
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const QChar next = i + 1 < text.size() ? text[i + 1] : QChar(u'\n');
        switch (in) {
        case In::Code:
            if (c == u'/' && (next == u'/' || next == u'*')) {
                in = next == u'/' ? In::Line : In::Block;
                blank(i);
                blank(++i);
            } else if (c == u'"' && i > 0 && text[i - 1] == u'R') {
                const qsizetype open = text.indexOf(u'(', i);
                rawEnd = QString(u')' + text.mid(i + 1, open - i - 1) + u'"');
                in = In::Raw;
            } else if (c == u'"') {
                in = In::String;
            } else if (c == u'\'' && !(i > 0 && text[i - 1].isLetterOrNumber() && next.isLetterOrNumber())) {
                in = In::Char;
            }
            break;
        case In::Line:
            if (c == u'\n')
                in = In::Code;
            blank(i);
            break;
        case In::Block:
            if (c == u'*' && next == u'/') {
                in = In::Code;
                blank(i++);
            }
            blank(i);
            break;
        case In::Raw:
            if (text.mid(i, rawEnd.size()) == rawEnd) {
                i += rawEnd.size() - 1;
                in = In::Code;
            } else if (strings) {
                blank(i);
            }
            break;
        case In::String:
        case In::Char:
            if (c == u'\\') {
                if (strings) {
                    blank(i);
                    blank(i + 1 < text.size() ? i + 1 : i);
                }
                ++i;
            } else if (c == (in == In::String ? u'"' : u'\'') || c == u'\n') {
                in = In::Code;
            } else if (strings) {
                blank(i);
            }
            break;
        }
    }
    return out;
}

QList<SourceFile> readSources(const QString &top)
{
    QList<SourceFile> files;
    for (const QString &folder :
         {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app"), QStringLiteral("tests")}) {
        QDirIterator it(QDir(top).filePath(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QString text = QString::fromUtf8(file.readAll());
            SourceFile source;
            source.path = QDir(top).relativeFilePath(file.fileName());
            source.lines = text.split(u'\n');
            source.code = blanked(text, true).split(u'\n');
            source.quoted = blanked(text, false).split(u'\n');
            files.append(source);
        }
    }
    return files;
}

} // namespace infra::test
