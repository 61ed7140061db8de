// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/fonts.h"

#include "ui/theme/tokens.h"

#include <QtCore/QDir>
#include <QtGui/QFontDatabase>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct FontRow
{
    int pixels;
    QFont::Weight weight;
    bool mono;
};

// Captions are 400 and not the 500 of the pictures: in Qt 500 comes out heavy on dark at 11 px.
FontRow fontRow(TextStyle style)
{
    switch (style) {
    case TextStyle::Caption:
        return {11, QFont::Normal, false};
    case TextStyle::Small:
        return {12, QFont::Normal, false};
    case TextStyle::Body:
        return {13, QFont::Normal, false};
    case TextStyle::BodyMedium:
        return {13, QFont::Medium, false};
    case TextStyle::BodyStrong:
        return {13, QFont::DemiBold, false};
    case TextStyle::Title:
        return {15, QFont::DemiBold, false};
    case TextStyle::Heading:
        return {18, QFont::DemiBold, false};
    case TextStyle::Figure:
        return {22, QFont::DemiBold, false};
    case TextStyle::DialogTitle:
        return {20, QFont::DemiBold, false};
    case TextStyle::Code:
        return {12, QFont::Normal, true};
    case TextStyle::Phrase:
        return {15, QFont::Medium, true};
    }
    return {13, QFont::Normal, false};
}

} // namespace

void registerFonts()
{
    ensureResources();
    if (QFontDatabase::hasFamily(u"Infra Sans"_s) && QFontDatabase::hasFamily(u"Infra Mono"_s))
        return;
    const QDir folder(u":/infra/fonts"_s);
    for (const QString &name : folder.entryList(QDir::Files)) {
        if (QFontDatabase::addApplicationFont(folder.filePath(name)) < 0)
            qWarning("theme: the font %s cannot be loaded", qUtf8Printable(name));
    }
}

QFont fontFor(TextStyle style, int textPercent)
{
    const FontRow row = fontRow(style);
    QFont font(row.mono ? QStringList{u"Infra Mono"_s, u"JetBrains Mono"_s, u"DejaVu Sans Mono"_s}
                        : QStringList{u"Infra Sans"_s, u"Inter"_s, u"Noto Sans"_s, u"DejaVu Sans"_s});
    font.setPixelSize(std::max(8, (row.pixels * textPercent + 50) / 100));
    font.setWeight(row.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    if (row.mono)
        font.setStyleHint(QFont::Monospace, QFont::PreferAntialias);
    return font;
}

} // namespace infra::ui
