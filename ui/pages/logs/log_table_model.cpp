// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/logs/log_table_model.h"

#include "ui/text/format.h"

#include <QtCore/QCoreApplication>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMostLogLines = 20'000;

QList<ColumnSpec> logColumns()
{
    const auto word = [](const char *text) { return QCoreApplication::translate("Logs", text); };
    return {
        {u"time"_s, word("Time"), CellKind::Text, 116, 0, false, false, false},
        {u"level"_s, word("Level"), CellKind::Text, 72, 0, false, false, false},
        {u"part"_s, word("Part"), CellKind::Text, 92, 2, false, false, false},
        {u"device"_s, word("Device"), CellKind::Text, 88, 1, false, false, false},
        {u"text"_s, word("Text"), CellKind::Code, 400, 0, true, false, false},
    };
}

} // namespace

LogTableModel::LogTableModel(QObject *parent)
    : TableModel(logColumns(), parent)
{
}

void LogTableModel::setLines(const QList<LogEntry> &lines)
{
    beginResetModel();
    m_lines = lines.size() > kMostLogLines ? lines.mid(lines.size() - kMostLogLines) : lines;
    m_dropped = 0;
    endResetModel();
}

void LogTableModel::append(const QList<LogEntry> &lines)
{
    if (lines.isEmpty())
        return;
    const int first = static_cast<int>(m_lines.size());
    beginInsertRows({}, first, first + static_cast<int>(lines.size()) - 1);
    m_lines += lines;
    endInsertRows();
    const int over = static_cast<int>(m_lines.size() - kMostLogLines);
    if (over <= 0)
        return;
    beginRemoveRows({}, 0, over - 1);
    m_lines.remove(0, over);
    m_dropped += over;
    endRemoveRows();
}

int LogTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant LogTableModel::cell(int row, const QString &column, int role) const
{
    const LogEntry &line = m_lines.at(row);
    if (role == RowIdRole)
        return QString::number(m_dropped + row);
    if (role == MutedRole)
        return column != u"device" && column != u"text";
    if (role == SortRole)
        return column == u"level"  ? QVariant(static_cast<int>(line.level))
               : column == u"time" ? QVariant(static_cast<double>(m_dropped + row))
                                   : cell(row, column, Qt::DisplayRole);
    if (role == AccessibleRowRole)
        return QString(levelWord(line.level) + u", "_s + line.part + u", "_s + line.message);
    if (column == u"time") {
        if (role == Qt::DisplayRole)
            return toDateTime(line.time).toLocalTime().time().toString(u"HH:mm:ss.zzz"_s);
        return role == Qt::ToolTipRole ? QVariant(timeLong(line.time))
               : role == CopyRole      ? QVariant(toRfc3339(line.time))
                                       : QVariant();
    }
    if (column == u"level") {
        if (role == HealthRole && line.level >= log::Level::Warning)
            return static_cast<int>(line.level >= log::Level::Error ? Health::Critical : Health::Warning);
        return role == Qt::DisplayRole ? QVariant(levelWord(line.level)) : QVariant();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (column == u"part")
        return line.part;
    if (column == u"device")
        return line.device.isEmpty() ? missing() : line.device;
    return line.message;
}

} // namespace infra::ui
