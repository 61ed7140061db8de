// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <functional>

namespace infra::ui {

class WindowActions;

enum class PaletteGroup
{
    Devices,
    Containers,
    Pages,
    Actions,
    Help
};

/// One thing that the palette can find.
struct PaletteEntry
{
    PaletteGroup group = PaletteGroup::Pages;
    QString text;                 ///< searched and shown
    QString quiet;                ///< after it; searched too, with less weight
    QString icon;                 ///< glyph, or …
    std::optional<Health> health; ///< … a state shape
    Environment environment = Environment::None;
    QString key; ///< "Ctrl 1"
    std::function<void()> run;
    std::function<void()> runBelonging; ///< Ctrl+Enter; empty: as Enter
};

/// How well a text fits a search: every character in order, beginnings of words and runs count more. Nothing when it
/// does not fit.
struct FuzzyMatch
{
    int score = 0;
    QList<int> positions; ///< indices into the text
};
std::optional<FuzzyMatch> fuzzyMatch(const QString &pattern, const QString &text);

struct PaletteHit
{
    PaletteEntry entry;
    QList<int> positions;      ///< in `text`
    QList<int> quietPositions; ///< in `quiet`
    int score = 0;
};
/// Best first within a group, groups by their best; at most `most` in all. `>` and `@` at the start narrow it. Pure.
QList<PaletteHit> searchPalette(const QList<PaletteEntry> &entries, const QString &text, int most = 40);

/// Everything that can be found now.
QList<PaletteEntry> paletteEntries(const PageContext &context, const WindowActions &actions);

QString paletteGroupWord(PaletteGroup group);

} // namespace infra::ui
