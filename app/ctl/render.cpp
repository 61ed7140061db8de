// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/render.h"

#include "core/base/redaction.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QLocale>

namespace infra::ctl {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMaxColumn = 40;

QString sizeText(double bytes)
{
    return QLocale::c().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeIecFormat);
}

QString cellText(const QString &key, const QJsonValue &value)
{
    if (value.isNull() || value.isUndefined())
        return u"-"_s;
    if (value.isBool())
        return value.toBool() ? u"yes"_s : u"no"_s;
    if (value.isDouble())
        return key.endsWith("_bytes"_L1) ? sizeText(value.toDouble()) : QString::number(value.toDouble(), 'g', 10);
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue &part : value.toArray())
            parts.append(part.isObject()
                             ? QString::fromUtf8(QJsonDocument(part.toObject()).toJson(QJsonDocument::Compact))
                             : cellText(key, part));
        return displayText(parts.join(u", "_s), 200);
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        if (object.contains("message"_L1))
            return displayText(object.value("message"_L1).toString(), 200);
        return displayText(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)), 200);
    }
    return displayText(value.toString(), 400);
}

/// The columns a person wants to see first; others of the objects are left to --json.
QStringList columnsFor(const QString &list)
{
    static const QHash<QString, QStringList> columns = {
        {u"devices"_s,
         {u"id"_s, u"name"_s, u"type"_s, u"state"_s, u"address"_s, u"port"_s, u"user"_s, u"environment"_s,
          u"last_seen"_s, u"error"_s}},
        {u"filesystems"_s,
         {u"mount"_s, u"type"_s, u"size_bytes"_s, u"used_bytes"_s, u"available_bytes"_s, u"inodes_used"_s,
          u"device"_s}},
        {u"containers"_s,
         {u"device"_s, u"name"_s, u"image"_s, u"engine"_s, u"state"_s, u"health"_s, u"cpu_percent"_s, u"memory_bytes"_s,
          u"compose_project"_s}},
        {u"services"_s,
         {u"name"_s, u"load"_s, u"active"_s, u"sub"_s, u"restarts"_s, u"memory_bytes"_s, u"description"_s}},
        {u"processes"_s, {u"pid"_s, u"ppid"_s, u"user"_s, u"rss_bytes"_s, u"elapsed_s"_s, u"name"_s, u"args"_s}},
        {u"interfaces"_s, {u"name"_s, u"state"_s, u"kind"_s, u"speed_mbit"_s, u"mtu"_s}},
        {u"ports"_s, {u"proto"_s, u"address"_s, u"port"_s}},
        {u"users"_s, {u"user"_s, u"tty"_s, u"from"_s}},
        {u"temperatures"_s, {u"chip"_s, u"sensor"_s, u"celsius"_s}},
        {u"updates"_s, {u"pending"_s, u"security"_s, u"held"_s, u"reboot_required"_s}},
        {u"entries"_s,
         {u"seq"_s, u"time"_s, u"source"_s, u"actor"_s, u"operation"_s, u"device"_s, u"status"_s, u"duration_ms"_s,
          u"cache"_s, u"error"_s}},
        {u"checks"_s, {u"name"_s, u"status"_s, u"detail"_s, u"remedy"_s}},
        {u"settings"_s, {u"name"_s, u"value"_s, u"default"_s, u"minimum"_s, u"maximum"_s, u"allowed"_s}},
        {u"steps"_s, {u"step"_s, u"ok"_s, u"ms"_s, u"error"_s}},
        {u"hosts"_s, {u"alias"_s, u"address"_s, u"port"_s, u"user"_s, u"action"_s, u"error"_s}},
        {u"tables"_s, {u"name"_s, u"rows"_s, u"oldest"_s, u"newest"_s}},
        {u"retention"_s, {u"table"_s, u"tier"_s, u"keep_days"_s}},
        {u"results"_s,
         {u"device"_s, u"connected"_s, u"round_trips"_s, u"duration_ms"_s, u"bytes_in"_s, u"bytes_out"_s}},
        {u"sections"_s, {u"kind"_s, u"source"_s, u"age_ms"_s, u"status"_s, u"error"_s}},
        {u"warnings"_s, {u"device"_s, u"text"_s}},
    };
    return columns.value(list);
}

