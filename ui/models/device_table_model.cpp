// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/device_table_model.h"

#include "ui/models/device_text.h"
#include "ui/models/finding_text.h"
#include "ui/text/format.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;
using engine::DeviceRow;

namespace {

QString columnWord(const char *text)
{
    return QCoreApplication::translate("DeviceTable", text);
}

/// What a rule says about one of the columns: the number takes its colour.
std::optional<Health> worstOf(const DeviceRow &row, std::initializer_list<const char *> areas)
{
    std::optional<Health> worst;
    for (const Finding &finding : row.findings) {
        for (const char *area : areas) {
            if (finding.rule.startsWith(QLatin1String(area)) && (!worst || worseThan(finding.severity, *worst)))
                worst = finding.severity;
        }
    }
    return worst;
}

QVariant healthValue(std::optional<Health> health)
{
    return health ? QVariant(static_cast<int>(*health)) : QVariant();
}

bool isMuted(const DeviceRow &row)
{
    return row.state != DeviceState::Ok && row.state != DeviceState::Paused && row.state != DeviceState::New;
}

/// How a machine is reached stands in the second colour: names and states are read first.
bool isQuiet(const QString &column)
{
    static const QStringList quiet = {u"type"_s, u"address"_s, u"route"_s, u"key"_s, u"interval"_s, u"uptime"_s};
    return quiet.contains(column);
}

std::optional<double> memoryPercent(const DeviceRow &row)
{
    if (!row.sample.memUsed || !row.sample.memTotal || *row.sample.memTotal <= 0)
        return std::nullopt;
    return *row.sample.memUsed / *row.sample.memTotal * 100;
}

QVariant sortValue(std::optional<double> value)
{
    return value ? QVariant(*value) : QVariant();
}

} // namespace

DeviceTableModel::DeviceTableModel(QList<ColumnSpec> columns, const Clock &clock, QObject *parent)
    : TableModel(std::move(columns), parent)
    , m_clock(clock)
{
}

QList<ColumnSpec> DeviceTableModel::overviewColumns()
{
    const auto figure = [](const char *id, const QString &title, CellKind kind, int width, int priority) {
        return ColumnSpec{QString::fromLatin1(id), title, kind, width, priority, false, true, false};
    };
    return {
        {u"name"_s, columnWord("Device"), CellKind::Name, 116, 0, true, false, false},
        {u"environment"_s, columnWord("Environment"), CellKind::Environment, 86, 5, false, false, false},
        figure("cpu", columnWord("CPU, 1 h"), CellKind::Spark, 112, 0),
        figure("memory", columnWord("Memory"), CellKind::Bar, 94, 0),
        figure("disk", columnWord("Disk, fullest"), CellKind::Bar, 94, 0),
        figure("load", columnWord("Load"), CellKind::Number, 50, 2),
        figure("temp", columnWord("Temp"), CellKind::Number, 56, 3),
        figure("workloads", columnWord("Workloads"), CellKind::Number, 74, 4),
        figure("problems", columnWord("Issues"), CellKind::Count, 54, 6),
        figure("age", columnWord("Age"), CellKind::Age, 64, 7),
        figure("uptime", columnWord("Uptime"), CellKind::Number, 62, 1),
        {u"type"_s, columnWord("Type"), CellKind::Text, 110, 1, false, false, true},
        {u"address"_s, columnWord("Address"), CellKind::Text, 150, 1, false, false, true},
        {u"tags"_s, columnWord("Tags"), CellKind::Text, 102, 1, false, false, true},
    };
}

QList<ColumnSpec> DeviceTableModel::deviceColumns()
{
    return {
        {u"check"_s, QString(), CellKind::Text, 34, 0, false, false, false},
        {u"name"_s, columnWord("Device"), CellKind::Name, 124, 0, false, false, false},
        {u"type"_s, columnWord("Type"), CellKind::Text, 112, 4, false, false, false},
        {u"address"_s, columnWord("Address"), CellKind::Text, 160, 7, true, false, false},
        {u"route"_s, columnWord("Route"), CellKind::Text, 56, 2, false, false, false},
        {u"key"_s, columnWord("Key"), CellKind::Text, 64, 3, false, false, false},
        {u"tags"_s, columnWord("Tags"), CellKind::Text, 96, 5, false, false, false},
        {u"environment"_s, columnWord("Environment"), CellKind::Environment, 86, 6, false, false, false},
        {u"interval"_s, columnWord("Interval"), CellKind::Number, 58, 1, false, true, false},
        {u"state"_s, columnWord("State"), CellKind::Text, 128, 0, false, false, false},
    };
}

void DeviceTableModel::reindex()
{
    m_rowOf.clear();
    for (int row = 0; row < m_rows.size(); ++row)
        m_rowOf.insert(m_rows.at(row).device.id, row);
}

