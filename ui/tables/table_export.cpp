// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/table_export.h"

#include "ui/text/format.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QVariant exportValue(const TableModel &model, int row, int column)
{
    const QModelIndex index = model.index(row, column);
    const QVariant exact = index.data(CopyRole);
    if (exact.isValid())
        return exact;
    if (CellKind(index.data(CellKindRole).toInt()) == CellKind::Environment)
        return toName(Environment(index.data(EnvironmentRole).toInt()));
    const QString shown = index.data(Qt::DisplayRole).toString();
    return shown == missing() ? QVariant() : QVariant(shown);
}

QJsonValue toJsonValue(const QVariant &value)
{
    return value.isValid() ? QJsonValue::fromVariant(value) : QJsonValue(QJsonValue::Null);
}

} // namespace

QString csvField(const QString &text)
{
    QString field = text;
    // Tab and return also start a formula in some spreadsheets. "-3.5" is a number, not a formula.
    static constexpr QStringView kFormulaStarts = u"=+-@\t\r";
    if (!field.isEmpty() && kFormulaStarts.contains(field.front())) {
        bool isNumber = false;
        static_cast<void>(field.toDouble(&isNumber));
        if (!isNumber)
            field.prepend(u'\'');
    }
    if (field.contains(u'"') || field.contains(u',') || field.contains(u'\n') || field.contains(u'\r')) {
        field.replace(u'"', u"\"\""_s);
        field = u'"' + field + u'"';
    }
    return field;
}

QByteArray tableToCsv(const TableModel &model, const QList<int> &rows, const QList<int> &columns)
{
    QString csv;
    const auto line = [&csv, &columns](auto &&cell) {
        QStringList fields;
        for (const int column : columns)
            fields.append(csvField(cell(column)));
        csv += fields.join(u',') + u"\r\n";
    };
    line([&model](int column) { return model.columns().at(column).title; });
    for (const int row : rows)
        line([&model, row](int column) { return exportValue(model, row, column).toString(); });
    return csv.toUtf8();
}

QByteArray tableToJson(const TableModel &model, const QList<int> &rows, const QList<int> &columns)
{
    QJsonArray array;
    for (const int row : rows) {
        QJsonObject object;
        for (const int column : columns)
            object.insert(model.columns().at(column).id, toJsonValue(exportValue(model, row, column)));
        array.append(object);
    }
    return QJsonDocument(array).toJson(QJsonDocument::Indented);
}

QString tableToText(const TableModel &model, const QList<int> &rows, const QList<int> &columns)
{
    QStringList lines;
    for (const int row : rows) {
        QStringList cells;
        for (const int column : columns)
            cells.append(exportValue(model, row, column).toString());
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

} // namespace infra::ui