QString tableText(const QString &name, const QJsonArray &rows)
{
    QStringList columns = columnsFor(name);
    if (columns.isEmpty() && rows.first().isObject())
        columns = rows.first().toObject().keys();
    QList<QStringList> cells{columns};
    for (const QJsonValue &row : rows) {
        QStringList line;
        for (const QString &column : std::as_const(columns))
            line.append(cellText(column, row.toObject().value(column)));
        cells.append(line);
    }
    QList<qsizetype> widths(columns.size(), 0);
    for (const QStringList &line : std::as_const(cells)) {
        for (qsizetype column = 0; column < line.size(); ++column)
            widths[column] = std::min<qsizetype>(kMaxColumn, std::max(widths.at(column), line.at(column).size()));
    }
    QString text;
    for (const QStringList &line : std::as_const(cells)) {
        QString row;
        for (qsizetype column = 0; column < line.size(); ++column)
            row += line.at(column).leftJustified(column + 1 == line.size() ? 0 : widths.at(column)) + u"  "_s;
        while (row.endsWith(u' '))
            row.chop(1);
        text += row + u'\n';
    }
    return text;
}

QString objectText(const QJsonObject &object, const QString &indent)
{
    QString text;
    for (auto it = object.constBegin(); it != object.constEnd(); ++it)
        text += indent + it.key() + u": "_s + cellText(it.key(), it.value()) + u'\n';
    return text;
}

QString seriesText(const QJsonObject &body)
{
    QString text;
    for (const QJsonValue &value : body.value("series"_L1).toArray()) {
        const QJsonObject series = value.toObject();
        QString name = series.value("name"_L1).toString();
        const QJsonObject labels = series.value("labels"_L1).toObject();
        for (auto it = labels.constBegin(); it != labels.constEnd(); ++it)
            name += u" %1=%2"_s.arg(it.key(), displayText(it.value().toString(), 80));
        text += u"%1 (%2)\n"_s.arg(name, series.value("unit"_L1).toString());
        for (const QJsonValue &point : series.value("points"_L1).toArray()) {
            const QJsonArray parts = point.toArray();
            text += u"  %1  %2  %3  %4\n"_s.arg(parts.at(0).toString())
                        .arg(parts.at(1).toDouble())
                        .arg(parts.at(2).toDouble())
                        .arg(parts.at(3).toDouble());
        }
    }
    return text;
}

} // namespace

QString renderBody(const QString &command, const QJsonObject &body)
{
    if (command == "metrics"_L1)
        return seriesText(body);
    if (command == "devices.commands"_L1)
        return body.value("commands"_L1).toString() + u"\n\n"_s + body.value("sudoers"_L1).toString() + u'\n';
    QString text;
    for (auto it = body.constBegin(); it != body.constEnd(); ++it) {
        if (it.key() == "ok"_L1 || it.key() == "error"_L1)
            continue;
        if (it.value().isArray()) {
            const QJsonArray rows = it.value().toArray();
            if (rows.isEmpty()) {
                if (it.key() != "warnings"_L1 && it.key() != "fans"_L1)
                    text += it.key() + u": none\n"_s;
            } else if (rows.first().isObject()) {
                text += tableText(it.key(), rows);
            } else {
                text += it.key() + u": "_s + cellText(it.key(), it.value()) + u'\n';
            }
        } else if (it.value().isObject()) {
            text += objectText(it.value().toObject(),
                               it.key() == "device"_L1 || it.key() == "setting"_L1 ? QString() : it.key() + u'.');
        } else {
            text += it.key() + u": "_s + cellText(it.key(), it.value()) + u'\n';
        }
    }
    return text;
}

QString renderError(const QJsonObject &error)
{
    QString text = u"infrastructorctl: "_s + displayText(error.value("message"_L1).toString(), 800) + u'\n';
    const auto line = [&text, &error](const char *key, const QString &word) {
        const QString value = error.value(QLatin1StringView(key)).toString();
        if (!value.isEmpty())
            text += u"  "_s + word + u": "_s + displayText(value, 800) + u'\n';
    };
    line("field", u"field"_s);
    line("value", u"value"_s);
    line("rule", u"rule"_s);
    line("cause", u"why"_s);
    line("remedy", u"what to do"_s);
    return text;
}

} // namespace infra::ctl
