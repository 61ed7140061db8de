// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mailbox.h"
#include "ui/pages/logs/log_entry.h"

#include <QtCore/QObject>

#include <thread>

namespace infra::ui {

/// Reads the program's own JSON log on a thread of its own: the last day at first (at most 16 MiB, newest files first),
/// then what was added. Rotation is noticed. GUI thread; results come as signals there.
class LogReader : public QObject
{
    Q_OBJECT
public:
    explicit LogReader(QString folder, QObject *parent = nullptr);
    ~LogReader() override;

    void readAll();  ///< again from the beginning
    void readMore(); ///< what was added since

signals:
    /// @param again true: in place of all before. Oldest first.
    void linesRead(QList<infra::ui::LogEntry> lines, bool again);
    void failed(infra::Error error);

private:
    struct Answer
    {
        QList<LogEntry> lines;
        bool again = false;
        std::optional<Error> error;
    };
    void ask(bool again);
    void work();
    void deliver();

    const QString m_folder;
    Mailbox<bool> m_wishes{4};
    Mailbox<Answer> m_answers{64};
    std::jthread m_thread;
};

/// What was already read of the newest file. Reader's thread only.
struct LogPosition
{
    qint64 offset = 0;
    quint64 inode = 0;
};
/// Reads from files; the part that the thread does. Pure but for the files.
Result<QList<LogEntry>> readLogFiles(const QString &folder, LogPosition &position, bool again);

} // namespace infra::ui