void DeviceTableModel::setRows(const QList<DeviceRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    reindex();
    endResetModel();
}

void DeviceTableModel::apply(const QList<DeviceRow> &changed, const QList<DeviceId> &removed)
{
    for (const DeviceId &id : removed) {
        const int row = rowOf(id);
        if (row < 0)
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        reindex();
        endRemoveRows();
    }
    int first = static_cast<int>(m_rows.size());
    int last = -1;
    QList<DeviceRow> added;
    for (const DeviceRow &state : changed) {
        const int row = rowOf(state.device.id);
        if (row < 0) {
            added.append(state);
            continue;
        }
        m_rows[row] = state;
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= 0)
        emit dataChanged(index(first, 0), index(last, columnCount() - 1));
    if (added.isEmpty())
        return;
    const int at = static_cast<int>(m_rows.size());
    beginInsertRows({}, at, at + static_cast<int>(added.size()) - 1);
    m_rows += added;
    reindex();
    endInsertRows();
}

void DeviceTableModel::refreshAges()
{
    if (m_rows.isEmpty())
        return;
    const int column = std::max(columnOf(u"age"_s), columnOf(u"state"_s));
    if (column >= 0)
        emit dataChanged(index(0, column), index(static_cast<int>(m_rows.size()) - 1, column), {Qt::DisplayRole});
}

int DeviceTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant DeviceTableModel::cell(int at, const QString &column, int role) const
{
    const DeviceRow &row = m_rows.at(at);
    if (role == RowIdRole)
        return row.device.id.toString();
    if (role == MutedRole)
        return isQuiet(column) || (column == u"state" && row.findings.isEmpty()) ||
               (isMuted(row) && column != u"age" && column != u"state");
    if (column == u"check") // the box is drawn by the page; a space keeps "–" away
        return role == Qt::DisplayRole ? QVariant(u" "_s)
               : role == HealthRole    ? QVariant(static_cast<int>(row.health))
                                       : nameCell(row, role == SortRole ? role : -1);
    if (column == u"tags" && role == Qt::DisplayRole)
        return row.device.tags.isEmpty() ? missing() : u" "_s;
    if (column == u"tags" && (role == CopyRole || role == SortRole || role == Qt::ToolTipRole))
        return row.device.tags.join(u", "_s);
    if (column == u"tags" && role == TagsRole)
        return row.device.tags;
    if (role == AccessibleRowRole)
        return deviceSentence(row);
    if (column == u"name")
        return nameCell(row, role);
    if (column == u"environment") {
        if (role == EnvironmentRole || role == SortRole)
            return static_cast<int>(row.device.environment);
        return role == Qt::DisplayRole && row.device.environment != Environment::None
                   ? environmentWord(row.device.environment)
                   : QVariant();
    }
    if (column == u"state")
        return stateCell(row, role);
    if (column == u"age")
        return ageCell(row, role);
    const QVariant use = useCell(row, column, role);
    return use.isValid() ? use : reachCell(row, column, role);
}

QVariant DeviceTableModel::nameCell(const DeviceRow &row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return row.device.name;
    case SortRole:
        return row.device.name.toCaseFolded();
    case HealthRole:
        return static_cast<int>(row.health);
    case IconRole:
        return typeIcon(row.device.type, row.device.isLocal());
    case Qt::ToolTipRole: {
        QStringList lines = {row.device.name + u", "_s + addressText(row.device)};
        for (const Finding &finding : row.findings)
            lines.append(findingTitle(finding));
        if (const QString state = stateTitle(row, m_clock.now()); !state.isEmpty())
            lines.append(state);
        return lines.join(u'\n');
    }
    default:
        return {};
    }
}

