// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtGui/QColor>

namespace infra::ui {

/// The values in force, shared by the theme, the style and whoever paints. GUI thread.
struct ThemeValues
{
    bool dark = true;
    bool highContrast = false;
    bool reducedMotion = false;
    int textPercent = 100;
    int rowHeight = 30; ///< at 100 %
    QHash<QByteArray, QColor> colors;
    QList<QColor> series;

    /// Magenta and a warning for a path that tokens.json has not.
    QColor color(const char *path) const;
    int px(int designPixels) const { return (designPixels * textPercent + 50) / 100; }
};

/// Reads ":/infra/themes/tokens.json" for "dark" or "light". High contrast: borders take `border.control`, tints become
/// the panel.
void loadTokens(ThemeValues &values);

/// Makes the compiled-in resources known; needed because they live in a static library. May be called again.
void ensureResources();

} // namespace infra::ui
