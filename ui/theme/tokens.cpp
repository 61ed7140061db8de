// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

// Q_INIT_RESOURCE declares a function and so must stand outside of every namespace.
static void initInfraUiResources()
{
    Q_INIT_RESOURCE(infra_ui);
}

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

void flattenTokens(const QJsonObject &object, const QByteArray &prefix, QHash<QByteArray, QColor> &colors)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QByteArray path = prefix.isEmpty() ? it.key().toUtf8() : QByteArray(prefix + '.' + it.key().toUtf8());
        if (it->isObject())
            flattenTokens(it->toObject(), path, colors);
        else if (it->isString() && it->toString().startsWith(u'#'))
            colors.insert(path, QColor(it->toString()));
    }
}

} // namespace

void ensureResources()
{
    initInfraUiResources();
}

QColor ThemeValues::color(const char *path) const
{
    const auto found = colors.constFind(QByteArray::fromRawData(path, qsizetype(qstrlen(path))));
    if (found != colors.cend())
        return *found;
    qWarning("theme: tokens.json has no colour \"%s\"", path);
    return QColor(255, 0, 255);
}

void loadTokens(ThemeValues &values)
{
    ensureResources();
    QFile file(u":/infra/themes/tokens.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("theme: the resource file lacks tokens.json");
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject theme = root[u"themes"_s].toObject()[values.dark ? u"dark"_s : u"light"_s].toObject();
    values.colors.clear();
    values.series.clear();
    flattenTokens(theme, {}, values.colors);
    for (const QJsonValue &color : theme[u"series"_s].toArray())
        values.series.append(QColor(color.toString()));
    if (QColor &overlay = values.colors["overlay.color"]; overlay.isValid())
        overlay.setAlphaF(float(theme[u"overlay"_s].toObject()[u"opacity"_s].toDouble()));
    if (!values.highContrast)
        return;
    const QColor control = values.color("border.control");
    const QColor panel = values.color("surface.panel");
    for (const char *border : {"border.subtle", "border.default", "border.strong"})
        values.colors[border] = control;
    for (auto it = values.colors.begin(); it != values.colors.end(); ++it) {
        if (it.key().endsWith(".tint"))
            *it = panel;
    }
}

} // namespace infra::ui
