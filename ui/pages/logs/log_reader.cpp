// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/logs/log_reader.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>

#include <sys/stat.h>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kMostBytes = 16 * 1024 * 1024;

quint64 inodeOf(const QString &path)
{
    struct stat about = {};
    return ::stat(QFile::encodeName(path).constData(), &about) == 0 ? static_cast<quint64>(about.st_ino) : 0;
}

/// Whole lines from `offset` on; the offset moves behind the last of them.
QList<LogEntry> linesFrom(QFile &file, qint64 &offset, qint64 most)
{
    QList<LogEntry> lines;
    const bool cut = file.size() - offset > most;
    if (cut)
        offset = file.size() - most;
    if (!file.seek(offset))
        return lines;
    bool first = cut; // the first line of a cut file is a piece
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        if (!line.endsWith('\n'))
            break;
        offset += line.size();
        if (std::exchange(first, false))
            continue;
        if (auto entry = parseLogLine(line.trimmed()))
            lines.append(*std::move(entry));
    }
    return lines;
}

/// infrastructor.1.jsonl, .2.jsonl …, newest first.
QStringList rotatedLogs(const QString &folder)
{
    QStringList paths;
    for (int number = 1; number <= 20; ++number) {
        const QString path = folder + QStringLiteral("/infrastructor.%1.jsonl").arg(number);
        if (!QFileInfo::exists(path))
            break;
        paths.append(path);
    }
    return paths;
}

} // namespace

Result<QList<LogEntry>> readLogFiles(const QString &folder, LogPosition &position, bool again)
{
    const QString path = folder + u"/infrastructor.jsonl"_s;
    QFile file(path);
    if (!file.exists())
        return QList<LogEntry>();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, u"%1: %2"_s.arg(path, file.errorString()));
    const quint64 inode = inodeOf(path);
    QList<LogEntry> lines;
    if (again) {
        qint64 left = kMostBytes - std::min(kMostBytes, file.size());
        for (const QString &older : rotatedLogs(folder)) {
            QFile part(older);
            if (left <= 0 || !part.open(QIODevice::ReadOnly))
                break;
            qint64 offset = 0;
            QList<LogEntry> some = linesFrom(part, offset, left);
            left -= std::min(left, part.size());
            some += lines;
            lines = some;
        }
        position = {};
    } else if (inode != position.inode || file.size() < position.offset) {
        // Rotated since: the rest of the old file is now number one.
        if (QFile old(folder + u"/infrastructor.1.jsonl"_s);
            old.open(QIODevice::ReadOnly) && inodeOf(old.fileName()) == position.inode)
            lines = linesFrom(old, position.offset, kMostBytes);
        position = {};
    }
    lines += linesFrom(file, position.offset, kMostBytes);
    position.inode = inode;
    return lines;
}

LogReader::LogReader(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_thread([this] { work(); })
{
}

LogReader::~LogReader()
{
    m_wishes.close();
    m_thread.join();
}

void LogReader::readAll()
{
    ask(true);
}

void LogReader::readMore()
{
    // One wish at a time is enough: it reads all that is there.
    if (m_wishes.size() == 0)
        ask(false);
}

void LogReader::ask(bool again)
{
    m_wishes.putLatest(std::move(again));
}

void LogReader::work()
{
    LogPosition position;
    while (const std::optional<bool> again = m_wishes.takeOne()) {
        Answer answer;
        answer.again = *again;
        if (auto lines = readLogFiles(m_folder, position, *again))
            answer.lines = *std::move(lines);
        else
            answer.error = lines.error();
        if (answer.lines.isEmpty() && !answer.again && !answer.error)
            continue;
        if (m_answers.put(std::move(answer)) == Mailbox<Answer>::Put::First)
            QMetaObject::invokeMethod(this, &LogReader::deliver, Qt::QueuedConnection);
    }
}

void LogReader::deliver()
{
    for (Answer &answer : m_answers.takeAll()) {
        if (answer.error)
            emit failed(*answer.error);
        else
            emit linesRead(std::move(answer.lines), answer.again);
    }
}

} // namespace infra::ui