QVariant DeviceTableModel::useCell(const DeviceRow &row, const QString &column, int role) const
{
    const MetricSample &sample = row.sample;
    const auto answer = [role](const QString &text, std::optional<double> value, std::optional<Health> health,
                               bool bar) -> QVariant {
        if (role == Qt::DisplayRole)
            return text;
        if (role == SortRole)
            return sortValue(value);
        if (role == HealthRole)
            return healthValue(health);
        return role == PercentRole && bar ? sortValue(value) : QVariant();
    };
    if (column == u"cpu") {
        if (role == SeriesRole)
            return QVariant::fromValue(row.cpuHour);
        return answer(percent(sample.cpuTotal), sample.cpuTotal, {}, false);
    }
    if (column == u"memory") {
        if (role == Qt::ToolTipRole && sample.memTotal)
            return columnWord("%1 of %2").arg(bytesBinary(sample.memUsed), bytesBinary(sample.memTotal));
        return answer(percent(memoryPercent(row)), memoryPercent(row), worstOf(row, {"mem"}), true);
    }
    if (column == u"disk") {
        if (role == Qt::ToolTipRole)
            return row.fullestMount;
        return answer(percent(row.fullestPercent), row.fullestPercent, worstOf(row, {"fs", "filesystem"}), true);
    }
    if (column == u"load")
        return answer(number(sample.load1), sample.load1, {}, false);
    if (column == u"temp")
        return answer(celsius(sample.tempMax), sample.tempMax, worstOf(row, {"sensor", "temp"}), false);
    if (column == u"uptime")
        return answer(sample.uptime ? age(milliseconds(static_cast<qint64>(*sample.uptime * 1000))) : missing(),
                      sample.uptime, {}, false);
    if (column == u"problems") {
        // Worst first, then by number: the default order of the overview.
        const double rank = static_cast<int>(row.health) * 1000.0 - static_cast<double>(row.findings.size());
        const QString text = row.findings.isEmpty() ? QString() : count(row.findings.size());
        if (role == Qt::ToolTipRole && !row.findings.isEmpty())
            return findingTitle(row.findings.constFirst());
        return answer(text, rank,
                      row.findings.isEmpty() ? std::nullopt : std::optional(row.findings.constFirst().severity), false);
    }
    if (column == u"workloads") {
        const std::optional<double> up = row.containersUp ? std::optional<double>(*row.containersUp) : std::nullopt;
        return answer(row.containersTotal ? QString(count(row.containersUp) + u" / "_s + count(*row.containersTotal))
                                          : missing(),
                      up, worstOf(row, {"container"}), false);
    }
    return {};
}

QVariant DeviceTableModel::reachCell(const DeviceRow &row, const QString &column, int role) const
{
    if (role != Qt::DisplayRole && role != SortRole && role != HealthRole)
        return {};
    const Device &device = row.device;
    if (column == u"interval" && role != HealthRole)
        return role == SortRole ? QVariant(device.intervalS) : QVariant(age(seconds(device.intervalS)));
    if (column == u"route" && role == HealthRole)
        return device.jump && row.error && row.error->code == ErrorCode::JumpFailed
                   ? QVariant(static_cast<int>(Health::Warning))
                   : QVariant();
    if (role == HealthRole)
        return {};
    if (column == u"type")
        return row.system && !row.system->os.isEmpty() ? systemName(row.system->os, row.system->osVersion)
                                                       : typeWord(device.type);
    if (column == u"address")
        return addressText(device);
    if (column == u"route") {
        if (device.isLocal())
            return columnWord("Local");
        const QString route = row.session                               ? row.session->route
                              : device.jump && rowOf(*device.jump) >= 0 ? m_rows.at(rowOf(*device.jump)).device.name
                                                                        : u"direct"_s;
        return route == u"direct" ? columnWord("Direct") : route;
    }
    if (column == u"key")
        return device.isLocal() ? missing() : signInText(device);
    return {};
}

QVariant DeviceTableModel::stateCell(const DeviceRow &row, int role) const
{
    if (role == SortRole)
        return static_cast<int>(row.health) * 100 + static_cast<int>(row.state);
    if (role == HealthRole)
        return row.state == DeviceState::Unreachable                      ? QVariant(static_cast<int>(Health::Warning))
               : row.health == Health::Ok || row.health == Health::Asleep ? QVariant()
                                                                          : QVariant(static_cast<int>(row.health));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (row.state == DeviceState::Unreachable && row.readAt && role == Qt::DisplayRole)
        return columnWord("Away %1").arg(age(row.unreachableSince ? row.unreachableSince : row.readAt, m_clock.now()));
    if (const QString state = stateTitle(row, m_clock.now()); !state.isEmpty())
        return state;
    if (!row.findings.isEmpty())
        return role == Qt::DisplayRole ? findingShort(row.findings.constFirst())
                                       : findingTitle(row.findings.constFirst());
    return row.readAt ? columnWord("Read %1 ago").arg(age(row.readAt, m_clock.now())) : columnWord("Not read yet");
}

QVariant DeviceTableModel::ageCell(const DeviceRow &row, int role) const
{
    if (role == SortRole)
        return row.readAt ? QVariant(toMs(m_clock.now()) - toMs(*row.readAt)) : QVariant();
    if (role == Qt::ToolTipRole)
        return row.readAt ? timeLong(*row.readAt) : QString();
    if (role == HealthRole) {
        const bool late = row.readAt && m_clock.now() - *row.readAt > seconds(row.device.intervalS) * 2;
        return late && row.state != DeviceState::Asleep && row.state != DeviceState::Paused
                   ? QVariant(static_cast<int>(Health::Warning))
                   : QVariant();
    }
    return role == Qt::DisplayRole ? QVariant(age(row.readAt, m_clock.now())) : QVariant();
}

bool DeviceTableModel::hasGroups(QStringView by) const
{
    if (by != u"group")
        return by != u"none";
    return std::any_of(m_rows.begin(), m_rows.end(), [](const DeviceRow &row) { return !row.device.group.isEmpty(); });
}

} // namespace infra::ui
