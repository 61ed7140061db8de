// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/foundation/gallery.h"

#include "ui/text/format.h"
#include "ui/widgets/shapes.h"

#include <QtWidgets/QApplication>

#include <cmath>
#include <ctime>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;
using namespace infra::ui;

namespace {

QList<ColumnSpec> fleetColumns()
{
    return {
        {u"name"_s, u"Device"_s, CellKind::Name, 150, 0, true},
        {u"environment"_s, u"Environment"_s, CellKind::Environment, 108, 5},
        {u"cpu"_s, u"CPU, 1 h"_s, CellKind::Spark, 116, 9, false, true},
        {u"memory"_s, u"Memory"_s, CellKind::Bar, 104, 8, false, true},
        {u"load"_s, u"Load"_s, CellKind::Number, 64, 2, false, true},
        {u"state"_s, u"State"_s, CellKind::Tag, 100, 3, false, false, true},
        {u"age"_s, u"Age"_s, CellKind::Age, 64, 0, false, true},
    };
}

} // namespace

qint64 threadCpuUs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

Theme &testTheme()
{
    static Theme theme(*qApp);
    return theme;
}

FleetTableModel::FleetTableModel(QList<Row> rows, QObject *parent)
    : TableModel(fleetColumns(), parent)
    , m_rows(std::move(rows))
{
}

QList<FleetTableModel::Row> FleetTableModel::picture()
{
    using enum Environment;
    return {
        {u"atlas"_s, u"atlas"_s, u"Storage"_s, Health::Ok, Production, 11, 46, 0.84, 12},
        {u"borealis"_s, u"borealis"_s, u"Storage"_s, Health::Critical, Production, 23, 78, 3.12, 9},
        {u"vault"_s, u"vault"_s, u"Storage"_s, Health::Unknown, Production, {}, {}, {}, 720, true},
        {u"pve1"_s, u"pve1"_s, u"Virtualisation"_s, Health::Ok, Production, 34, 62, 5.2, 14},
        {u"pve3"_s, u"pve3"_s, u"Virtualisation"_s, Health::Maintenance, Production, 3, 21, 0.22, 16},
        {u"web1"_s, u"web1"_s, u"Services"_s, Health::Warning, Production, 18, 41, 0.92, 7},
        {u"stage1"_s, u"stage1"_s, u"Services"_s, Health::Warning, Staging, 9, 92, 0.4, 11},
        {u"forge"_s, u"forge"_s, u"Workstations and lab"_s, Health::Ok, Lab, 61, 55, 6.87, 10},
        {u"winbox"_s, u"winbox"_s, u"Workstations and lab"_s, Health::Asleep, Lab, {}, {}, {}, 10800, true},
        {u"tern"_s, u"tern"_s, u"Workstations and lab"_s, Health::Ok, None, 14, 49, 1.1, 2},
    };
}

QList<FleetTableModel::Row> FleetTableModel::thousand()
{
    QList<Row> rows;
    for (int i = 0; i < 1000; ++i) {
        const QString name = u"host-%1"_s.arg((i * 7919) % 1000, 4, 10, QChar(u'0'));
        rows.append({name, name, u"Rack %1"_s.arg(i % 12), Health(i % 7), Environment(i % 4), double(i % 100),
                     double((i * 3) % 100), (i % 80) / 10.0, i % 60, i % 29 == 0});
    }
    return rows;
}

int FleetTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

void FleetTableModel::setRow(int row, const Row &value)
{
    m_rows[row] = value;
    emit dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void FleetTableModel::append(const Row &row)
{
    beginInsertRows({}, rowCount(), rowCount());
    m_rows.append(row);
    endInsertRows();
}

void FleetTableModel::removeAt(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

void FleetTableModel::resetTo(QList<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QVariant FleetTableModel::cell(int row, const QString &column, int role) const
{
    const Row &data = m_rows.at(row);
    if (role == MutedRole)
        return data.stale;
    if (role == RowIdRole)
        return data.id;
    if (role == AccessibleRowRole)
        return u"%1, %2, %3, CPU %4"_s.arg(data.name, healthWord(data.health), environmentWord(data.environment),
                                           percent(data.cpu));
    const auto figure = [role](const std::optional<double> &value, const QString &text) -> QVariant {
        if (role == Qt::DisplayRole)
            return text;
        return (role == SortRole || role == CopyRole || role == PercentRole) && value ? QVariant(*value) : QVariant();
    };
    if (column == u"name") {
        if (role == HealthRole)
            return int(data.health);
        if (role == IconRole)
            return u"hdd-stack"_s;
        return role == Qt::DisplayRole || role == SortRole ? QVariant(data.name) : QVariant();
    }
    if (column == u"environment") {
        if (role == EnvironmentRole || role == SortRole)
            return int(data.environment);
        return role == Qt::DisplayRole && data.environment != Environment::None
                   ? QVariant(environmentWord(data.environment))
                   : QVariant();
    }
    if (column == u"cpu" && role == SeriesRole) {
        QList<std::optional<float>> values;
        for (int i = 0; i < 60; ++i)
            values.append(data.cpu && !(i > 30 && i < 36 && row % 5 == 0)
                              ? std::optional(float(*data.cpu) + 6 * std::sin(float(i * (row + 2)) * 0.7F))
                              : std::nullopt);
        return QVariant::fromValue(values);
    }
    if (column == u"cpu")
        return figure(data.cpu, percent(data.cpu));
    if (column == u"memory") {
        if (role == HealthRole && data.memory.value_or(0) > 90)
            return int(Health::Warning);
        return figure(data.memory, percent(data.memory));
    }
    if (column == u"load")
        return figure(data.load, number(data.load));
    if (column == u"state") {
        if (role == HealthRole)
            return int(data.health);
        return role == Qt::DisplayRole || role == SortRole ? QVariant(healthWord(data.health)) : QVariant();
    }
    if (role == HealthRole && data.stale && data.health == Health::Unknown)
        return int(Health::Warning);
    if (role == SortRole || role == CopyRole)
        return data.ageS;
    return role == Qt::DisplayRole ? QVariant(age(seconds(data.ageS))) : QVariant();
}

HistoryResult sampleHistory(const QList<ChartSeries> &series, Instant from, Instant to, double base, double spread)
{
    HistoryResult result;
    result.resolutionS = 120;
    const Instant gapFrom = from + std::chrono::minutes(92);
    const Instant gapTo = from + std::chrono::minutes(101);
    result.gaps = {{gapFrom, gapTo, GapReason::Unreachable}};
    for (qsizetype i = 0; i < series.size(); ++i) {
        HistorySeries made{series.at(i).key, {}, {}};
        int n = 0;
        for (Instant time = from; time <= to; time += std::chrono::minutes(2), ++n) {
            if (time > gapFrom && time < gapTo)
                continue;
            const double wave =
                std::sin(n * 0.11 + double(i)) + 0.5 * std::sin(n * 0.7) + 0.6 * std::sin(n * 2.3 * double(i + 1));
            const double value = std::max(0.0, base / double(i + 1) + spread * wave + (n > 165 ? spread * 3 : 0));
            made.points.append({time, value, value, value});
        }
        result.series.append(made);
    }
    return result;
}

} // namespace infra::test
